/* SPDX-License-Identifier: BSD-2-Clause */
/* What is asked, by what is wanted and what was answered. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <stdint.h>

#include "claim.h"

#define NOW_MS	 1000
#define AGAIN_MS (NOW_MS + CLAIM_RETRY_MS)

static void asks(struct claim *claim, int64_t now_ms, enum claim_step step)
{
	if (step != CLAIM_NOTHING)
		assert_true(claim_next_ms(claim) <= now_ms);
	assert_int_equal(claim_step(claim, now_ms), step);
	/* Once: the answer is what comes next. */
	assert_int_equal(claim_step(claim, now_ms), CLAIM_NOTHING);
	assert_int_equal(claim_is_waiting(claim), step != CLAIM_NOTHING);
}

static void is_quiet(struct claim *claim)
{
	assert_int_equal(claim_next_ms(claim), INT64_MAX);
	assert_int_equal(claim_step(claim, INT64_MAX), CLAIM_NOTHING);
}

static void taken_and_given_back(void **state)
{
	struct claim claim = { 0 };

	(void)state;
	is_quiet(&claim);
	claim.wanted = true;
	asks(&claim, NOW_MS, CLAIM_TAKE);
	is_quiet(&claim);
	claim_answered(&claim, true, NOW_MS);
	assert_int_equal(claim.state, CLAIM_HELD);
	is_quiet(&claim);
	claim.wanted = false;
	asks(&claim, NOW_MS, CLAIM_GIVE_BACK);
	claim_answered(&claim, true, NOW_MS);
	assert_int_equal(claim.state, CLAIM_FREE);
	is_quiet(&claim);
	claim.wanted = true;
	asks(&claim, NOW_MS, CLAIM_TAKE);
}

static void a_change_of_mind_waits_for_the_answer(void **state)
{
	struct claim claim = { .wanted = true };

	(void)state;
	asks(&claim, NOW_MS, CLAIM_TAKE);
	claim.wanted = false;
	is_quiet(&claim);
	claim_answered(&claim, true, NOW_MS);
	asks(&claim, NOW_MS, CLAIM_GIVE_BACK);
	claim.wanted = true;
	is_quiet(&claim);
	claim_answered(&claim, true, NOW_MS);
	asks(&claim, NOW_MS, CLAIM_TAKE);
}

static void a_refusal_is_tried_again_later(void **state)
{
	struct claim claim = { .wanted = true };

	(void)state;
	asks(&claim, NOW_MS, CLAIM_TAKE);
	claim_answered(&claim, false, NOW_MS);
	assert_true(claim.refused);
	assert_int_equal(claim_next_ms(&claim), AGAIN_MS);
	asks(&claim, AGAIN_MS - 1, CLAIM_NOTHING);
	asks(&claim, AGAIN_MS, CLAIM_TAKE);
	claim_answered(&claim, true, AGAIN_MS);
	assert_false(claim.refused);
	claim.wanted = false;
	asks(&claim, AGAIN_MS, CLAIM_GIVE_BACK);
	claim_answered(&claim, false, AGAIN_MS);
	assert_int_equal(claim.state, CLAIM_HELD);
	asks(&claim, AGAIN_MS + CLAIM_RETRY_MS - 1, CLAIM_NOTHING);
	asks(&claim, AGAIN_MS + CLAIM_RETRY_MS, CLAIM_GIVE_BACK);
}

/* It may be another's. */
static void what_was_refused_is_never_given_back(void **state)
{
	struct claim claim = { .wanted = true };

	(void)state;
	asks(&claim, NOW_MS, CLAIM_TAKE);
	claim_answered(&claim, false, NOW_MS);
	claim.wanted = false;
	is_quiet(&claim);
}

static void a_new_session_begins_anew(void **state)
{
	struct claim claim = { .wanted = true };

	(void)state;
	asks(&claim, NOW_MS, CLAIM_TAKE);
	claim_answered(&claim, false, NOW_MS);
	claim_forget(&claim);
	assert_false(claim.refused);
	asks(&claim, NOW_MS, CLAIM_TAKE);
	claim_forget(&claim);
	claim_answered(&claim, true, NOW_MS); /* of the old one */
	assert_int_equal(claim.state, CLAIM_FREE);
	asks(&claim, NOW_MS, CLAIM_TAKE);
	claim_answered(&claim, true, NOW_MS);
	claim_forget(&claim);
	asks(&claim, NOW_MS, CLAIM_TAKE);
	claim.wanted = false;
	claim_forget(&claim);
	is_quiet(&claim);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(taken_and_given_back),
		cmocka_unit_test(a_change_of_mind_waits_for_the_answer),
		cmocka_unit_test(a_refusal_is_tried_again_later),
		cmocka_unit_test(what_was_refused_is_never_given_back),
		cmocka_unit_test(a_new_session_begins_anew),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
