/* SPDX-License-Identifier: BSD-2-Clause */
/* SETs of every kind; the state is a struct client. */
#ifndef BONDCARRIER_TESTS_AGENT_TEST_SET_H
#define BONDCARRIER_TESTS_AGENT_TEST_SET_H

void test_set_accepted(void **state);
void test_set_refused(void **state);
void test_set_all_or_nothing(void **state);
void test_set_of_public(void **state);

#endif
