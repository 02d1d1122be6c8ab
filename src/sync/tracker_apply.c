/* SPDX-License-Identifier: BSD-2-Clause */
/* Copies the values of a message to a bond or slave, and keeps the history. */
#include <linux/if_bonding.h>
#include <linux/if_link.h>
#include <string.h>

#include "bond/schedule.h"
#include "bond/slave_index.h"
#include "bond/uapi.h"
#include "sync/tracker_internal.h"

static bool link_differs(const struct link_state *a, const struct link_state *b)
{
	return a->flags != b->flags || a->has_operstate != b->has_operstate ||
	       a->operstate != b->operstate || a->lower != b->lower ||
	       a->distrusted != b->distrusted || strcmp(a->name, b->name) != 0;
}

static bool place_differs(const struct link_state *a,
			  const struct link_state *b)
{
	return a->lower != b->lower || a->master != b->master;
}

static bool lower_up_differs(const struct link_state *a,
			     const struct link_state *b)
{
	return link_lower_up(a) != link_lower_up(b);
}

/* The kernel omits the attribute if no slave is active. */
static int active_slave(const struct bond_attrs *attrs)
{
	if (!(attrs->present & BOND_ATTR_BIT(IFLA_BOND_ACTIVE_SLAVE)))
		return 0;
	return (int)attrs->active_slave;
}

void tracker_strip_privileged(struct bond_attrs *attrs)
{
	attrs->present &= ~TRACKER_PRIVILEGED;
	attrs->ad_actor_sys_prio = 0;
	attrs->ad_user_port_key = 0;
	memset(attrs->ad_actor_system, 0, sizeof(attrs->ad_actor_system));
}

/* Removes all that is not an option, or not always sent. */
static void keep_options(struct bond_attrs *attrs)
{
	tracker_strip_privileged(attrs);
	attrs->present &= ~(BOND_ATTR_BIT(IFLA_BOND_ACTIVE_SLAVE) |
			    BOND_ATTR_BIT(IFLA_BOND_AD_INFO));
	attrs->active_slave = 0;
	memset(&attrs->ad, 0, sizeof(attrs->ad));
}

static bool options_differ(const struct bond_attrs *a,
			   const struct bond_attrs *b)
{
	struct bond_attrs options_a, options_b;

	/* memcpy also copies the padding, which linkmsg has zeroed. */
	memcpy(&options_a, a, sizeof(options_a));
	memcpy(&options_b, b, sizeof(options_b));
	keep_options(&options_a);
	keep_options(&options_b);
	return memcmp(&options_a, &options_b, sizeof(options_a)) != 0;
}

/* Whether anything differs that IEEE8023-LAG-MIB shows of a bond. */
static bool lag_differs(const struct bond *bond, const struct link_event *event)
{
	const uint64_t shown = BOND_ATTR_BIT(IFLA_BOND_MODE) |
			       BOND_ATTR_BIT(IFLA_BOND_AD_INFO) |
			       BOND_ATTR_BIT(IFLA_BOND_AD_LACP_RATE) |
			       BOND_ATTR_BIT(IFLA_BOND_AD_ACTOR_SYS_PRIO) |
			       BOND_ATTR_BIT(IFLA_BOND_AD_ACTOR_SYSTEM) |
			       BOND_ATTR_BIT(UAPI_BOND_AD_LACP_ACTIVE);
	const struct bond_attrs *a = &bond->attrs;
	const struct bond_attrs *b = &event->bond;

	if (!bond_attrs_lacp(a) && !bond_attrs_lacp(b))
		return false;
	return ((a->present ^ b->present) & shown) != 0 || a->mode != b->mode ||
	       a->lacp_rate != b->lacp_rate ||
	       a->lacp_active != b->lacp_active ||
	       a->ad_actor_sys_prio != b->ad_actor_sys_prio ||
	       memcmp(a->ad_actor_system, b->ad_actor_system,
		      sizeof(a->ad_actor_system)) != 0 ||
	       memcmp(&a->ad, &b->ad, sizeof(a->ad)) != 0 ||
	       memcmp(&bond->mac, &event->mac, sizeof(bond->mac)) != 0;
}

