/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Fuzzes the way from bytes to a decision: linkmsg, tracker, judge.
 *
 * The input is messages of rtnetlink one after the other, and the fields
 * that the parser does not look at steer the rest:
 *
 *     nlmsg_seq      milliseconds that pass before it (18 bits)
 *     NLM_F_MULTI    it is part of a dump, which is applied at ...
 *     NLMSG_DONE     ... with nlmsg_pid as scope
 *     NLMSG_OVERRUN  set->status becomes nlmsg_pid
 *
 * How to run it: tests/fuzz/README.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "decision/judge.h"
#include "fuzz.h"
#include "netlink/linksock.h"
#include "sync/tracker.h"

#define STEP_MASK 0x3ffffU

struct world {
	struct bond_set set;
	struct tracker tracker;
	struct link_batch batch;
	struct judge_policy policy;
	struct fuzz_ledger ledger;
	int64_t now_ms;
};

static void judge(struct world *world)
{
	int err = judge_run(&world->set, &world->policy, &world->tracker.sink,
			    world->now_ms);

	FUZZ_ASSERT(err == 0);
	/* It never asks to be called for what it has just done. */
	FUZZ_ASSERT(judge_next_ms(&world->set) > world->now_ms);
	fuzz_check(&world->set, &world->ledger);
}

static void pass_time(struct world *world, uint32_t step_ms)
{
	int64_t to_ms = world->now_ms + step_ms;

	for (;;) {
		int64_t next_ms = judge_next_ms(&world->set);

		if (next_ms > to_ms)
			break;
		world->now_ms = next_ms;
		judge(world);
	}
	world->now_ms = to_ms;
}

static void set_status(struct world *world, uint32_t value)
{
	world->set.status = (enum bond_set_status)(value % 3 + 1);
}

static void apply_dump(struct world *world, int scope)
{
	int err =
	    tracker_dump(&world->tracker, &world->batch, scope, world->now_ms);

	FUZZ_ASSERT(err == 0);
	link_batch_clear(&world->batch);
	world->tracker.quiet = false;
}

static void take_link(struct world *world, const struct nlmsghdr *nlh,
		      size_t length)
{
	struct link_event event;
	int bond_ifindex = 0;
	int err = linkmsg_parse(nlh, length, &event);

	FUZZ_ASSERT(err == 0 || err == -ENOMSG || err == -EBADMSG);
	if (err == -ENOMSG)
		return;
	FUZZ_ASSERT(memchr(event.link.name, '\0', sizeof(event.link.name)));
	FUZZ_ASSERT(event.link.distrusted == (err != 0));
	if (event.link.ifindex <= 0)
		return;
	if (nlh->nlmsg_flags & NLM_F_MULTI) {
		FUZZ_ASSERT(link_batch_add(&world->batch, &event) == 0);
		return;
	}
	err = tracker_event(&world->tracker, &event, world->now_ms,
			    &bond_ifindex);
	FUZZ_ASSERT(err >= 0);
}

static void take_message(struct world *world, const struct nlmsghdr *nlh,
			 size_t length)
{
	pass_time(world, nlh->nlmsg_seq & STEP_MASK);
	if (nlh->nlmsg_type == NLMSG_DONE)
		apply_dump(world, (int)nlh->nlmsg_pid);
	else if (nlh->nlmsg_type == NLMSG_OVERRUN)
		set_status(world, nlh->nlmsg_pid);
	else
		take_link(world, nlh, length);
	judge(world);
}

/* One message in a block of its own size, so that no byte behind it can be
   read unnoticed. Returns how far the next one is; 0: there is none. */
static size_t take_next(struct world *world, const uint8_t *data, size_t size)
{
	struct nlmsghdr header;
	size_t length;
	void *block;

	if (size < sizeof(header))
		return 0;
	memcpy(&header, data, sizeof(header));
	if (header.nlmsg_len < sizeof(header))
		return 0;
	length = header.nlmsg_len < size ? header.nlmsg_len : size;
	block = malloc(length);
	FUZZ_ASSERT(block);
	memcpy(block, data, length);
	take_message(world, block, length);
	free(block);
	return NLMSG_ALIGN(length) < size ? NLMSG_ALIGN(length) : 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct world world = { .now_ms = 1000 };
	size_t step;

	bond_set_init(&world.set);
	world.set.status = BOND_SET_SYNCHRONISED;
	tracker_init(&world.tracker, &world.set);
	world.tracker.sink = fuzz_ledger_sink(&world.ledger);
	world.tracker.quiet = true;
	link_batch_init(&world.batch);
	judge_policy_defaults(&world.policy);

	while ((step = take_next(&world, data, size)) > 0) {
		data += step;
		size -= step;
	}

	fuzz_farewell(&world.set, &world.ledger, world.now_ms);
	link_batch_fini(&world.batch);
	bond_set_fini(&world.set);
	return 0;
}
