/* SPDX-License-Identifier: BSD-2-Clause */
/* The kinds of discrepancy, from their definitions. */
#include <linux/if_bonding.h>
#include <linux/if_link.h>
#include <string.h>

#include "oracle_internal.h"

#define MAYBE (ORACLE_NO | ORACLE_YES)

/* bondDiscrepancyKind */
enum {
	FALSE_UP = 1,
	FALSE_DOWN,
	OPER_STATUS_MISMATCH,
	STALE_CARRIER,
	ACTIVE_SLAVE_DOWN,
	NO_LACP_PARTNER,
	SPLIT_AGGREGATOR,
	SLAVE_FALSE_UP,
	SLAVE_FALSE_DOWN,
	SLAVE_NOT_OPERATIONAL,
};

static unsigned int if_so(bool yes)
{
	return yes ? ORACLE_YES : ORACLE_NO;
}

/* From a set of states: is it that one? */
static unsigned int is(unsigned int says, unsigned int state)
{
	if (says == state)
		return ORACLE_YES;
	return says & (state | ORACLE_UNKNOWN) ? MAYBE : ORACLE_NO;
}

static unsigned int both(unsigned int a, unsigned int b)
{
	if (a == ORACLE_NO || b == ORACLE_NO)
		return ORACLE_NO;
	return a == ORACLE_YES && b == ORACLE_YES ? ORACLE_YES : MAYBE;
}

static unsigned int is_up(struct oracle *oracle, int slot)
{
	return is(oracle_link(oracle, slot), ORACLE_UP);
}

/* This one is the active slave. */
static unsigned int active_slave_down(struct oracle *oracle, int bond, int slot)
{
	const struct vk_bond *of = &oracle->vk->links[bond].bond;
	uint32_t mode = oracle_option(oracle->vk, bond, IFLA_BOND_MODE);
	unsigned int other = ORACLE_NO;

	if ((mode != BOND_MODE_ACTIVEBACKUP && mode != BOND_MODE_TLB &&
	     mode != BOND_MODE_ALB) ||
	    of->active != slot)
		return ORACLE_NO;
	for (int i = 0; i < of->slave_count; i++) {
		unsigned int up = is_up(oracle, of->slaves[i]);

		if (of->slaves[i] == slot || up == ORACLE_NO)
			continue;
		other = other == ORACLE_YES ? other : up;
	}
	return both(is(oracle_link(oracle, slot), ORACLE_DOWN), other);
}

/* The driver's own rule, on its own view: has it forgotten to apply it? */
static unsigned int stale_carrier(const struct oracle *oracle, int bond)
{
	const struct vk *vk = oracle->vk;
	const struct vk_bond *of = &vk->links[bond].bond;
	bool up = false;

	if (oracle_is_lacp(oracle, bond))
		return ORACLE_NO; /* it applies that at each change */
	for (int i = 0; i < of->slave_count; i++)
		up |= vk->links[of->slaves[i]].slave.link == VK_UP;
	return if_so(up != vk->links[bond].carrier);
}

static unsigned int no_partner(const struct oracle *oracle, int bond)
{
	static const uint8_t nobody[6];
	int active = oracle_active(oracle->vk, bond);

	if (active < 0)
		return ORACLE_NO;
	return if_so(
	    memcmp(oracle->vk->links[active].slave.aggregator.partner_system,
		   nobody, sizeof(nobody)) == 0);
}

static unsigned int split(struct oracle *oracle, int bond, int slot)
{
	const struct vk *vk = oracle->vk;
	int active = oracle_active(vk, bond);
	uint16_t aggregator = vk->links[slot].slave.port.aggregator;

	if (active < 0 || aggregator == vk->links[active].slave.aggregator.id)
		return ORACLE_NO;
	return both(is_up(oracle, slot), aggregator ? ORACLE_YES : MAYBE);
}

