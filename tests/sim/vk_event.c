/* SPDX-License-Identifier: BSD-2-Clause */
/* Carrier and operational state, linkwatch, and who hears of what. */
#include <errno.h>
#include <linux/if.h>
#include <string.h>

#include "vk_internal.h"

#define LINKWATCH_PAUSE_MS 1000

/* Its ifindex is not that of IFLA_LINK. */
static bool has_lower(const struct vk_link *link)
{
	return link->kind == VK_VLAN || link->kind == VK_MACVLAN ||
	       link->kind == VK_VETH;
}

/* Of a link without carrier: by its being an upper one, or, since Linux 6.2, by
   the carrier of what is below, unless that is in another namespace. */
static bool is_lower_down(const struct vk *vk, const struct vk_link *link)
{
	if (!has_lower(link) || vk->version < 602)
		return has_lower(link);
	return link->lower >= 0 && !vk->links[link->lower].carrier;
}

static uint8_t default_operstate(const struct vk *vk,
				 const struct vk_link *link)
{
	if (link->testing)
		return VK_OPER_TESTING;
	if (!link->carrier)
		return is_lower_down(vk, link) ? VK_OPER_LOWER : VK_OPER_DOWN;
	return link->dormant ? VK_OPER_DORMANT : VK_OPER_UP;
}

void vk_rfc2863_policy(struct vk *vk, int slot)
{
	struct vk_link *link = &vk->links[slot];
	uint8_t state = default_operstate(vk, link);

	if (state == link->operstate)
		return;
	if (state == VK_OPER_UP && link->mode_dormant)
		state = VK_OPER_DORMANT;
	link->operstate = state;
}

static bool urgent(const struct vk_link *link)
{
	if (!link->admin_up)
		return false;
	/* The last: a queue that carrier is about to start. */
	return has_lower(link) || link->kind == VK_BOND ||
	       link->slave.bond >= 0 || link->carrier;
}

static void schedule(struct vk *vk, bool now)
{
	int64_t at_ms = vk->linkwatch_next_ms;

	if (now || at_ms < vk->now_ms ||
	    at_ms > vk->now_ms + LINKWATCH_PAUSE_MS)
		at_ms = vk->now_ms;
	if (now || vk->linkwatch_at_ms == VK_NEVER)
		vk->linkwatch_at_ms = at_ms;
}

void vk_linkwatch_fire(struct vk *vk, int slot)
{
	struct vk_link *link = &vk->links[slot];
	bool now = urgent(link);

	if (!link->linkwatch) {
		link->linkwatch = true;
		link->linkwatch_order = ++vk->linkwatch_order;
	} else if (!now) {
		return;
	}
	schedule(vk, now);
}

static int oldest(const struct vk *vk, bool urgent_only, uint64_t until)
{
	int found = -1;

	for (int i = 0; i < vk->top; i++) {
		const struct vk_link *link = &vk->links[i];

		if (!link->kind || !link->linkwatch ||
		    link->linkwatch_order > until ||
		    (urgent_only && !urgent(link)))
			continue;
		if (found < 0 ||
		    link->linkwatch_order < vk->links[found].linkwatch_order)
			found = i;
	}
	return found;
}

void vk_linkwatch_run(struct vk *vk)
{
	bool urgent_only = vk->linkwatch_next_ms > vk->now_ms;
	uint64_t until = vk->linkwatch_order;
	int slot;

	if (!urgent_only)
		vk->linkwatch_next_ms = vk->now_ms + LINKWATCH_PAUSE_MS;
	vk->linkwatch_at_ms = VK_NEVER;
	while ((slot = oldest(vk, urgent_only, until)) >= 0) {
		vk->links[slot].linkwatch = false;
		vk_rfc2863_policy(vk, slot);
		vk_touch(vk, slot);
		vk_state_change(vk, slot);
	}
	if (oldest(vk, false, UINT64_MAX) >= 0)
		schedule(vk, false);
}

void vk_carrier(struct vk *vk, int slot, bool on)
{
	if (vk->links[slot].carrier == on)
		return;
	vk->links[slot].carrier = on;
	vk_touch(vk, slot);
	vk_linkwatch_fire(vk, slot);
}

/* netif_stacked_transfer_operstate() */
void vk_transfer(struct vk *vk, int lower, int upper)
{
	const struct vk_link *from = &vk->links[lower];
	struct vk_link *to = &vk->links[upper];
	bool dormant = from->operstate == VK_OPER_DORMANT;
	bool testing = from->operstate == VK_OPER_TESTING;

	if (to->dormant != dormant || to->testing != testing) {
		to->dormant = dormant;
		to->testing = testing;
		vk_touch(vk, upper);
		vk_linkwatch_fire(vk, upper);
	}
	vk_carrier(vk, upper,
		   from->carrier &&
		       (vk->version < VK_PROTODOWN_KEPT || !to->protodown));
}

