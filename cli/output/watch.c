/* SPDX-License-Identifier: BSD-2-Clause */
/* Prints states, events and notices, one a line. */
#include "output/watch.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "explain/explain.h"
#include "output/json_part.h"
#include "output/page.h"
#include "output/problem_set.h"
#include "output/summary.h"

const char *watch_time(int64_t at_ms, char *buffer, size_t size)
{
	int64_t rest_ms = ((at_ms % 1000) + 1000) % 1000;
	char second[32] = "?";
	char zone[8] = "";
	struct tm local;

	if (clock_local(at_ms, &local)) {
		strftime(second, sizeof(second), "%Y-%m-%dT%H:%M:%S", &local);
		strftime(zone, sizeof(zone), "%z", &local); /* +hhmm */
	}
	snprintf(buffer, size, "%s.%03d%.3s%s%s", second, (int)rest_ms, zone,
		 zone[0] ? ":" : "", zone[0] ? zone + 3 : "");
	return buffer;
}

static void finish_line(struct watch *watch)
{
	if (watch->err)
		return;
	fputc('\n', watch->out);
	/* A long line is written in parts, each of which may have failed. */
	if (fflush(watch->out) != 0 || ferror(watch->out))
		watch->err = errno ? -errno : -EIO;
}

static void put_text(struct watch *watch, enum page_colour colour,
		     const char *text, int64_t at_ms)
{
	const struct page page = { .out = watch->out,
				   .coloured = watch->coloured };
	char when[WATCH_TIME_SIZE];

	if (watch->err)
		return;
	watch_time(at_ms, when, sizeof(when));
	errno = 0;
	fprintf(watch->out, "%s ", when);
	page_put(&page, colour, text, 0);
	finish_line(watch);
}

/* Takes over the line. */
static void put_json(struct watch *watch, json_t *line)
{
	char *text = NULL;

	if (line && !watch->err)
		text = json_dumps(line, JSON_COMPACT | JSON_PRESERVE_ORDER);
	json_decref(line);
	if (text) {
		errno = 0;
		fputs(text, watch->out);
		finish_line(watch);
	} else if (!watch->err) {
		watch->err = -ENOMEM;
	}
	free(text);
}

static json_t *begin_json(const char *type, const char *text, int64_t at_ms)
{
	char when[WATCH_TIME_SIZE];

	return json_pack("{s:s, s:s, s:s}", "time",
			 watch_time(at_ms, when, sizeof(when)), "type", type,
			 "text", text);
}

static json_t *reference(int ifindex, const char *ifname)
{
	json_t *object = json_pack("{s:i}", "ifindex", ifindex);
	int err = 0;

	if (ifname[0])
		json_part_set(&err, object, "name", json_part_name(ifname));
	return json_part_finish(err, object);
}

static json_t *carrier(enum carrier effective, enum carrier_reason reason)
{
	if (effective != CARRIER_UP && effective != CARRIER_DOWN)
		reason = CARRIER_REASON_NOT_SYNCHRONISED;
	return json_pack("{s:s, s:s}", "carrier", explain_carrier(effective),
			 "reason", explain_reason(reason));
}

static void set_running(int *err, json_t *line, const struct bond *bond)
{
	if (!bond->link.distrusted)
		json_part_set(err, line, "running",
			      json_boolean(link_running(&bond->link)));
}

static enum page_colour carrier_colour(enum carrier effective)
{
	if (effective == CARRIER_UP)
		return PAGE_GOOD;
	return effective == CARRIER_DOWN ? PAGE_BAD : PAGE_CAUTION;
}

static json_t *words(unsigned int set, unsigned int first, unsigned int last,
		     const char *(*word)(unsigned int number))
{
	json_t *array = json_array();
	int err = 0;

	for (unsigned int i = first; i <= last; i++) {
		if (set & (1U << (i - first)))
			json_part_append(&err, array, json_string(word(i)));
	}
	return json_part_finish(err, array);
}

static const char *kind_word(unsigned int kind)
{
	return explain_kind((enum discrepancy_kind)kind);
}

static const char *warning_word(unsigned int warning)
{
	return explain_warning((enum discrepancy_warning)warning);
}

void watch_put_state(struct watch *watch, const struct bond *bond,
		     int64_t at_ms)
{
	const struct carrier_verdict *verdict = &bond->verdict;
	const struct problem_set problems = problem_set_of(bond);
	char text[SUMMARY_SIZE];
	json_t *line;
	int err = 0;

	summary_text(bond, text, sizeof(text));
	if (!watch->json) {
		put_text(watch, carrier_colour(verdict->effective), text,
			 at_ms);
		return;
	}
	line = begin_json("state", text, at_ms);
	json_part_set(&err, line, "bond",
		      reference(bond->link.ifindex, bond->link.name));
	set_running(&err, line, bond);
	json_part_set(&err, line, "strictLacp",
		      json_boolean(watch->strict_lacp));
	json_part_set(&err, line, "effective",
		      carrier(verdict->effective, verdict->reason));
	json_part_set(
	    &err, line, "discrepancies",
	    words(problems.kinds, 1, DISCREPANCY_KIND_COUNT, kind_word));
	json_part_set(&err, line, "warnings",
		      words(problems.warnings, 0, DISCREPANCY_WARNING_COUNT - 1,
			    warning_word));
	put_json(watch, json_part_finish(err, line));
}

static enum page_colour event_colour(enum event_type type)
{
	if (type == EVENT_EFFECTIVE_DOWN || type == EVENT_DISCREPANCY_RAISED)
		return PAGE_BAD;
	if (type == EVENT_EFFECTIVE_UP || type == EVENT_DISCREPANCY_CLEARED)
		return PAGE_GOOD;
	return PAGE_PLAIN;
}

void watch_put_event(struct watch *watch, const struct event *event,
		     const struct bond *bond, int64_t at_ms)
{
	char text[EXPLAIN_TEXT_SIZE];
	json_t *line;
	int err = 0;

	explain_event(event, text, sizeof(text));
	if (!watch->json) {
		put_text(watch, event_colour(event->type), text, at_ms);
		return;
	}
	line = begin_json(explain_event_type(event->type), text, at_ms);
	json_part_set(&err, line, "bond",
		      reference(event->bond, event->bond_name));
	if (event->slave != 0)
		json_part_set(&err, line, "slave",
			      reference(event->slave, event->slave_name));
	if (event->kind != DISCREPANCY_NONE)
		json_part_set(&err, line, "kind",
			      json_string(explain_kind(event->kind)));
	set_running(&err, line, bond);
	json_part_set(&err, line, "effective",
		      carrier(event->effective, event->reason));
	put_json(watch, json_part_finish(err, line));
}

void watch_put_notice(struct watch *watch, enum watch_notice notice, int why,
		      int64_t at_ms)
{
	static const struct {
		const char *type;
		const char *text;
	} notices[] = {
		[WATCH_OVERRUN] = { "overrun",
				    "kernel messages lost (overrun); rereading "
				    "everything" },
		[WATCH_KERNEL_LOST] = { "kernelLost",
					"cannot read the kernel: the state "
					"of every bond is unknown" },
		[WATCH_KERNEL_FOUND] = { "kernelFound",
					 "reading the kernel recovered" },
	};
	char text[EXPLAIN_TEXT_SIZE];

	snprintf(text, sizeof(text), "%s%s%s%s", notices[notice].text,
		 why ? " (" : "", why ? strerror(-why) : "", why ? ")" : "");
	if (watch->json)
		put_json(watch, begin_json(notices[notice].type, text, at_ms));
	else
		put_text(watch, PAGE_CAUTION, text, at_ms);
}
