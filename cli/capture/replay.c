/* SPDX-License-Identifier: BSD-2-Clause */
/* Passes a capture's records to tracker and judge, at the capture's times. */
#include "capture/replay.h"

#include <errno.h>
#include <stdlib.h>

#include "bond/schedule.h"
#include "netlink/linksock.h"

/* Answers no further apart than this belong to one reading: a bond, its slaves
   and their lower devices follow one another, and are applied together, as they
   were during the capture. */
#define ONE_READING_MS 100

struct replay {
	struct bond_set set;
	struct tracker tracker;
	struct replay_options options;
	struct link_batch batch; /* not yet applied */
	struct replay_counts counts;
	int64_t now_ms;
};

int replay_new(struct replay **out, const struct replay_options *options)
{
	struct replay *replay = calloc(1, sizeof(*replay));

	if (!replay)
		return -ENOMEM;
	replay->options = *options;
	bond_set_init(&replay->set);
	replay->set.status = BOND_SET_SYNCHRONISED;
	tracker_init(&replay->tracker, &replay->set);
	replay->tracker.sink = options->sink;
	replay->tracker.filter = options->filter;
	replay->tracker.quiet = true; /* for the initial state */
	link_batch_init(&replay->batch);
	*out = replay;
	return 0;
}

void replay_free(struct replay *replay)
{
	if (!replay)
		return;
	link_batch_fini(&replay->batch);
	bond_set_fini(&replay->set);
	free(replay);
}

/* A judged bond is judged again when it is due, or changes. */
static int judge(struct replay *replay)
{
	struct bond_set *set = &replay->set;
	int64_t now_ms = replay->now_ms;
	int err = judge_run(set, &replay->options.policy, &replay->options.sink,
			    now_ms);

	for (size_t i = schedule_next(set, 0, now_ms); i < set->count;
	     i = schedule_next(set, i + 1, now_ms))
		schedule_rest(&set->bonds[i],
			      judge_bond_next_ms(set, &set->bonds[i]));
	return err;
}

static int apply(struct replay *replay)
{
	const struct replay_options *options = &replay->options;
	bool first = replay->tracker.quiet;
	int err;

	if (replay->batch.count == 0)
		return 0;
	err = tracker_dump(&replay->tracker, &replay->batch,
			   TRACKER_SCOPE_MERGE, replay->now_ms);
	link_batch_clear(&replay->batch);
	replay->tracker.quiet = false;
	if (!err)
		err = judge(replay);
	if (first && options->first)
		options->first(options->first_ctx, &replay->set,
			       replay->now_ms);
	return err;
}

/* Runs the judge for what is due between the last record and `to_ms`. */
static int advance(struct replay *replay, int64_t to_ms)
{
	int64_t next_ms = schedule_next_ms(&replay->set);
	int64_t before_ms = INT64_MIN;
	int err = 0;

	/* Handle a time that stays due only once. */
	while (!err && next_ms <= to_ms && next_ms > before_ms) {
		if (next_ms > replay->now_ms)
			replay->now_ms = next_ms;
		err = judge(replay);
		before_ms = next_ms;
		next_ms = schedule_next_ms(&replay->set);
	}
	if (to_ms > replay->now_ms)
		replay->now_ms = to_ms;
	return err;
}

static int take_message(struct replay *replay, const struct nlmsghdr *nlh,
			size_t available)
{
	struct link_event event;
	int err;

	/* nlmon also captures requests, which are not the kernel's state. */
	if (nlh->nlmsg_flags & NLM_F_REQUEST)
		return 0;
	err = linkmsg_parse(nlh, available, &event);
	if (err == -ENOMSG)
		return 0;
	replay->counts.messages++;
	replay->counts.bad_attrs += event.bad_attrs;
	if (err)
		replay->counts.malformed++;
	if (event.link.ifindex <= 0)
		return 0;
	return link_batch_add(&replay->batch, &event);
}

int replay_record(struct replay *replay, const struct capture_record *record)
{
	struct linkmsg_cursor cursor = { record->bytes, record->length };
	const struct nlmsghdr *nlh;
	size_t available;
	int err = 0;

	if (!record->is_answer ||
	    record->at_ms > replay->now_ms + ONE_READING_MS)
		err = apply(replay);
	if (!err)
		err = advance(replay, record->at_ms);
	while (!err && (nlh = linkmsg_next(&cursor, &available)))
		err = take_message(replay, nlh, available);
	if (!err && !record->is_answer)
		err = apply(replay);
	return err;
}

int replay_end(struct replay *replay)
{
	int err = apply(replay);

	return err ? err : advance(replay, replay->now_ms);
}

int replay_all(struct replay *replay, struct capture_reader *reader,
	       struct capture_error *error)
{
	struct capture_record record;
	int err = 0;
	int got;

	do {
		got = capture_reader_next(reader, &record, error);
		if (got > 0)
			err = replay_record(replay, &record);
	} while (!err && got > 0);
	if (!err)
		err = replay_end(replay);
	return err ? err : got;
}

int replay_file(struct replay **out, const struct replay_options *options,
		const char *path, struct capture_error *error)
{
	struct capture_reader *reader;
	int err;

	*out = NULL;
	err = capture_reader_open(&reader, path, error);
	if (err)
		return err;
	err = replay_new(out, options);
	if (!err)
		err = replay_all(*out, reader, error);
	if (err == -ENOMEM)
		capture_error_set(error, "out of memory");
	capture_reader_close(reader);
	return err;
}

const struct bond_set *replay_bonds(const struct replay *replay)
{
	return &replay->set;
}

int64_t replay_now_ms(const struct replay *replay)
{
	return replay->now_ms;
}

struct replay_counts replay_counts(const struct replay *replay)
{
	return replay->counts;
}
