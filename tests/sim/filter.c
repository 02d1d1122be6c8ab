/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Classic BPF, as far as a socket filter of ours may use it (Linux,
 * Documentation/networking/filter.rst): so the filter is run, not believed.
 */
#include <arpa/inet.h>
#include <linux/filter.h>
#include <linux/netlink.h>
#include <stdlib.h>
#include <string.h>

#include "seam.h"

struct machine {
	const uint8_t *bytes;
	size_t length;
	uint32_t a, x, memory[BPF_MEMWORDS];
	bool out; /* beyond the end: the message is dropped */
};

static uint32_t load(struct machine *machine, uint32_t at, uint32_t size)
{
	uint32_t value = 0;

	if (at > machine->length || machine->length - at < size) {
		machine->out = true;
		return 0;
	}
	for (uint32_t i = 0; i < size; i++)
		value = value << 8 | machine->bytes[at + i];
	return value;
}

/* SKF_AD_NLATTR: where the attribute of type X is, from offset A on; 0. */
static uint32_t find_attribute(const struct machine *machine)
{
	uint32_t at = machine->a;
	struct nlattr nla;

	while (at + sizeof(nla) <= machine->length) {
		memcpy(&nla, machine->bytes + at, sizeof(nla));
		if (nla.nla_len < sizeof(nla) ||
		    nla.nla_len > machine->length - at)
			return 0;
		if ((nla.nla_type & NLA_TYPE_MASK) == machine->x)
			return at;
		at += NLA_ALIGN(nla.nla_len);
	}
	return 0;
}

static void load_a(struct machine *machine, const struct sock_filter *step)
{
	uint32_t size = BPF_SIZE(step->code) == BPF_W	? 4
			: BPF_SIZE(step->code) == BPF_H ? 2
							: 1;

	switch (BPF_MODE(step->code)) {
	case BPF_IMM:
		machine->a = step->k;
		break;
	case BPF_LEN:
		machine->a = (uint32_t)machine->length;
		break;
	case BPF_MEM:
		machine->a = machine->memory[step->k % BPF_MEMWORDS];
		break;
	case BPF_ABS:
		if (step->k == (uint32_t)(SKF_AD_OFF + SKF_AD_NLATTR))
			machine->a = find_attribute(machine);
		else
			machine->a = load(machine, step->k, size);
		break;
	case BPF_IND:
		machine->a = load(machine, machine->x + step->k, size);
		break;
	default:
		abort();
	}
}

static void calculate(struct machine *machine, const struct sock_filter *step)
{
	uint32_t by = BPF_SRC(step->code) == BPF_X ? machine->x : step->k;

	switch (BPF_OP(step->code)) {
	case BPF_LSH:
		machine->a <<= by;
		break;
	case BPF_RSH:
		machine->a >>= by;
		break;
	case BPF_AND:
		machine->a &= by;
		break;
	case BPF_OR:
		machine->a |= by;
		break;
	case BPF_ADD:
		machine->a += by;
		break;
	default:
		abort();
	}
}

static bool jumps(const struct machine *machine, const struct sock_filter *step)
{
	switch (BPF_OP(step->code)) {
	case BPF_JEQ:
		return machine->a == step->k;
	case BPF_JGT:
		return machine->a > step->k;
	case BPF_JGE:
		return machine->a >= step->k;
	case BPF_JSET:
		return (machine->a & step->k) != 0;
	default:
		abort();
	}
}

uint32_t filter_run(const struct sock_filter *program, size_t count,
		    const uint8_t *bytes, size_t length)
{
	struct machine machine = { .bytes = bytes, .length = length };

	for (size_t at = 0; at < count && !machine.out; at++) {
		const struct sock_filter *step = &program[at];

		switch (BPF_CLASS(step->code)) {
		case BPF_LD:
			load_a(&machine, step);
			break;
		case BPF_LDX:
			machine.x = BPF_MODE(step->code) == BPF_MEM
					? machine.memory[step->k % BPF_MEMWORDS]
					: step->k;
			break;
		case BPF_ST:
			machine.memory[step->k % BPF_MEMWORDS] = machine.a;
			break;
		case BPF_ALU:
			calculate(&machine, step);
			break;
		case BPF_JMP:
			at += jumps(&machine, step) ? step->jt : step->jf;
			break;
		case BPF_RET:
			return step->k;
		case BPF_MISC:
			if (BPF_MISCOP(step->code) == BPF_TAX)
				machine.x = machine.a;
			else
				machine.a = machine.x;
			break;
		default:
			abort();
		}
	}
	return 0;
}
