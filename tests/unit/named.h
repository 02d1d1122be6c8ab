/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Assertions that fail in words: of the enumerations the MIB's names, as
 * src/explain has them. To be included behind cmocka.h.
 */
#ifndef BONDCARRIER_TESTS_NAMED_H
#define BONDCARRIER_TESTS_NAMED_H

#include "bond/bond_set.h"
#include "bond/event.h"

/* "falseUp, slaveFalseUp" of these DISCREPANCY_BIT()s, "none" of 0. Good until
   the fourth next call. */
const char *named_kinds(unsigned int kinds);
const char *named_warnings(unsigned int warnings);
const char *named_carrier(int carrier);
const char *named_reason(int reason);
const char *named_kind(int kind);
const char *named_event_type(int type);
const char *named_status(int status);
const char *named_monitor(int monitor);
const char *named_link_kind(int kind);

/* Compares numbers, so that two that have no name are not the same. */
#define NAMED_ASSERT(name_of, actual, expected)                                \
	do {                                                                   \
		const int actual_ = (int)(actual);                             \
		const int expected_ = (int)(expected);                         \
                                                                               \
		if (actual_ != expected_)                                      \
			fail_msg("%s is %s (%d), not %s (%d)", #actual,        \
				 name_of(actual_), actual_,                    \
				 name_of(expected_), expected_);               \
	} while (0)

#define assert_carrier(actual, expected)                                       \
	NAMED_ASSERT(named_carrier, actual, expected)
#define assert_reason(actual, expected)                                        \
	NAMED_ASSERT(named_reason, actual, expected)
#define assert_kind(actual, expected) NAMED_ASSERT(named_kind, actual, expected)
#define assert_event_type(actual, expected)                                    \
	NAMED_ASSERT(named_event_type, actual, expected)
#define assert_status(actual, expected)                                        \
	NAMED_ASSERT(named_status, actual, expected)

#define assert_monitor(actual, expected)                                       \
	NAMED_ASSERT(named_monitor, actual, expected)
#define assert_link_kind(actual, expected)                                     \
	NAMED_ASSERT(named_link_kind, actual, expected)

/* Sets of DISCREPANCY_BIT() and of DISCREPANCY_WARNING_BIT(). */
#define assert_kinds(actual, expected)                                         \
	assert_string_equal(named_kinds(actual), named_kinds(expected))
#define assert_warnings(actual, expected)                                      \
	assert_string_equal(named_warnings(actual), named_warnings(expected))

#endif