void vk_state_change(struct vk *vk, int slot)
{
	if (!vk->links[slot].admin_up)
		return;
	vk_notify(vk, slot, VK_EV_CHANGE);
	vk_tell(vk, slot, 0);
}

static void vlan_event(struct vk *vk, int lower, int upper, enum vk_event event)
{
	bool up = vk->links[upper].admin_up;

	if (event == VK_EV_DOWN && up) {
		vk_close(vk, upper);
		vk_transfer(vk, lower, upper);
	} else if (event == VK_EV_UP && !up) {
		(void)vk_open(vk, upper, true);
		vk_transfer(vk, lower, upper);
	} else if (event == VK_EV_CHANGE) {
		vk_transfer(vk, lower, upper);
	}
}

static void upper_event(struct vk *vk, int lower, int upper,
			enum vk_event event)
{
	if (event == VK_EV_UNREGISTER) {
		(void)vk_delete(vk, upper);
	} else if (event == VK_EV_FAILOVER) {
		vk_notify(vk, upper, event);
	} else if (vk->links[upper].kind == VK_VLAN) {
		vlan_event(vk, lower, upper, event);
	} else if (event != VK_EV_CHANGENAME) {
		vk_transfer(vk, lower, upper);
	}
}

void vk_notify(struct vk *vk, int slot, enum vk_event event)
{
	if (event == VK_EV_CHANGENAME || event == VK_EV_FAILOVER)
		vk_tell(vk, slot, 0);
	for (int i = 0; i < vk->top; i++) {
		if (vk->links[i].kind && !vk->links[i].dying &&
		    vk->links[i].lower == slot)
			upper_event(vk, slot, i, event);
	}
	if (vk->links[slot].slave.bond >= 0)
		vk_slave_event(vk, slot, event);
}

/* Both ends of a cable make its carrier; so does opening a VLAN. */
void vk_wire_changed(struct vk *vk, int slot)
{
	struct vk_link *link = &vk->links[slot];

	switch (link->kind) {
	case VK_NIC:
	case VK_VETH:
		vk_carrier(vk, slot,
			   link->wire && link->admin_up && !link->protodown);
		break;
	case VK_DUMMY:
	case VK_TAP:
		vk_carrier(vk, slot, link->wire);
		break;
	case VK_VLAN:
		vk_carrier(vk, slot,
			   link->admin_up && vk->links[link->lower].carrier);
		break;
	case VK_NONE:
	case VK_MACVLAN:
	case VK_BOND:
	default:
		break;
	}
	vk_partner_wake(vk, slot);
}

/* macvlan_addr_busy() */
static bool address_busy(const struct vk *vk, int slot)
{
	const struct vk_link *link = &vk->links[slot];

	if (memcmp(vk->links[link->lower].address, link->address,
		   VK_MAC_SIZE) == 0)
		return true;
	for (int i = 0; i < vk->top; i++) {
		const struct vk_link *other = &vk->links[i];

		if (other->kind == VK_MACVLAN && i != slot &&
		    other->lower == link->lower && other->admin_up &&
		    memcmp(other->address, link->address, VK_MAC_SIZE) == 0)
			return true;
	}
	return false;
}

/* dev_open(), or dev_change_flags(), which are alike to who listens. */
int vk_open(struct vk *vk, int slot, bool by_flags)
{
	struct vk_link *link = &vk->links[slot];

	if (link->admin_up)
		return 0;
	if (link->kind == VK_VLAN && !vk->links[link->lower].admin_up)
		return -ENETDOWN;
	if (link->kind == VK_MACVLAN && address_busy(vk, slot))
		return -EADDRINUSE;
	link->admin_up = true;
	vk_touch(vk, slot);
	if (link->kind == VK_VLAN && link->random_address)
		memcpy(link->address, vk->links[link->lower].address,
		       VK_MAC_SIZE);
	if (link->kind == VK_BOND)
		vk_bond_open(vk, slot);
	else
		vk_wire_changed(vk, slot);
	vk_tell(vk, slot, by_flags ? IFF_UP : IFF_UP | IFF_RUNNING);
	vk_notify(vk, slot, VK_EV_UP);
	return 0;
}

void vk_close(struct vk *vk, int slot)
{
	struct vk_link *link = &vk->links[slot];

	if (!link->admin_up)
		return;
	link->admin_up = false;
	vk_touch(vk, slot);
	if (link->kind == VK_BOND)
		vk_bond_close(vk, slot);
	else
		vk_wire_changed(vk, slot);
	vk_tell(vk, slot, IFF_UP);
	vk_notify(vk, slot, VK_EV_DOWN);
}
