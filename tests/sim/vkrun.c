/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Runs operations on the virtual kernel, to be compared with the real one.
 *
 *   vkrun < LINES       operations of ops.h, each answered by 0 or -errno;
 *                       "show" prints the links as JSON on one line, with what
 *                       matters of `ip -d -j link`; "settle" lets time pass,
 * and prints after how many ms nothing changed any more vkrun draw SEED N
 * prints N random operations that a lab can do too, drawn from a world that
 * settled after each vkrun bench SEED N  N random operations with time between,
 * and what each second brings
 *
 * Exit: 0, 2 for a line that is no operation.
 */
#include <errno.h>
#include <inttypes.h>
#include <linux/if.h>
#include <linux/if_bonding.h>
#include <linux/if_link.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "ops.h"
#include "vk_internal.h"

/* Longer than the slow LACP rate's timers. */
#define SETTLE_MS 200000

static const char *const mode_names[] = {
	"balance-rr", "active-backup", "balance-xor", "broadcast",
	"802.3ad",    "balance-tlb",   "balance-alb",
};
static const char *const mii_names[] = { "UP", "GOING_DOWN", "DOWN",
					 "GOING_BACK" };
static const char *const oper_names[] = { "UNKNOWN", "NOTPRESENT",
					  "DOWN",    "LOWERLAYERDOWN",
					  "TESTING", "DORMANT",
					  "UP" };

static void show_flags(const struct vk *vk, int slot)
{
	unsigned int flags = vk_flags(vk, slot);

	printf("\"up\": %d, \"running\": %d, \"lower_up\": %d, "
	       "\"slave\": %d, \"dormant\": %d",
	       (flags & IFF_UP) != 0, (flags & IFF_RUNNING) != 0,
	       (flags & IFF_LOWER_UP) != 0, (flags & IFF_SLAVE) != 0,
	       (flags & IFF_DORMANT) != 0);
}

static void show_name(const struct vk *vk, const char *what, int slot)
{
	if (slot >= 0)
		printf(", \"%s\": \"%s\"", what, vk->links[slot].name);
}

static void show_bond(const struct vk *vk, int bond)
{
	const struct vk_bond *b = &vk->links[bond].bond;
	int agg = vk_is_lacp(vk, bond) ? vk_ad_active(vk, bond) : -1;
	uint32_t miimon = b->option[IFLA_BOND_MIIMON];

	printf(", \"bond\": {\"mode\": \"%s\", \"miimon\": %u, "
	       "\"updelay\": %u, \"downdelay\": %u, \"arp_interval\": %u, "
	       "\"min_links\": %u",
	       mode_names[b->option[IFLA_BOND_MODE]], miimon,
	       b->updelay * miimon, b->downdelay * miimon,
	       b->option[IFLA_BOND_ARP_INTERVAL],
	       b->option[IFLA_BOND_MIN_LINKS]);
	if (vk_uses_primary(vk, bond))
		show_name(vk, "active_slave", b->active);
	show_name(vk, "primary", b->primary);
	if (agg >= 0) {
		const struct vk_aggregator *a =
		    &vk->links[agg].slave.aggregator;

		printf(", \"ad_info\": {\"aggregator\": %u, \"num_ports\": %d,"
		       " \"actor_key\": %u, \"partner_key\": %u,"
		       " \"partner_mac\": "
		       "\"%02x:%02x:%02x:%02x:%02x:%02x\"}",
		       a->id, vk_ad_ports(vk, agg), a->actor_oper_key,
		       a->partner_key, a->partner_system[0],
		       a->partner_system[1], a->partner_system[2],
		       a->partner_system[3], a->partner_system[4],
		       a->partner_system[5]);
	}
	printf("}");
}

static void show_slave(const struct vk *vk, int slot)
{
	const struct vk_slave *slave = &vk->links[slot].slave;

	printf(", \"slave_data\": {\"state\": \"%s\", \"mii_status\": \"%s\", "
	       "\"link_failure_count\": %u, \"prio\": %d",
	       slave->backup ? "BACKUP" : "ACTIVE", mii_names[slave->link],
	       slave->failures, slave->prio);
	if (vk_is_lacp(vk, slave->bond) && vk_agg_home(vk, slot) >= 0)
		printf(", \"ad_aggregator_id\": %u, "
		       "\"ad_actor_oper_port_state\": %u, "
		       "\"ad_partner_oper_port_state\": %u",
		       slave->port.aggregator, slave->port.actor_state,
		       slave->port.partner.state);
	printf("}");
}

static void show(const struct vk *vk)
{
	bool first = true;

	printf("{");
	for (int i = 0; i < vk->top; i++) {
		const struct vk_link *link = &vk->links[i];

		if (!link->kind)
			continue;
		printf("%s\"%s\": {", first ? "" : ", ", link->name);
		first = false;
		printf("\"ifindex\": %d, ", link->ifindex);
		show_flags(vk, i);
		printf(
		    ", \"operstate\": \"%s\", \"linkmode\": %d, "
		    "\"protodown\": %d",
		    oper_names[link->admin_up ? link->operstate : VK_OPER_DOWN],
		    link->mode_dormant, link->protodown);
		show_name(vk, "master", link->slave.bond);
		if (link->kind == VK_BOND)
			show_bond(vk, i);
		if (link->slave.bond >= 0)
			show_slave(vk, i);
		printf("}");
	}
	printf("}\n");
	(void)fflush(stdout);
}

