/* SPDX-License-Identifier: BSD-2-Clause */
/* 802.3ad: the state machines of a port, as the driver runs them. */
#include <string.h>

#include "vk_internal.h"

#define TICK_MS	       100
#define TICKS(s)       ((s)*10)
#define TX_TICKS       3
#define SELECT_TICKS   80
#define LACP_ACTIVITY  0x01U
#define LACP_TIMEOUT   0x02U
#define LACP_AGG       0x04U
#define LACP_SYNC      0x08U
#define LACP_DEFAULTED 0x40U
#define LACP_EXPIRED   0x80U

enum {
	RX_NONE,
	RX_INITIALIZE,
	RX_DISABLED,
	RX_NO_LACP,
	RX_EXPIRED,
	RX_DEFAULTED,
	RX_CURRENT
};
enum { PERIODIC_NONE, PERIODIC_NO, PERIODIC_FAST, PERIODIC_SLOW, PERIODIC_TX };

static struct vk_port *port_of(struct vk *vk, int slot)
{
	return &vk->links[slot].slave.port;
}

static void set_bits(struct vk *vk, int slot, uint8_t bits)
{
	struct vk_port *port = port_of(vk, slot);

	if ((port->actor_state & bits) != bits)
		vk_touch(vk, slot);
	port->actor_state |= bits;
}

static void clear_bits(struct vk *vk, int slot, uint8_t bits)
{
	struct vk_port *port = port_of(vk, slot);

	if (port->actor_state & bits)
		vk_touch(vk, slot);
	port->actor_state &= (uint8_t)~bits;
}

/* The partner of whom nothing is known. */
static const struct vk_port_info default_partner = {
	.system_prio = 0xFFFF, .key = 1, .port = 1, .port_prio = 0xFF
};

static void record_default(struct vk *vk, int slot)
{
	port_of(vk, slot)->partner = default_partner;
	set_bits(vk, slot, LACP_DEFAULTED);
}

static bool same_partner(const struct vk_port_info *a,
			 const struct vk_port_info *b)
{
	return a->port == b->port && a->port_prio == b->port_prio &&
	       memcmp(a->system, b->system, VK_MAC_SIZE) == 0 &&
	       a->system_prio == b->system_prio && a->key == b->key &&
	       (a->state & LACP_AGG) == (b->state & LACP_AGG);
}

static struct vk_port_info actor_info(const struct vk *vk, int slot)
{
	const struct vk_slave *slave = &vk->links[slot].slave;
	const struct vk_bond *b = &vk->links[slave->bond].bond;
	struct vk_port_info info = {
		.system_prio = (uint16_t)b->option[IFLA_BOND_AD_ACTOR_SYS_PRIO],
		.key = slave->port.actor_oper_key,
		.port = slave->port.number,
		.port_prio = 0xFF,
		.state = slave->port.actor_state,
	};

	memcpy(info.system, b->system, VK_MAC_SIZE);
	return info;
}

void vk_ad_initialize(struct vk *vk, int bond)
{
	struct vk_bond *b = vk_bond_of(vk, bond);

	b->next_aggregator = 0;
	memcpy(b->system, vk->links[bond].address, VK_MAC_SIZE);
	b->agg_select_timer = SELECT_TICKS;
}

void vk_ad_bind(struct vk *vk, int bond, int slot, bool first)
{
	struct vk_bond *b = vk_bond_of(vk, bond);
	struct vk_slave *slave = &vk->links[slot].slave;
	struct vk_port *port = &slave->port;

	memset(port, 0, sizeof(*port));
	memset(&slave->aggregator, 0, sizeof(slave->aggregator));
	if (first) {
		port->number = 1;
		vk_ad_initialize(vk, bond);
	} else {
		int last = b->slaves[b->slave_count - 1];

		port->number =
		    (uint16_t)(vk->links[last].slave.port.number + 1);
	}
	port->partner = default_partner;
	port->actor_state = LACP_AGG;
	if (b->option[IFLA_BOND_AD_LACP_ACTIVE])
		port->actor_state |= LACP_ACTIVITY;
	if (b->option[IFLA_BOND_AD_LACP_RATE])
		port->actor_state |= LACP_TIMEOUT;
	port->enabled = true;
	port->begin = true;
	port->lacp = true;
	port->actor_admin_key =
	    (uint16_t)(b->option[IFLA_BOND_AD_USER_PORT_KEY] << 6);
	vk_ad_update_keys(vk, slot, false);
	port->tx_timer = TX_TICKS;
	vk_set_inactive(vk, slot, false);
	slave->aggregator.id = ++b->next_aggregator;
	slave->bound = true;
}

