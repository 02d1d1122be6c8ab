/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Shared by carrier.c (the decision) and carrier_lacp.c (the rules of 802.3ad),
 * which alone include it. Pure, like carrier.h.
 *
 * enum carrier serves as the three-valued truth of any condition here, such as
 * "the link is up" or "the slave is in that aggregator": CARRIER_UP for true,
 * CARRIER_DOWN for false, CARRIER_UNKNOWN.
 */
#ifndef BONDCARRIER_CARRIER_INTERNAL_H
#define BONDCARRIER_CARRIER_INTERNAL_H

#include "bond/bond.h"

/* How many slaves meet a condition, and for how many that is unknown. */
struct carrier_tally {
	unsigned int up;
	unsigned int unknown;
};

struct carrier_rules {
	bool strict; /* carrier_lacp_strict() */
	int64_t now_ms;
};

static inline enum carrier carrier_if(bool up)
{
	return up ? CARRIER_UP : CARRIER_DOWN;
}

static inline enum carrier carrier_both(enum carrier a, enum carrier b)
{
	if (a == CARRIER_DOWN || b == CARRIER_DOWN)
		return CARRIER_DOWN;
	if (a == CARRIER_UP && b == CARRIER_UP)
		return CARRIER_UP;
	return CARRIER_UNKNOWN;
}

static inline void carrier_count(struct carrier_tally *tally,
				 enum carrier truth)
{
	if (truth == CARRIER_UP)
		tally->up++;
	else if (truth != CARRIER_DOWN)
		tally->unknown++;
}

static inline enum carrier carrier_reaches(struct carrier_tally tally,
					   unsigned int need)
{
	if (tally.up >= need)
		return CARRIER_UP;
	/* No overflow: a bond has far fewer than 2^31 slaves. */
	if (tally.up + tally.unknown >= need)
		return CARRIER_UNKNOWN;
	return CARRIER_DOWN;
}

static inline struct carrier_verdict carrier_down(enum carrier_reason reason)
{
	return (struct carrier_verdict){ .effective = CARRIER_DOWN,
					 .reason = reason };
}

static inline struct carrier_verdict carrier_up_or_unknown(enum carrier truth)
{
	return (struct carrier_verdict){
		.effective = truth,
		.reason = truth == CARRIER_UP ? CARRIER_REASON_LINK_UP
					      : CARRIER_REASON_NOT_SYNCHRONISED,
	};
}

/* Lowers *until_ms to `at_ms`, unless that time has passed. */
static inline void carrier_until(int64_t *until_ms, int64_t at_ms,
				 int64_t now_ms)
{
	if (at_ms > now_ms && at_ms < *until_ms)
		*until_ms = at_ms;
}

/* Does the driver consider the slave up? `or_failing`: or in its downdelay. */
static inline enum carrier carrier_mii_up(const struct slave *slave,
					  bool or_failing)
{
	if (slave->link.distrusted ||
	    !slave_has(slave, IFLA_BOND_SLAVE_MII_STATUS))
		return CARRIER_UNKNOWN;
	return carrier_if(
	    slave->attrs.mii_status == BOND_LINK_UP ||
	    (or_failing && slave->attrs.mii_status == BOND_LINK_FAIL));
}

/* Whether only slaves that collect and distribute count: carrier_decide(). */
bool carrier_lacp_strict(const struct bond *bond, bool strict_lacp);
/* carrier_decide() for an 802.3ad bond with a slave that may be usable. */
struct carrier_verdict carrier_lacp_decide(const struct bond *bond,
					   const struct carrier_rules *rules);
/* carrier_until() for the times at which that slave changes by itself. */
void carrier_lacp_until(const struct bond *bond, const struct slave *slave,
			const struct carrier_rules *rules, int64_t *until_ms);
/* carrier_kernel() for an 802.3ad bond with slaves. */
enum carrier carrier_lacp_kernel(const struct bond *bond);

#endif
