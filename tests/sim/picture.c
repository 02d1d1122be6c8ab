/* SPDX-License-Identifier: BSD-2-Clause */
/* The world and the model in lines. */
#include "picture.h"

#include <inttypes.h>
#include <linux/if_bonding.h>
#include <linux/if_link.h>
#include <stdio.h>

#include "oracle_internal.h"

static const char mii_letters[] = "UFDB";

static const char *effective_name(enum carrier effective)
{
	if (effective == CARRIER_UP)
		return "up";
	return effective == CARRIER_DOWN ? "down" : "unknown";
}

static const char *says_name(unsigned int says)
{
	static const char *const names[] = { "-", "U",	 "D",	"U/D",
					     "?", "U/?", "D/?", "U/D/?" };

	return names[says & 7];
}

static void print_slave(struct check *check, int slot)
{
	const struct vk_link *link = &check->vk->links[slot];

	printf("    %-8s #%d flags %x L %s mii %c speed %d agg %u "
	       "enabled %d state %02x partner %02x\n",
	       link->name, link->ifindex, vk_flags(check->vk, slot),
	       says_name(oracle_link(&check->oracle, slot)),
	       mii_letters[link->slave.link & 3], link->slave.speed,
	       link->slave.port.aggregator, link->slave.port.enabled,
	       link->slave.port.actor_state, link->slave.port.partner.state);
}

static void print_bond(struct check *check, int slot)
{
	const struct vk *vk = check->vk;
	const struct vk_link *link = &vk->links[slot];
	const struct check_bond *seen = &check->bonds[slot];
	int active = oracle_active(vk, slot);

	printf("  world %s #%d mode %u miimon %u flags %x: truth %s since "
	       "%" PRId64 " ms, touched before %" PRId64 " ms",
	       link->name, link->ifindex,
	       oracle_option(vk, slot, IFLA_BOND_MODE),
	       oracle_option(vk, slot, IFLA_BOND_MIIMON), vk_flags(vk, slot),
	       says_name(seen->says), vk->now_ms - seen->says_ms,
	       vk->now_ms - seen->touched_ms);
	if (active >= 0)
		printf(", aggregator %u",
		       vk->links[active].slave.aggregator.id);
	printf("\n");
	for (int i = 0; i < link->bond.slave_count; i++)
		print_slave(check, link->bond.slaves[i]);
}

static void print_model(const struct bond *bond)
{
	const struct discrepancy_state *state = &bond->discrepancies;

	printf("  model %s #%d flags %x: %s, reason %d, aggregator %u ports "
	       "%u, reread at %" PRId64 "\n",
	       bond->link.name, bond->link.ifindex, bond->link.flags,
	       effective_name(bond->verdict.effective),
	       (int)bond->verdict.reason, bond->attrs.ad.aggregator,
	       bond->attrs.ad.num_ports, bond->reread_at_ms);
	for (size_t i = 0; i < bond->slave_count; i++)
		printf("    %-8s #%d flags %x mii %c agg %u corrected %s\n",
		       bond->slaves[i].link.name, bond->slaves[i].link.ifindex,
		       bond->slaves[i].link.flags,
		       mii_letters[bond->slaves[i].attrs.mii_status & 3],
		       bond->slaves[i].attrs.aggregator_id,
		       effective_name(bond->slaves[i].corrected));
	for (size_t i = 0; i < state->count; i++)
		printf("    kind %d slave %d: %s since %" PRId64
		       ", deadline %" PRId64 "\n",
		       (int)state->items[i].kind, state->items[i].slave,
		       state->items[i].phase == DISCREPANCY_PENDING ? "pending"
		       : state->items[i].phase == DISCREPANCY_RAISED
			   ? "raised"
			   : "clearing",
		       state->items[i].since_ms, state->items[i].deadline_ms);
}

void picture_print(struct check *check)
{
	const struct vk *vk = check->vk;

	printf("clock %" PRId64 "\n", vk->now_ms);
	for (int slot = 0; slot < vk->top; slot++)
		if (vk->links[slot].kind == VK_BOND)
			print_bond(check, slot);
	if (!check->life->alive) {
		printf("  no agent\n");
		return;
	}
	for (size_t i = 0; i < check->life->shared.bonds->count; i++)
		print_model(&check->life->shared.bonds->bonds[i]);
}