void vk_ad_update_flags(struct vk *vk, int bond)
{
	const struct vk_bond *b = vk_bond_of(vk, bond);

	if (!vk_is_lacp(vk, bond))
		return;
	for (int i = 0; i < b->slave_count; i++) {
		int slot = b->slaves[i];

		clear_bits(vk, slot, LACP_TIMEOUT | LACP_ACTIVITY);
		if (b->option[IFLA_BOND_AD_LACP_RATE])
			set_bits(vk, slot, LACP_TIMEOUT);
		if (b->option[IFLA_BOND_AD_LACP_ACTIVE])
			set_bits(vk, slot, LACP_ACTIVITY);
	}
}

/* What the partner says of itself; its SYNC counts only if it knows us. */
static void record_pdu(struct vk *vk, int slot, const struct vk_lacpdu *pdu)
{
	struct vk_port *port = port_of(vk, slot);
	struct vk_port_info self = actor_info(vk, slot);
	uint8_t state = port->partner.state;

	port->matched = same_partner(&pdu->partner, &self) ||
			!(pdu->actor.state & LACP_AGG);
	port->partner = pdu->actor;
	clear_bits(vk, slot, LACP_DEFAULTED);
	if (!port->matched)
		port->partner.state &= (uint8_t)~LACP_SYNC;
	if (port->partner.state != state)
		vk_touch(vk, slot);
}

static void current(struct vk *vk, int slot, const struct vk_lacpdu *pdu)
{
	const uint8_t mask =
	    LACP_ACTIVITY | LACP_TIMEOUT | LACP_SYNC | LACP_AGG;
	struct vk_port *port = port_of(vk, slot);
	struct vk_port_info self = actor_info(vk, slot);

	if (memcmp(pdu->actor.system, self.system, VK_MAC_SIZE) == 0)
		return; /* a loop */
	if (!same_partner(&pdu->actor, &port->partner))
		port->selected = false;
	if (!same_partner(&pdu->partner, &self) ||
	    (pdu->partner.state & mask) != (self.state & mask))
		port->ntt = true;
	record_pdu(vk, slot, pdu);
	port->rx_timer =
	    port->actor_state & LACP_TIMEOUT ? TICKS(3) : TICKS(90);
	clear_bits(vk, slot, LACP_EXPIRED);
}

static void enter_rx(struct vk *vk, int slot, const struct vk_lacpdu *pdu)
{
	struct vk_port *port = port_of(vk, slot);

	switch (port->rx) {
	case RX_INITIALIZE:
		port->lacp = port->actor_oper_key & 1;
		port->selected = false;
		record_default(vk, slot);
		clear_bits(vk, slot, LACP_EXPIRED);
		port->rx = RX_DISABLED;
		port->matched = false;
		break;
	case RX_DISABLED:
		port->matched = false;
		/* Before, a port without a link went on distributing. */
		if (vk->version >= VK_DISABLED_UNSYNCS)
			port->partner.state &= (uint8_t)~LACP_SYNC;
		break;
	case RX_NO_LACP:
		port->selected = false;
		record_default(vk, slot);
		port->partner.state &= (uint8_t)~LACP_AGG;
		port->matched = true;
		clear_bits(vk, slot, LACP_EXPIRED);
		break;
	case RX_EXPIRED:
		port->matched = false;
		port->partner.state &= (uint8_t)~LACP_SYNC;
		port->partner.state |= LACP_TIMEOUT;
		port->rx_timer = TICKS(3);
		set_bits(vk, slot, LACP_EXPIRED);
		break;
	case RX_DEFAULTED:
		if (!same_partner(&port->partner, &default_partner))
			port->selected = false;
		record_default(vk, slot);
		port->matched = true;
		clear_bits(vk, slot, LACP_EXPIRED);
		break;
	case RX_CURRENT:
		current(vk, slot, pdu);
		break;
	default:
		break;
	}
}

