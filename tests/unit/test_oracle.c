/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The oracle: situations measured on a real bonding driver (Linux 6.1), and
 * what is true of each. One table; every row goes through the real judge
 * with a stepped clock: in grace, after it, healthy again, past the hold.
 *
 * Kinds and warnings stand here by hand, from their definitions.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <linux/if_bonding.h>
#include <linux/if_link.h>

#include "bond/uapi.h"
#include "decision/judge.h"
#include "range.h"
#include "sample.h"

#define BASE_MS	 2000
#define LONG_MS	 500000 /* longer than any grace here */
#define START_MS INT64_C(1000000)

#define BOND	 1
#define INNER	 101 /* the first slave of BOND */

enum option {
	PLAIN,
	BOND_DORMANT, /* LOWER_UP without RUNNING */
	BOND_ADMIN_DOWN,
	USE_CARRIER_0,
	KERNEL_STRICT, /* lacp_strict on */
	AGENT_STRICT,  /* the agent's own strictLacp */
	NESTED,	       /* the slave is a bond that falsely says up */
};

#define UP	      CARRIER_UP
#define DOWN	      CARRIER_DOWN

#define NONE	      CARRIER_MONITOR_NONE
#define MII	      CARRIER_MONITOR_MII
#define ARP	      CARRIER_MONITOR_ARP

#define LINK_UP	      CARRIER_REASON_LINK_UP
#define ADMIN_DOWN    CARRIER_REASON_ADMIN_DOWN
#define NO_SLAVES     CARRIER_REASON_NO_SLAVES
#define NO_SLAVE_UP   CARRIER_REASON_NO_SLAVE_UP
#define MIN_LINKS     CARRIER_REASON_MIN_LINKS_NOT_MET
#define NO_LACP_READY CARRIER_REASON_NOT_DISTRIBUTING
#define NO_PORTS      CARRIER_REASON_PORTS_DISABLED

#define K1	      DISCREPANCY_BIT(DISCREPANCY_FALSE_UP)
#define K2	      DISCREPANCY_BIT(DISCREPANCY_FALSE_DOWN)
#define K3	      DISCREPANCY_BIT(DISCREPANCY_OPER_STATUS_MISMATCH)
#define K4	      DISCREPANCY_BIT(DISCREPANCY_STALE_CARRIER)
#define K5	      DISCREPANCY_BIT(DISCREPANCY_ACTIVE_SLAVE_DOWN)
#define K6	      DISCREPANCY_BIT(DISCREPANCY_NO_LACP_PARTNER)
#define K7	      DISCREPANCY_BIT(DISCREPANCY_SPLIT_AGGREGATOR)
#define K8	      DISCREPANCY_BIT(DISCREPANCY_SLAVE_FALSE_UP)
#define K9	      DISCREPANCY_BIT(DISCREPANCY_SLAVE_FALSE_DOWN)
#define K10	      DISCREPANCY_BIT(DISCREPANCY_SLAVE_NOT_OPERATIONAL)

#define W(name)	      DISCREPANCY_WARNING_BIT(DISCREPANCY_WARNING_##name)
#define UNMON	      W(UNMONITORED)
#define IGNORED	      W(MIN_LINKS_IGNORED)
#define ARPDOWN	      W(ARP_DOWN)
#define DEGR	      W(DEGRADED)

#define ANY	      "rr ab xor broadcast 802.3ad tlb alb"
#define ANY_ARP	      "rr ab xor broadcast"
#define NOT_LACP      "rr ab xor broadcast tlb alb"
#define LACP	      "802.3ad"

struct row {
	int number;
	const char *modes;
	enum carrier_monitor monitor;
	uint32_t min_links;
	const char *slaves;
	const char *ad;
	enum carrier reported;
	enum carrier effective;
	enum carrier_reason reason;
	unsigned int kinds;
	unsigned int warnings;
	/* Rows that are seen in grace: what came before, the delay, and what
	   is pending only. The other rows are seen after grace. */
	const char *before;
	unsigned int pending;
	uint32_t updelay_ms;
	uint32_t downdelay_ms;
	enum option option;
};

