/* SPDX-License-Identifier: BSD-2-Clause */
/* What the tests of the judge begin with. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "judge_fixture.h"

struct bond_set set;
struct judge_policy policy;
struct sample_log emitted;
struct event_sink sink;

int setup(void **state)
{
	(void)state;
	bond_set_init(&set);
	set.status = BOND_SET_SYNCHRONISED;
	judge_policy_defaults(&policy);
	sink = sample_sink(&emitted);
	return 0;
}

int teardown(void **state)
{
	(void)state;
	bond_set_fini(&set);
	return 0;
}

struct bond *get(int ifindex)
{
	struct bond *bond = bond_set_find(&set, ifindex);

	assert_non_null(bond);
	return bond;
}

void judge(int64_t after_ms)
{
	assert_int_equal(judge_run(&set, &policy, &sink, START_MS + after_ms),
			 0);
}

size_t events(int bond, enum event_type type)
{
	return sample_count(&emitted, bond, type, DISCREPANCY_NONE);
}

enum carrier effective(int bond)
{
	return get(bond)->verdict.effective;
}

unsigned int raised(int bond)
{
	return discrepancy_raised(&get(bond)->discrepancies);
}

unsigned int pending(int bond)
{
	return discrepancy_pending(&get(bond)->discrepancies);
}

void make(int ifindex, enum carrier_monitor monitor, const char *slaves,
	  bool reported)
{
	struct bond *bond = sample_bond(&set, ifindex, AB, monitor);

	sample_slaves(bond, slaves, START_MS);
	sample_report(bond, reported, reported);
}
