/* SPDX-License-Identifier: BSD-2-Clause */
/* Requests, by what is wanted and what the master answered. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <stdint.h>

#include "agentx/column_claim.h"

#define NOW_MS	 1000
#define AGAIN_MS (NOW_MS + COLUMN_CLAIM_RETRY_MS)

static void asks(struct column_claim *claim, int64_t now_ms,
		 enum column_claim_step step)
{
	if (step != COLUMN_CLAIM_NOTHING)
		assert_true(column_claim_next_ms(claim) <= now_ms);
	assert_int_equal(column_claim_step(claim, now_ms), step);
	/* Only once: an answer must follow. */
	assert_int_equal(column_claim_step(claim, now_ms),
			 COLUMN_CLAIM_NOTHING);
	assert_int_equal(column_claim_is_waiting(claim),
			 step != COLUMN_CLAIM_NOTHING);
}

static void is_quiet(struct column_claim *claim)
{
	assert_int_equal(column_claim_next_ms(claim), INT64_MAX);
	assert_int_equal(column_claim_step(claim, INT64_MAX),
			 COLUMN_CLAIM_NOTHING);
}

static void registered_and_unregistered(void **state)
{
	struct column_claim claim = { 0 };

	(void)state;
	is_quiet(&claim);
	claim.wanted = true;
	asks(&claim, NOW_MS, COLUMN_CLAIM_REGISTER);
	is_quiet(&claim);
	column_claim_answered(&claim, true, NOW_MS);
	assert_int_equal(claim.state, COLUMN_CLAIM_REGISTERED);
	is_quiet(&claim);
	claim.wanted = false;
	asks(&claim, NOW_MS, COLUMN_CLAIM_UNREGISTER);
	column_claim_answered(&claim, true, NOW_MS);
	assert_int_equal(claim.state, COLUMN_CLAIM_FREE);
	is_quiet(&claim);
	claim.wanted = true;
	asks(&claim, NOW_MS, COLUMN_CLAIM_REGISTER);
}

static void change_waits_for_the_answer(void **state)
{
	struct column_claim claim = { .wanted = true };

	(void)state;
	asks(&claim, NOW_MS, COLUMN_CLAIM_REGISTER);
	claim.wanted = false;
	is_quiet(&claim);
	column_claim_answered(&claim, true, NOW_MS);
	asks(&claim, NOW_MS, COLUMN_CLAIM_UNREGISTER);
	claim.wanted = true;
	is_quiet(&claim);
	column_claim_answered(&claim, true, NOW_MS);
	asks(&claim, NOW_MS, COLUMN_CLAIM_REGISTER);
}

static void refusal_is_retried_later(void **state)
{
	struct column_claim claim = { .wanted = true };

	(void)state;
	asks(&claim, NOW_MS, COLUMN_CLAIM_REGISTER);
	column_claim_answered(&claim, false, NOW_MS);
	assert_true(claim.refused);
	assert_int_equal(column_claim_next_ms(&claim), AGAIN_MS);
	asks(&claim, AGAIN_MS - 1, COLUMN_CLAIM_NOTHING);
	asks(&claim, AGAIN_MS, COLUMN_CLAIM_REGISTER);
	column_claim_answered(&claim, true, AGAIN_MS);
	assert_false(claim.refused);
	claim.wanted = false;
	asks(&claim, AGAIN_MS, COLUMN_CLAIM_UNREGISTER);
	column_claim_answered(&claim, false, AGAIN_MS);
	assert_int_equal(claim.state, COLUMN_CLAIM_REGISTERED);
	asks(&claim, AGAIN_MS + COLUMN_CLAIM_RETRY_MS - 1,
	     COLUMN_CLAIM_NOTHING);
	asks(&claim, AGAIN_MS + COLUMN_CLAIM_RETRY_MS, COLUMN_CLAIM_UNREGISTER);
}

/* The registration may be another subagent's. */
static void refused_column_is_never_unregistered(void **state)
{
	struct column_claim claim = { .wanted = true };

	(void)state;
	asks(&claim, NOW_MS, COLUMN_CLAIM_REGISTER);
	column_claim_answered(&claim, false, NOW_MS);
	claim.wanted = false;
	is_quiet(&claim);
}

static void new_session_starts_free(void **state)
{
	struct column_claim claim = { .wanted = true };

	(void)state;
	asks(&claim, NOW_MS, COLUMN_CLAIM_REGISTER);
	column_claim_answered(&claim, false, NOW_MS);
	column_claim_reset(&claim);
	assert_false(claim.refused);
	asks(&claim, NOW_MS, COLUMN_CLAIM_REGISTER);
	column_claim_reset(&claim);
	column_claim_answered(&claim, true, NOW_MS); /* of the old one */
	assert_int_equal(claim.state, COLUMN_CLAIM_FREE);
	asks(&claim, NOW_MS, COLUMN_CLAIM_REGISTER);
	column_claim_answered(&claim, true, NOW_MS);
	column_claim_reset(&claim);
	asks(&claim, NOW_MS, COLUMN_CLAIM_REGISTER);
	claim.wanted = false;
	column_claim_reset(&claim);
	is_quiet(&claim);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(registered_and_unregistered),
		cmocka_unit_test(change_waits_for_the_answer),
		cmocka_unit_test(refusal_is_retried_later),
		cmocka_unit_test(refused_column_is_never_unregistered),
		cmocka_unit_test(new_session_starts_free),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
