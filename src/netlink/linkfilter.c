/* SPDX-License-Identifier: BSD-2-Clause */
/* The filter's ranges, and the BPF program made from them. */
#include "netlink/linkfilter.h"

#include <arpa/inet.h>
#include <endian.h>
#include <linux/if_link.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define AT_TYPE	   offsetof(struct nlmsghdr, nlmsg_type)
#define AT_IFINDEX (NLMSG_HDRLEN + offsetof(struct ifinfomsg, ifi_index))
#define AT_FLAGS   (NLMSG_HDRLEN + offsetof(struct ifinfomsg, ifi_flags))
#define SHORTEST   (NLMSG_HDRLEN + sizeof(struct ifinfomsg))

/* The program's memory cells: the last loaded word, and IFLA_LINK in host byte
   order. */
#define WORD 0
#define LINK 1

_Static_assert(LINKFILTER_PROGRAM_MAX <= 255, "jumps are too long");

static int compare(const void *a, const void *b)
{
	const int *left = a, *right = b;

	return (*left > *right) - (*left < *right);
}

/* Makes room for one more by joining the two ranges with the smallest gap. */
static void join_nearest(struct linkfilter *filter)
{
	struct linkfilter_range *ranges = filter->ranges;
	size_t best = 1;

	for (size_t i = 2; i < filter->count; i++) {
		if (ranges[i].first - ranges[i - 1].last <
		    ranges[best].first - ranges[best - 1].last)
			best = i;
	}
	ranges[best - 1].last = ranges[best].last;
	filter->count--;
	memmove(&ranges[best], &ranges[best + 1],
		(filter->count - best) * sizeof(*ranges));
}

void linkfilter_make(struct linkfilter *filter, int *ifindexes, size_t count)
{
	filter->count = 0;
	if (count == 0)
		return;
	qsort(ifindexes, count, sizeof(*ifindexes), compare);
	for (size_t i = 0; i < count; i++) {
		struct linkfilter_range *last =
		    filter->count ? &filter->ranges[filter->count - 1] : NULL;

		if (last && ifindexes[i] - last->last <= 1) {
			last->last = ifindexes[i];
			continue;
		}
		if (filter->count == LINKFILTER_RANGES)
			join_nearest(filter);
		filter->ranges[filter->count++] =
		    (struct linkfilter_range){ .first = ifindexes[i],
					       .last = ifindexes[i] };
	}
}

bool linkfilter_covers(const struct linkfilter *filter, int ifindex)
{
	for (size_t i = 0; i < filter->count; i++) {
		if (ifindex <= filter->ranges[i].last)
			return ifindex >= filter->ranges[i].first;
	}
	return false;
}

struct assembly {
	struct sock_filter *program;
	size_t length;
};

static void put(struct assembly *to, unsigned int code, uint32_t k)
{
	to->program[to->length++] =
	    (struct sock_filter)BPF_STMT((uint16_t)code, k);
}

/* Jump targets are offsets, counted from the next instruction. */
static void put_jump(struct assembly *to, unsigned int test, uint32_t k,
		     size_t if_true, size_t if_false)
{
	to->program[to->length++] =
	    (struct sock_filter)BPF_JUMP((uint16_t)(BPF_JMP | BPF_K | test), k,
					 (uint8_t)if_true, (uint8_t)if_false);
}

#if __BYTE_ORDER == __LITTLE_ENDIAN
/* ORs one byte of WORD into LINK, shifted to its host-order position. */
static void put_or_byte(struct assembly *to, unsigned int shift, uint32_t by,
			uint32_t mask)
{
	put(to, BPF_LD | BPF_MEM, WORD);
	put(to, BPF_ALU | shift | BPF_K, by);
	put(to, BPF_ALU | BPF_AND | BPF_K, mask);
	put(to, BPF_LDX | BPF_MEM, LINK);
	put(to, BPF_ALU | BPF_OR | BPF_X, 0);
	put(to, BPF_ST, LINK);
}
#endif

/*
 * Loads the ifindex. A load of a word assumes network byte order, so on a
 * little-endian machine the program assembles the number from its bytes.
 */
