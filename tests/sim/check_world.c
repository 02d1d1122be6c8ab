/* SPDX-License-Identifier: BSD-2-Clause */
/* What the world is, and since when. */
#include "check.h"

#include <linux/if_bonding.h>
#include <linux/if_link.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "oracle_internal.h"

/* A slave's carrier, a commit: told at once. */
#define LAG_MS 300
/* Of a link that is nobody's slave: linkwatch's pause. */
#define LAG_LINKWATCH_MS 1100
/* AD_INFO: looked at this often. */
#define LAG_LACP_MS 5400

void check_init(struct check *check, struct vk *vk, struct life *life)
{
	memset(check, 0, sizeof(*check));
	check->vk = vk;
	check->life = life;
	check->oracle.vk = vk;
	check->failed = -1;
	check->excused_ms = CHECK_LONG_AGO;
	check->configured_ms = CHECK_LONG_AGO;
	check->disk_ms = CHECK_LONG_AGO;
	check->lossy_ms = CHECK_LONG_AGO;
}

const char *check_ignored = "";

static bool is_ignored(const char *tag)
{
	const char *found = strstr(check_ignored, tag);
	size_t length = strlen(tag);

	while (found && (found[length] != ',' && found[length] != '\0'))
		found = strstr(found + 1, tag);
	return found != NULL;
}

void check_fail(struct check *check, int invariant, const char *tag,
		const char *format, ...)
{
	va_list args;

	/* A busy loop that is passed over has no end. */
	if (check->failed >= 0 || (invariant != 6 && is_ignored(tag)))
		return;
	check->failed = invariant;
	snprintf(check->tag, sizeof(check->tag), "%s", tag);
	va_start(args, format);
	vsnprintf(check->text, sizeof(check->text), format, args);
	va_end(args);
}

bool check_wanted(const struct check *check, const char *name)
{
	return !check->life->alive ||
	       settings_accepts(check->life->settings, name);
}

struct check_bond *check_bond_of(struct check *check, int ifindex)
{
	int slot = vk_find_index(check->vk, ifindex);

	return slot >= 0 && check->bonds[slot].ifindex == ifindex
		   ? &check->bonds[slot]
		   : NULL;
}

bool check_excused(const struct check *check)
{
	return check->vk->now_ms < check->excused_ms;
}

int64_t check_lag_ms(const struct check *check, const struct check_bond *bond)
{
	int slot = (int)(bond - check->bonds);
	const struct vk_bond *of = &check->vk->links[slot].bond;
	int64_t lag_ms = LAG_MS + check->late_ms;

	for (int i = 0; i < of->slave_count; i++) {
		const struct vk_link *slave = &check->vk->links[of->slaves[i]];

		if (slave->lower >= 0 || slave->kind == VK_BOND)
			return lag_ms + LAG_LACP_MS + LAG_LINKWATCH_MS;
	}
	if (oracle_option(check->vk, slot, IFLA_BOND_MODE) == BOND_MODE_8023AD)
		lag_ms += LAG_LACP_MS;
	return lag_ms;
}

void check_op(struct check *check, const struct op *op)
{
	for (int slot = 0; slot < check->vk->top; slot++) {
		struct check_bond *bond = &check->bonds[slot];
		int named = vk_find(check->vk, op->name);
		int other = vk_find(check->vk, op->other);

		if (!bond->ifindex ||
		    (op->kind == OP_WIRE || op->kind == OP_SPEED ||
		     op->kind == OP_PARTNER || op->kind == OP_ARP))
			continue;
		if (named == slot || other == slot ||
		    (named >= 0 &&
		     check->vk->links[named].slave.bond == slot) ||
		    (other >= 0 && check->vk->links[other].slave.bond == slot))
			bond->restart_ms = check->vk->now_ms;
	}
}

static void bury(struct check *check, struct check_bond *bond)
{
	struct check_gone *gone =
	    &check->gone[check->gone_count++ % CHECK_GONE];

	gone->ifindex = bond->ifindex;
	memcpy(gone->name, bond->name, sizeof(gone->name));
	gone->gone_ms = check->vk->now_ms;
	memset(bond, 0, sizeof(*bond));
}

static void kinds_init(struct check_kind kinds[CHECK_KINDS])
{
	for (int kind = 0; kind < CHECK_KINDS; kind++)
		kinds[kind] =
		    (struct check_kind){ .yes_ms = CHECK_LONG_AGO,
					 .possible_ms = CHECK_LONG_AGO,
					 .first_ms = CHECK_LONG_AGO,
					 .last_ms = CHECK_LONG_AGO };
}

static void bear(struct check *check, struct check_bond *bond,
		 const struct vk_link *link)
{
	int64_t now_ms = check->vk->now_ms;

	memset(bond, 0, sizeof(*bond));
	bond->ifindex = link->ifindex;
	memcpy(bond->name, link->name, sizeof(bond->name));
	bond->born_ms = now_ms;
	/* A turn has one time, that of its beginning, though reading a flood
	   takes a while; what comes meanwhile may be read at its end. */
	bond->began_ms = check->turn_ms ? check->turn_ms : now_ms;
	bond->renamed_ms = now_ms;
	bond->restart_ms = now_ms;
	bond->says_ms = now_ms;
	bond->up_ms = CHECK_LONG_AGO;
	bond->down_ms = CHECK_LONG_AGO;
	bond->hidden_ms = CHECK_LONG_AGO;
	bond->running_ms = now_ms;
	bond->not_running_ms = now_ms;
	bond->touches = UINT64_MAX;
	kinds_init(bond->kinds);
}

