/* SPDX-License-Identifier: BSD-2-Clause */
/* Effective carrier, from the definition. */
#include "oracle.h"

#include <linux/if_bonding.h>
#include <linux/if_link.h>
#include <string.h>

#include "oracle_internal.h"

#define EITHER (ORACLE_UP | ORACLE_DOWN)
/* Of a port's actor state: collecting and distributing. */
#define PASSING 0x30U
/* As deep as devices stand upon one another. */
#define DEPTH 9

uint32_t oracle_option(const struct vk *vk, int bond, int option)
{
	const struct vk_bond *of = &vk->links[bond].bond;

	/* The driver counts these in looks of its monitor. */
	if (option == IFLA_BOND_UPDELAY)
		return of->updelay * of->option[IFLA_BOND_MIIMON];
	if (option == IFLA_BOND_DOWNDELAY)
		return of->downdelay * of->option[IFLA_BOND_MIIMON];
	return of->option[option];
}

bool oracle_lower_up(const struct vk *vk, int slot)
{
	return (vk_flags(vk, slot) & ORACLE_LOWER_UP) != 0;
}

static unsigned int effective(struct oracle *oracle, int bond, int depth);

/* L of carrier.md: of the link, and of what it is or stands on. */
static unsigned int real_link(struct oracle *oracle, int slot, int depth)
{
	const struct vk_link *link = &oracle->vk->links[slot];

	if (depth == 0)
		return EITHER | ORACLE_UNKNOWN;
	if (oracle->as_told && oracle->late_ms &&
	    oracle->vk->now_ms - oracle->memory[slot].link_ms <=
		oracle->late_ms)
		return EITHER;
	if (oracle->as_told ? !link->admin_up || !oracle->memory[slot].told
			    : !oracle_lower_up(oracle->vk, slot))
		return ORACLE_DOWN;
	if (link->kind == VK_BOND)
		return effective(oracle, slot, depth - 1);
	if ((link->kind == VK_VLAN || link->kind == VK_MACVLAN) &&
	    link->lower >= 0)
		return real_link(oracle, link->lower, depth - 1);
	return ORACLE_UP;
}

unsigned int oracle_link(struct oracle *oracle, int slot)
{
	return real_link(oracle, slot, DEPTH);
}

/* Looks of the monitor drift by an eighth and a jiffy. */
static int64_t latest_ms(int64_t miimon_ms, int64_t delay_ms)
{
	return (delay_ms + 2 * miimon_ms) * 9 / 8 + 200;
}

/* Unknown speed lets the driver of these modes refuse UP for ever. */
bool oracle_needs_speed(const struct vk *vk, int bond, int slot)
{
	uint32_t mode = oracle_option(vk, bond, IFLA_BOND_MODE);

	return (mode == BOND_MODE_8023AD || mode == BOND_MODE_TLB ||
		mode == BOND_MODE_ALB) &&
	       vk->links[slot].slave.speed == VK_SPEED_UNKNOWN;
}

/* Held back by the updelay? Of a slave that the monitor watches by MII. */
static unsigned int held_back(struct oracle *oracle, int bond, int slot)
{
	const struct vk *vk = oracle->vk;
	const struct oracle_memory *memory = &oracle->memory[slot];
	int64_t updelay_ms = oracle_option(vk, bond, IFLA_BOND_UPDELAY);
	int64_t miimon_ms = oracle_option(vk, bond, IFLA_BOND_MIIMON);
	uint8_t mii = vk->links[slot].slave.link;
	int64_t since_ms;

	if (updelay_ms == 0 || (mii != VK_BACK && mii != VK_DOWN))
		return ORACLE_NO;
	oracle->timed = true;
	if (oracle_needs_speed(vk, bond, slot))
		return ORACLE_NO | ORACLE_YES; /* DOWN, BACK, DOWN ... */
	since_ms = mii == VK_BACK ? memory->back_ms : memory->link_ms;
	/* The monitor stands still while the bond is down. */
	if (since_ms < oracle->memory[bond].admin_ms)
		since_ms = oracle->memory[bond].admin_ms;
	if (vk->now_ms - since_ms > latest_ms(miimon_ms, updelay_ms))
		return ORACLE_NO;
	if (mii == VK_BACK && vk->now_ms - since_ms < updelay_ms)
		return ORACLE_YES;
	return ORACLE_NO | ORACLE_YES;
}