/* clang-format off */
static const struct row rows[] = {
	{ 1, ANY, NONE, 0, "", NULL, DOWN, DOWN, NO_SLAVES, 0,
	  .warnings = UNMON },
	{ 1, ANY, MII, 0, "", NULL, DOWN, DOWN, NO_SLAVES, 0, .warnings = 0 },
	{ 1, ANY_ARP, ARP, 0, "", NULL, DOWN, DOWN, NO_SLAVES, 0,
	  .warnings = 0 },
	{ 2, "rr xor broadcast", NONE, 0, "0U 0U", NULL, UP,
	  DOWN, NO_SLAVE_UP, K1 | K8, .warnings = UNMON | DEGR },
	{ 3, "ab tlb alb", NONE, 0, "0U* 0U", NULL, UP,
	  DOWN, NO_SLAVE_UP, K1 | K8, .warnings = UNMON | DEGR },
	{ 4, "ab", NONE, 0, "0U* 1U", NULL, UP,
	  UP, LINK_UP, K5 | K8, .warnings = UNMON | DEGR },
	{ 5, "ab", NONE, 0, "1U* 0U", NULL, UP,
	  UP, LINK_UP, K8, .warnings = UNMON | DEGR },
	{ 6, "ab", NONE, 0, "0Ux* 0Ux", NULL, UP,
	  DOWN, NO_SLAVE_UP, K1 | K8, .warnings = UNMON | DEGR },
	{ 7, "rr ab", NONE, 0, "1D 1D", NULL, DOWN,
	  UP, LINK_UP, K2 | K9, .warnings = UNMON | DEGR },
	{ 8, "ab", NONE, 0, "1D 0U*", NULL, UP,
	  UP, LINK_UP, K5 | K8 | K9, .warnings = UNMON | DEGR },
	{ 9, NOT_LACP, MII, 0, "0D 0D", NULL, DOWN,
	  DOWN, NO_SLAVE_UP, 0, .warnings = DEGR },
	{ 10, NOT_LACP, MII, 0, "1U 0D", NULL, UP, UP, LINK_UP, 0,
	  .warnings = DEGR },
	{ 11, "ab", MII, 0, "0F* 0D", NULL, DOWN,
	  DOWN, NO_SLAVE_UP, 0, .warnings = DEGR, .downdelay_ms = 1500 },
	{ 12, "ab", MII, 0, "0F* 1U", NULL, UP,
	  UP, LINK_UP, 0, .warnings = DEGR,
	  .before = "1U* 1U", .pending = K5, .downdelay_ms = 1500 },
	{ 13, "ab", MII, 0, "1U* 1B", NULL, UP,
	  UP, LINK_UP, 0, .warnings = DEGR,
	  .before = "1U* 0D", .pending = K9, .updelay_ms = 1500 },
	{ 14, "rr", MII, 0, "1B 0D", NULL, DOWN,
	  DOWN, NO_SLAVE_UP, 0, .warnings = DEGR,
	  .before = "0D 0D", .pending = K9, .updelay_ms = 5000 },
	{ 15, "ab", MII, 0, "0U* 0U", NULL, UP,
	  DOWN, NO_SLAVE_UP, K1 | K8,
	  .warnings = DEGR, .option = USE_CARRIER_0 },
	{ 16, "tlb alb", MII, 0, "1D", NULL, DOWN, UP, LINK_UP, K2 | K9,
	  .warnings = DEGR },
	{ 17, LACP, MII, 0, "1D/1", NULL, DOWN, UP, LINK_UP, K2 | K9,
	  .warnings = DEGR },
	{ 18, "ab", MII, 2, "1U* 0D", NULL, UP,
	  UP, LINK_UP, 0, .warnings = IGNORED | DEGR },
	{ 19, "ab", MII, 0, "1Uz*", NULL, UP, UP, LINK_UP, K10, .warnings = 0 },
	{ 20, "ab", MII, 0, "1U*", NULL, DOWN,
	  UP, LINK_UP, K2 | K3, .warnings = 0, .option = BOND_DORMANT },
	{ 21, "ab", MII, 0, "0U* 0U", NULL, DOWN,
	  DOWN, ADMIN_DOWN, 0, .warnings = 0, .option = BOND_ADMIN_DOWN },
	{ 22, "ab", ARP, 0, "1D 1U*", NULL, UP,
	  UP, LINK_UP, 0, .warnings = ARPDOWN | DEGR },
	{ 23, "ab", ARP, 0, "1F 1B", NULL, DOWN,
	  DOWN, NO_SLAVE_UP, 0, .warnings = ARPDOWN | DEGR },
	{ 24, "xor", ARP, 0, "1D 0D", NULL, DOWN,
	  DOWN, NO_SLAVE_UP, 0, .warnings = ARPDOWN | DEGR },
	{ 25, "ab", ARP, 0, "0U*", NULL, UP, DOWN, NO_SLAVE_UP, 0,
	  .warnings = DEGR,
	  .before = "1U*", .pending = K1 | K8 },
	{ 26, LACP, MII, 0, "1U/1 1U/1", "1,2,y", UP, UP, LINK_UP, 0,
	  .warnings = 0 },
	{ 27, LACP, MII, 2, "1U/1 0D/1", "1,1,y", DOWN,
	  DOWN, MIN_LINKS, 0, .warnings = DEGR },
	{ 28, LACP, MII, 3, "1U/1 1U/1 0D/3", "1,2,y", DOWN,
	  DOWN, MIN_LINKS, 0, .warnings = DEGR },
	{ 29, LACP, MII, 0, "1U/1 1U/2", "1,1,n", UP,
	  UP, LINK_UP, K6 | K7, .warnings = 0 },
	{ 30, LACP, MII, 2, "1U/1 1U/2", "1,1,n", DOWN,
	  DOWN, MIN_LINKS, K6 | K7, .warnings = 0 },
	{ 31, LACP, MII, 0, "1U/1 1U/2", "1,1,y", UP, UP, LINK_UP, K7,
	  .warnings = 0 },
	{ 32, LACP, MII, 0, "0F/1 0F/2", "1,1,n", UP,
	  DOWN, NO_SLAVE_UP, K6, .warnings = DEGR,
	  .before = "1U/1 1U/2", .pending = K1, .downdelay_ms = 1500 },
	{ 33, LACP, NONE, 0, "1U/1 0U/2", NULL, DOWN,
	  UP, LINK_UP, K2 | K8, .warnings = UNMON | DEGR },
	{ 34, LACP, NONE, 0, "0U/1 0U/2", "1,1,n", UP,
	  DOWN, NO_SLAVE_UP, K1 | K6 | K8, .warnings = UNMON | DEGR },
	{ 35, LACP, MII, 0, "0D/1 0D/2", NULL, DOWN,
	  DOWN, NO_SLAVE_UP, 0, .warnings = DEGR },
	{ 36, LACP, MII, 1, "1U/1!", "1,1,n", DOWN,
	  DOWN, NO_LACP_READY, K6, .warnings = 0, .option = KERNEL_STRICT },
	/* 36b: the kernel compares with min_links as it is. */
	{ 36, LACP, MII, 0, "1U/1!", "1,1,n", UP,
	  UP, LINK_UP, K6, .warnings = 0, .option = KERNEL_STRICT },
	{ 37, "ab", MII, 0, "1U*", NULL, UP,
	  DOWN, NO_SLAVE_UP, K1 | K8, .warnings = DEGR, .option = NESTED },
	{ 38, LACP, MII, 2, "1U/1 0F/1", "1,2,y", UP,
	  DOWN, MIN_LINKS, 0, .warnings = DEGR,
	  .before = "1U/1 1U/1", .pending = K1, .downdelay_ms = 1500 },
	{ 39, "rr", MII, 0, "0D", NULL, UP,
	  DOWN, NO_SLAVE_UP, K1 | K4, .warnings = DEGR },
	{ 40, LACP, MII, 0, "0U/1 1U/2", "1,1,y", UP,
	  UP, LINK_UP, K7, .warnings = DEGR,
	  .before = "1U/1 1U/2", .pending = K8 },
	/* 40b: without a monitor the driver never sees it go. */
	{ 40, LACP, NONE, 0, "0U/1 1U/2", "1,1,y", UP,
	  UP, LINK_UP, K7 | K8, .warnings = UNMON | DEGR },
	{ 41, LACP, MII, 0, "0F/1 1U/2", "1,1,y", UP,
	  UP, LINK_UP, K7, .warnings = DEGR,
	  .before = "1U/1 1U/2", .pending = 0, .downdelay_ms = 1500 },
	{ 42, LACP, MII, 0, "1D/1 1D/1", "1,0,y", UP,
	  DOWN, NO_PORTS, K1 | K9, .warnings = DEGR, .updelay_ms = 200 },
	{ 48, LACP, MII, 0, "1U/1! 1U/1!", "1,2,y", UP,
	  DOWN, NO_LACP_READY, K1, .warnings = 0, .option = AGENT_STRICT },
};
/* clang-format on */

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
	const struct row *row;
	unsigned int mode;
	bool fast; /* lacp_rate */
	struct bond_set set;
	struct judge_policy policy;
	struct sample_log *log;
	struct event_sink sink;
};

