/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The oracle: every row goes through the real judge with a stepped clock: in
 * grace, after it, healthy again, past the hold.
 */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "bond/uapi.h"
#include "decision/judge.h"
#include "explain/explain.h"
#include "named.h"
#include "oracle_rows.h"
#include "sample.h"

#define BASE_MS	  2000
#define LONG_MS	  500000 /* longer than any grace here */
#define START_MS  INT64_C(1000000)

#define ALL_KINDS ((1U << DISCREPANCY_KIND_COUNT) - 1)

#define BOND	  1
#define INNER	  101 /* the first slave of BOND */

static const struct {
	const char *name;
	unsigned int number;
} modes[] = {
	{ "rr", BOND_MODE_ROUNDROBIN },	 { "ab", BOND_MODE_ACTIVEBACKUP },
	{ "xor", BOND_MODE_XOR },	 { "broadcast", BOND_MODE_BROADCAST },
	{ "802.3ad", BOND_MODE_8023AD }, { "tlb", BOND_MODE_TLB },
	{ "alb", BOND_MODE_ALB },
};

/* One row in one mode. */
struct trial {
	const struct oracle_row *row;
	unsigned int mode;
	bool fast; /* lacp_rate */
	struct bond_set set;
	struct judge_policy policy;
	struct sample_log *log;
	struct event_sink sink;
};

static void check_words(const struct trial *trial, const char *what,
			const char *actual, const char *expected)
{
	if (strcmp(actual, expected) != 0)
		fail_msg("row %d, %s%s: %s is %s, not %s", trial->row->number,
			 explain_mode(trial->mode), trial->fast ? ", fast" : "",
			 what, actual, expected);
}

