/* SPDX-License-Identifier: BSD-2-Clause */
/* Applies the pure decisions to the bonds of a set, inner bonds first. */
#include "decision/judge.h"

#include "bond/lower_links.h"
#include "bond/schedule.h"
#include "decision/carrier.h"
#include "decision/carrier_monitor.h"
#include "decision/discrepancy_step.h"
#include "decision/finding.h"

struct judge_run_state {
	struct bond_set *set;
	const struct judge_policy *policy;
	const struct event_sink *sink;
	int64_t now_ms;
	struct finding_list findings; /* reused from bond to bond */
	bool again; /* a bond needs judging again in this run */
	int err;
};

/* The context of announce(). */
struct announcement {
	struct bond_set *set;
	struct bond *bond;
	const struct event_sink *sink;
	int64_t now_ms;
};

void judge_policy_defaults(struct judge_policy *policy)
{
	*policy = (struct judge_policy){
		.discrepancy = { .grace_base_ms = 2000,
				 .lacp_grace_fast_ms = 10000,
				 .lacp_grace_slow_ms = 100000 },
		.strict_lacp = false,
	};
}

/* The carrier of what is below a link, down to the first bond. */
struct lower_carrier {
	enum carrier carrier;
	struct bond *bond; /* NULL: none, or a device above it decides */
};

/*
 * The effective carrier of a bond, LOWER_UP of any other device. Begins with
 * the link itself if it is a bond. Up if nothing is below; unknown for a bond
 * that is not in the set.
 */
static struct lower_carrier lower_carrier(struct bond_set *set,
					  const struct link_state *link)
{
	const struct link_state *top = link;

	for (int steps = 0; link && (link == top || !link->distrusted);
	     link = lower_links_below(set, link, &steps)) {
		struct bond *bond = bond_set_find(set, link->ifindex);

		if (bond)
			return (struct lower_carrier){
				bond->judged ? bond->verdict.effective
					     : CARRIER_UNKNOWN,
				bond,
			};
		if (link != top && !link_lower_up(link))
			return (struct lower_carrier){ CARRIER_DOWN, NULL };
		/* An excluded bond, or one not read yet: LOWER_UP may be
		   wrong. */
		if (link->is_bond)
			break;
		if (link->lower == 0)
			return (struct lower_carrier){ CARRIER_UP, NULL };
	}
	return (struct lower_carrier){ CARRIER_UNKNOWN, NULL };
}

/*
 * The effective carrier is unknown although the rules of the mode are known, so
 * that no discrepancy can be seen to begin or end.
 */
static bool is_hidden(const struct bond *bond)
{
	return bond->judged && bond->verdict.effective == CARRIER_UNKNOWN &&
	       carrier_mode_known(bond);
}

bool judge_is_frozen(const struct bond_set *set, const struct bond *bond)
{
	return set->status != BOND_SET_SYNCHRONISED || bond->link.distrusted ||
	       is_hidden(bond);
}

int64_t judge_bond_next_ms(const struct bond_set *set, const struct bond *bond)
{
	int64_t until_ms = bond->verdict.until_ms, discrepancy_ms;

	if (set->status == BOND_SET_LOST || bond->link.distrusted)
		return INT64_MAX;
	if (judge_is_frozen(set, bond))
		return until_ms;
	discrepancy_ms = discrepancy_next_ms(&bond->discrepancies);
	return discrepancy_ms < until_ms ? discrepancy_ms : until_ms;
}

static void announce(void *ctx, const struct discrepancy *item, bool raised)
{
	struct announcement *to = ctx;
	struct bond *bond = to->bond;
	struct slave *slave = bond_find_slave(bond, item->slave);

	if (slave)
		slave->discrepancies =
		    discrepancy_raised_for(&bond->discrepancies, item->slave);
	if (raised)
		bond->discrepancy_raises++;
	bond->discrepancy_changed_ms = to->now_ms;
	to->set->state_changed_ms = to->now_ms;
	event_emit_discrepancy(to->sink, bond, item, raised, to->now_ms);
}