#define check(trial, actual, expected)                                         \
	check_equal(trial, #actual, (unsigned long)(actual),                   \
		    (unsigned long)(expected))

static void check_equal(const struct trial *trial, const char *what,
			unsigned long actual, unsigned long expected)
{
	if (actual != expected)
		fail_msg("row %d, mode %u%s: %s is 0x%lx, not 0x%lx",
			 trial->row->number, trial->mode,
			 trial->fast ? ", fast" : "", what, actual, expected);
}

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
	const struct row *row = trial->row;
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

	for (unsigned int kind = K1; kind <= K10; kind <<= 1)
		if ((kinds & kind) && grace_of(trial, kind) <= at_most_ms)
			result |= kind;
	return result;
}

static void build(struct trial *trial)
{
	const struct row *row = trial->row;
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
	const struct row *row = trial->row;
	struct bond *bond = bond_of(trial);
	bool up = row->reported == UP;

	sample_slaves(bond, slaves, now_ms);
	sample_ad(bond, row->ad);
	sample_report(bond, up, up || row->option == BOND_DORMANT);
	judge_at(trial, now_ms);
}

static void check_verdict(struct trial *trial)
{
	const struct row *row = trial->row;
	const struct bond *bond = bond_of(trial);

	check(trial, bond->verdict.effective, row->effective);
	check(trial, bond->verdict.reason, row->reason);
}

