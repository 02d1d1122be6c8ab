/* SPDX-License-Identifier: BSD-2-Clause */
/* The bonds of the kernel or of a capture, read once. */
#include "input/source.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/printable.h"
#include "capture/replay.h"
#include "decision/judge.h"
#include "explain/explain.h"
#include "input/signals.h"
#include "sync/monitor.h"

/* For links that change while they are read: the last attempt begins some 3 s
   after the first, well before a monitoring system's own timeout. */
#define PATIENCE_MS 5000

static int open_capture(struct source *source, const char *from,
			bool strict_lacp)
{
	struct replay_options options = { .sink = { NULL, NULL } };
	struct capture_error error = { "" };
	char name[SOURCE_TROUBLE_SIZE / 4];
	uint64_t malformed = 0;
	int err;

	judge_policy_defaults(&options.policy);
	options.policy.strict_lacp = strict_lacp;
	err = replay_file(&source->replay, &options, from, &error);
	if (source->replay) {
		source->bonds = replay_bonds(source->replay);
		malformed = replay_counts(source->replay).malformed;
	}
	if (err)
		snprintf(source->trouble, sizeof(source->trouble), "%s: %s",
			 printable_name(from, name, sizeof(name)), error.text);
	else if (malformed > 0)
		snprintf(source->trouble, sizeof(source->trouble),
			 "%s: malformed messages ignored: %llu",
			 printable_name(from, name, sizeof(name)),
			 (unsigned long long)malformed);
	return err;
}

/* 0, or -errno when it is too late. */
static int begin(struct monitor *monitor, int64_t until_ms, int signals)
{
	struct pollfd fd = { .fd = signals, .events = POLLIN };
	int64_t at_ms;
	int err;

	do {
		err = monitor_dispatch(monitor, clock_now_ms());
		if (!err)
			err = monitor_begun(monitor);
		at_ms = monitor_next_ms(monitor);
	} while (monitor_error_passes(err) && at_ms < until_ms &&
		 poll(&fd, 1, signals_poll_ms(at_ms)) == 0);
	return err;
}

int source_monitor(struct monitor **out, const struct monitor_options *options,
		   int signals)
{
	int64_t now_ms = clock_now_ms();
	int err = monitor_open(out, options, now_ms);

	if (err)
		return err;
	err = begin(*out, now_ms + PATIENCE_MS, signals);
	if (err) {
		monitor_close(*out);
		*out = NULL;
	}
	return err;
}

static int open_kernel(struct source *source, bool strict_lacp)
{
	struct monitor_options options = { .resync_interval_ms = 0 };
	int err;

	judge_policy_defaults(&options.policy);
	options.policy.strict_lacp = strict_lacp;
	err = source_monitor(&source->monitor, &options, -1);
	if (err)
		snprintf(source->trouble, sizeof(source->trouble),
			 "cannot read links from the kernel: %s",
			 monitor_error_text(err));
	else
		source->bonds = monitor_bonds(source->monitor);
	return err;
}

int source_open(struct source *source, const char *from, bool strict_lacp)
{
	*source = (struct source){ .bonds = NULL };
	return from ? open_capture(source, from, strict_lacp)
		    : open_kernel(source, strict_lacp);
}

void source_close(struct source *source)
{
	monitor_close(source->monitor);
	replay_free(source->replay);
	*source = (struct source){ .bonds = NULL };
}

bool source_name_means(const char *word, const char *ifname)
{
	char printed[PRINTABLE_NAME_SIZE];

	return strcmp(word, ifname) == 0 ||
	       strcmp(word, printable_name(ifname, printed, sizeof(printed))) ==
		   0;
}

bool source_wants(const struct source_names *names, const char *ifname)
{
	for (size_t i = 0; i < names->count; i++) {
		if (source_name_means(names->names[i], ifname))
			return true;
	}
	return names->count == 0;
}

const struct bond *source_find(const struct bond_set *set, const char *word)
{
	for (size_t i = 0; i < set->count; i++) {
		if (source_name_means(word, set->bonds[i].link.name))
			return &set->bonds[i];
	}
	return NULL;
}
