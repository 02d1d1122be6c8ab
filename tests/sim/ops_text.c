/* SPDX-License-Identifier: BSD-2-Clause */
/* Operations as lines of text: verb, link, and what the verb needs. */
#include <errno.h>
#include <inttypes.h>
#include <linux/if_link.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ops.h"

#define WORDS_MAX 24

/* What follows a verb. */
enum shape {
	SHAPE_VALUE,   /* NUMBER */
	SHAPE_NONE,    /* */
	SHAPE_ADD,     /* KIND NAME IFINDEX LOWER|- [PARTNER] */
	SHAPE_BOND,    /* NAME IFINDEX [OPTION NUMBER]... */
	SHAPE_NAME,    /* NAME */
	SHAPE_TWO,     /* NAME NAME|- */
	SHAPE_NUMBER,  /* NAME NUMBER */
	SHAPE_SPEED,   /* NAME NUMBER full|half */
	SHAPE_OPTION,  /* NAME OPTION NUMBER */
	SHAPE_PARTNER, /* NAME PARTNER */
};

static const struct {
	const char *verb;
	enum shape shape;
} verbs[OP_KINDS] = {
	[OP_WAIT] = { "wait", SHAPE_VALUE },
	[OP_SETTLE] = { "settle", SHAPE_NONE },
	[OP_ADD] = { "add", SHAPE_ADD },
	[OP_ADD_BOND] = { "add-bond", SHAPE_BOND },
	[OP_DELETE] = { "delete", SHAPE_NAME },
	[OP_MOVE] = { "move", SHAPE_NAME },
	[OP_RENAME] = { "rename", SHAPE_TWO },
	[OP_SWAP] = { "swap", SHAPE_TWO },
	[OP_ENSLAVE] = { "enslave", SHAPE_TWO },
	[OP_RELEASE] = { "release", SHAPE_NAME },
	[OP_ADMIN] = { "admin", SHAPE_NUMBER },
	[OP_WIRE] = { "wire", SHAPE_NUMBER },
	[OP_SPEED] = { "speed", SHAPE_SPEED },
	[OP_PROTODOWN] = { "protodown", SHAPE_NUMBER },
	[OP_MODE] = { "linkmode", SHAPE_NUMBER },
	[OP_OPERSTATE] = { "operstate", SHAPE_NUMBER },
	[OP_OPTION] = { "option", SHAPE_OPTION },
	[OP_ACTIVE] = { "active", SHAPE_TWO },
	[OP_PRIMARY] = { "primary", SHAPE_TWO },
	[OP_PRIO] = { "prio", SHAPE_NUMBER },
	[OP_PARTNER] = { "partner", SHAPE_PARTNER },
	[OP_ARP] = { "arp", SHAPE_NUMBER },
};

static const char *const kinds[] = {
	[VK_NIC] = "nic",   [VK_VETH] = "veth", [VK_DUMMY] = "dummy",
	[VK_TAP] = "tap",   [VK_VLAN] = "vlan", [VK_MACVLAN] = "macvlan",
	[VK_BOND] = "bond",
};

static const char *const moods[] = {
	[VK_SILENT] = "silent", [VK_ANSWERS] = "answers",
	[VK_UNSYNC] = "unsync", [VK_STANDBY] = "standby",
	[VK_ALONE] = "alone",
};

