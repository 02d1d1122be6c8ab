/* SPDX-License-Identifier: BSD-2-Clause */
/* 802.3ad: aggregators. Each slave has one, named by the slave's slot; a port
   is in its own or in another slave's. */
#include <string.h>

#include "vk_internal.h"

static struct vk_aggregator *agg_of(struct vk *vk, int slot)
{
	return &vk->links[slot].slave.aggregator;
}

static const struct vk_aggregator *agg_at(const struct vk *vk, int slot)
{
	return &vk->links[slot].slave.aggregator;
}

/* The slot of the aggregator in which a port stands, -1: in none. */
int vk_agg_home(const struct vk *vk, int slot)
{
	const struct vk_slave *slave = &vk->links[slot].slave;
	const struct vk_bond *b = &vk->links[slave->bond].bond;

	if (!slave->port.aggregator)
		return -1;
	if (slave->aggregator.id == slave->port.aggregator)
		return slot;
	for (int i = 0; i < b->slave_count; i++) {
		if (agg_at(vk, b->slaves[i])->id == slave->port.aggregator)
			return b->slaves[i];
	}
	return -1;
}

bool vk_agg_has_partner(const struct vk *vk, int aggregator)
{
	static const uint8_t nobody[VK_MAC_SIZE];

	return memcmp(agg_at(vk, aggregator)->partner_system, nobody,
		      VK_MAC_SIZE) != 0;
}

int vk_ad_ports(const struct vk *vk, int aggregator)
{
	const struct vk_aggregator *agg = agg_at(vk, aggregator);
	int count = 0;

	for (int i = 0; i < agg->lag_ports; i++)
		count += vk->links[agg->ports[i]].slave.port.enabled;
	return count;
}

void vk_agg_clear(struct vk *vk, int aggregator)
{
	struct vk_aggregator *agg = agg_of(vk, aggregator);
	uint16_t id = agg->id;

	memset(agg, 0, sizeof(*agg));
	agg->id = id;
	vk_touch(vk, aggregator);
}

/* agg_device_up() */
static bool device_up(const struct vk *vk, int aggregator)
{
	const struct vk_aggregator *agg = agg_at(vk, aggregator);

	for (int i = 0; i < agg->lag_ports; i++) {
		if (vk_slave_is_up(vk, agg->ports[i]))
			return true;
	}
	return false;
}

static int64_t bandwidth(const struct vk *vk, int aggregator)
{
	const struct vk_aggregator *agg = agg_at(vk, aggregator);
	const struct vk_slave *first;

	if (!agg->lag_ports)
		return 0;
	first = &vk->links[agg->ports[0]].slave;
	if (first->link != VK_UP || first->speed == VK_SPEED_UNKNOWN)
		return 0;
	return (int64_t)first->speed * vk_ad_ports(vk, aggregator);
}

/* ad_agg_selection_test(): is `curr` a better choice than `best`? */
static bool better(const struct vk *vk, int bond, int curr, int best)
{
	const struct vk_aggregator *c = agg_at(vk, curr), *b;
	int ports;

	if (best < 0)
		return true;
	b = agg_at(vk, best);
	if (c->individual != b->individual)
		return b->individual;
	if (vk_agg_has_partner(vk, curr) != vk_agg_has_partner(vk, best))
		return vk_agg_has_partner(vk, curr);
	if (vk_opt(vk, bond, IFLA_BOND_AD_SELECT) == 2) {
		ports = vk_ad_ports(vk, curr) - vk_ad_ports(vk, best);
		if (ports)
			return ports > 0;
	}
	return bandwidth(vk, curr) > bandwidth(vk, best);
}

/* By the aggregators' own mark. */
static int marked_active(const struct vk *vk, int bond)
{
	const struct vk_bond *b = &vk->links[bond].bond;

	for (int i = 0; i < b->slave_count; i++) {
		if (agg_at(vk, b->slaves[i])->active)
			return b->slaves[i];
	}
	return -1;
}

/* As AD_INFO finds it: by the ports that stand in it. */
int vk_ad_active(const struct vk *vk, int bond)
{
	const struct vk_bond *b = &vk->links[bond].bond;

	for (int i = 0; i < b->slave_count; i++) {
		int home = vk_agg_home(vk, b->slaves[i]);

		if (home >= 0 && agg_at(vk, home)->active)
			return home;
	}
	return -1;
}

/* The stable policy keeps what it has as long as that is any good. */
static bool keep(const struct vk *vk, int bond, int active, int best)
{
	const struct vk_aggregator *a;

	if (vk_opt(vk, bond, IFLA_BOND_AD_SELECT) != 0 || active < 0)
		return false;
	a = agg_at(vk, active);
	if (!a->lag_ports || !vk_ad_ports(vk, active))
		return false;
	if (!vk_agg_has_partner(vk, active) && vk_agg_has_partner(vk, best))
		return false;
	return a->actor_oper_key || !agg_at(vk, best)->actor_oper_key;
}

