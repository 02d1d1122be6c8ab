/* SPDX-License-Identifier: BSD-2-Clause */
/* Assertions that fail in words, for the agent's enumerations. Include it after
   cmocka.h. */
#ifndef BONDCARRIER_TESTS_NAMED_AGENT_H
#define BONDCARRIER_TESTS_NAMED_AGENT_H

#include "named.h"

/* "unknown" for a number without a name. */
const char *named_fate(int fate);
const char *named_raise(int raise);
const char *named_step(int step);
const char *named_state(int state);
const char *named_throttle(int verdict);
const char *named_watchdog(int verdict);

#define assert_fate(actual, expected) NAMED_ASSERT(named_fate, actual, expected)
#define assert_raise(actual, expected)                                         \
	NAMED_ASSERT(named_raise, actual, expected)
#define assert_step(actual, expected) NAMED_ASSERT(named_step, actual, expected)
#define assert_state(actual, expected)                                         \
	NAMED_ASSERT(named_state, actual, expected)
#define assert_throttle(actual, expected)                                      \
	NAMED_ASSERT(named_throttle, actual, expected)

#endif
