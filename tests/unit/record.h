/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The events that happened, in order, as one line of words. To be included
 * behind cmocka.h.
 */
#ifndef BONDCARRIER_TESTS_RECORD_H
#define BONDCARRIER_TESTS_RECORD_H

#include "bond/event.h"

/* "bondAdded(bond0), slaveAdded(bond0 v1), falseUp raised(bond0)" */
struct record {
	bool without_names; /* "bondAdded, slaveAdded, falseUp raised" */
	char text[1024];
};

void record_event(struct record *record, const struct event *event);
void record_word(struct record *record, const char *word);
/* "falseUp raised" or "falseUp cleared" */
void record_discrepancy(struct record *record, enum discrepancy_kind kind,
			bool raised);

/* Exactly these events since the last time; `of` has a member `record`. */
#define assert_events(of, expected)                                            \
	do {                                                                   \
		assert_string_equal((of)->record.text, expected);              \
		(of)->record.text[0] = '\0';                                   \
	} while (0)

#endif