/* __enable_port(): told at the next tick */
static void enable_port(struct vk *vk, int slot)
{
	if (vk->links[slot].slave.link == VK_UP && vk_slave_is_up(vk, slot))
		vk_set_active_flags(vk, slot, false);
}

static void activate(struct vk *vk, int bond, int best, int former)
{
	const struct vk_aggregator *agg;

	agg_of(vk, best)->active = true;
	if (former >= 0) {
		agg = agg_of(vk, former);
		for (int i = 0; i < agg->lag_ports; i++)
			vk_set_inactive(vk, agg->ports[i], false);
	}
	vk_bond_of(vk, bond)->array_due = true;
}

/* ad_agg_selection_logic() */
void vk_agg_select(struct vk *vk, int bond)
{
	struct vk_bond *b = vk_bond_of(vk, bond);
	int former = marked_active(vk, bond), active;
	int best = former >= 0 && device_up(vk, former) ? former : -1;

	for (int i = 0; i < b->slave_count; i++) {
		int slot = b->slaves[i];

		agg_of(vk, slot)->active = false;
		if (vk_ad_ports(vk, slot) && device_up(vk, slot) &&
		    better(vk, bond, slot, best))
			best = slot;
	}
	if (best >= 0 && (best == former || keep(vk, bond, former, best)))
		agg_of(vk, former)->active = true;
	else if (best >= 0)
		activate(vk, bond, best, former);
	active = marked_active(vk, bond);
	if (active != former)
		vk_touch(vk, bond);
	if (active >= 0 && !vk_agg_has_partner(vk, active)) {
		for (int i = 0; i < agg_of(vk, active)->lag_ports; i++)
			enable_port(vk, agg_of(vk, active)->ports[i]);
		b->array_due = true;
	}
	(void)vk_ad_set_carrier(vk, bond);
}

static bool distributes(const struct vk *vk, int slot)
{
	return (vk->links[slot].slave.port.actor_state & 0x30) == 0x30;
}

/* What is compared with min_links. */
static uint32_t counting(const struct vk *vk, int bond, int active)
{
	const struct vk_aggregator *agg = agg_at(vk, active);
	uint32_t count = 0;

	if (!vk_opt(vk, bond, VK_BOND_LACP_STRICT))
		return (uint32_t)vk_ad_ports(vk, active);
	for (int i = 0; i < agg->lag_ports; i++)
		count += distributes(vk, agg->ports[i]);
	return count;
}

/* bond_3ad_set_carrier() */
bool vk_ad_set_carrier(struct vk *vk, int bond)
{
	bool was = vk->links[bond].carrier;
	int active;

	if (!vk_bond_of(vk, bond)->slave_count)
		return false;
	active = marked_active(vk, bond);
	vk_carrier(vk, bond,
		   active >= 0 && counting(vk, bond, active) >=
				      vk_opt(vk, bond, IFLA_BOND_MIN_LINKS));
	return vk->links[bond].carrier != was;
}

/* Sets READY of all ports of a port's aggregator from their READY_N. */
void vk_agg_ready(struct vk *vk, int slot)
{
	int home = vk_agg_home(vk, slot);
	const struct vk_aggregator *agg;
	bool ready = true;

	if (home < 0)
		return;
	agg = agg_of(vk, home);
	for (int i = 0; i < agg->lag_ports; i++)
		ready &= vk->links[agg->ports[i]].slave.port.ready_n;
	for (int i = 0; i < agg->lag_ports; i++)
		vk->links[agg->ports[i]].slave.port.ready = ready;
}

/* False where it was not in the list. */
static bool take_out(struct vk *vk, int home, int slot)
{
	struct vk_aggregator *agg = agg_of(vk, home);
	int at = 0;

	while (at < agg->lag_ports && agg->ports[at] != slot)
		at++;
	if (at == agg->lag_ports)
		return false;
	agg->lag_ports--;
	memmove(&agg->ports[at], &agg->ports[at + 1],
		(size_t)(agg->lag_ports - at));
	return true;
}

static void put_in(struct vk *vk, int home, int slot)
{
	struct vk_aggregator *agg = agg_of(vk, home);
	struct vk_port *port = &vk->links[slot].slave.port;

	memmove(&agg->ports[1], &agg->ports[0], agg->lag_ports);
	agg->ports[0] = (uint8_t)slot;
	agg->lag_ports++;
	port->aggregator = agg->id;
	port->selected = true;
	vk_touch(vk, slot);
}