/* Before anything is raised: another may have the name now. */
static void leave_names(struct judge_run_state *run)
{
	struct bond_set *set = run->set;

	/* Else some names are the present ones, and some are not. */
	if (set->status != BOND_SET_SYNCHRONISED)
		return;
	for (size_t i = schedule_next(set, 0, run->now_ms); i < set->count;
	     i = schedule_next(set, i + 1, run->now_ms)) {
		struct bond *bond = &set->bonds[i];
		struct announcement to = { set, bond, run->sink, run->now_ms };

		discrepancy_step_leave_names(&bond->discrepancies, bond,
					     announce, &to);
	}
}

static void step_discrepancies(struct judge_run_state *run, struct bond *bond)
{
	struct announcement to = { run->set, bond, run->sink, run->now_ms };
	int err;

	run->findings.count = 0;
	err = finding_list_fill(bond, &run->findings);
	if (!err) {
		err = discrepancy_step(
		    &bond->discrepancies, bond, &run->findings,
		    &run->policy->discrepancy, bond->restart_grace, run->now_ms,
		    announce, &to);
		bond->restart_grace = false;
	}
	if (err) {
		schedule_judge(bond);
		run->err = err;
	}
	for (size_t i = 0; i < bond->slave_count; i++)
		bond->slaves[i].discrepancies = discrepancy_raised_for(
		    &bond->discrepancies, bond->slaves[i].link.ifindex);
}

static void correct_slaves(struct bond_set *set, struct bond *bond,
			   int64_t now_ms)
{
	for (size_t i = 0; i < bond->slave_count; i++) {
		struct slave *slave = &bond->slaves[i];

		slave->below = lower_carrier(set, &slave->link).carrier;
		slave->corrected = carrier_slave_corrected(bond, slave, now_ms);
	}
}

/* Whether the verdict is down whatever the kernel changes without an event:
   aggregators, and the ARP monitor's mii_status of a slave with a link. */
static bool is_down_for_sure(const struct bond *bond,
			     const struct carrier_verdict *verdict)
{
	if (verdict->reason == CARRIER_REASON_NO_SLAVE_UP)
		return carrier_monitor(bond) != CARRIER_MONITOR_ARP ||
		       verdict->slaves_lower_up == 0;
	return verdict->reason == CARRIER_REASON_ADMIN_DOWN ||
	       verdict->reason == CARRIER_REASON_NO_SLAVES;
}

bool judge_reading_matters(struct bond_set *set, struct bond *bond,
			   const struct judge_policy *policy, int64_t now_ms)
{
	struct carrier_verdict verdict;

	correct_slaves(set, bond, now_ms);
	verdict = carrier_decide(bond, policy->strict_lacp, now_ms);
	return verdict.effective != bond->verdict.effective &&
	       !is_down_for_sure(bond, &verdict);
}

/* Records a change of the effective carrier, and emits its event. */
static void follow_effective(struct judge_run_state *run, struct bond *bond)
{
	enum carrier effective = bond->verdict.effective;
	enum carrier known = bond->known_effective;

	bond->effective_changed_ms = run->now_ms;
	run->set->state_changed_ms = run->now_ms;
	run->set->carrier_changes++;

	if (effective == CARRIER_UNKNOWN)
		return;
	bond->known_effective = effective;
	if (effective == known ||
	    (known != CARRIER_UP && known != CARRIER_DOWN))
		return;
	bond->effective_transitions++;
	event_emit(run->sink, bond,
		   effective == CARRIER_UP ? EVENT_EFFECTIVE_UP
					   : EVENT_EFFECTIVE_DOWN,
		   0, NULL, run->now_ms);
}