/* The same for a slave. */
static bool lag_port_differs(const struct slave_attrs *a,
			     const struct slave_attrs *b)
{
	const uint32_t shown =
	    SLAVE_ATTR_BIT(IFLA_BOND_SLAVE_AD_AGGREGATOR_ID) |
	    SLAVE_ATTR_BIT(IFLA_BOND_SLAVE_AD_ACTOR_OPER_PORT_STATE) |
	    SLAVE_ATTR_BIT(IFLA_BOND_SLAVE_AD_PARTNER_OPER_PORT_STATE) |
	    SLAVE_ATTR_BIT(UAPI_BOND_SLAVE_ACTOR_PORT_PRIO);

	return ((a->present ^ b->present) & shown) != 0 ||
	       a->aggregator_id != b->aggregator_id ||
	       a->actor_oper_state != b->actor_oper_state ||
	       a->partner_oper_state != b->partner_oper_state ||
	       a->actor_port_prio != b->actor_port_prio;
}

void tracker_emit_active_slave(const struct tracker *tracker, struct bond *bond,
			       int64_t now_ms)
{
	int active = active_slave(&bond->attrs);
	const struct slave *slave = bond_slave(bond, active);

	if (!bond->active_slave_event_pending)
		return;
	bond->active_slave_event_pending = false;
	event_emit(&tracker->sink, bond, EVENT_ACTIVE_SLAVE_CHANGED, active,
		   slave ? slave->link.name : NULL, now_ms);
}

/* A slave that just joined may become active before a dump has its name. */
static void follow_active_slave(const struct tracker *tracker,
				struct bond *bond, int64_t now_ms)
{
	int active = active_slave(&bond->attrs);

	bond->active_slave_changes++;
	bond->active_slave_event_pending = true;
	if (active == 0 || bond_slave(bond, active))
		tracker_emit_active_slave(tracker, bond, now_ms);
}

static bool goes_up(const struct bond *bond, const struct link_event *event)
{
	return !link_admin_up(&bond->link) && link_admin_up(&event->link);
}

/* Delays start over when the driver's monitor starts or its timing changes. */
static void restart_delays(struct bond *bond, const struct link_event *event,
			   int64_t now_ms)
{
	if (!goes_up(bond, event) &&
	    bond->attrs.miimon_ms == event->bond.miimon_ms &&
	    bond->attrs.updelay_ms == event->bond.updelay_ms)
		return;
	for (size_t i = 0; i < bond->slave_count; i++)
		if (bond->slaves[i].held_ms != 0)
			bond->slaves[i].held_ms = now_ms;
}

void tracker_apply_bond(struct tracker *tracker, struct bond *bond,
			const struct link_event *event, bool first,
			int64_t now_ms)
{
	struct bond_set *set = tracker->set;
	bool active_differs =
	    active_slave(&bond->attrs) != active_slave(&event->bond);

	if (first || link_differs(&bond->link, &event->link) ||
	    memcmp(&bond->attrs, &event->bond, sizeof(bond->attrs)) != 0)
		schedule_judge(bond);
	if (first || place_differs(&bond->link, &event->link))
		if_stack_touch(&set->stack);
	if (!first) {
		restart_delays(bond, event, now_ms);
		if (goes_up(bond, event))
			bond->restart_grace = true;
		if (strcmp(bond->link.name, event->link.name) != 0) {
			set->table_changed_ms = now_ms;
			set->carrier_changes++;
		}
		if (lower_up_differs(&bond->link, &event->link))
			set->state_changed_ms = now_ms;
		if (options_differ(&bond->attrs, &event->bond)) {
			bond->restart_grace = true;
			set->table_changed_ms = now_ms;
		}
		if (lag_differs(bond, event))
			set->lag_changed_ms = now_ms;
	}
	if (active_differs) /* the last chance for the previous slave's event */
		tracker_emit_active_slave(tracker, bond, now_ms);
	if (!bond_attrs_no_ports(&event->bond))
		bond->no_ports_since_ms = 0;
	else if (!first && !bond_attrs_no_ports(&bond->attrs))
		bond->no_ports_since_ms = now_ms;
	memcpy(&bond->link, &event->link, sizeof(bond->link));
	memcpy(&bond->attrs, &event->bond, sizeof(bond->attrs));
	bond->mac = event->mac;
	bond->doubted = 0;
	if (!first && active_differs)
		follow_active_slave(tracker, bond, now_ms);
}