/* Nothing too early, everything in time. */
static void check_after_grace(struct trial *trial)
{
	const struct row *row = trial->row;
	unsigned int early, due;
	int64_t last_ms = 0;

	if (row->updelay_ms) /* the row is beyond it */
		sample_slaves(bond_of(trial), row->slaves, START_MS - LONG_MS);
	set_scene(trial, row->slaves, START_MS);
	check_verdict(trial);
	check(trial, raised(trial), 0);
	check(trial, pending(trial), row->kinds);

	for (unsigned int kind = K1; kind <= K10; kind <<= 1) {
		int64_t grace_ms = grace_of(trial, kind);

		if (!(row->kinds & kind) || grace_ms <= last_ms)
			continue;
		early = kinds_with_grace(trial, row->kinds, grace_ms - 1);
		due = kinds_with_grace(trial, row->kinds, grace_ms);
		judge_at(trial, START_MS + grace_ms - 1);
		check(trial, raised(trial), early);
		check(trial, judge_next_ms(&trial->set), START_MS + grace_ms);
		judge_at(trial, START_MS + grace_ms);
		check(trial, raised(trial), due);
		check(trial, pending(trial), row->kinds & ~due);
		last_ms = grace_ms;
	}
	judge_at(trial, START_MS + LONG_MS);
	check_verdict(trial);
	check(trial, raised(trial), row->kinds);
	check(trial, pending(trial), 0);
	check(trial, bond_of(trial)->warnings, row->warnings);
}

/* What came before has lasted; the row is seen between hold and grace. */
static void check_in_grace(struct trial *trial)
{
	const struct row *row = trial->row;
	unsigned int all = row->kinds | row->pending;
	int64_t grace_ms = grace_of(trial, K1);

	set_scene(trial, row->before, START_MS - LONG_MS);
	judge_at(trial, START_MS - 1);
	set_scene(trial, row->slaves, START_MS);
	check_verdict(trial);
	check(trial, pending(trial), row->pending);

	assert_true(grace_ms > BASE_MS);
	for (int64_t after_ms = BASE_MS; after_ms < grace_ms;
	     after_ms = after_ms == BASE_MS ? grace_ms - 1 : grace_ms) {
		judge_at(trial, START_MS + after_ms);
		check_verdict(trial);
		check(trial, raised(trial), row->kinds);
		check(trial, pending(trial), row->pending);
		check(trial, bond_of(trial)->warnings, row->warnings);
		if (row->updelay_ms)
			return; /* it would run out by then */
	}
	judge_at(trial, START_MS + grace_ms);
	check(trial, raised(trial), all);
	check(trial, pending(trial), 0);
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
	check(trial, pending(trial), 0);
	check(trial, raised(trial), was);
	judge_at(trial, now_ms + BASE_MS - 1);
	check(trial, raised(trial), was);
	judge_at(trial, now_ms + BASE_MS);
	check(trial, raised(trial), 0);

	bond = bond_of(trial);
	check(trial, bond->verdict.effective,
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

static int run_row(const struct row *row, struct sample_log *log)
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
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		trials += run_row(&rows[i], log);
		assert_true(rows[i].number >= last);
		numbers += rows[i].number > last;
		last = rows[i].number;
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
