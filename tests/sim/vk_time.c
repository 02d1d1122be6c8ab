/* SPDX-License-Identifier: BSD-2-Clause */
/* The virtual kernel's clock: who is due, in order, and when all is quiet. */
#include "vk_internal.h"

static int64_t link_next_ms(const struct vk_link *link)
{
	int64_t at_ms = link->partner.send_at_ms;

	if (link->kind != VK_BOND)
		return at_ms;
	at_ms = link->bond.mii_at_ms;
	if (link->bond.arp_at_ms < at_ms)
		at_ms = link->bond.arp_at_ms;
	if (link->bond.ad_at_ms < at_ms)
		at_ms = link->bond.ad_at_ms;
	return at_ms;
}

int64_t vk_next_ms(const struct vk *vk)
{
	int64_t next_ms = vk->linkwatch_at_ms;

	for (int i = 0; i < vk->top; i++) {
		int64_t at_ms;

		if (!vk->links[i].kind)
			continue;
		at_ms = link_next_ms(&vk->links[i]);
		if (at_ms < next_ms)
			next_ms = at_ms;
	}
	return next_ms < vk->now_ms ? vk->now_ms : next_ms;
}

static void run_bond(struct vk *vk, int slot)
{
	struct vk_bond *b = vk_bond_of(vk, slot);

	if (b->mii_at_ms <= vk->now_ms)
		vk_mii_tick(vk, slot);
	if (b->arp_at_ms <= vk->now_ms)
		vk_arp_tick(vk, slot);
	if (b->ad_at_ms <= vk->now_ms)
		vk_ad_tick(vk, slot);
}

static void run_due(struct vk *vk)
{
	if (vk->linkwatch_at_ms <= vk->now_ms)
		vk_linkwatch_run(vk);
	for (int i = 0; i < vk->top; i++) {
		if (vk->links[i].kind == VK_BOND)
			run_bond(vk, i);
		else if (vk->links[i].kind &&
			 vk->links[i].partner.send_at_ms <= vk->now_ms)
			vk_partner_tick(vk, i);
	}
}

void vk_advance(struct vk *vk, int64_t to_ms)
{
	int64_t next_ms;

	while ((next_ms = vk_next_ms(vk)) <= to_ms) {
		vk->now_ms = next_ms;
		run_due(vk);
	}
	vk->now_ms = to_ms;
}

static uint64_t all_touches(const struct vk *vk)
{
	uint64_t sum = 0;

	for (int i = 0; i < vk->top; i++) {
		if (vk->links[i].kind)
			sum += vk->links[i].touches;
	}
	return sum;
}

/* The longest that a bond can be about to change with nothing to be seen:
   the slow LACP rate's timers, and its own delays. */
static int64_t patience_ms(const struct vk *vk, int slot)
{
	const struct vk_bond *b = &vk->links[slot].bond;
	int64_t miimon = b->option[IFLA_BOND_MIIMON];
	int64_t arp = b->option[IFLA_BOND_ARP_INTERVAL];
	int64_t delay = b->updelay > b->downdelay ? b->updelay : b->downdelay;
	int64_t ms = 0;

	if (!vk->links[slot].admin_up)
		return 0;
	ms += miimon * (delay + 3);
	ms += arp * ((int64_t)b->option[IFLA_BOND_MISSED_MAX] + 4) *
	      (b->slave_count + 1);
	if (b->option[IFLA_BOND_MODE] == BOND_MODE_8023AD)
		ms += 8000;
	return ms;
}

/* LACP that waits for a partner who no longer talks. */
static bool lacp_waits(const struct vk *vk, int slot)
{
	const struct vk_bond *b = &vk->links[slot].bond;

	if (b->ad_at_ms == VK_NEVER)
		return false;
	for (int i = 0; i < b->slave_count; i++) {
		const struct vk_link *link = &vk->links[b->slaves[i]];
		int far = vk_far_end(vk, b->slaves[i]);

		if (link->slave.port.enabled && link->slave.port.rx_timer &&
		    (far < 0 || vk->links[far].partner.mood == VK_SILENT))
			return true;
	}
	return false;
}

/* A monitor whose next tick is that of an interval it had before. */
static bool old_timer(const struct vk *vk, int slot)
{
	const struct vk_bond *b = &vk->links[slot].bond;
	int64_t mii_ms = b->option[IFLA_BOND_MIIMON];
	int64_t arp_ms = b->option[IFLA_BOND_ARP_INTERVAL];

	return (b->mii_at_ms != VK_NEVER &&
		b->mii_at_ms > vk->now_ms + mii_ms) ||
	       (b->arp_at_ms != VK_NEVER && b->arp_at_ms > vk->now_ms + arp_ms);
}

bool vk_settled(const struct vk *vk)
{
	if (vk->linkwatch_at_ms != VK_NEVER)
		return false;
	for (int i = 0; i < vk->top; i++) {
		int64_t at_ms;

		if (!vk->links[i].kind)
			continue;
		at_ms = vk->links[i].touched_ms;
		if (vk->links[i].kind == VK_BOND) {
			if (lacp_waits(vk, i) || old_timer(vk, i))
				return false;
			at_ms = vk_touched(vk, i, NULL);
			at_ms += patience_ms(vk, i);
		}
		if (at_ms >= vk->now_ms)
			return false;
	}
	return true;
}

bool vk_settle(struct vk *vk, int64_t limit_ms)
{
	int64_t until_ms = vk->now_ms + limit_ms;
	uint64_t touches = all_touches(vk);

	while (!vk_settled(vk) || touches != all_touches(vk)) {
		touches = all_touches(vk);
		if (vk->now_ms >= until_ms)
			return false;
		vk_advance(vk, vk->now_ms + 50);
	}
	return true;
}