/* The driver has disabled the slave, and in 802.3ad its port. */
static bool is_disabled(const struct slave_attrs *attrs)
{
	return (attrs->present & SLAVE_ATTR_BIT(IFLA_BOND_SLAVE_MII_STATUS)) &&
	       (attrs->mii_status == BOND_LINK_DOWN ||
		attrs->mii_status == BOND_LINK_BACK);
}

/*
 * The new `enabled_ms` of a slave (struct slave). The driver also sets FAIL if
 * the link changes while the speed is unknown: a disabled port then stays
 * disabled until the slave is UP.
 */
static int64_t enabled_ms(const struct slave *slave, bool first,
			  const struct link_event *event, int64_t now_ms)
{
	bool was_disabled = !first && (is_disabled(&slave->attrs) ||
				       slave->enabled_ms == INT64_MAX);

	if (is_disabled(&event->slave))
		return 0;
	if (!was_disabled)
		return slave->enabled_ms;
	return event->slave.mii_status == BOND_LINK_FAIL ? INT64_MAX : now_ms;
}

/* The driver may be counting down the slave's updelay. */
static bool is_held(const struct link_event *event)
{
	return link_lower_up(&event->link) && is_disabled(&event->slave);
}

static bool slave_options_differ(const struct slave *slave,
				 const struct link_event *event)
{
	const struct slave_attrs *a = &slave->attrs;
	const struct slave_attrs *b = &event->slave;

	return strcmp(slave->link.name, event->link.name) != 0 ||
	       a->prio != b->prio || a->queue_id != b->queue_id ||
	       a->actor_port_prio != b->actor_port_prio;
}

void tracker_apply_slave(struct tracker *tracker, struct bond *bond,
			 struct slave *slave, const struct link_event *event,
			 bool first, int64_t now_ms)
{
	struct bond_set *set = tracker->set;
	bool lower_up_changed = lower_up_differs(&slave->link, &event->link);

	if (first || link_differs(&slave->link, &event->link) ||
	    memcmp(&slave->attrs, &event->slave, sizeof(slave->attrs)) != 0)
		schedule_judge(bond);
	if (first || place_differs(&slave->link, &event->link))
		if_stack_touch(&set->stack);
	if (!first && slave_options_differ(slave, event))
		set->table_changed_ms = now_ms;
	if (!first && bond_attrs_lacp(&bond->attrs) &&
	    lag_port_differs(&slave->attrs, &event->slave))
		set->lag_changed_ms = now_ms;
	if (!is_held(event))
		slave->held_ms = 0;
	else if (slave->held_ms == 0)
		slave->held_ms = now_ms;
	slave->enabled_ms = enabled_ms(slave, first, event, now_ms);
	bond_set_slave_lower(bond, slave, event->link.lower);
	memcpy(&slave->link, &event->link, sizeof(slave->link));
	memcpy(&slave->attrs, &event->slave, sizeof(slave->attrs));
	slave->doubted = 0;
	if (first || !lower_up_changed)
		return;
	slave->lower_up_transitions++;
	slave->lower_up_changed_ms = now_ms;
	set->state_changed_ms = now_ms;
	event_emit(&tracker->sink, bond,
		   link_lower_up(&slave->link) ? EVENT_SLAVE_LOWER_UP
					       : EVENT_SLAVE_LOWER_DOWN,
		   slave->link.ifindex, slave->link.name, now_ms);
}

bool tracker_distrust(struct bond_set *set, int ifindex, int64_t due_ms)
{
	struct bond *bond = bond_set_find(set, ifindex);
	struct bond *master = slave_index_master(set, ifindex);

	if (bond) {
		bond->link.distrusted = true;
		schedule_judge(bond);
		schedule_reread(bond, due_ms);
	}
	if (master) {
		bond_find_slave(master, ifindex)->link.distrusted = true;
		schedule_judge(master);
		schedule_reread(master, due_ms);
	}
	return bond || master;
}