/* A break shorter than `lag_ms` need not be seen. */
static void see_kind(struct check_kind *kind, unsigned int says, int64_t lag_ms,
		     int64_t now_ms)
{
	if (kind->possible_ms != CHECK_LONG_AGO)
		kind->last_ms = now_ms; /* it was until now */
	if (says & ORACLE_YES) {
		if (kind->possible_ms == CHECK_LONG_AGO) {
			kind->possible_ms = now_ms;
			if (now_ms - kind->last_ms > lag_ms)
				kind->first_ms = now_ms;
		}
		kind->last_ms = now_ms;
	} else {
		kind->possible_ms = CHECK_LONG_AGO;
	}
	if (says != ORACLE_YES)
		kind->yes_ms = CHECK_LONG_AGO;
	else if (kind->yes_ms == CHECK_LONG_AGO)
		kind->yes_ms = now_ms;
}

static void see_slave(struct check *check, int bond, int slot)
{
	struct check_slave *slave = &check->slaves[slot];
	int64_t now_ms = check->vk->now_ms;

	if (slave->ifindex != check->vk->links[slot].ifindex ||
	    slave->bond != check->vk->links[bond].ifindex) {
		slave->ifindex = check->vk->links[slot].ifindex;
		slave->bond = check->vk->links[bond].ifindex;
		slave->joined_ms = now_ms;
		kinds_init(slave->kinds);
	}
	for (int kind = 1; kind <= DISCREPANCY_KIND_COUNT; kind++)
		see_kind(&slave->kinds[kind],
			 oracle_finds(&check->oracle, bond, 0, kind, slot),
			 check_lag_ms(check, &check->bonds[bond]), now_ms);
}

static void see_carrier(struct check_bond *bond, unsigned int says,
			bool running, int64_t now_ms)
{
	if (bond->says & ORACLE_UP || says & ORACLE_UP)
		bond->up_ms = now_ms;
	if (bond->says & ORACLE_DOWN || says & ORACLE_DOWN)
		bond->down_ms = now_ms;
	if (bond->says & ORACLE_UNKNOWN || says & ORACLE_UNKNOWN)
		bond->hidden_ms = now_ms;
	if (bond->says != says)
		bond->says_ms = now_ms;
	bond->says = says;
	if (bond->running != running)
		bond->running_ms = now_ms;
	if (!running)
		bond->not_running_ms = now_ms;
	bond->running = running;
}

/* That was right, as far as could be heard. */
static void see_told(struct check_bond *bond, unsigned int told, int64_t now_ms)
{
	if (told & ORACLE_UP)
		bond->up_ms = now_ms;
	if (told & ORACLE_DOWN)
		bond->down_ms = now_ms;
}

static void see_bond(struct check *check, int slot)
{
	const struct vk *vk = check->vk;
	const struct vk_link *link = &vk->links[slot];
	struct check_bond *bond = &check->bonds[slot];
	unsigned int says;
	uint64_t touches;
	int64_t touched_ms;

	if (bond->ifindex &&
	    (link->kind != VK_BOND || link->ifindex != bond->ifindex ||
	     link->born_ms > bond->born_ms))
		bury(check, bond);
	if (link->kind != VK_BOND)
		return;
	if (!bond->ifindex)
		bear(check, bond, link);
	if (strcmp(bond->name, link->name) != 0) {
		memcpy(bond->name, link->name, sizeof(bond->name));
		bond->renamed_ms = vk->now_ms;
	}
	touched_ms = vk_touched(vk, slot, &touches);
	if (touches == bond->touches && touched_ms == bond->touched_ms &&
	    touched_ms < vk->now_ms && !bond->timed) {
		see_carrier(bond, bond->says, bond->running, vk->now_ms);
		return;
	}
	bond->touches = touches;
	bond->touched_ms = touched_ms;
	says = oracle_effective(&check->oracle, slot);
	bond->timed = check->oracle.timed;
	see_carrier(bond, says, vk_flags(vk, slot) & ORACLE_RUNNING,
		    vk->now_ms);
	see_told(bond, oracle_effective_as_told(&check->oracle, slot),
		 vk->now_ms);
	for (int kind = 1; kind <= DISCREPANCY_KIND_COUNT; kind++)
		see_kind(&bond->kinds[kind],
			 oracle_finds(&check->oracle, slot, says, kind, -1),
			 check_lag_ms(check, bond), vk->now_ms);
	for (int i = 0; i < link->bond.slave_count; i++)
		see_slave(check, slot, link->bond.slaves[i]);
}

static bool wants(void *ctx, const char *name)
{
	return check_wanted(ctx, name);
}

void check_world(struct check *check)
{
	const struct vk *vk = check->vk;

	check->oracle.wanted = wants;
	check->oracle.wanted_ctx = check;
	check->oracle.strict =
	    check->life->alive && check->life->settings->policy.strict_lacp;
	check->oracle.late_ms = check->late_ms ? check->late_ms + LAG_MS : 0;
	oracle_observe(&check->oracle);
	for (int slot = 0; slot < vk->top; slot++)
		if (vk->links[slot].slave.bond < 0)
			check->slaves[slot].ifindex = 0;
	for (int slot = 0; slot < vk->top || slot < check->top; slot++)
		see_bond(check, slot);
	check->top = vk->top;
}