/* Prints how long it took until nothing changed any more. */
static void settle(struct vk *vk)
{
	int64_t begin_ms = vk->now_ms, last_ms = begin_ms;
	bool settled = vk_settle(vk, SETTLE_MS);

	for (int i = 0; i < vk->top; i++) {
		if (vk->links[i].kind && vk->links[i].touched_ms > last_ms)
			last_ms = vk->links[i].touched_ms;
	}
	printf("%" PRId64 "\n", settled ? last_ms - begin_ms : -1);
	(void)fflush(stdout);
}

static int run(struct vk *vk)
{
	char line[OP_LINE_MAX];
	struct op op;

	while (fgets(line, sizeof(line), stdin)) {
		line[strcspn(line, "\n")] = '\0';
		if (line[0] == '\0' || line[0] == '#')
			continue;
		if (strcmp(line, "new") == 0) {
			vk_init(vk, vk->version, vk->now_ms);
			printf("0\n");
			(void)fflush(stdout);
		} else if (strcmp(line, "show") == 0) {
			show(vk);
		} else if (strcmp(line, "settle") == 0) {
			settle(vk);
		} else if (op_parse(line, &op)) {
			(void)fprintf(stderr, "no operation: %s\n", line);
			return 2;
		} else {
			printf("%d\n", op_apply(vk, &op));
			(void)fflush(stdout);
		}
	}
	return 0;
}

/* Can a lab do it, which has no machine's ports and one ARP target? LACP by way
   of another bond is what each of its slaves' partners makes of it. */
static bool in_lab(const struct vk *vk, const struct op *op)
{
	int slot = vk_find(vk, op->name), other = vk_find(vk, op->other);

	if (op->kind == OP_ADD)
		return op->link_kind != VK_NIC;
	if (op->kind == OP_ENSLAVE && slot >= 0 && other >= 0)
		return vk->links[slot].kind != VK_BOND ||
		       vk->links[other].kind != VK_BOND ||
		       !vk_is_lacp(vk, other);
	return op->kind != OP_OPTION || op->option != IFLA_BOND_ARP_IP_TARGET ||
	       op->value;
}

#define WORLD_OPS 60

/* Applies and prints one. False if the world never settles after it: what an
   ARP monitor that tries one slave after the other is at is chance. */
static bool draw_one(struct vk *vk, const struct op *op)
{
	char line[OP_LINE_MAX];

	(void)op_print(op, line, sizeof(line));
	printf("%s\n", line);
	(void)op_apply(vk, op);
	return vk_settle(vk, SETTLE_MS);
}

/* A world that something can happen in: cables, and two bonds of them. */
static long begin_world(struct vk *vk, uint64_t *rng)
{
	struct op op;
	long count = 0;

	vk_init(vk, vk->version, vk->now_ms);
	printf("new\n");
	while (count < 14) {
		op_random(rng, vk, &op);
		if (count < 6	? op.kind != OP_ADD
		    : count < 8 ? op.kind != OP_ADD_BOND
				: op.kind != OP_ENSLAVE && op.kind != OP_ADMIN)
			continue;
		if (!in_lab(vk, &op) || (op.kind == OP_ADMIN && !op.value))
			continue;
		count++;
		if (!draw_one(vk, &op))
			return WORLD_OPS;
	}
	return count;
}

static void draw(struct vk *vk, uint64_t rng, long count)
{
	struct op op;
	long in_world = WORLD_OPS;

	for (long i = 0; i < count; i++) {
		if (in_world >= WORLD_OPS) {
			in_world = begin_world(vk, &rng);
			continue;
		}
		do
			op_random(&rng, vk, &op);
		while (!in_lab(vk, &op));
		in_world++;
		if (!draw_one(vk, &op))
			in_world = WORLD_OPS;
	}
}

static void count_bytes(void *ctx, const void *bytes, size_t length)
{
	(void)bytes;
	*(uint64_t *)ctx += length;
}

static void bench(struct vk *vk, uint64_t rng, long count)
{
	uint64_t bytes = 0;
	clock_t begin = clock();
	struct op op;
	double s;

	vk->sink = count_bytes;
	vk->sink_ctx = &bytes;
	for (long i = 0; i < count; i++) {
		op_random(&rng, vk, &op);
		(void)op_apply(vk, &op);
		vk_advance(vk, vk->now_ms + op_below(&rng, 200));
	}
	s = (double)(clock() - begin) / CLOCKS_PER_SEC;
	printf("%ld operations, %" PRIu64 " messages, %" PRIu64
	       " bytes, %.0f s of the world in %.2f s: %.0f operations/s\n",
	       count, vk->messages, bytes, (double)vk->now_ms / 1000, s,
	       (double)count / s);
}

int main(int argc, char **argv)
{
	static struct vk vk;
	const char *version = getenv("VK_VERSION");

	vk_init(&vk, version ? atoi(version) : 0, 1000000);
	if (argc == 1)
		return run(&vk);
	if (argc != 4)
		return 2;
	if (strcmp(argv[1], "draw") == 0)
		draw(&vk, strtoull(argv[2], NULL, 10), atol(argv[3]));
	else
		bench(&vk, strtoull(argv[2], NULL, 10), atol(argv[3]));
	return 0;
}
