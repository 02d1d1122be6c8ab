/* SPDX-License-Identifier: BSD-2-Clause */
/* Scripts in memory and as text. */
#include "script.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static const char *const names[FAULT_KINDS] = {
	[FAULT_KILL] = "kill",
	[FAULT_STOP] = "stop",
	[FAULT_STALL] = "stall",
	[FAULT_WAKE] = "wake",
	[FAULT_RELOAD] = "reload",
	[FAULT_NOTIFICATIONS] = "notifications",
	[FAULT_GRACE] = "grace",
	[FAULT_CLOCK] = "clock",
	[FAULT_QUEUE] = "queue",
	[FAULT_LATE] = "late",
	[FAULT_INTERRUPT] = "interrupt",
	[FAULT_FAIL] = "fail",
	[FAULT_TRUNCATE] = "truncate",
	[FAULT_MALFORM] = "malform",
	[FAULT_DOUBLE] = "double",
	[FAULT_DEAF] = "deaf",
	[FAULT_STORM] = "storm",
	[FAULT_MASTER] = "master",
	[FAULT_STATE_LOST] = "state-lost",
	[FAULT_STATE_TORN] = "state-torn",
	[FAULT_STATE_STALE] = "state-stale",
	[FAULT_STATE_UNREADABLE] = "state-unreadable",
	[FAULT_STATE_ERROR] = "state-error",
	[FAULT_STATE_HANG] = "state-hang",
	[FAULT_TRACK_ERROR] = "track-error",
	[FAULT_TRACK_HANG] = "track-hang",
	[FAULT_HEAL] = "heal",
};

void script_init(struct script *script, uint64_t seed)
{
	memset(script, 0, sizeof(*script));
	script->seed = seed;
}

void script_fini(struct script *script)
{
	free(script->actions);
	memset(script, 0, sizeof(*script));
}

void script_add(struct script *script, const struct action *action)
{
	if (script->count == script->capacity) {
		script->capacity = 2 * script->capacity + 64;
		script->actions =
		    reallocarray(script->actions, script->capacity,
				 sizeof(*script->actions));
		if (!script->actions)
			abort();
	}
	script->actions[script->count++] = *action;
}

void script_copy(struct script *to, const struct script *from)
{
	script_init(to, from->seed);
	to->end_ms = from->end_ms;
	for (size_t i = 0; i < from->count; i++)
		script_add(to, &from->actions[i]);
}

void action_print(const struct action *action, char *line, size_t size)
{
	int at = snprintf(line, size, "%" PRId64 " ", action->at_ms);

	if (action->inside)
		at += snprintf(line + at, size - (size_t)at, "inside %d ",
			       action->inside);
	if (action->is_fault) {
		snprintf(line + at, size - (size_t)at, "fault %s %" PRId64,
			 names[action->fault], action->value);
		return;
	}
	at += snprintf(line + at, size - (size_t)at, "op ");
	op_print(&action->op, line + at, size - (size_t)at);
}

void script_print(const struct script *script, FILE *out)
{
	char line[OP_LINE_MAX + 64];

	fprintf(out, "seed %" PRIu64 "\nend %" PRId64 "\n", script->seed,
		script->end_ms);
	for (size_t i = 0; i < script->count; i++) {
		action_print(&script->actions[i], line, sizeof(line));
		fprintf(out, "%s\n", line);
	}
}

static int parse_fault(const char *text, struct action *out)
{
	char name[32];

	if (sscanf(text, "%31s %" SCNd64, name, &out->value) != 2)
		return -EINVAL;
	out->is_fault = true;
	for (int i = 0; i < FAULT_KINDS; i++) {
		if (strcmp(names[i], name) != 0)
			continue;
		out->fault = (enum fault_kind)i;
		return 0;
	}
	return -EINVAL;
}

static int parse_action(const char *line, struct action *out)
{
	int at = 0, more = 0;

	memset(out, 0, sizeof(*out));
	if (sscanf(line, "%" SCNd64 " %n", &out->at_ms, &at) != 1)
		return -EINVAL;
	line += at;
	if (sscanf(line, "inside %d %n", &out->inside, &more) == 1)
		line += more;
	if (strncmp(line, "fault ", 6) == 0)
		return parse_fault(line + 6, out);
	if (strncmp(line, "op ", 3) == 0)
		return op_parse(line + 3, &out->op);
	return -EINVAL;
}

static int parse_line(struct script *script, const char *line)
{
	struct action action;

	if (*line == '\0' || *line == '#')
		return 0;
	if (sscanf(line, "seed %" SCNu64, &script->seed) == 1 ||
	    sscanf(line, "end %" SCNd64, &script->end_ms) == 1)
		return 0;
	if (parse_action(line, &action) != 0)
		return -EINVAL;
	script_add(script, &action);
	return 0;
}

int script_read(struct script *script, const char *path, int *line)
{
	FILE *file = fopen(path, "r");
	char text[OP_LINE_MAX + 64];
	int err = 0;

	if (!file)
		return -errno;
	script_init(script, 0);
	*line = 0;
	while (!err && fgets(text, sizeof(text), file)) {
		text[strcspn(text, "\n")] = '\0';
		++*line;
		err = parse_line(script, text);
	}
	fclose(file);
	if (err)
		script_fini(script);
	return err;
}