/* As ip-link(8) and the driver call them. */
static const char *const options[VK_BOND_OPTIONS] = {
	[IFLA_BOND_MODE] = "mode",
	[IFLA_BOND_MIIMON] = "miimon",
	[IFLA_BOND_UPDELAY] = "updelay",
	[IFLA_BOND_DOWNDELAY] = "downdelay",
	[IFLA_BOND_USE_CARRIER] = "use_carrier",
	[IFLA_BOND_ARP_INTERVAL] = "arp_interval",
	[IFLA_BOND_ARP_IP_TARGET] = "arp_ip_target",
	[IFLA_BOND_ARP_VALIDATE] = "arp_validate",
	[IFLA_BOND_ARP_ALL_TARGETS] = "arp_all_targets",
	[IFLA_BOND_PRIMARY_RESELECT] = "primary_reselect",
	[IFLA_BOND_FAIL_OVER_MAC] = "fail_over_mac",
	[IFLA_BOND_XMIT_HASH_POLICY] = "xmit_hash_policy",
	[IFLA_BOND_RESEND_IGMP] = "resend_igmp",
	[IFLA_BOND_NUM_PEER_NOTIF] = "num_grat_arp",
	[IFLA_BOND_ALL_SLAVES_ACTIVE] = "all_slaves_active",
	[IFLA_BOND_MIN_LINKS] = "min_links",
	[IFLA_BOND_LP_INTERVAL] = "lp_interval",
	[IFLA_BOND_PACKETS_PER_SLAVE] = "packets_per_slave",
	[IFLA_BOND_AD_LACP_RATE] = "lacp_rate",
	[IFLA_BOND_AD_SELECT] = "ad_select",
	[IFLA_BOND_AD_ACTOR_SYS_PRIO] = "ad_actor_sys_prio",
	[IFLA_BOND_AD_USER_PORT_KEY] = "ad_user_port_key",
	[IFLA_BOND_TLB_DYNAMIC_LB] = "tlb_dynamic_lb",
	[IFLA_BOND_AD_LACP_ACTIVE] = "lacp_active",
	[IFLA_BOND_MISSED_MAX] = "arp_missed_max",
	[VK_BOND_COUPLED_CONTROL] = "coupled_control",
	[VK_BOND_LACP_STRICT] = "lacp_strict",
};

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* The place of a word in a table with holes, -1. */
static int find_word(const char *const *table, size_t count, const char *word)
{
	for (size_t i = 0; i < count; i++) {
		if (table[i] && strcmp(table[i], word) == 0)
			return (int)i;
	}
	return -1;
}

static const char *or_dash(const char *name)
{
	return name[0] ? name : "-";
}

static int print_partner(const struct vk_partner *partner, char *line,
			 size_t size)
{
	return snprintf(line, size, " %s %u %u %s %s", moods[partner->mood],
			partner->system, partner->key,
			partner->fast ? "fast" : "slow",
			partner->mute_rx ? "deaf" : "hears");
}

static int print_add(const struct op *op, char *line, size_t size)
{
	int length = snprintf(line, size, " %s %s %d %s", kinds[op->link_kind],
			      op->name, op->ifindex, or_dash(op->other));

	if (op->link_kind != VK_NIC && op->link_kind != VK_VETH &&
	    op->link_kind != VK_TAP)
		return length;
	return length + print_partner(&op->partner, line + length,
				      size - (size_t)length);
}

static int print_bond(const struct op *op, char *line, size_t size)
{
	int length = snprintf(line, size, " %s %d", op->name, op->ifindex);

	for (int i = 0; i < op->option_count; i++)
		length += snprintf(
		    line + length, size - (size_t)length, " %s %" PRIu32,
		    options[op->options[i].option], op->options[i].value);
	return length;
}

static int print_rest(const struct op *op, char *line, size_t size)
{
	int length;

	switch (verbs[op->kind].shape) {
	case SHAPE_VALUE:
		return snprintf(line, size, " %" PRId64, op->value);
	case SHAPE_ADD:
		return print_add(op, line, size);
	case SHAPE_BOND:
		return print_bond(op, line, size);
	case SHAPE_NAME:
		return snprintf(line, size, " %s", op->name);
	case SHAPE_TWO:
		return snprintf(line, size, " %s %s", op->name,
				or_dash(op->other));
	case SHAPE_NUMBER:
		return snprintf(line, size, " %s %" PRId64, op->name,
				op->value);
	case SHAPE_SPEED:
		return snprintf(line, size, " %s %" PRId64 " %s", op->name,
				op->value, op->flag ? "full" : "half");
	case SHAPE_OPTION:
		return snprintf(line, size, " %s %s %" PRId64, op->name,
				options[op->option], op->value);
	case SHAPE_PARTNER:
		length = snprintf(line, size, " %s", op->name);
		return length + print_partner(&op->partner, line + length,
					      size - (size_t)length);
	case SHAPE_NONE:
	default:
		return 0;
	}
}

size_t op_print(const struct op *op, char *line, size_t size)
{
	int length = snprintf(line, size, "%s", verbs[op->kind].verb);

	return (size_t)(length +
			print_rest(op, line + length, size - (size_t)length));
}

static int take_name(const char *word, char out[VK_NAME])
{
	size_t length = strlen(word);

	if (length >= VK_NAME)
		return -EINVAL;
	if (strcmp(word, "-") != 0)
		memcpy(out, word, length + 1);
	return 0;
}

