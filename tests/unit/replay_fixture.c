/* SPDX-License-Identifier: BSD-2-Clause */
/* What the tests of replays begin with. */
#include <linux/if_bonding.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "replay_fixture.h"

int setup(void **state)
{
	static struct fixture f;
	struct replay_options options = { .sink = sample_sink(&f.log) };

	judge_policy_defaults(&options.policy);
	*state = &f;
	return replay_new(&f.replay, &options);
}

int teardown(void **state)
{
	struct fixture *f = *state;

	replay_free(f->replay);
	return 0;
}

int64_t event_at(const struct fixture *f, enum event_type type,
		 enum discrepancy_kind kind)
{
	int64_t at_ms = NEVER;

	for (size_t i = 0; i < f->log.count; i++) {
		const struct event *event = &f->log.events[i];

		if (event->type != type || event->kind != kind)
			continue;
		assert_int_equal(at_ms, NEVER);
		at_ms = event->at_ms - START_MS;
	}
	return at_ms;
}

static void feed(struct fixture *f, struct nl_msg *msg, bool is_answer,
		 int64_t at_ms)
{
	struct nlmsghdr *nlh = linkbuild_bytes(msg);
	struct capture_record record = { .bytes = nlh,
					 .length = nlh->nlmsg_len,
					 .is_answer = is_answer,
					 .at_ms = START_MS + at_ms };

	assert_int_equal(replay_record(f->replay, &record), 0);
	nlmsg_free(msg);
}

void answer(struct fixture *f, struct nl_msg *msg, int64_t at_ms)
{
	feed(f, msg, true, at_ms);
}

void event(struct fixture *f, struct nl_msg *msg, int64_t at_ms)
{
	feed(f, msg, false, at_ms);
}

struct nl_msg *bond_message(int type, unsigned int flags)
{
	struct nl_msg *msg = linkbuild_start(type, BOND, flags, "bond0");
	struct nlattr *info = linkbuild_info(msg, "bond", NULL);
	struct nlattr *data = nla_nest_start(msg, IFLA_INFO_DATA);

	linkbuild_u8(msg, IFLA_BOND_MODE, BOND_MODE_ACTIVEBACKUP);
	linkbuild_u32(msg, IFLA_BOND_MIIMON, 0);
	linkbuild_u32(msg, IFLA_BOND_ARP_INTERVAL, 0);
	linkbuild_u32(msg, IFLA_BOND_MIN_LINKS, 0);
	nla_nest_end(msg, data);
	nla_nest_end(msg, info);
	return msg;
}

struct nl_msg *start_slave(int type, int ifindex, unsigned int flags)
{
	return linkbuild_start(type, ifindex, flags,
			       ifindex == SLAVE_A ? "a" : "b");
}

struct nl_msg *slave_message(int ifindex, unsigned int flags, const char *kind,
			     int lower)
{
	struct nl_msg *msg = start_slave(RTM_NEWLINK, ifindex, flags);
	struct nlattr *info = linkbuild_info(msg, kind, "bond");
	struct nlattr *data = nla_nest_start(msg, IFLA_INFO_SLAVE_DATA);

	linkbuild_u8(msg, IFLA_BOND_SLAVE_MII_STATUS, BOND_LINK_UP);
	nla_nest_end(msg, data);
	nla_nest_end(msg, info);
	linkbuild_u32(msg, IFLA_MASTER, BOND);
	if (lower)
		linkbuild_u32(msg, IFLA_LINK, (uint32_t)lower);
	return msg;
}

struct nl_msg *plain_slave(int ifindex, unsigned int flags)
{
	return slave_message(ifindex, flags, NULL, 0);
}

void read_seed(struct fixture *f, int64_t at_ms)
{
	answer(f, bond_message(RTM_NEWLINK, CLAIMED), at_ms);
	answer(f, plain_slave(SLAVE_A, UP), at_ms + 3);
	answer(f, plain_slave(SLAVE_B, UP), at_ms + 6);
}

const struct bond *the_bond(const struct fixture *f)
{
	const struct bond *bond = bond_set_get(replay_bonds(f->replay), BOND);

	assert_non_null(bond);
	return bond;
}

void put_parts(struct capture_record *record, unsigned char *bytes,
	       struct nl_msg **parts, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct nlmsghdr *nlh = linkbuild_bytes(parts[i]);

		memcpy(bytes + record->length, nlh, nlh->nlmsg_len);
		record->length += NLMSG_ALIGN(nlh->nlmsg_len);
		nlmsg_free(parts[i]);
	}
}