static unsigned int corrected(struct oracle *oracle, int bond, int slot,
			      int depth)
{
	const struct vk *vk = oracle->vk;
	unsigned int link = real_link(oracle, slot, depth);
	unsigned int held;

	if (oracle_option(vk, bond, IFLA_BOND_MIIMON)) {
		held = held_back(oracle, bond, slot);
		if (held == ORACLE_YES)
			return ORACLE_DOWN;
		return held == ORACLE_NO ? link : link | ORACLE_DOWN;
	}
	if (oracle_option(vk, bond, IFLA_BOND_ARP_INTERVAL) &&
	    vk->links[slot].slave.link != VK_UP)
		return ORACLE_DOWN;
	return link;
}

/* How many slaves of one aggregator are up: at least, and at most. */
struct tally {
	uint16_t aggregator;
	unsigned int least, most;		  /* corrected */
	unsigned int counted_least, counted_most; /* and taking part */
	unsigned int unknown; /* ORACLE_UNKNOWN: what one of them stands on is
				 not looked at */
};

struct tallies {
	struct tally items[VK_SLAVES];
	int count;
	/* What one that stands in none, and may be corrected, makes possible */
	unsigned int homeless;
};

static struct tally *tally_of(struct tallies *tallies, uint16_t aggregator)
{
	for (int i = 0; i < tallies->count; i++)
		if (tallies->items[i].aggregator == aggregator)
			return &tallies->items[i];
	tallies->items[tallies->count] =
	    (struct tally){ .aggregator = aggregator };
	return &tallies->items[tallies->count++];
}

bool oracle_is_lacp(const struct oracle *oracle, int bond)
{
	return oracle_option(oracle->vk, bond, IFLA_BOND_MODE) ==
	       BOND_MODE_8023AD;
}

bool oracle_strict(const struct oracle *oracle, int bond)
{
	/* The kernel's own compares with min_links as it is: 0 is reached
	   without any port. */
	return oracle->strict ||
	       (oracle->vk->version >= 702 &&
		oracle_option(oracle->vk, bond, VK_BOND_LACP_STRICT) &&
		oracle_option(oracle->vk, bond, IFLA_BOND_MIN_LINKS));
}

/* Has LACP agreed to let frames through? */
static bool takes_part(struct oracle *oracle, int slot)
{
	const struct vk_port *port = &oracle->vk->links[slot].slave.port;

	if ((port->actor_state & PASSING) != PASSING)
		return false;
	if (oracle->memory[slot].step_ms == 0)
		return true;
	oracle->timed = true; /* nothing tells of the step */
	return false;
}

static void count(struct oracle *oracle, int bond, int depth,
		  struct tallies *out)
{
	const struct vk_bond *of = &oracle->vk->links[bond].bond;
	bool strict = oracle_strict(oracle, bond);

	memset(out, 0, sizeof(*out));
	for (int i = 0; i < of->slave_count; i++) {
		const struct vk_slave *slave =
		    &oracle->vk->links[of->slaves[i]].slave;
		unsigned int says =
		    corrected(oracle, bond, of->slaves[i], depth);
		bool counts = !strict || takes_part(oracle, of->slaves[i]);
		/* FAIL, or DOWN with a port that was never disabled: the
		   driver may pass frames, or not. */
		bool surely = !strict || slave->link == VK_UP;
		struct tally *tally;

		if (slave->port.aggregator == 0) {
			if (says != ORACLE_DOWN)
				out->homeless |=
				    EITHER | (says & ORACLE_UNKNOWN);
			continue;
		}
		tally = tally_of(out, slave->port.aggregator);
		tally->least += says == ORACLE_UP;
		tally->most += says != ORACLE_DOWN;
		tally->unknown |= says & ORACLE_UNKNOWN;
		tally->counted_least += says == ORACLE_UP && counts && surely;
		tally->counted_most += says != ORACLE_DOWN && counts;
	}
}

static unsigned int enough(const struct tally *tally, unsigned int needed)
{
	if (tally->counted_least >= needed)
		return ORACLE_UP;
	return tally->counted_most < needed ? ORACLE_DOWN
					    : EITHER | tally->unknown;
}

/* The best of those that are not that one: which is the driver's choice. */
static unsigned int best_but(const struct tallies *tallies, uint16_t but,
			     unsigned int needed)
{
	unsigned int says = tallies->homeless;

	for (int i = 0; i < tallies->count; i++) {
		const struct tally *tally = &tallies->items[i];

		if (tally->aggregator == but || tally->most == 0)
			continue;
		says |= enough(tally, needed);
		if (tally->least == 0)
			says |= ORACLE_DOWN;
	}
	return says ? says : ORACLE_DOWN;
}