static void judge_bond(struct judge_run_state *run, struct bond *bond,
		       int depth)
{
	struct carrier_verdict before = bond->verdict;
	bool first = !bond->judged;

	if (!first && !bond->changed &&
	    judge_bond_next_ms(run->set, bond) > run->now_ms)
		return;
	/* Set first, so that the recursion ends at a loop of links. */
	bond->changed = false;
	bond->judged = true;
	if (first)
		bond->verdict.effective = CARRIER_UNKNOWN;

	for (size_t i = 0; i < bond->slave_count && depth < LINK_DEPTH_MAX;
	     i++) {
		struct bond *inner =
		    lower_carrier(run->set, &bond->slaves[i].link).bond;

		if (inner)
			judge_bond(run, inner, depth + 1);
	}
	bond->changed = false; /* inner bonds may have marked it */

	correct_slaves(run->set, bond, run->now_ms);
	bond->verdict =
	    carrier_decide(bond, run->policy->strict_lacp, run->now_ms);
	if (!bond->link.distrusted)
		bond->warnings = finding_warnings(bond);
	if (before.reason == CARRIER_REASON_ADMIN_DOWN &&
	    bond->verdict.reason != CARRIER_REASON_ADMIN_DOWN)
		bond->restart_grace = true;

	if (first || bond->verdict.effective != before.effective) {
		follow_effective(run, bond);
		if (lower_links_mark_upper(run->set, bond->link.ifindex,
					   INT64_MAX))
			run->again = true;
	}
	if (!judge_is_frozen(run->set, bond))
		step_discrepancies(run, bond);
	else if (is_hidden(bond))
		bond->restart_grace = true;
}

/* The kernel can't be read, so the values may be out of date. */
static void lose_bond(struct judge_run_state *run, struct bond *bond)
{
	bool known = bond->judged && bond->verdict.effective != CARRIER_UNKNOWN;

	for (size_t i = 0; i < bond->slave_count; i++)
		bond->slaves[i].corrected = CARRIER_UNKNOWN;
	bond->verdict.effective = CARRIER_UNKNOWN;
	bond->verdict.reason = CARRIER_REASON_NOT_SYNCHRONISED;
	bond->verdict.slaves_usable = 0;
	bond->verdict.until_ms = INT64_MAX;
	bond->restart_grace = true;
	if (known || !bond->judged)
		follow_effective(run, bond);
	bond->judged = true;
}

int judge_run(struct bond_set *set, const struct judge_policy *policy,
	      const struct event_sink *sink, int64_t now_ms)
{
	struct judge_run_state run = {
		.set = set, .policy = policy, .sink = sink, .now_ms = now_ms
	};
	int rounds = 0;

	leave_names(&run);
	/* Bounded, because contradictory links could make it loop. */
	do {
		run.again = false;
		for (size_t i = schedule_next(set, 0, now_ms); i < set->count;
		     i = schedule_next(set, i + 1, now_ms)) {
			if (set->status == BOND_SET_LOST)
				lose_bond(&run, &set->bonds[i]);
			else
				judge_bond(&run, &set->bonds[i], 0);
		}
	} while (run.again && ++rounds < LINK_DEPTH_MAX);

	/* Judge frozen bonds again as soon as they thaw. */
	for (size_t i = schedule_next(set, 0, now_ms); i < set->count;
	     i = schedule_next(set, i + 1, now_ms)) {
		struct bond *bond = &set->bonds[i];
		struct announcement to = { set, bond, sink, now_ms };

		discrepancy_step_take_names(&bond->discrepancies, bond,
					    announce, &to);
		if (judge_is_frozen(set, bond))
			bond->changed = true;
	}

	finding_list_fini(&run.findings);
	return run.err;
}

int64_t judge_next_ms(const struct bond_set *set)
{
	int64_t next_ms = INT64_MAX;

	for (size_t i = 0; i < set->count; i++) {
		int64_t at_ms = judge_bond_next_ms(set, &set->bonds[i]);

		if (at_ms < next_ms)
			next_ms = at_ms;
	}
	return next_ms;
}

void judge_retire(struct bond_set *set, struct bond *bond, int slave,
		  const struct event_sink *sink, int64_t now_ms)
{
	struct announcement to = { set, bond, sink, now_ms };

	discrepancy_step_clear(&bond->discrepancies, slave, announce, &to);
	if (slave == 0)
		(void)lower_links_mark_upper(set, bond->link.ifindex,
					     INT64_MAX);
}