static void put_load_ifindex(struct assembly *to)
{
#if __BYTE_ORDER == __BIG_ENDIAN
	put(to, BPF_LD | BPF_W | BPF_ABS, AT_IFINDEX);
#else
	put(to, BPF_LD | BPF_B | BPF_ABS, AT_IFINDEX + 3);
	for (size_t byte = 3; byte-- > 0;) {
		put(to, BPF_ALU | BPF_LSH | BPF_K, 8);
		put(to, BPF_MISC | BPF_TAX, 0);
		put(to, BPF_LD | BPF_B | BPF_ABS,
		    (uint32_t)(AT_IFINDEX + byte));
		put(to, BPF_ALU | BPF_OR | BPF_X, 0);
	}
#endif
}

/* Stores IFLA_LINK in LINK, or 0 if it is absent. A Linux extension finds the
   attribute (filter.rst, "nla"). */
static void put_store_link(struct assembly *to)
{
	size_t absent;

	put(to, BPF_LD | BPF_IMM, SHORTEST);
	put(to, BPF_LDX | BPF_IMM, IFLA_LINK);
	put(to, BPF_LD | BPF_W | BPF_ABS,
	    (uint32_t)(SKF_AD_OFF + SKF_AD_NLATTR));
	absent = to->length;
	put_jump(to, BPF_JEQ, 0, 0, 0);
	put(to, BPF_MISC | BPF_TAX, 0);
	put(to, BPF_LD | BPF_W | BPF_IND, NLA_HDRLEN);
#if __BYTE_ORDER == __LITTLE_ENDIAN
	put(to, BPF_ST, WORD);
	put(to, BPF_ALU | BPF_LSH | BPF_K, 24);
	put(to, BPF_ST, LINK);
	put_or_byte(to, BPF_RSH, 24, 0xffU);
	put_or_byte(to, BPF_RSH, 8, 0xff00U);
	put_or_byte(to, BPF_LSH, 8, 0xff0000U);
#endif
	to->program[absent].jt = (uint8_t)(to->length - absent - 1);
	put(to, BPF_ST, LINK);
}

/* Jumps to `yes` if the number is in a range, else falls through. */
static void put_ranges(struct assembly *to, const struct linkfilter *filter,
		       size_t yes)
{
	size_t no = to->length + 2 * filter->count;

	for (size_t i = 0; i < filter->count; i++) {
		const struct linkfilter_range *range = &filter->ranges[i];

		/* Ranges ascend: a number before this one is in none. */
		put_jump(to, BPF_JGE, (uint32_t)range->first, 0,
			 no - to->length - 1);
		put_jump(to, BPF_JGT, (uint32_t)range->last, 0,
			 yes - to->length - 1);
	}
}

/* The program ends with "drop", followed by "let through", the target of all
   jumps out of the tests. */
size_t linkfilter_program(const struct linkfilter *filter,
			  struct sock_filter program[LINKFILTER_PROGRAM_MAX])
{
	struct assembly to = { .program = program };
	size_t ranges = 2 * filter->count;
	size_t fixups[3], let_through;

	/* Test the length first: a load beyond the end drops the message. */
	put(&to, BPF_LD | BPF_W | BPF_LEN, 0);
	fixups[0] = to.length;
	put_jump(&to, BPF_JGE, SHORTEST, 0, 0);
	put(&to, BPF_LD | BPF_H | BPF_ABS, AT_TYPE);
	put_jump(&to, BPF_JEQ, htons(RTM_NEWLINK), 1, 0);
	fixups[1] = to.length;
	put_jump(&to, BPF_JEQ, htons(RTM_DELLINK), 0, 0);
	put(&to, BPF_LD | BPF_W | BPF_ABS, AT_FLAGS);
	fixups[2] = to.length;
	put_jump(&to, BPF_JSET, htonl(IFF_MASTER | IFF_SLAVE), 0, 0);
	if (filter->vlans)
		put_store_link(&to);
	put_load_ifindex(&to);

	let_through = to.length + ranges + 1;
	if (filter->vlans)
		let_through += 1 + ranges;
	put_ranges(&to, filter, let_through);
	if (filter->vlans) {
		put(&to, BPF_LD | BPF_MEM, LINK);
		put_ranges(&to, filter, let_through);
	}
	put(&to, BPF_RET | BPF_K, 0);
	put(&to, BPF_RET | BPF_K, UINT32_MAX);

	program[fixups[0]].jf = (uint8_t)(let_through - fixups[0] - 1);
	program[fixups[1]].jf = (uint8_t)(let_through - fixups[1] - 1);
	program[fixups[2]].jt = (uint8_t)(let_through - fixups[2] - 1);
	return to.length;
}