static unsigned int slave_finds(struct oracle *oracle, int bond, int kind,
				int slot)
{
	const struct vk *vk = oracle->vk;
	bool mii_up = vk->links[slot].slave.link == VK_UP;
	bool arp = !oracle_option(vk, bond, IFLA_BOND_MIIMON) &&
		   oracle_option(vk, bond, IFLA_BOND_ARP_INTERVAL);
	bool lacp = oracle_option(vk, bond, IFLA_BOND_MODE) == BOND_MODE_8023AD;

	switch (kind) {
	case ACTIVE_SLAVE_DOWN:
		return active_slave_down(oracle, bond, slot);
	case SPLIT_AGGREGATOR:
		return lacp ? split(oracle, bond, slot) : ORACLE_NO;
	case SLAVE_FALSE_UP:
		return both(if_so(mii_up),
			    is(oracle_link(oracle, slot), ORACLE_DOWN));
	case SLAVE_FALSE_DOWN:
		return both(if_so(!mii_up && !arp), is_up(oracle, slot));
	case SLAVE_NOT_OPERATIONAL:
		return both(if_so(!(vk_flags(vk, slot) & ORACLE_RUNNING)),
			    is_up(oracle, slot));
	default:
		return ORACLE_NO;
	}
}

unsigned int oracle_finds(struct oracle *oracle, int bond,
			  unsigned int effective, int kind, int slot)
{
	const struct vk *vk = oracle->vk;
	unsigned int flags = vk_flags(vk, bond);
	bool running = flags & ORACLE_RUNNING;
	bool lacp = oracle_option(vk, bond, IFLA_BOND_MODE) == BOND_MODE_8023AD;

	if (!vk->links[bond].admin_up)
		return ORACLE_NO;
	if (slot >= 0)
		return slave_finds(oracle, bond, kind, slot);
	switch (kind) {
	case FALSE_UP:
		return both(if_so(running), is(effective, ORACLE_DOWN));
	case FALSE_DOWN:
		return both(if_so(!running), is(effective, ORACLE_UP));
	case OPER_STATUS_MISMATCH:
		return if_so(running != !!(flags & ORACLE_LOWER_UP));
	case NO_LACP_PARTNER:
		return lacp ? no_partner(oracle, bond) : ORACLE_NO;
	case STALE_CARRIER:
		return stale_carrier(oracle, bond);
	default:
		return ORACLE_NO;
	}
}

int64_t oracle_grace_ms(const struct oracle *oracle, int bond, int kind,
			int64_t base_ms, int64_t fast_ms, int64_t slow_ms)
{
	const struct vk *vk = oracle->vk;
	int64_t miimon_ms = oracle_option(vk, bond, IFLA_BOND_MIIMON);
	int64_t arp_ms = oracle_option(vk, bond, IFLA_BOND_ARP_INTERVAL);
	int64_t up_ms = oracle_option(vk, bond, IFLA_BOND_UPDELAY);
	int64_t down_ms = oracle_option(vk, bond, IFLA_BOND_DOWNDELAY);
	int64_t derived_ms = 0, lacp_ms = 0;

	if (miimon_ms)
		derived_ms =
		    2 * miimon_ms + (up_ms > down_ms ? up_ms : down_ms);
	else if (arp_ms)
		derived_ms =
		    (oracle_option(vk, bond, IFLA_BOND_MISSED_MAX) + 3) *
		    arp_ms;
	derived_ms = derived_ms * 9 / 8 + 200;
	/* An updelay that runs is none, however long. */
	if (derived_ms > 30000 && kind != SLAVE_FALSE_DOWN)
		derived_ms = 30000;
	if (kind == NO_LACP_PARTNER || kind == SPLIT_AGGREGATOR ||
	    (kind == FALSE_UP && oracle_strict(oracle, bond)))
		lacp_ms = oracle_option(vk, bond, IFLA_BOND_AD_LACP_RATE)
			      ? fast_ms
			      : slow_ms;
	/* The driver's first choice of an aggregator takes ten seconds. */
	if (kind == FALSE_UP && oracle_is_lacp(oracle, bond))
		lacp_ms += 11000;
	return base_ms + derived_ms + lacp_ms;
}