static bool suits(const struct vk *vk, int home, const struct vk_port *port)
{
	const struct vk_aggregator *agg = agg_at(vk, home);

	return agg->actor_oper_key == port->actor_oper_key &&
	       memcmp(agg->partner_system, port->partner.system, VK_MAC_SIZE) ==
		   0 &&
	       agg->partner_prio == port->partner.system_prio &&
	       agg->partner_key == port->partner.key &&
	       vk_agg_has_partner(vk, home) && !agg->individual;
}

/* The free aggregator takes the port's parameters. */
static void found(struct vk *vk, int home, const struct vk_port *port)
{
	struct vk_aggregator *agg = agg_of(vk, home);

	agg->individual = !(port->actor_oper_key & 1);
	agg->actor_admin_key = port->actor_admin_key;
	agg->actor_oper_key = port->actor_oper_key;
	memcpy(agg->partner_system, port->partner.system, VK_MAC_SIZE);
	agg->partner_prio = port->partner.system_prio;
	agg->partner_key = port->partner.key;
}

/* ad_port_selection_logic() */
void vk_port_select(struct vk *vk, int slot)
{
	struct vk_slave *slave = &vk->links[slot].slave;
	const struct vk_bond *b = vk_bond_of(vk, slave->bond);
	int home, old = vk_agg_home(vk, slot), empty = -1, fit = -1;

	if (slave->port.selected)
		return;
	if (old >= 0) {
		(void)take_out(vk, old, slot);
		slave->port.aggregator = 0;
		if (!agg_of(vk, old)->lag_ports)
			vk_agg_clear(vk, old);
	}
	for (int i = 0; fit < 0 && i < b->slave_count; i++) {
		if (agg_of(vk, b->slaves[i])->lag_ports) {
			if (suits(vk, b->slaves[i], &slave->port))
				fit = b->slaves[i];
		} else if (empty < 0) {
			empty = b->slaves[i];
		}
	}
	home = fit >= 0 ? fit : empty;
	if (home < 0)
		return;
	if (fit < 0)
		found(vk, home, &slave->port);
	put_in(vk, home, slot);
	vk_agg_ready(vk, slot);
	vk_agg_select(vk, slave->bond);
	if (!agg_of(vk, home)->active)
		slave->port.actor_state &= (uint8_t)~0x08U;
}

/* Gives the ports of `from` the aggregator `to`, with all that it was. */
static void move_ports(struct vk *vk, int from, int to)
{
	struct vk_aggregator *agg = agg_of(vk, to);
	uint16_t id = agg->id;

	*agg = *agg_of(vk, from);
	agg->id = id;
	for (int i = 0; i < agg->lag_ports; i++)
		vk->links[agg->ports[i]].slave.port.aggregator = id;
	vk_agg_clear(vk, from);
}

/* Another aggregator for the ports that stay in that of a slave that goes. */
static void replace(struct vk *vk, int bond, int slot)
{
	const struct vk_bond *b = vk_bond_of(vk, bond);

	for (int i = 0; i < b->slave_count; i++) {
		int to = b->slaves[i];
		const struct vk_aggregator *agg = agg_of(vk, to);
		bool only_ours = agg->lag_ports == 1 && agg->ports[0] == slot;
		bool select = only_ours && agg->active;

		if (agg->lag_ports && !only_ours)
			continue;
		move_ports(vk, slot, to);
		if (select)
			vk_agg_select(vk, bond);
		return;
	}
}

/* bond_3ad_unbind_slave(), but for the LACPDU that says farewell */
void vk_ad_unbind(struct vk *vk, int slot)
{
	int bond = vk->links[slot].slave.bond, home;
	const struct vk_aggregator *own = agg_of(vk, slot);
	bool active, due = vk_bond_of(vk, bond)->array_due;

	if (own->lag_ports > 1 ||
	    (own->lag_ports == 1 && own->ports[0] != slot)) {
		replace(vk, bond, slot);
	} else if (own->lag_ports) {
		active = own->active;
		vk_agg_clear(vk, slot);
		vk->links[slot].slave.port.aggregator = 0;
		if (active)
			vk_agg_select(vk, bond);
	}
	home = vk_agg_home(vk, slot);
	if (home >= 0 && take_out(vk, home, slot) && !vk_ad_ports(vk, home)) {
		active = agg_of(vk, home)->active;
		if (!agg_of(vk, home)->lag_ports)
			vk_agg_clear(vk, home);
		if (active)
			vk_agg_select(vk, bond);
	}
	vk_bond_of(vk, bond)->array_due = due; /* the caller sees to it */
	vk->links[slot].slave.port.aggregator = 0;
	vk->links[slot].slave.bound = false;
}