static int take_number(const char *word, int64_t *out)
{
	char *end;

	errno = 0;
	*out = strtoll(word, &end, 10);
	return errno || end == word || *end ? -EINVAL : 0;
}

static int take_partner(char **words, int count, struct vk_partner *out)
{
	int mood = count == 5 ? find_word(moods, COUNT(moods), words[0]) : -1;
	int64_t system, key;

	if (mood < 0 || take_number(words[1], &system) ||
	    take_number(words[2], &key))
		return -EINVAL;
	out->mood = (enum vk_mood)mood;
	out->system = (uint8_t)system;
	out->key = (uint16_t)key;
	out->fast = strcmp(words[3], "fast") == 0;
	out->mute_rx = strcmp(words[4], "deaf") == 0;
	return 0;
}

static int take_add(char **words, int count, struct op *out)
{
	int kind = count >= 4 ? find_word(kinds, COUNT(kinds), words[0]) : -1;
	int64_t ifindex;

	if (kind < 0 || take_name(words[1], out->name) ||
	    take_number(words[2], &ifindex) || take_name(words[3], out->other))
		return -EINVAL;
	out->link_kind = (enum vk_kind)kind;
	out->ifindex = (int)ifindex;
	return count == 4 ? 0
			  : take_partner(words + 4, count - 4, &out->partner);
}

static int take_options(char **words, int count, struct op *out)
{
	if (count % 2 || count / 2 > OP_OPTIONS)
		return -EINVAL;
	for (int i = 0; i < count; i += 2) {
		int option = find_word(options, COUNT(options), words[i]);
		int64_t value;

		if (option < 0 || take_number(words[i + 1], &value))
			return -EINVAL;
		out->options[out->option_count].option = option;
		out->options[out->option_count++].value = (uint32_t)value;
	}
	return 0;
}

static int take_bond(char **words, int count, struct op *out)
{
	int64_t ifindex;

	if (count < 2 || take_name(words[0], out->name) ||
	    take_number(words[1], &ifindex))
		return -EINVAL;
	out->ifindex = (int)ifindex;
	return take_options(words + 2, count - 2, out);
}

static int take_rest(char **words, int count, struct op *out)
{
	enum shape shape = verbs[out->kind].shape;

	if (shape == SHAPE_NONE)
		return count ? -EINVAL : 0;
	if (shape == SHAPE_VALUE)
		return count == 1 ? take_number(words[0], &out->value)
				  : -EINVAL;
	if (shape == SHAPE_ADD)
		return take_add(words, count, out);
	if (shape == SHAPE_BOND)
		return take_bond(words, count, out);
	if (count < 1 || take_name(words[0], out->name))
		return -EINVAL;
	if (shape == SHAPE_NAME)
		return count == 1 ? 0 : -EINVAL;
	if (shape == SHAPE_PARTNER)
		return take_partner(words + 1, count - 1, &out->partner);
	if (count < 2)
		return -EINVAL;
	if (shape == SHAPE_TWO)
		return count == 2 ? take_name(words[1], out->other) : -EINVAL;
	if (shape == SHAPE_NUMBER)
		return count == 2 ? take_number(words[1], &out->value)
				  : -EINVAL;
	if (count != 3)
		return -EINVAL;
	if (shape == SHAPE_SPEED) {
		out->flag = strcmp(words[2], "full") == 0;
		return take_number(words[1], &out->value);
	}
	out->option = find_word(options, COUNT(options), words[1]);
	return out->option < 0 ? -EINVAL : take_number(words[2], &out->value);
}

int op_parse(const char *line, struct op *out)
{
	char copy[OP_LINE_MAX], *words[WORDS_MAX], *rest = copy;
	int count = 0;

	memset(out, 0, sizeof(*out));
	if (strlen(line) >= sizeof(copy))
		return -EINVAL;
	memcpy(copy, line, strlen(line) + 1);
	for (char *word; (word = strtok_r(rest, " \n", &rest));) {
		if (count == WORDS_MAX)
			return -EINVAL;
		words[count++] = word;
	}
	for (int kind = 0; count && kind < OP_KINDS; kind++) {
		if (strcmp(words[0], verbs[kind].verb) != 0)
			continue;
		out->kind = (enum op_kind)kind;
		return take_rest(words + 1, count - 1, out);
	}
	return -EINVAL;
}
