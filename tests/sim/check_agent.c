/* SPDX-License-Identifier: BSD-2-Clause */
/* Invariant 4: the effective carrier, and what must be raised. */
#include "check.h"

#include <inttypes.h>
#include <linux/if_bonding.h>
#include <linux/if_link.h>
#include <stdio.h>

#include "decision/finding.h"
#include "seam.h"

/* How often it is asked whether something must be raised by now. */
#define MUST_EVERY_MS 1000
/* Beyond a grace: the re-read before it, and its schedule. */
#define MUST_SLACK_MS 7000

static const char *says_name(unsigned int says)
{
	static const char *const names[] = {
		"nothing",	   "up",      "down",
		"up or down",	   "unknown", "up or unknown",
		"down or unknown", "anything"
	};

	return names[says & 7];
}

static unsigned int bit_of(enum carrier effective)
{
	switch (effective) {
	case CARRIER_UP:
		return ORACLE_UP;
	case CARRIER_DOWN:
		return ORACLE_DOWN;
	case CARRIER_UNKNOWN:
		break;
	}
	return ORACLE_UNKNOWN;
}

/* From when on the agent could know. */
static int64_t known_ms(const struct check *check, int64_t since_ms)
{
	return check_latest(
	    check_latest(since_ms, check->life->started_ms),
	    check_latest(check_latest(check->excused_ms, check->configured_ms),
			 check->lossy_ms));
}

/* What it says now was right at some time not long ago. */
static void no_invention(struct check *check, struct check_bond *bond,
			 unsigned int bit)
{
	int64_t now_ms = check->vk->now_ms;
	int64_t right_ms;
	int64_t lag_ms = check_lag_ms(check, bond) + 1000;

	if (bit == ORACLE_UNKNOWN)
		return; /* see no_riddle() */
	right_ms = bit == ORACLE_UP ? bond->up_ms : bond->down_ms;
	if (now_ms - right_ms <= lag_ms || now_ms - bond->born_ms <= lag_ms ||
	    now_ms - known_ms(check, CHECK_LONG_AGO) <= lag_ms)
		return;
	check_fail(check, 4, bit == ORACLE_UP ? "invented-up" : "invented-down",
		   "%s: effective carrier turned %s; the truth has been %s for "
		   "%" PRId64 " ms",
		   bond->name, says_name(bit), says_name(bond->says),
		   now_ms - bond->says_ms);
}

/* Unknown is only what could not be read, or is to be read again at once. */
static void no_riddle(struct check *check, const struct check_bond *seen,
		      const struct bond *bond)
{
	int64_t now_ms = check->vk->now_ms;

	if (check->life->shared.bonds->status != BOND_SET_SYNCHRONISED ||
	    bond->link.distrusted || seen->says & ORACLE_UNKNOWN ||
	    (bond->reread_at_ms && bond->reread_at_ms <= now_ms))
		return;
	for (size_t i = 0; i < bond->slave_count; i++) {
		const struct slave *slave = &bond->slaves[i];

		if (slave->link.distrusted || slave->below == CARRIER_UNKNOWN)
			return;
	}
	check_fail(check, 4, "unknown",
		   "%s: effective carrier is unknown, though all was read",
		   seen->name);
}

static void no_delay(struct check *check, struct check_bond *bond,
		     unsigned int bit)
{
	int64_t now_ms = check->vk->now_ms;
	int64_t since_ms =
	    check_latest(known_ms(check, bond->says_ms), bond->agent_ms);

	if (bond->says & bit || check_excused(check) ||
	    now_ms - since_ms <= check_lag_ms(check, bond))
		return;
	check_fail(check, 4,
		   bit == ORACLE_UP	? "late-down"
		   : bit == ORACLE_DOWN ? "late-up"
					: "unknown",
		   "%s: effective carrier is %s; the truth has been %s for "
		   "%" PRId64 " ms",
		   bond->name, says_name(bit), says_name(bond->says),
		   now_ms - bond->says_ms);
}

/* Both came while the agent was deaf: whether the end that is queued is that of
   the first or of one before it, it can't know. */
static bool came_unheard(const struct check_bond *seen, const struct bond *bond)
{
	return bond->began_ms >= seam.deaf_from_ms &&
	       seen->born_ms <= seam.deaf_until_ms;
}

/* It has the number of one that was deleted: nothing of that is its own. Where
   the message of the end was lost, or was none that can be read, nobody can
   know: of such a one nothing is believed but the number. */