/* ad_rx_machine(); `pdu` NULL at a tick */
static void rx_machine(struct vk *vk, int slot, const struct vk_lacpdu *pdu)
{
	struct vk_port *port = port_of(vk, slot);
	uint8_t last = port->rx;

	if (port->begin) {
		port->rx = RX_INITIALIZE;
	} else if (!port->enabled) {
		port->rx = RX_DISABLED;
	} else if (pdu && port->rx >= RX_EXPIRED) {
		port->rx_timer = 0;
		port->rx = RX_CURRENT;
	} else if (port->rx_timer && !--port->rx_timer) {
		if (port->rx == RX_EXPIRED)
			port->rx = RX_DEFAULTED;
		else if (port->rx == RX_CURRENT)
			port->rx = RX_EXPIRED;
	} else if (port->rx == RX_DISABLED) {
		port->rx = port->lacp ? RX_EXPIRED : RX_NO_LACP;
	}
	if (port->rx != last || pdu)
		enter_rx(vk, slot, pdu);
}

void vk_ad_receive(struct vk *vk, int slot, const struct vk_lacpdu *pdu)
{
	rx_machine(vk, slot, pdu);
}

static uint8_t next_periodic(struct vk_port *port)
{
	bool fast = (port->partner.state & LACP_TIMEOUT) != 0;

	if (port->begin || !port->lacp || !port->enabled ||
	    !((port->actor_state | port->partner.state) & LACP_ACTIVITY))
		return PERIODIC_NO;
	if (!port->periodic_timer) {
		if (port->periodic == PERIODIC_NO)
			return PERIODIC_FAST;
		if (port->periodic == PERIODIC_TX)
			return fast ? PERIODIC_FAST : PERIODIC_SLOW;
		return port->periodic;
	}
	if (!--port->periodic_timer)
		return PERIODIC_TX;
	if (port->periodic == PERIODIC_FAST && !fast)
		return PERIODIC_SLOW;
	if (port->periodic == PERIODIC_SLOW && fast) {
		port->periodic_timer = 0;
		return PERIODIC_TX;
	}
	return port->periodic;
}

static void periodic_machine(struct vk_port *port)
{
	uint8_t last = port->periodic;

	port->periodic = next_periodic(port);
	if (port->periodic == last)
		return;
	if (port->periodic == PERIODIC_NO)
		port->periodic_timer = 0;
	else if (port->periodic == PERIODIC_FAST)
		port->periodic_timer = TICKS(1) - 1;
	else if (port->periodic == PERIODIC_SLOW)
		port->periodic_timer = TICKS(30) - 1;
	else
		port->ntt = true;
}

static void tx_machine(struct vk *vk, int slot)
{
	struct vk_port *port = port_of(vk, slot);
	struct vk_lacpdu pdu;

	if (!port->tx_timer || --port->tx_timer)
		return;
	if (port->ntt && port->lacp) {
		pdu.actor = actor_info(vk, slot);
		pdu.partner = port->partner;
		port->ntt = false;
		vk_partner_hears(vk, slot, &pdu);
	}
	port->tx_timer = TX_TICKS;
}

/* bond_3ad_state_machine_handler() */
void vk_ad_tick(struct vk *vk, int bond)
{
	struct vk_bond *b = vk_bond_of(vk, bond);
	bool notify = false;

	b->ad_at_ms = vk->now_ms + TICK_MS;
	if (b->slave_count && b->agg_select_timer && !--b->agg_select_timer) {
		vk_agg_select(vk, bond);
		(void)vk_ad_set_carrier(vk, bond);
	}
	for (int i = 0; i < b->slave_count; i++) {
		int slot = b->slaves[i];
		struct vk_port *port = port_of(vk, slot);

		rx_machine(vk, slot, NULL);
		periodic_machine(port);
		vk_port_select(vk, slot);
		vk_mux_machine(vk, slot);
		tx_machine(vk, slot);
		port->begin = false;
	}
	for (int i = 0; i < b->slave_count; i++)
		notify |= vk->links[b->slaves[i]].slave.should_notify;
	if (b->array_due) {
		b->array_due = false;
		vk_update_arrays(vk, bond, -1);
	}
	if (notify)
		vk_state_notify(vk, bond);
}