/* The slot of the slave whose aggregator is the active one; -1. */
int oracle_active(const struct vk *vk, int bond)
{
	const struct vk_bond *of = &vk->links[bond].bond;

	for (int i = 0; i < of->slave_count; i++)
		if (vk->links[of->slaves[i]].slave.aggregator.active)
			return of->slaves[i];
	return -1;
}

bool oracle_has_enabled_port(const struct vk *vk,
			     const struct vk_aggregator *aggregator)
{
	for (int i = 0; i < aggregator->lag_ports; i++)
		if (vk->links[aggregator->ports[i]].slave.port.enabled)
			return true;
	return false;
}

/* Disabled for longer than the driver needs to enable what has a link? */
static unsigned int ports_disabled(struct oracle *oracle, int bond,
				   const struct vk_aggregator *aggregator)
{
	const struct vk *vk = oracle->vk;
	int64_t lag_ms = latest_ms(oracle_option(vk, bond, IFLA_BOND_MIIMON),
				   oracle_option(vk, bond, IFLA_BOND_UPDELAY));
	unsigned int says = ORACLE_YES;

	if (oracle_has_enabled_port(vk, aggregator))
		return ORACLE_NO;
	oracle->timed = true;
	for (int i = 0; i < aggregator->lag_ports; i++) {
		int slot = aggregator->ports[i];

		if (oracle_lower_up(vk, slot) &&
		    vk->now_ms - oracle->memory[slot].link_ms < lag_ms + 1000)
			says |= ORACLE_NO;
	}
	return says;
}

static bool has_enabled_slave(const struct vk *vk, int bond)
{
	const struct vk_bond *of = &vk->links[bond].bond;

	for (int i = 0; i < of->slave_count; i++)
		if (vk->links[of->slaves[i]].slave.port.enabled)
			return true;
	return false;
}

static unsigned int effective_lacp(struct oracle *oracle, int bond, int depth)
{
	const struct vk *vk = oracle->vk;
	unsigned int needed = oracle_option(vk, bond, IFLA_BOND_MIN_LINKS);
	const struct vk_aggregator *aggregator;
	int active = oracle_active(vk, bond);
	struct tallies tallies;
	struct tally *tally;
	unsigned int says = 0, disabled;

	count(oracle, bond, depth, &tallies);
	if (needed == 0)
		needed = 1;
	if (active < 0)
		return best_but(&tallies, 0, needed);
	aggregator = &vk->links[active].slave.aggregator;
	tally = tally_of(&tallies, aggregator->id);
	if (tally->least == 0)
		says |= best_but(&tallies, aggregator->id, needed);
	if (tally->most == 0)
		return has_enabled_slave(vk, bond) ? says : says | ORACLE_DOWN;
	says |= enough(tally, needed);
	disabled = ports_disabled(oracle, bond, aggregator);
	if (disabled == ORACLE_YES)
		return ORACLE_DOWN;
	return disabled == ORACLE_NO ? says : says | ORACLE_DOWN;
}

static unsigned int effective(struct oracle *oracle, int bond, int depth)
{
	const struct vk *vk = oracle->vk;
	const struct vk_bond *of = &vk->links[bond].bond;
	unsigned int says = ORACLE_DOWN;

	if (depth <= 0 ||
	    (oracle->wanted &&
	     !oracle->wanted(oracle->wanted_ctx, vk->links[bond].name)))
		return EITHER | ORACLE_UNKNOWN;
	if (!vk->links[bond].admin_up || of->slave_count == 0)
		return ORACLE_DOWN;
	if (oracle_is_lacp(oracle, bond))
		return effective_lacp(oracle, bond, depth);
	for (int i = 0; i < of->slave_count; i++) {
		unsigned int slave =
		    corrected(oracle, bond, of->slaves[i], depth);

		if (slave == ORACLE_UP)
			return ORACLE_UP;
		says |= slave;
	}
	return says;
}

unsigned int oracle_effective(struct oracle *oracle, int bond)
{
	oracle->timed = false;
	return effective(oracle, bond, DEPTH);
}

unsigned int oracle_effective_as_told(struct oracle *oracle, int bond)
{
	unsigned int says;

	oracle->as_told = true;
	says = oracle_effective(oracle, bond);
	oracle->as_told = false;
	return says;
}
