/* SPDX-License-Identifier: BSD-2-Clause */
/* Writes events down for assert_events(). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "explain/explain.h"
#include "record.h"

static void put(struct record *record, const char *separator, const char *word)
{
	size_t length = strlen(record->text);
	int more =
	    snprintf(record->text + length, sizeof(record->text) - length,
		     "%s%s", length ? separator : "", word);

	assert_true(length + (size_t)more < sizeof(record->text));
}

void record_word(struct record *record, const char *word)
{
	put(record, ", ", word);
}

void record_discrepancy(struct record *record, enum discrepancy_kind kind,
			bool raised)
{
	record_word(record, explain_kind(kind));
	put(record, "", raised ? " raised" : " cleared");
}

void record_event(struct record *record, const struct event *event)
{
	char names[2 * LINK_NAME_SIZE + 4];

	if (event->type == EVENT_DISCREPANCY_RAISED ||
	    event->type == EVENT_DISCREPANCY_CLEARED) {
		record_discrepancy(record, event->kind,
				   event->type == EVENT_DISCREPANCY_RAISED);
	} else {
		assert_int_equal(event->kind, DISCREPANCY_NONE);
		record_word(record, explain_event_type(event->type));
	}
	if (record->without_names)
		return;
	(void)snprintf(names, sizeof(names), "(%s%s%s)", event->bond_name,
		       event->slave_name[0] ? " " : "", event->slave_name);
	put(record, "", names);
}