static void no_heir(struct check *check, const struct check_bond *seen,
		    const struct bond *bond)
{
	int64_t now_ms = check->vk->now_ms;
	int64_t since_ms = known_ms(check, seen->born_ms);

	if (bond->began_ms >= seen->began_ms || check_excused(check) ||
	    check->lost_ms >= seen->born_ms || came_unheard(seen, bond))
		return;
	if (now_ms - since_ms > check_lag_ms(check, seen))
		check_fail(check, 2, "inherited",
			   "%s counts from %" PRId64 " ms before it was made",
			   seen->name, seen->born_ms - bond->began_ms);
}

static bool is_raised(const struct bond *bond, int kind, int slave)
{
	const struct discrepancy_state *state = &bond->discrepancies;

	for (size_t i = 0; i < state->count; i++)
		if ((int)state->items[i].kind == kind &&
		    state->items[i].slave == slave &&
		    state->items[i].phase != DISCREPANCY_PENDING)
			return true;
	return false;
}

static void must_kind(struct check *check, struct check_bond *seen,
		      const struct bond *bond, const struct check_kind *kinds,
		      int kind, int slave, const char *slave_name)
{
	const struct discrepancy_policy *policy =
	    &check->life->settings->policy.discrepancy;
	int64_t now_ms = check->vk->now_ms;
	int64_t since_ms = kinds[kind].yes_ms, grace_ms;

	if (since_ms == CHECK_LONG_AGO || is_raised(bond, kind, slave))
		return;
	since_ms =
	    check_latest(known_ms(check, since_ms),
			 check_latest(seen->restart_ms, check->graces_ms));
	/* Of a bond that can't be judged the agent raises nothing: its graces
	   begin when it can. */
	since_ms = check_latest(since_ms, seen->hidden_ms);
	grace_ms = oracle_grace_ms(&check->oracle, (int)(seen - check->bonds),
				   kind, check->life->shared.control.grace_ms,
				   policy->lacp_grace_fast_ms,
				   policy->lacp_grace_slow_ms);
	if (now_ms - since_ms > grace_ms + MUST_SLACK_MS)
		check_fail(check, 4, "not-raised",
			   "%s %s: kind %d is not raised; it is so for "
			   "%" PRId64 " ms, its grace is %" PRId64 " ms",
			   seen->name, slave_name, kind,
			   now_ms - kinds[kind].yes_ms, grace_ms);
}

static void must(struct check *check, struct check_bond *seen,
		 const struct bond *bond)
{
	const struct vk_link *link = &check->vk->links[seen - check->bonds];

	for (int kind = 1; kind < CHECK_KINDS; kind++)
		must_kind(check, seen, bond, seen->kinds, kind, 0, "");
	for (int i = 0; i < link->bond.slave_count; i++) {
		int slot = link->bond.slaves[i];

		for (int kind = 1; kind < CHECK_KINDS; kind++)
			must_kind(check, seen, bond, check->slaves[slot].kinds,
				  kind, check->vk->links[slot].ifindex,
				  check->vk->links[slot].name);
	}
}

static void look_at(struct check *check, const struct bond *bond)
{
	struct check_bond *seen = check_bond_of(check, bond->link.ifindex);
	int64_t now_ms = check->vk->now_ms;
	unsigned int bit = bit_of(bond->verdict.effective);

	if (!seen)
		return; /* its end may not be known yet */
	if (seen->agent != bond->verdict.effective) {
		seen->agent = bond->verdict.effective;
		seen->agent_ms = now_ms;
		if (!check_excused(check))
			no_invention(check, seen, bit);
	}
	no_delay(check, seen, bit);
	if (bit == ORACLE_UNKNOWN)
		no_riddle(check, seen, bond);
	no_heir(check, seen, bond);
	if (seen->must_ms > now_ms)
		return;
	seen->must_ms = now_ms + MUST_EVERY_MS;
	if (!check_excused(check))
		must(check, seen, bond);
}

void check_agent(struct check *check)
{
	const struct bond_set *set;

	if (!check->life->alive)
		return;
	set = check->life->shared.bonds;
	for (size_t i = 0; i < set->count; i++)
		look_at(check, &set->bonds[i]);
}

void check_refresh(struct check *check)
{
	for (int slot = 0; slot < VK_LINKS; slot++)
		check->bonds[slot].touches = UINT64_MAX;
	check_world(check);
}

void check_born(struct check *check)
{
	check->lives++;
	check->last_index = check->life->first_index;
	for (int slot = 0; slot < VK_LINKS; slot++) {
		check->bonds[slot].agent = (enum carrier)0;
		check->bonds[slot].must_ms = 0;
	}
	check_refresh(check);
}

void check_died(struct check *check)
{
	if (check->life->alive)
		check->dropped += check->life->shared.counters.dropped;
	check->killed = true;
}
