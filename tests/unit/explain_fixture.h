/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A bond whose fields the tests change, and what is said of it. To be included
 * behind cmocka.h.
 */
#ifndef BONDCARRIER_TESTS_EXPLAIN_FIXTURE_H
#define BONDCARRIER_TESTS_EXPLAIN_FIXTURE_H

#include "bond/uapi.h"
#include "explain/explain.h"
#include "has.h"
#include "named.h"

#define HAS(attr) BOND_ATTR_BIT(IFLA_BOND_##attr)

struct fixture {
	struct bond bond;	/* bond0, which nobody monitors */
	struct slave slaves[2]; /* eth0 and eth1, without a link */
};

void fixture_init(struct fixture *f);
int setup(void **state);
#define TEST(name) cmocka_unit_test_setup(name, setup)

/* Gives that slave its link, and the bond its carrier. */
void plug(struct fixture *f, int slave);

/* Sentences; good until the next call of the same. */
const char *finding(const struct fixture *f, enum discrepancy_kind kind,
		    const char *slave);
const char *remedy(const struct fixture *f, enum discrepancy_kind kind);
const char *verdict(const struct fixture *f);
const char *warning(const struct fixture *f, enum discrepancy_warning which);

#endif
