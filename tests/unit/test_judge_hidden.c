/* SPDX-License-Identifier: BSD-2-Clause */
/* The truth is hidden: the kernel, or a message, cannot be read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "judge_fixture.h"

static void test_resynchronising(void **state)
{
	struct bond *bond;

	(void)state;
	make(1, NONE, "0U*", true);
	bond = get(1);
	judge(0);
	set.status = BOND_SET_RESYNCHRONISING;
	judge(BASE_MS);
	assert_kinds(raised(1), 0);
	assert_int_equal(judge_next_ms(&set), INT64_MAX);
	sample_slaves(bond, "1U*", START_MS);
	judge(BASE_MS + 1);
	assert_carrier(effective(1), UP);
	assert_int_equal(events(1, EVENT_EFFECTIVE_UP), 1);
	sample_slaves(bond, "0U*", START_MS);
	judge(BASE_MS + 2);
	assert_kinds(raised(1), 0);

	/* Not marked as changed: judged all the same. */
	bond->changed = false;
	set.status = BOND_SET_RESYNCHRONISING;
	judge(BASE_MS + 3);
	set.status = BOND_SET_SYNCHRONISED;
	judge(BASE_MS + 4);
	assert_int_equal(events(1, EVENT_DISCREPANCY_RAISED), 2);

	/* Nor is anything cleared. */
	set.status = BOND_SET_RESYNCHRONISING;
	sample_slaves(bond, "1U*", START_MS);
	judge(10000);
	judge(20000);
	assert_int_equal(events(1, EVENT_DISCREPANCY_CLEARED), 0);
	set.status = BOND_SET_SYNCHRONISED;
	judge(30000);
	judge(30000 + BASE_MS);
	assert_int_equal(events(1, EVENT_DISCREPANCY_CLEARED), 2);
}

static void test_lost(void **state)
{
	(void)state;
	make(1, NONE, "1U* 0U", true);
	make(2, NONE, "0U*", true);
	judge(0);
	judge(BASE_MS - 1);
	set.status = BOND_SET_LOST;
	judge(BASE_MS);
	assert_carrier(effective(1), UNKNOWN);
	assert_reason(get(1)->verdict.reason, CARRIER_REASON_NOT_SYNCHRONISED);
	assert_carrier(get(1)->slaves[0].corrected, UNKNOWN);
	assert_carrier(get(1)->slaves[1].corrected, UNKNOWN);
	assert_int_equal(get(1)->verdict.slaves_usable, 0);
	assert_int_equal(get(1)->effective_changed_ms, START_MS + BASE_MS);
	assert_carrier(effective(2), UNKNOWN);
	assert_int_equal(judge_next_ms(&set), INT64_MAX);
	judge(50000);
	assert_int_equal(get(1)->effective_changed_ms, START_MS + BASE_MS);
	assert_int_equal(emitted.count, 0);

	/* Found again, and nothing is marked as changed. */
	set.status = BOND_SET_SYNCHRONISED;
	judge(60000);
	assert_carrier(effective(1), UP);
	assert_carrier(effective(2), DOWN);
	assert_int_equal(emitted.count, 0);
	judge(60000 + BASE_MS - 1);
	assert_int_equal(emitted.count, 0);
	judge(60000 + BASE_MS);
	assert_int_equal(events(2, EVENT_DISCREPANCY_RAISED), 2);
	assert_int_equal(get(2)->discrepancies.items[0].since_ms, START_MS);

	/* What is raised stays raised while nothing can be known. */
	set.status = BOND_SET_LOST;
	judge(70000);
	judge(90000);
	assert_int_equal(events(2, EVENT_DISCREPANCY_CLEARED), 0);
	set.status = BOND_SET_SYNCHRONISED;
	sample_slaves(get(1), "0U*", START_MS);
	judge(91000);
	assert_int_equal(events(2, EVENT_DISCREPANCY_RAISED), 2);
	assert_int_equal(events(1, EVENT_EFFECTIVE_DOWN), 1);
}

static void test_lost_from_the_start(void **state)
{
	(void)state;
	set.status = BOND_SET_LOST;
	make(1, NONE, "1U*", true);
	judge(0);
	assert_carrier(effective(1), UNKNOWN);
	assert_true(get(1)->judged);
	set.status = BOND_SET_SYNCHRONISED;
	judge(10);
	assert_carrier(effective(1), UP);
	assert_int_equal(emitted.count, 0);
}

/* A truth that is hidden ends nothing, and nothing begins in it. */
static void test_hidden_truth(void **state)
{
	const unsigned int false_up = DISCREPANCY_BIT(DISCREPANCY_FALSE_UP);

	(void)state;
	make(1, NONE, "0U* 0U", true);
	judge(0);
	judge(2000);
	assert_true(raised(1) & false_up);
	sample_slaves(get(1), "0U* ?U", START_MS + 3000);
	get(1)->changed = true;
	judge(3000);
	assert_carrier(effective(1), UNKNOWN);
	judge(10000);
	assert_true(raised(1) & false_up);
	assert_int_equal(events(1, EVENT_DISCREPANCY_CLEARED), 0);
	sample_slaves(get(1), "1U* 0U", START_MS + 11000);
	get(1)->changed = true;
	judge(11000);
	judge(13000);
	assert_false(raised(1) & false_up);
	assert_int_equal(events(1, EVENT_DISCREPANCY_RAISED),
			 events(1, EVENT_DISCREPANCY_CLEARED) +
			     1); /* slaveFalseUp of the other */
}

/* What was pending when the truth was lost begins anew. */
static void test_hidden_truth_restarts(void **state)
{
	(void)state;
	make(1, NONE, "0U*", true);
	judge(0);
	sample_slaves(get(1), "?U*", START_MS + 100);
	get(1)->changed = true;
	judge(100);
	sample_slaves(get(1), "0U*", START_MS + 2500);
	judge(2500);
	assert_kinds(raised(1), 0);
	judge(4499);
	assert_kinds(raised(1), 0);
	judge(4500);
	assert_true(raised(1) & DISCREPANCY_BIT(DISCREPANCY_FALSE_UP));
}

static void test_distrusted_bond(void **state)
{
	struct bond *bond;

	(void)state;
	make(1, NONE, "0U*", true);
	bond = get(1);
	judge(0);
	judge(BASE_MS);
	assert_int_equal(events(1, EVENT_DISCREPANCY_RAISED), 2);
	bond->link.distrusted = true;
	bond->changed = true;
	judge(10000);
	bond->changed = true;
	judge(20000);
	assert_carrier(effective(1), UNKNOWN);
	assert_int_equal(events(1, EVENT_DISCREPANCY_CLEARED), 0);
	assert_int_equal(judge_next_ms(&set), INT64_MAX);
	bond->link.distrusted = false;
	judge(30000);
	assert_carrier(effective(1), DOWN);
	assert_int_equal(emitted.count, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_resynchronising),	  TEST(test_lost),
		TEST(test_lost_from_the_start),	  TEST(test_hidden_truth),
		TEST(test_hidden_truth_restarts), TEST(test_distrusted_bond),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