#define check_kinds(trial, actual, expected)                                   \
	check_words(trial, #actual, named_kinds(actual), named_kinds(expected))
#define check_warnings(trial, actual, expected)                                \
	check_words(trial, #actual, named_warnings(actual),                    \
		    named_warnings(expected))
#define check_carrier(trial, actual, expected)                                 \
	check_words(trial, #actual, named_carrier(actual),                     \
		    named_carrier(expected))
#define check_reason(trial, actual, expected)                                  \
	check_words(trial, #actual, named_reason(actual),                      \
		    named_reason(expected))

static void check_number(const struct trial *trial, const char *what,
			 int64_t actual, int64_t expected)
{
	if (actual != expected)
		fail_msg("row %d, %s%s: %s is %" PRId64 ", not %" PRId64,
			 trial->row->number, explain_mode(trial->mode),
			 trial->fast ? ", fast" : "", what, actual, expected);
}

#define check(trial, actual, expected)                                         \
	check_number(trial, #actual, (int64_t)(actual), (int64_t)(expected))

static struct bond *bond_of(struct trial *trial)
{
	struct bond *bond = bond_set_find(&trial->set, BOND);

	assert_non_null(bond);
	return bond;
}

static unsigned int raised(struct trial *trial)
{
	return discrepancy_raised(&bond_of(trial)->discrepancies);
}

static unsigned int pending(struct trial *trial)
{
	return discrepancy_pending(&bond_of(trial)->discrepancies);
}

static void judge_at(struct trial *trial, int64_t now_ms)
{
	assert_int_equal(
	    judge_run(&trial->set, &trial->policy, &trial->sink, now_ms), 0);
}

/* The grace of a kind, worked out from its definition by hand. */
static int64_t grace_of(const struct trial *trial, unsigned int kind)
{
	const struct oracle_row *row = trial->row;
	uint32_t delay = row->updelay_ms > row->downdelay_ms
			     ? row->updelay_ms
			     : row->downdelay_ms;
	int64_t lacp_ms = trial->fast ? 10000 : 100000;
	int64_t strict_ms = trial->fast ? 100 * (100 + 12 + 20) : 100000;

	if (kind == K6 || kind == K7)
		return lacp_ms;
	if (row->monitor == MII)
		return BASE_MS + (2 + delay / 100) * (100 + 12 + 20) +
		       (kind == K1 && row->option == AGENT_STRICT ? strict_ms
								  : 0);
	if (row->monitor == ARP)
		return BASE_MS + (2 + 3) * (SAMPLE_ARP_INTERVAL_MS +
					    SAMPLE_ARP_INTERVAL_MS / 8 + 20);
	return BASE_MS;
}

static unsigned int kinds_with_grace(const struct trial *trial,
				     unsigned int kinds, int64_t at_most_ms)
{
	unsigned int result = 0;

	for (unsigned int kind = 1; kind <= ALL_KINDS; kind <<= 1)
		if ((kinds & kind) && grace_of(trial, kind) <= at_most_ms)
			result |= kind;
	return result;
}

static void build(struct trial *trial)
{
	const struct oracle_row *row = trial->row;
	struct bond *bond, *inner;

	bond_set_init(&trial->set);
	trial->set.status = BOND_SET_SYNCHRONISED;
	judge_policy_defaults(&trial->policy);
	trial->policy.strict_lacp = row->option == AGENT_STRICT;
	trial->sink = sample_sink(trial->log);

	bond = sample_bond(&trial->set, BOND, trial->mode, row->monitor);
	bond->attrs.min_links = row->min_links;
	bond->attrs.updelay_ms = row->updelay_ms;
	bond->attrs.downdelay_ms = row->downdelay_ms;
	bond->attrs.lacp_rate = trial->fast;
	if (row->option == USE_CARRIER_0)
		bond->attrs.use_carrier = 0;
	if (row->option == KERNEL_STRICT) {
		bond->attrs.present |= BOND_ATTR_BIT(UAPI_BOND_LACP_STRICT);
		bond->attrs.lacp_strict = 1;
	}
	if (row->option == BOND_ADMIN_DOWN)
		bond->link.flags = 0;
	if (row->option == NESTED) {
		inner = sample_bond(&trial->set, INNER, BOND_MODE_ACTIVEBACKUP,
				    CARRIER_MONITOR_NONE);
		sample_slaves(inner, "0U*", START_MS);
		sample_report(inner, true, true);
	}
}

static void set_scene(struct trial *trial, const char *slaves, int64_t now_ms)
{
	const struct oracle_row *row = trial->row;
	struct bond *bond = bond_of(trial);
	bool up = row->reported == UP;

	sample_slaves(bond, slaves, now_ms);
	sample_ad(bond, row->ad);
	sample_report(bond, up, up || row->option == BOND_DORMANT);
	judge_at(trial, now_ms);
}

static void check_verdict(struct trial *trial)
{
	const struct oracle_row *row = trial->row;
	const struct bond *bond = bond_of(trial);

	check_carrier(trial, bond->verdict.effective, row->effective);
	check_reason(trial, bond->verdict.reason, row->reason);
}

/* Nothing too early, everything in time. */
static void check_after_grace(struct trial *trial)
{
	const struct oracle_row *row = trial->row;
	unsigned int early, due;
	int64_t last_ms = 0;

	if (row->updelay_ms) /* the row is beyond it */
		sample_slaves(bond_of(trial), row->slaves, START_MS - LONG_MS);
	set_scene(trial, row->slaves, START_MS);
	check_verdict(trial);
	check_kinds(trial, raised(trial), 0);
	check_kinds(trial, pending(trial), row->kinds);

	for (unsigned int kind = 1; kind <= ALL_KINDS; kind <<= 1) {
		int64_t grace_ms = grace_of(trial, kind);

		if (!(row->kinds & kind) || grace_ms <= last_ms)
			continue;
		early = kinds_with_grace(trial, row->kinds, grace_ms - 1);
		due = kinds_with_grace(trial, row->kinds, grace_ms);
		judge_at(trial, START_MS + grace_ms - 1);
		check_kinds(trial, raised(trial), early);
		check(trial, judge_next_ms(&trial->set), START_MS + grace_ms);
		judge_at(trial, START_MS + grace_ms);
		check_kinds(trial, raised(trial), due);
		check_kinds(trial, pending(trial), row->kinds & ~due);
		last_ms = grace_ms;
	}
	judge_at(trial, START_MS + LONG_MS);
	check_verdict(trial);
	check_kinds(trial, raised(trial), row->kinds);
	check_kinds(trial, pending(trial), 0);
	check_warnings(trial, bond_of(trial)->warnings, row->warnings);
}

/* What came before has lasted; the row is seen between hold and grace. */
static void check_in_grace(struct trial *trial)
{
	const struct oracle_row *row = trial->row;
	unsigned int all = row->kinds | row->pending;
	int64_t grace_ms = grace_of(trial, K1);

	set_scene(trial, row->before, START_MS - LONG_MS);
	judge_at(trial, START_MS - 1);
	set_scene(trial, row->slaves, START_MS);
	check_verdict(trial);
	check_kinds(trial, pending(trial), row->pending);

	assert_true(grace_ms > BASE_MS);
	for (int64_t after_ms = BASE_MS; after_ms < grace_ms;
	     after_ms = after_ms == BASE_MS ? grace_ms - 1 : grace_ms) {
		judge_at(trial, START_MS + after_ms);
		check_verdict(trial);
		check_kinds(trial, raised(trial), row->kinds);
		check_kinds(trial, pending(trial), row->pending);
		check_warnings(trial, bond_of(trial)->warnings, row->warnings);
		if (row->updelay_ms)
			return; /* it would run out by then */
	}
	judge_at(trial, START_MS + grace_ms);
	check_kinds(trial, raised(trial), all);
	check_kinds(trial, pending(trial), 0);
}

/* Every slave gets its link, and the kernel sees it. */
static void heal(struct trial *trial, int64_t now_ms)
{
	struct bond *bond = bond_of(trial);
	struct bond *inner = bond_set_find(&trial->set, INNER);
	bool lacp = trial->mode == BOND_MODE_8023AD;
	char slaves[64] = "", ad[16];

	for (size_t i = 0; i < bond->slave_count; i++)
		strcat(slaves, lacp ? "1U/1 " : i == 0 ? "1U* " : "1U ");
	snprintf(ad, sizeof(ad), "1,%zu,y", bond->slave_count);
	sample_slaves(bond, slaves, now_ms);
	sample_ad(bond, lacp && bond->slave_count > 0 ? ad : NULL);
	bond->link.flags |= LINK_FLAG_UP;
	sample_report(bond, bond->slave_count > 0, bond->slave_count > 0);
	if (inner)
		sample_slaves(inner, "1U*", now_ms);
	judge_at(trial, now_ms);
}

static void check_healed(struct trial *trial)
{
	unsigned int was = raised(trial);
	int64_t now_ms = START_MS + 2 * LONG_MS;
	struct bond *bond;

	heal(trial, now_ms);
	check_kinds(trial, pending(trial), 0);
	check_kinds(trial, raised(trial), was);
	judge_at(trial, now_ms + BASE_MS - 1);
	check_kinds(trial, raised(trial), was);
	judge_at(trial, now_ms + BASE_MS);
	check_kinds(trial, raised(trial), 0);

	bond = bond_of(trial);
	check_carrier(trial, bond->verdict.effective,
		      bond->slave_count > 0 ? UP : DOWN);
	check(trial, bond->discrepancies.count, 0);
	check(trial, judge_next_ms(&trial->set), INT64_MAX);
	for (int kind = 1; kind <= DISCREPANCY_KIND_COUNT; kind++) {
		size_t raises =
		    sample_count(trial->log, BOND, EVENT_DISCREPANCY_RAISED,
				 (enum discrepancy_kind)kind);
		size_t clears =
		    sample_count(trial->log, BOND, EVENT_DISCREPANCY_CLEARED,
				 (enum discrepancy_kind)kind);

		check(trial, clears, raises);
	}
}

static void run_trial(struct trial *trial)
{
	build(trial);
	if (trial->row->before)
		check_in_grace(trial);
	else
		check_after_grace(trial);
	check_healed(trial);
	bond_set_fini(&trial->set);
}

static bool has_word(const char *words, const char *word)
{
	size_t length = strlen(word);

	for (const char *at = words; (at = strstr(at, word)); at += length)
		if ((at == words || at[-1] == ' ') &&
		    (at[length] == ' ' || at[length] == '\0'))
			return true;
	return false;
}

static int run_row(const struct oracle_row *row, struct sample_log *log)
{
	int trials = 0;

	for (size_t m = 0; m < sizeof(modes) / sizeof(modes[0]); m++) {
		struct trial trial = { .row = row,
				       .mode = modes[m].number,
				       .log = log };

		if (!has_word(row->modes, modes[m].name))
			continue;
		run_trial(&trial);
		trials++;
		if (trial.mode == BOND_MODE_8023AD) {
			trial.fast = true;
			run_trial(&trial);
		}
	}
	return trials;
}

static void test_every_row(void **state)
{
	struct sample_log *log = calloc(1, sizeof(*log));
	int trials = 0, last = 0, numbers = 0;

	(void)state;
	assert_non_null(log);
	for (size_t i = 0; i < oracle_row_count; i++) {
		trials += run_row(&oracle_rows[i], log);
		assert_true(oracle_rows[i].number >= last);
		numbers += oracle_rows[i].number > last;
		last = oracle_rows[i].number;
	}
	/* 1 to 42, and 48. */
	assert_int_equal(last, 48);
	assert_int_equal(numbers, 43);
	/* Row 1, then rows 2, 3, 7, 9, 10 and 16; the others have one mode. */
	assert_int_equal(trials, 18 + 3 + 3 + 2 + 6 + 6 + 2 + 33 + 5);
	free(log);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_row),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
