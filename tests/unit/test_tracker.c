/* SPDX-License-Identifier: BSD-2-Clause */
/* Events and dumps into a set: what is known afterwards, and what is told. */
#include <linux/if_bonding.h>
#include <linux/if_link.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "decision/discrepancy_step.h"
#include "decision/finding.h"
#include "sync/tracker.h"

#define UP   (LINK_FLAG_UP | LINK_FLAG_RUNNING | LINK_FLAG_LOWER_UP)
#define DOWN LINK_FLAG_UP

struct fixture {
	struct bond_set set;
	struct tracker tracker;
	struct link_batch batch;
	char told[1024]; /* events since told() was last asked */
	int need_ifindex;
};

static void on_event(void *ctx, const struct event *event,
		     const struct bond *bond)
{
	static const char *const names[] = {
		[EVENT_DISCREPANCY_CLEARED] = "cleared",
		[EVENT_ACTIVE_SLAVE_CHANGED] = "active",
		[EVENT_BOND_ADDED] = "bond+",
		[EVENT_BOND_REMOVED] = "bond-",
		[EVENT_SLAVE_ADDED] = "slave+",
		[EVENT_SLAVE_REMOVED] = "slave-",
		[EVENT_SLAVE_LOWER_UP] = "up",
		[EVENT_SLAVE_LOWER_DOWN] = "down",
	};
	struct fixture *f = ctx;
	size_t length = strlen(f->told);

	assert_int_equal(event->bond, bond->link.ifindex);
	if (event->type == EVENT_BOND_ADDED ||
	    event->type == EVENT_BOND_REMOVED)
		assert_int_equal(event->slave, 0);
	(void)snprintf(f->told + length, sizeof(f->told) - length, "%s(%s%s%s)",
		       names[event->type], event->bond_name,
		       event->slave_name[0] ? " " : "", event->slave_name);
}

static int setup(void **state)
{
	static struct fixture f;

	memset(&f, 0, sizeof(f));
	bond_set_init(&f.set);
	tracker_init(&f.tracker, &f.set);
	f.tracker.sink.emit = on_event;
	f.tracker.sink.ctx = &f;
	link_batch_init(&f.batch);
	*state = &f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	bond_set_fini(&f->set);
	link_batch_fini(&f->batch);
	return 0;
}

/* Exactly these events were told since the last time. */
static void assert_told(struct fixture *f, const char *expected)
{
	assert_string_equal(f->told, expected);
	f->told[0] = '\0';
}

static struct link_event link_of(int ifindex, const char *name,
				 unsigned int flags)
{
	struct link_event event;

	memset(&event, 0, sizeof(event));
	event.link.ifindex = ifindex;
	event.link.flags = flags;
	(void)snprintf(event.link.name, sizeof(event.link.name), "%s", name);
	return event;
}

static struct link_event bond_of(int ifindex, const char *name, int active)
{
	struct link_event event = link_of(ifindex, name, UP);

	event.kind = LINK_KIND_BOND;
	event.bond.present =
	    BOND_ATTR_BIT(IFLA_BOND_MODE) | BOND_ATTR_BIT(IFLA_BOND_MIIMON);
	event.bond.mode = BOND_MODE_ACTIVEBACKUP;
	event.bond.miimon_ms = 100;
	if (active) {
		event.bond.present |= BOND_ATTR_BIT(IFLA_BOND_ACTIVE_SLAVE);
		event.bond.active_slave = (uint32_t)active;
	}
	return event;
}

static struct link_event slave_of(int ifindex, const char *name,
				  unsigned int flags, int master)
{
	struct link_event event = link_of(ifindex, name, flags);

	event.master = master;
	event.bond_slave = true;
	event.slave.present = SLAVE_ATTR_BIT(IFLA_BOND_SLAVE_MII_STATUS);
	event.slave.mii_status = BOND_LINK_UP;
	return event;
}

static void put(struct fixture *f, struct link_event event)
{
	assert_int_equal(link_batch_add(&f->batch, &event), 0);
}

static void dump(struct fixture *f, int scope, int64_t now_ms)
{
	for (size_t i = 0; i < f->set.count; i++) {
		f->set.bonds[i].changed = false;
		f->set.bonds[i].restart_grace = false;
		f->set.bonds[i].reread_at_ms = 0;
	}
	assert_int_equal(tracker_dump(&f->tracker, &f->batch, scope, now_ms),
			 0);
	/* Whoever may not sort them finds them sorted. */
	assert_int_equal(f->set.masters.sorted, f->set.masters.count);
	link_batch_clear(&f->batch);
}

static int tell(struct fixture *f, struct link_event event, int64_t now_ms)
{
	f->need_ifindex = 0;
	return tracker_event(&f->tracker, &event, now_ms, &f->need_ifindex);
}

/* bond0 (10) with v1 (1, up) and v2 (2, down), and no words about it. */
static void start(struct fixture *f)
{
	f->tracker.quiet = true;
	put(f, bond_of(10, "bond0", 1));
	put(f, slave_of(1, "v1", UP, 10));
	put(f, slave_of(2, "v2", DOWN, 10));
	dump(f, 0, 1000);
	f->tracker.quiet = false;
	assert_told(f, "");
	f->set.bonds[0].changed = false;
	f->set.bonds[0].restart_grace = false;
	f->set.table_changed_ms = 0;
	f->set.state_changed_ms = 0;
}

static void put_start(struct fixture *f)
{
	put(f, bond_of(10, "bond0", 1));
	put(f, slave_of(1, "v1", UP, 10));
	put(f, slave_of(2, "v2", DOWN, 10));
}

static void test_first_dump(void **state)
{
	struct fixture *f = *state;
	const struct bond *bond;
	const struct slave *slave;

	start(f);
	assert_int_equal(f->set.count, 1);
	bond = bond_set_get(&f->set, 10);
	assert_non_null(bond);
	assert_string_equal(bond->link.name, "bond0");
	assert_int_equal(bond->slave_count, 2);
	assert_int_equal(bond->began_ms, 1000);
	assert_int_equal(bond->active_slave_changes, 0);
	assert_int_equal(bond->verdict.effective, CARRIER_UNKNOWN);
	assert_int_equal(bond->attrs.miimon_ms, 100);
	slave = bond_slave(bond, 2);
	assert_non_null(slave);
	assert_int_equal(slave->link.flags, DOWN);
	assert_int_equal(slave->began_ms, 1000);
	assert_int_equal(slave->lower_up_changed_ms, 1000);
	assert_int_equal(slave->lower_up_transitions, 0);
}

/* Slaves first: the order of a dump means nothing. */
static void test_added_is_told(void **state)
{
	struct fixture *f = *state;

	put(f, slave_of(2, "v2", DOWN, 10));
	put(f, slave_of(1, "v1", UP, 10));
	put(f, slave_of(3, "v3", UP, 77)); /* of no bond we see */
	put(f, bond_of(10, "bond0", 1));
	dump(f, 0, 1000);
	assert_told(f, "bond+(bond0)slave+(bond0 v1)slave+(bond0 v2)");
	assert_int_equal(f->set.table_changed_ms, 1000);
	assert_true(f->set.bonds[0].changed);
	/* Until it is judged nothing is known of it. */
	assert_int_equal(f->set.bonds[0].began_ms, 1000);
	assert_int_equal(f->set.bonds[0].effective_changed_ms, 1000);
	assert_int_equal(f->set.bonds[0].discrepancy_changed_ms, 1000);
	assert_int_equal(f->set.bonds[0].verdict.effective, CARRIER_UNKNOWN);
	assert_int_equal(f->set.bonds[0].verdict.reason,
			 CARRIER_REASON_NOT_SYNCHRONISED);
	assert_int_equal(f->set.bonds[0].slaves[0].corrected, CARRIER_UNKNOWN);
}

static void test_same_dump_changes_nothing(void **state)
{
	struct fixture *f = *state;

	start(f);
	put_start(f);
	/* An inner bond comes twice. */
	put(f, slave_of(2, "v2", DOWN, 10));
	dump(f, 0, 2000);
	assert_told(f, "");
	assert_false(f->set.bonds[0].changed);
	assert_false(f->set.bonds[0].restart_grace);
	assert_int_equal(f->set.table_changed_ms, 0);
	assert_int_equal(f->set.state_changed_ms, 0);
	assert_int_equal(f->set.bonds[0].slave_count, 2);
}

static void test_slave_event(void **state)
{
	struct fixture *f = *state;
	const struct slave *slave;

	start(f);
	assert_int_equal(tell(f, slave_of(1, "v1", DOWN, 10), 3000),
			 TRACKER_NEEDS_BOND);
	assert_told(f, "down(bond0 v1)");
	slave = bond_slave(&f->set.bonds[0], 1);
	assert_int_equal(slave->lower_up_transitions, 1);
	assert_int_equal(slave->lower_up_changed_ms, 3000);
	assert_int_equal(slave->link.flags, DOWN);
	assert_true(f->set.bonds[0].changed);
	assert_false(f->set.bonds[0].restart_grace);
	assert_int_equal(f->set.state_changed_ms, 3000);
	assert_int_equal(f->set.table_changed_ms, 0);
	assert_int_equal(f->set.bonds[0].reread_at_ms, 3050);
	/* The next event does not put the re-read off. */
	(void)tell(f, slave_of(1, "v1", UP, 10), 3040);
	assert_told(f, "up(bond0 v1)");
	assert_int_equal(slave->lower_up_transitions, 2);
	assert_int_equal(f->set.bonds[0].reread_at_ms, 3050);
}

static struct link_event distrusted(int ifindex)
{
	struct link_event event = link_of(ifindex, "", 0);

	event.link.distrusted = true;
	return event;
}

static bool tell_changes(struct fixture *f, struct link_event event)
{
	f->set.bonds[0].changed = false;
	(void)tell(f, event, 2000);
	return f->set.bonds[0].changed;
}

/* Each of these alone is a reason to judge, and the same again is none. */
static void test_what_is_to_judge(void **state)
{
	struct fixture *f = *state;
	struct link_event links[7];

	start(f);
	for (int bond = 0; bond < 2; bond++) {
		struct link_event event =
		    bond ? bond_of(10, "bond0", 1) : slave_of(1, "v1", UP, 10);

		for (int i = 0; i < 7; i++)
			links[i] = event;
		links[1].link.flags = DOWN;
		links[2].link.has_operstate = true;
		links[3].link.has_operstate = true;
		links[3].link.operstate = 6;
		links[4].link.lower = 7;
		(void)strcpy(links[5].link.name, "renamed");
		if (bond)
			links[6].bond.min_links = 1;
		else
			links[6].slave.mii_status = BOND_LINK_DOWN;
		(void)tell(f, event, 2000);
		for (int i = 1; i < 7; i++) {
			assert_true(tell_changes(f, links[i]));
			assert_false(tell_changes(f, links[i]));
			if (i != 2) /* to the operstate alone */
				assert_true(tell_changes(f, event));
		}
		(void)tell(f, distrusted(bond ? 10 : 1), 2000);
		assert_true(tell_changes(f, event));
		assert_false(tell_changes(f, event));
	}
}

static void test_new_is_not_believed_from_an_event(void **state)
{
	struct fixture *f = *state;

	start(f);
	assert_int_equal(tell(f, bond_of(20, "bond1", 0), 2000),
			 TRACKER_NEEDS_NOW);
	assert_int_equal(f->need_ifindex, 20);
	assert_int_equal(f->set.count, 1);
	/* A new slave of a known bond: that bond is due at once. */
	assert_int_equal(tell(f, slave_of(3, "v3", UP, 10), 2000),
			 TRACKER_NEEDS_BOND);
	assert_int_equal(f->set.bonds[0].reread_at_ms, 2000);
	assert_int_equal(f->set.bonds[0].slave_count, 2);
	/* A slave of an unheard-of bond. */
	assert_int_equal(tell(f, slave_of(4, "v4", UP, 30), 2000),
			 TRACKER_NEEDS_NOW);
	assert_int_equal(f->need_ifindex, 30);
	assert_told(f, "");
}

static void test_others_are_no_business_of_ours(void **state)
{
	struct fixture *f = *state;
	struct link_event gone = bond_of(20, "bond1", 0);
	struct link_event port = link_of(6, "p", UP);

	start(f);
	gone.gone = true;
	port.master = 10; /* says so, but is no bond's slave */
	assert_int_equal(tell(f, link_of(5, "eth0", UP), 2000),
			 TRACKER_NEEDS_NOTHING);
	assert_int_equal(tell(f, gone, 2000), TRACKER_NEEDS_NOTHING);
	assert_int_equal(tell(f, port, 2000), TRACKER_NEEDS_NOTHING);
	assert_false(f->set.bonds[0].changed);
	assert_int_equal(f->set.bonds[0].reread_at_ms, 0);
	/* A slave of a bond in another namespace. */
	assert_int_equal(tell(f, slave_of(9, "v9", UP, 0), 2000),
			 TRACKER_NEEDS_NOTHING);
}

static void test_release(void **state)
{
	struct fixture *f = *state;

	start(f);
	/* No master any more, nor anything of a slave. */
	assert_int_equal(tell(f, link_of(1, "v1", UP), 2000),
			 TRACKER_NEEDS_BOND);
	assert_int_equal(f->set.bonds[0].reread_at_ms, 2000);
	assert_int_equal(f->set.bonds[0].slave_count, 2);
	/* Should it be a slave still, it has joined again. */
	assert_true(f->set.bonds[0].restart_grace);
	assert_told(f, "");
	put(f, bond_of(10, "bond0", 0));
	put(f, slave_of(2, "v2", DOWN, 10));
	dump(f, 10, 2001);
	assert_told(f, "active(bond0)slave-(bond0 v1)");
	assert_int_equal(f->set.bonds[0].slave_count, 1);
	assert_int_equal(f->set.table_changed_ms, 2001);
	assert_true(f->set.bonds[0].changed);
}

/* Enslaving: events without a master are still queued when a dump has seen
   the slave already. It is not removed for them. */
static void test_stale_event_removes_nothing(void **state)
{
	struct fixture *f = *state;

	start(f);
	(void)tell(f, link_of(1, "v1", UP), 2000);
	put_start(f);
	dump(f, 10, 2001);
	assert_told(f, "");
	assert_int_equal(f->set.bonds[0].slave_count, 2);
}

static void test_slave_joins(void **state)
{
	struct fixture *f = *state;
	const struct bond *bond;

	start(f);
	put_start(f);
	put(f, slave_of(3, "v3", UP, 10));
	dump(f, 10, 2000);
	bond = &f->set.bonds[0];
	assert_told(f, "slave+(bond0 v3)");
	assert_true(bond->restart_grace);
	assert_true(bond->changed);
	assert_int_equal(bond->slave_count, 3);
	assert_int_equal(bond_slave(bond, 3)->began_ms, 2000);
	assert_int_equal(f->set.table_changed_ms, 2000);
}

static void put_two_bonds(struct fixture *f, int v2_master)
{
	put(f, bond_of(10, "bond0", 1));
	put(f, bond_of(20, "bond1", 0));
	put(f, slave_of(1, "v1", UP, 10));
	put(f, slave_of(2, "v2", DOWN, v2_master));
}

static void test_slave_moves(void **state)
{
	struct fixture *f = *state;

	put_two_bonds(f, 10);
	dump(f, 0, 1000);
	f->told[0] = '\0';
	put_two_bonds(f, 20);
	dump(f, 0, 2000);
	assert_told(f, "slave-(bond0 v2)slave+(bond1 v2)");
	/* And back, seen by the event, then by the one bond's dump. */
	assert_int_equal(tell(f, slave_of(2, "v2", DOWN, 10), 3000),
			 TRACKER_NEEDS_BOND);
	assert_int_equal(bond_set_get(&f->set, 10)->reread_at_ms, 3000);
	assert_int_equal(bond_set_get(&f->set, 20)->reread_at_ms, 3000);
	put_start(f);
	dump(f, 10, 3001);
	assert_told(f, "slave-(bond1 v2)slave+(bond0 v2)");
	assert_int_equal(bond_set_get(&f->set, 20)->slave_count, 0);
	assert_true(bond_set_get(&f->set, 20)->changed);
	assert_int_equal(bond_set_get(&f->set, 20)->reread_at_ms, 3001);
	assert_int_equal(bond_set_get(&f->set, 10)->slave_count, 2);
}

static void test_bond_deleted(void **state)
{
	struct fixture *f = *state;
	struct link_event gone = bond_of(10, "bond0", 0);

	start(f);
	gone.gone = true;
	assert_int_equal(tell(f, gone, 2000), TRACKER_NEEDS_BOND);
	assert_int_equal(f->set.bonds[0].reread_at_ms, 2000);
	assert_true(f->set.bonds[0].restart_grace);
	dump(f, 10, 2001); /* empty: there is no such bond */
	assert_told(f, "slave-(bond0 v1)slave-(bond0 v2)bond-(bond0)");
	assert_int_equal(f->set.count, 0);
	assert_int_equal(f->set.table_changed_ms, 2001);
}

static void ignore_emit(void *ctx, const struct discrepancy *item, bool raised)
{
	(void)ctx;
	(void)item;
	(void)raised;
}

/* What is raised is cleared before the bond goes. */
static void test_deleted_with_a_raise(void **state)
{
	struct fixture *f = *state;
	struct discrepancy_policy policy = { 0 };
	struct finding finding = { DISCREPANCY_FALSE_UP, 0 };
	struct finding_list findings = { &finding, 1, 1 };

	start(f);
	for (int64_t now_ms = 1000; now_ms < 3000; now_ms += 999)
		assert_int_equal(
		    discrepancy_step(&f->set.bonds[0].discrepancies,
				     &f->set.bonds[0], &findings, &policy,
				     false, now_ms, ignore_emit, NULL),
		    0);
	dump(f, 0, 4000);
	assert_told(f, "cleared(bond0)slave-(bond0 v1)slave-(bond0 v2)"
		       "bond-(bond0)");
}

/* Another bond is not swept by a dump of this one. */
static void test_scope(void **state)
{
	struct fixture *f = *state;

	put_two_bonds(f, 20);
	dump(f, 0, 1000);
	f->told[0] = '\0';
	put(f, bond_of(10, "bond0", 1));
	put(f, slave_of(1, "v1", UP, 10));
	/* Of another bond, by whatever way it came in: not its business. */
	put(f, slave_of(9, "v9", UP, 20));
	put(f, bond_of(30, "bond3", 0));
	dump(f, 10, 2000);
	assert_told(f, "");
	assert_int_equal(f->set.count, 2);
	assert_int_equal(bond_set_get(&f->set, 20)->slave_count, 1);
}

/* One goes, and the others rest, whatever marks they have from when they
   came. */
static void test_others_rest_when_one_goes(void **state)
{
	struct fixture *f = *state;

	for (int ifindex = 10; ifindex < 14; ifindex++) {
		put(f, bond_of(ifindex, "bond", 0));
		put(f, slave_of(ifindex + 10, "v", UP, ifindex));
	}
	f->tracker.quiet = true;
	dump(f, 0, 1000);
	f->tracker.quiet = false;
	dump(f, 10, 2000); /* empty: there is no such bond */
	assert_told(f, "slave-(bond v)bond-(bond)");
	put(f, bond_of(12, "bond", 0));
	dump(f, 12, 3000);
	assert_told(f, "slave-(bond v)");
	dump(f, 13, 4000);
	assert_told(f, "slave-(bond v)bond-(bond)");
	assert_int_equal(f->set.count, 2);
	assert_int_equal(bond_set_get(&f->set, 11)->slave_count, 1);
	assert_int_equal(bond_set_get(&f->set, 12)->slave_count, 0);
}

static void test_rename(void **state)
{
	struct fixture *f = *state;
	uint64_t changes;

	start(f);
	changes = f->set.carrier_changes;
	assert_int_equal(tell(f, bond_of(10, "uplink", 1), 2000),
			 TRACKER_NEEDS_BOND);
	assert_int_equal(f->set.carrier_changes, changes + 1);
	assert_string_equal(f->set.bonds[0].link.name, "uplink");
	assert_int_equal(f->set.table_changed_ms, 2000);
	assert_false(f->set.bonds[0].restart_grace);
	(void)tell(f, slave_of(1, "left", UP, 10), 3000);
	assert_string_equal(f->set.bonds[0].slaves[0].link.name, "left");
	assert_int_equal(f->set.table_changed_ms, 3000);
	assert_told(f, "");
	/* The number is a bond of another name. Should what is queued say
	   nothing of it, it is renamed, and history goes on. */
	for (int i = 0; i < 2; i++) {
		assert_string_equal(f->set.bonds[0].link.name, "uplink");
		put(f, bond_of(10, "bond0", 1));
		put(f, slave_of(1, "left", UP, 10));
		dump(f, 0, 4000);
		assert_int_equal(f->set.bonds[0].slave_count, 2 - i);
		assert_int_equal(f->set.bonds[0].reread_at_ms,
				 i ? 0 : 4000 + TRACKER_REREAD_MS);
		tracker_caught_up(&f->tracker);
	}
	assert_string_equal(f->set.bonds[0].link.name, "bond0");
	assert_told(f, "slave-(bond0 v2)");
	assert_int_equal(f->set.bonds[0].began_ms, 1000);
	assert_int_equal(f->set.table_changed_ms, 4000);
}

static void test_options_of_a_slave(void **state)
{
	struct fixture *f = *state;

	start(f);
	for (int i = 0; i < 3; i++) {
		struct link_event slave = slave_of(1, "v1", UP, 10);

		(void)tell(f, slave, 2000);
		f->set.table_changed_ms = 0;
		if (i == 0)
			slave.slave.prio = 1;
		if (i == 1)
			slave.slave.queue_id = 1;
		if (i == 2)
			slave.slave.actor_port_prio = 1;
		(void)tell(f, slave, 3000);
		assert_int_equal(f->set.table_changed_ms, 3000);
		(void)tell(f, slave, 4000);
		assert_int_equal(f->set.table_changed_ms, 3000);
	}
}

/* The number is another kind of link now: a DELLINK was missed. */
static void test_number_reused(void **state)
{
	struct fixture *f = *state;

	start(f);
	assert_int_equal(tell(f, link_of(10, "dummy0", UP), 2000),
			 TRACKER_NEEDS_BOND);
	assert_int_equal(f->set.bonds[0].reread_at_ms, 2000);
	put(f, link_of(10, "dummy0", UP));
	dump(f, 0, 2001);
	assert_told(f, "slave-(bond0 v1)slave-(bond0 v2)bond-(bond0)");
}

static void raise(struct fixture *f, enum discrepancy_kind kind, int slave,
		  const char *name)
{
	assert_int_equal(discrepancy_restore(&f->set.bonds[0].discrepancies,
					     kind, f->set.bonds[0].link.name,
					     slave, name, 500),
			 0);
}

static struct link_event deleted(struct link_event event)
{
	event.gone = true;
	return event;
}

/* Deleted and made in one go, as another one: it inherits nothing, and what is
   said last of the old one bears its name. */
static void test_bond_made_again(void **state)
{
	struct fixture *f = *state;
	const struct bond *bond;

	start(f);
	tracker_caught_up(&f->tracker);
	raise(f, DISCREPANCY_FALSE_UP, 0, "");
	f->set.bonds[0].discrepancy_raises = 1;
	(void)tell(f, deleted(bond_of(10, "bond0", 0)), 2000);
	assert_int_equal(tell(f, bond_of(10, "other", 2), 2000),
			 TRACKER_NEEDS_BOND);
	(void)tell(f, slave_of(1, "v1", DOWN, 10), 2000);
	assert_told(f, "");
	assert_int_equal(f->set.bonds[0].reread_at_ms, 2000);
	put(f, bond_of(10, "other", 1));
	put(f, slave_of(1, "v1", DOWN, 10));
	dump(f, 10, 2001);
	assert_told(f, "cleared(bond0)slave-(bond0 v1)slave-(bond0 v2)"
		       "bond-(bond0)bond+(other)slave+(other v1)");
	assert_int_equal(f->set.count, 1);
	bond = &f->set.bonds[0];
	assert_int_equal(bond->began_ms, 2001);
	assert_int_equal(bond->discrepancies.count, 0);
	assert_int_equal(bond->discrepancy_raises, 0);
	assert_int_equal(bond->slave_count, 1);
	assert_int_equal(bond->slaves[0].began_ms, 2001);
	assert_int_equal(bond->slaves[0].lower_up_transitions, 0);
}

/* The dump comes between: it shows the new one before the end of the old one
   is heard of. */
static void test_bond_made_again_unheard(void **state)
{
	struct fixture *f = *state;

	start(f);
	tracker_caught_up(&f->tracker);
	raise(f, DISCREPANCY_FALSE_UP, 0, "");
	for (int i = 0; i < 2; i++) {
		put(f, bond_of(10, "other", 0));
		put(f, slave_of(1, "v1", UP, 10));
		dump(f, 0, 2000);
		assert_told(f, i ? "cleared(bond0)slave-(bond0 v1)"
				   "slave-(bond0 v2)bond-(bond0)"
				   "bond+(other)slave+(other v1)"
				 : "");
		(void)tell(f, deleted(bond_of(10, "bond0", 0)), 2001);
		(void)tell(f, bond_of(10, "other", 0), 2001);
	}
}

/* ... nor another bond's that the dump shows before it. */
static void test_second_bond_made_again_unheard(void **state)
{
	struct fixture *f = *state;

	put_two_bonds(f, 20);
	dump(f, 0, 1000);
	f->told[0] = '\0';
	tracker_caught_up(&f->tracker);
	put(f, bond_of(10, "bond0", 1));
	put(f, slave_of(1, "v1", UP, 10));
	put(f, bond_of(20, "other", 0));
	put(f, slave_of(2, "v2", UP, 20));
	dump(f, 0, 2000);
	assert_told(f, "");
	assert_string_equal(f->set.bonds[1].link.name, "bond1");
}

/* Nothing was queued, so it is renamed; and the next time again. */
static void test_renamed_unheard(void **state)
{
	static const char *const names[] = { "one", "two" };
	struct fixture *f = *state;

	start(f);
	for (int i = 0; i < 2; i++) {
		tracker_caught_up(&f->tracker);
		put(f, bond_of(10, names[i], 1));
		put(f, slave_of(1, "v1", UP, 10));
		put(f, slave_of(2, "v2", DOWN, 10));
		dump(f, 0, 2000);
		assert_string_not_equal(f->set.bonds[0].link.name, names[i]);
		tracker_caught_up(&f->tracker);
		put(f, bond_of(10, names[i], 1));
		put(f, slave_of(1, "v1", UP, 10));
		put(f, slave_of(2, "v2", DOWN, 10));
		dump(f, 0, 2050);
		assert_string_equal(f->set.bonds[0].link.name, names[i]);
		assert_told(f, "");
	}
}

/* An event has the known name: what a later dump shows is doubtful again. */
static void test_doubt_that_is_over(void **state)
{
	struct fixture *f = *state;

	start(f);
	tracker_caught_up(&f->tracker);
	for (int i = 0; i < 2; i++) {
		put(f, bond_of(10, "bond0", 1));
		put(f, slave_of(1, "new", UP, 10));
		put(f, slave_of(2, "v2", DOWN, 10));
		dump(f, 0, 2000);
		assert_string_equal(f->set.bonds[0].slaves[0].link.name, "v1");
		(void)tell(f, slave_of(1, "v1", UP, 10), 2010);
		tracker_caught_up(&f->tracker);
	}
	assert_told(f, "");
}

/* What is merged has an order: of each link the last word alone counts. */
static void test_merge_takes_the_last_word(void **state)
{
	struct fixture *f = *state;

	start(f);
	put(f, slave_of(1, "v1", DOWN, 10));
	put(f, slave_of(1, "v1", DOWN, 10));
	put(f, slave_of(1, "v1", UP, 10));
	put(f, slave_of(2, "v2", DOWN, 10));
	put(f, slave_of(2, "v2", UP, 10));
	dump(f, TRACKER_SCOPE_MERGE, 2000);
	assert_told(f, "up(bond0 v2)");
	assert_int_equal(f->set.bonds[0].slaves[0].lower_up_transitions, 0);
	assert_int_equal(f->set.bonds[0].slaves[1].lower_up_transitions, 1);
}

/* The message was queued before the dump that the bond came with: what that
   showed was made after it. */
static void test_end_of_one_before(void **state)
{
	struct fixture *f = *state;

	start(f);
	for (int i = 0; i < 2; i++) {
		(void)tell(f, deleted(bond_of(10, "bond0", 0)), 2000);
		(void)tell(f, deleted(slave_of(1, "v1", UP, 10)), 2000);
		assert_int_equal(f->set.bonds[0].reread_at_ms, 2000);
		put_start(f);
		dump(f, 0, 2000);
		assert_told(f, "");
	}
	tracker_caught_up(&f->tracker);
	(void)tell(f, deleted(bond_of(10, "bond0", 0)), 3000);
	for (int i = 0; i < 2; i++) {
		put_start(f);
		dump(f, 0, 3000);
		assert_told(f, i ? ""
				 : "slave-(bond0 v1)slave-(bond0 v2)"
				   "bond-(bond0)bond+(bond0)"
				   "slave+(bond0 v1)slave+(bond0 v2)");
		/* Once more, from before that dump. */
		(void)tell(f, deleted(bond_of(10, "bond0", 0)), 3000);
		(void)tell(f, deleted(slave_of(1, "v1", UP, 10)), 3000);
	}
	assert_int_equal(f->set.bonds[0].began_ms, 3000);
}

static void test_slave_made_again(void **state)
{
	struct fixture *f = *state;
	const struct slave *slave;

	start(f);
	tracker_caught_up(&f->tracker);
	raise(f, DISCREPANCY_SLAVE_FALSE_UP, 1, "v1");
	raise(f, DISCREPANCY_SLAVE_FALSE_UP, 2, "v2");
	(void)tell(f, slave_of(1, "v1", DOWN, 10), 1500);
	assert_told(f, "down(bond0 v1)");
	(void)tell(f, deleted(slave_of(1, "v1", DOWN, 10)), 2000);
	(void)tell(f, slave_of(1, "new", UP, 10), 2000);
	assert_told(f, "");
	put(f, bond_of(10, "bond0", 1));
	put(f, slave_of(1, "new", UP, 10));
	put(f, slave_of(2, "v2", DOWN, 10));
	dump(f, 10, 2001);
	assert_told(f, "cleared(bond0 v1)slave-(bond0 v1)slave+(bond0 new)");
	slave = &f->set.bonds[0].slaves[0];
	assert_int_equal(slave->began_ms, 2001);
	assert_int_equal(slave->lower_up_transitions, 0);
	assert_int_equal(f->set.bonds[0].discrepancies.count, 1);
	assert_int_equal(f->set.bonds[0].began_ms, 1000);
}

/* The dump comes between, as above: nothing is said of the old one under the
   new one's name. */
static void test_slave_made_again_unheard(void **state)
{
	struct fixture *f = *state;

	start(f);
	tracker_caught_up(&f->tracker);
	for (int i = 0; i < 2; i++) {
		put(f, bond_of(10, "bond0", 1));
		put(f, slave_of(1, "new", DOWN, 10));
		put(f, slave_of(2, "v2", DOWN, 10));
		dump(f, 10, 2000);
		assert_told(f, i ? "slave-(bond0 v1)slave+(bond0 new)" : "");
		(void)tell(f, deleted(slave_of(1, "v1", UP, 10)), 2001);
		(void)tell(f, slave_of(1, "new", DOWN, 10), 2001);
	}
	assert_int_equal(f->set.bonds[0].slaves[0].began_ms, 2000);
	assert_int_equal(f->set.bonds[0].slaves[0].lower_up_transitions, 0);
}

/* Nothing is heard of an end: it is renamed, and history goes on. */
static void test_slave_renamed_unheard(void **state)
{
	struct fixture *f = *state;

	start(f);
	tracker_caught_up(&f->tracker);
	for (int i = 0; i < 2; i++) {
		put(f, bond_of(10, "bond0", 1));
		put(f, slave_of(1, "new", DOWN, 10));
		put(f, slave_of(2, "v2", DOWN, 10));
		dump(f, 10, 2000);
		assert_told(f, i ? "down(bond0 new)" : "");
		assert_int_equal(f->set.bonds[0].reread_at_ms,
				 i ? 0 : 2000 + TRACKER_REREAD_MS);
		tracker_caught_up(&f->tracker);
	}
	assert_int_equal(f->set.bonds[0].slaves[0].began_ms, 1000);
}

/* One ended, and another one's dump: its time has not come. */
static void test_ended_beyond_the_scope(void **state)
{
	struct fixture *f = *state;

	put_two_bonds(f, 20);
	dump(f, 0, 1000);
	f->told[0] = '\0';
	tracker_caught_up(&f->tracker);
	(void)tell(f, deleted(bond_of(20, "bond1", 0)), 2000);
	dump(f, 10, 2000);
	assert_told(f, "slave-(bond0 v1)bond-(bond0)");
	dump(f, 20, 2000);
	assert_told(f, "slave-(bond1 v2)bond-(bond1)");
}

static bool not_mgmt(void *ctx, const char *name)
{
	(void)ctx;
	return strncmp(name, "mgmt", 4) != 0;
}

static void test_filter(void **state)
{
	struct fixture *f = *state;

	f->tracker.filter.wanted = not_mgmt;
	put(f, bond_of(10, "mgmt0", 0));
	put(f, slave_of(1, "v1", UP, 10));
	dump(f, 0, 1000);
	assert_int_equal(f->set.count, 0);
	assert_int_equal(tell(f, bond_of(10, "mgmt0", 0), 1500),
			 TRACKER_NEEDS_NOTHING);
	assert_int_equal(tell(f, slave_of(1, "v1", UP, 10), 1500),
			 TRACKER_NEEDS_NOTHING);
	/* Renamed into what is wanted. */
	assert_int_equal(tell(f, bond_of(10, "bond0", 0), 2000),
			 TRACKER_NEEDS_NOW);
	put(f, bond_of(10, "bond0", 0));
	put(f, slave_of(1, "v1", UP, 10));
	dump(f, 10, 2001);
	assert_told(f, "bond+(bond0)slave+(bond0 v1)");
	/* And out of it. */
	assert_int_equal(tell(f, bond_of(10, "mgmt1", 0), 3000),
			 TRACKER_NEEDS_BOND);
	assert_int_equal(f->set.bonds[0].reread_at_ms, 3000);
	put(f, bond_of(10, "mgmt1", 0));
	put(f, slave_of(1, "v1", UP, 10));
	dump(f, 10, 3001);
	assert_told(f, "slave-(bond0 v1)bond-(bond0)");
	assert_int_equal(f->set.count, 0);
}

static void test_active_slave(void **state)
{
	struct fixture *f = *state;
	const struct bond *bond;

	start(f);
	bond = &f->set.bonds[0];
	(void)tell(f, bond_of(10, "bond0", 2), 2000);
	assert_told(f, "active(bond0 v2)");
	assert_false(bond->restart_grace);
	(void)tell(f, bond_of(10, "bond0", 2), 2100);
	assert_told(f, "");
	(void)tell(f, bond_of(10, "bond0", 0), 2200);
	assert_told(f, "active(bond0)");
	(void)tell(f, bond_of(10, "bond0", 1), 2300);
	assert_told(f, "active(bond0 v1)");
	assert_int_equal(bond->active_slave_changes, 3);
	assert_int_equal(f->set.table_changed_ms, 0);
}

/* The name is worth waiting for: the dump brings it. */
static void test_active_slave_unheard_of(void **state)
{
	struct fixture *f = *state;
	struct bond *bond;

	start(f);
	bond = &f->set.bonds[0];
	(void)tell(f, bond_of(10, "bond0", 3), 2000);
	assert_told(f, "");
	assert_int_equal(bond->active_slave_changes, 1);
	assert_int_equal(bond->reread_at_ms, 2000);
	put(f, bond_of(10, "bond0", 3));
	put(f, slave_of(1, "v1", UP, 10));
	put(f, slave_of(3, "v3", UP, 10));
	dump(f, 10, 2000);
	assert_told(f, "slave-(bond0 v2)slave+(bond0 v3)active(bond0 v3)");

	/* The dump is the first to say anything. */
	put(f, bond_of(10, "bond0", 4));
	put(f, slave_of(3, "v3", UP, 10));
	put(f, slave_of(4, "v4", UP, 10));
	dump(f, 0, 3000);
	assert_told(f, "slave-(bond0 v1)slave+(bond0 v4)active(bond0 v4)");

	/* What nobody names is told by its number, and each only once. */
	(void)tell(f, bond_of(10, "bond0", 5), 4000);
	(void)tell(f, bond_of(10, "bond0", 4), 4000);
	assert_told(f, "active(bond0)active(bond0 v4)");
	(void)tell(f, bond_of(10, "bond0", 5), 5000);
	put(f, bond_of(10, "bond0", 5));
	put(f, slave_of(3, "v3", UP, 10));
	put(f, slave_of(4, "v4", UP, 10));
	dump(f, 10, 5000);
	assert_told(f, "active(bond0)");
	(void)tell(f, bond_of(10, "bond0", 6), 6000);
	dump(f, 0, 6000);
	assert_told(f, "active(bond0)slave-(bond0 v3)slave-(bond0 v4)"
		       "bond-(bond0)");
}

/* What is owed of one bond does not wait for another's dump, or end by it. */
static void test_active_slave_out_of_scope(void **state)
{
	struct fixture *f = *state;

	start(f);
	put(f, bond_of(20, "bond1", 0));
	dump(f, 20, 1500);
	assert_told(f, "bond+(bond1)");
	(void)tell(f, bond_of(10, "bond0", 3), 2000);
	put(f, bond_of(20, "bond1", 0));
	assert_int_equal(tracker_dump(&f->tracker, &f->batch, 20, 2000), 0);
	link_batch_clear(&f->batch);
	assert_told(f, "");
	put_start(f);
	f->batch.items[0].bond.active_slave = 3;
	put(f, slave_of(3, "v3", UP, 10));
	dump(f, 10, 2000);
	assert_told(f, "slave+(bond0 v3)active(bond0 v3)");
}

static void test_grace_restarts(void **state)
{
	struct fixture *f = *state;
	struct link_event event = bond_of(10, "bond0", 1);
	struct bond *bond;

	start(f);
	bond = &f->set.bonds[0];
	event.link.flags = 0;
	(void)tell(f, event, 2000);
	assert_false(bond->restart_grace);
	event.link.flags = UP;
	(void)tell(f, event, 2100);
	assert_true(bond->restart_grace);
	assert_int_equal(f->set.table_changed_ms, 0);

	bond->restart_grace = false;
	event.bond.miimon_ms = 50;
	(void)tell(f, event, 2200);
	assert_true(bond->restart_grace);
	assert_int_equal(f->set.table_changed_ms, 2200);

	/* State is no option; nor is what only root is told. */
	bond->restart_grace = false;
	event.bond.ad.aggregator = 3;
	event.bond.ad.present = 2;
	event.bond.ad_user_port_key = 7;
	event.bond.present |= BOND_ATTR_BIT(IFLA_BOND_AD_INFO) |
			      BOND_ATTR_BIT(IFLA_BOND_AD_USER_PORT_KEY);
	bond->changed = false;
	(void)tell(f, event, 2300);
	assert_true(bond->changed);
	assert_false(bond->restart_grace);
	assert_int_equal(f->set.table_changed_ms, 2200);
	assert_int_equal(bond->attrs.ad.aggregator, 3);
}

/* Since when the driver may be counting an updelay. */
static void test_held_since(void **state)
{
	static const struct {
		int mii;
		unsigned int flags;
		int64_t at_ms;
		int64_t held_ms;
	} rows[] = {
		{ BOND_LINK_DOWN, DOWN, 2000, 0 },
		{ BOND_LINK_DOWN, UP, 3000, 3000 },
		{ BOND_LINK_BACK, UP, 4000, 3000 },
		{ BOND_LINK_DOWN, UP, 5000, 3000 },
		{ BOND_LINK_UP, UP, 6000, 0 },
		{ BOND_LINK_BACK, UP, 7000, 7000 },
		{ BOND_LINK_BACK, DOWN, 8000, 0 },
		{ BOND_LINK_BACK, UP, 9000, 9000 },
		{ BOND_LINK_FAIL, UP, 10000, 0 },
		{ BOND_LINK_BACK, UP, 11000, 11000 },
		{ -1, UP, 12000, 0 },
	};
	struct fixture *f = *state;

	start(f);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct link_event event = slave_of(1, "v1", rows[i].flags, 10);

		if (rows[i].mii < 0)
			event.slave.present = 0;
		else
			event.slave.mii_status = (uint8_t)rows[i].mii;
		(void)tell(f, event, rows[i].at_ms);
		assert_int_equal(bond_slave(&f->set.bonds[0], 1)->held_ms,
				 rows[i].held_ms);
	}
}

/* Nobody counts while the bond is down, or with another interval. */
static void test_held_since_the_monitor_began(void **state)
{
	struct fixture *f = *state;
	struct link_event slave = slave_of(1, "v1", UP, 10);
	struct link_event bond = bond_of(10, "bond0", 1);

	start(f);
	slave.slave.mii_status = BOND_LINK_BACK;
	bond.link.flags = 0;
	(void)tell(f, bond, 2000);
	(void)tell(f, slave, 3000);
	bond.link.flags = UP;
	(void)tell(f, bond, 4000);
	assert_int_equal(bond_slave(&f->set.bonds[0], 1)->held_ms, 4000);
	bond.bond.miimon_ms *= 2;
	(void)tell(f, bond, 5000);
	assert_int_equal(bond_slave(&f->set.bonds[0], 1)->held_ms, 5000);
	(void)tell(f, bond, 6000);
	assert_int_equal(bond_slave(&f->set.bonds[0], 1)->held_ms, 5000);
	bond.bond.updelay_ms = 300;
	(void)tell(f, bond, 7000);
	assert_int_equal(bond_slave(&f->set.bonds[0], 1)->held_ms, 7000);
	/* Other options leave the monitor alone. */
	bond.bond.xmit_hash_policy ^= 1;
	bond.bond.downdelay_ms = 300;
	(void)tell(f, bond, 8000);
	assert_true(f->set.bonds[0].restart_grace);
	assert_int_equal(bond_slave(&f->set.bonds[0], 1)->held_ms, 7000);
	/* Every one that is held, and nobody else. */
	assert_int_equal(bond_slave(&f->set.bonds[0], 2)->held_ms, 0);
	slave = slave_of(2, "v2", UP, 10);
	slave.slave.mii_status = BOND_LINK_DOWN;
	(void)tell(f, slave, 9000);
	bond.bond.miimon_ms *= 2;
	(void)tell(f, bond, 9500);
	assert_int_equal(bond_slave(&f->set.bonds[0], 1)->held_ms, 9500);
	assert_int_equal(bond_slave(&f->set.bonds[0], 2)->held_ms, 9500);
}

/* When the driver enabled the slave's port, as far as it was seen. */
static void test_enabled_at(void **state)
{
	static const struct {
		uint8_t mii;
		int64_t at_ms;
		int64_t enabled_ms;
	} rows[] = {
		{ BOND_LINK_UP, 2000, 0 },
		{ BOND_LINK_DOWN, 3000, 0 },
		{ BOND_LINK_BACK, 4000, 0 },
		{ BOND_LINK_UP, 5000, 5000 },
		{ BOND_LINK_FAIL, 6000, 5000 },
		{ BOND_LINK_UP, 7000, 5000 },
		{ BOND_LINK_DOWN, 8000, 0 },
		{ BOND_LINK_UP, 9000, 9000 },
		/* Of a slave that is DOWN, without a known speed. */
		{ BOND_LINK_DOWN, 10000, 0 },
		{ BOND_LINK_FAIL, 11000, INT64_MAX },
		{ BOND_LINK_FAIL, 12000, INT64_MAX },
		{ BOND_LINK_UP, 13000, 13000 },
		{ BOND_LINK_FAIL, 14000, 13000 },
		{ BOND_LINK_DOWN, 15000, 0 },
		{ BOND_LINK_FAIL, 16000, INT64_MAX },
		{ BOND_LINK_DOWN, 17000, 0 },
	};
	struct fixture *f = *state;

	start(f);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct link_event event = slave_of(1, "v1", UP, 10);

		event.slave.mii_status = rows[i].mii;
		(void)tell(f, event, rows[i].at_ms);
		assert_int_equal(bond_slave(&f->set.bonds[0], 1)->enabled_ms,
				 rows[i].enabled_ms);
	}
}

static struct link_event ports_of(int ifindex, uint16_t num_ports)
{
	struct link_event event = bond_of(ifindex, "bond0", 0);

	event.bond.mode = BOND_MODE_8023AD;
	event.bond.present |= BOND_ATTR_BIT(IFLA_BOND_AD_INFO);
	event.bond.ad.present = BOND_AD_INFO_BIT(IFLA_BOND_AD_INFO_NUM_PORTS);
	event.bond.ad.num_ports = num_ports;
	return event;
}

/* Since when the active aggregator has no port, as far as it was seen. */
static void test_no_ports_since(void **state)
{
	struct fixture *f = *state;
	const struct bond *bond;

	put(f, ports_of(10, 0));
	dump(f, 0, 1000);
	bond = bond_set_get(&f->set, 10);
	assert_non_null(bond);
	assert_int_equal(bond->no_ports_since_ms, 0);
	(void)tell(f, ports_of(10, 0), 2000);
	assert_int_equal(bond->no_ports_since_ms, 0);
	(void)tell(f, ports_of(10, 1), 3000);
	assert_int_equal(bond->no_ports_since_ms, 0);
	(void)tell(f, ports_of(10, 0), 4000);
	(void)tell(f, ports_of(10, 0), 5000);
	assert_int_equal(bond->no_ports_since_ms, 4000);
	(void)tell(f, bond_of(10, "bond0", 0), 6000);
	assert_int_equal(bond->no_ports_since_ms, 0);
	(void)tell(f, ports_of(10, 0), 7000);
	assert_int_equal(bond->no_ports_since_ms, 7000);
}

static void test_distrusted_event(void **state)
{
	struct fixture *f = *state;
	struct bond *bond;

	start(f);
	bond = &f->set.bonds[0];
	assert_int_equal(tell(f, distrusted(99), 2000), TRACKER_NEEDS_NOTHING);
	assert_false(bond->changed);
	assert_int_equal(tell(f, distrusted(10), 2000), TRACKER_NEEDS_BOND);
	assert_true(bond->link.distrusted);
	assert_true(bond->changed);
	assert_int_equal(bond->reread_at_ms, 2000);
	assert_string_equal(bond->link.name, "bond0");
	bond->reread_at_ms = 0;
	assert_int_equal(tell(f, distrusted(2), 3000), TRACKER_NEEDS_BOND);
	assert_true(bond_slave(bond, 2)->link.distrusted);
	assert_int_equal(bond->reread_at_ms, 3000);
	assert_told(f, "");
	put_start(f);
	dump(f, 10, 3001);
	assert_false(bond->link.distrusted);
	assert_false(bond_slave(bond, 2)->link.distrusted);
	assert_told(f, "");
}

/* What is in a dump but can't be read is there, and is not swept. */
static void test_distrusted_in_a_dump(void **state)
{
	struct fixture *f = *state;
	struct bond *bond;

	start(f);
	bond = &f->set.bonds[0];
	put(f, distrusted(10));
	put(f, slave_of(1, "v1", UP, 10));
	put(f, distrusted(2));
	put(f, distrusted(99));
	dump(f, 0, 2000);
	assert_told(f, "");
	assert_int_equal(f->set.count, 1);
	assert_true(bond->link.distrusted);
	assert_false(bond_slave(bond, 1)->link.distrusted);
	assert_true(bond_slave(bond, 2)->link.distrusted);
	assert_true(bond->changed);
	/* It was just read: the next time is soon enough. */
	assert_int_equal(bond->reread_at_ms, 0);
}

static struct link_event vlan_of(int ifindex, const char *name, int lower)
{
	struct link_event event = link_of(ifindex, name, UP);

	event.kind = LINK_KIND_VLAN;
	event.link.lower = lower;
	return event;
}

/* bond0's slave is a VLAN (4) on a macvlan (5) on a device (6). */
static void put_lowers(struct fixture *f, unsigned int flags)
{
	struct link_event slave = slave_of(4, "vlan4", UP, 10);

	slave.link.lower = 5;
	put(f, bond_of(10, "bond0", 4));
	put(f, slave);
	put(f, vlan_of(5, "mac5", 6));
	put(f, link_of(6, "eth6", flags));
	put(f, link_of(7, "eth7", UP)); /* nobody stands on it */
}

static void test_lowers(void **state)
{
	struct fixture *f = *state;
	struct link_event gone = link_of(6, "eth6", 0);

	gone.gone = true;
	put_lowers(f, UP);
	dump(f, 0, 1000);
	assert_int_equal(f->set.lower_count, 2);
	assert_non_null(bond_set_lower(&f->set, 5));
	assert_int_equal(bond_set_lower(&f->set, 6)->flags, UP);

	put_lowers(f, UP);
	dump(f, 0, 1500);
	assert_false(f->set.bonds[0].changed);
	assert_int_equal(tell(f, link_of(6, "eth6", DOWN), 2000),
			 TRACKER_NEEDS_BOND);
	assert_int_equal(bond_set_lower(&f->set, 6)->flags, DOWN);
	assert_true(f->set.bonds[0].changed);
	assert_int_equal(f->set.bonds[0].reread_at_ms, 2050);

	put_lowers(f, UP);
	dump(f, 10, 2050);
	assert_int_equal(bond_set_lower(&f->set, 6)->flags, UP);
	assert_true(f->set.bonds[0].changed);

	assert_int_equal(tell(f, gone, 3000), TRACKER_NEEDS_BOND);
	assert_true(bond_set_lower(&f->set, 6)->distrusted);
	assert_int_equal(f->set.bonds[0].reread_at_ms, 3000);
	put(f, bond_of(10, "bond0", 4));
	f->batch.items[0].bond.present &=
	    ~BOND_ATTR_BIT(IFLA_BOND_ACTIVE_SLAVE);
	dump(f, 0, 3001);
	assert_int_equal(f->set.lower_count, 0);
}

/* A message that can't be read says that the device is there: where, as it was
   known. */
static void test_distrusted_lowers(void **state)
{
	struct fixture *f = *state;

	put_lowers(f, UP);
	dump(f, 0, 1000);
	put_lowers(f, UP);
	f->batch.items[2] = distrusted(5);
	f->batch.items[3] = distrusted(6);
	dump(f, 0, 2000);
	assert_int_equal(f->set.lower_count, 2);
	assert_true(bond_set_lower(&f->set, 5)->distrusted);
	assert_int_equal(bond_set_lower(&f->set, 5)->lower, 6);
	assert_true(bond_set_lower(&f->set, 6)->distrusted);
	assert_int_equal(bond_set_lower(&f->set, 6)->flags, UP);
	assert_true(f->set.bonds[0].changed);
	put_lowers(f, UP);
	dump(f, 0, 3000);
	assert_false(bond_set_lower(&f->set, 5)->distrusted);
}

/* A slave on as many devices as the kernel allows, each of which comes in the
   dump before what stands on it; without the last of them, if so wanted. */
static void put_deep(struct fixture *f, bool last)
{
	struct link_event slave = slave_of(40, "top", UP, 50);

	slave.link.lower = 40 - 1;
	put(f, bond_of(50, "bond0", 40));
	put(f, slave);
	for (int i = 1; i <= LINK_DEPTH_MAX; i++)
		if (i < LINK_DEPTH_MAX || last)
			put(f, vlan_of(40 - i, "below",
				       i < LINK_DEPTH_MAX ? 40 - i - 1 : 0));
}

static void test_deep_lowers(void **state)
{
	struct fixture *f = *state;

	put_deep(f, true);
	dump(f, 0, 1000);
	assert_int_equal(f->set.lower_count, LINK_DEPTH_MAX);
	put_deep(f, false);
	dump(f, 50, 2000);
	assert_int_equal(f->set.lower_count, LINK_DEPTH_MAX - 1);
	assert_true(f->set.bonds[0].changed);
	/* It was just read. */
	assert_int_equal(f->set.bonds[0].reread_at_ms, 0);
}

/* What is below any slave of the one bond. */
static void test_missing_lowers(void **state)
{
	struct fixture *f = *state;

	f->set.stack.wanted = true;
	for (int pass = 0; pass < 2; pass++) {
		put(f, bond_of(10, "bond0", 1));
		for (int i = 1; i <= 3; i++) {
			struct link_event slave = slave_of(i, "vlan", UP, 10);

			slave.link.lower = 20 + i;
			put(f, slave);
			if (pass == 0)
				put(f, link_of(20 + i, "eth", UP));
		}
		dump(f, pass ? 10 : 0, 1000);
		assert_int_equal(f->set.lower_count, pass ? 0 : 3);
		assert_true(f->set.stack.stale);
		f->set.stack.stale = false;
	}
}

/* No kernel says so, but a recording may. */
static void test_lowers_in_a_circle(void **state)
{
	struct fixture *f = *state;

	for (int pass = 0; pass < 2; pass++) {
		put_lowers(f, UP);
		f->batch.items[3].link.lower = 5;
		dump(f, pass ? 10 : 0, 1000);
		assert_int_equal(f->set.lower_count, 2);
	}
}

/* Two bonds' slaves on one device: both notice, also from a dump. */
static void test_shared_lower(void **state)
{
	static const unsigned int flags[] = { UP, UP, DOWN };
	struct fixture *f = *state;

	for (size_t i = 0; i < 3; i++) {
		for (int b = 0; b < 2; b++) {
			struct link_event slave =
			    slave_of(4 + b, b ? "x" : "y", UP, 10 + b);

			slave.link.lower = 6;
			put(f, bond_of(10 + b, b ? "bond1" : "bond0", 0));
			put(f, slave);
		}
		put(f, link_of(6, "eth6", flags[i]));
		dump(f, 0, (int64_t)(1000 * (i + 1)));
		assert_int_equal(f->set.bonds[0].changed, i != 1);
		assert_int_equal(f->set.bonds[1].changed, i != 1);
	}
}

/* A bond that is a slave: one message, two roles. */
static void test_bond_in_bond(void **state)
{
	struct fixture *f = *state;
	struct link_event inner = bond_of(20, "bond1", 0);

	inner.master = 10;
	inner.bond_slave = true;
	put(f, bond_of(10, "bond0", 20));
	put(f, inner);
	dump(f, 0, 1000);
	assert_told(f, "bond+(bond0)bond+(bond1)slave+(bond0 bond1)");
	inner.link.flags = DOWN;
	assert_int_equal(tell(f, inner, 2000), TRACKER_NEEDS_BOND);
	assert_told(f, "down(bond0 bond1)");
	assert_int_equal(bond_set_get(&f->set, 20)->link.flags, DOWN);
	assert_int_equal(bond_set_get(&f->set, 20)->reread_at_ms, 2050);
	assert_int_equal(bond_set_get(&f->set, 10)->reread_at_ms, 2050);
	/* The outer bond's dump holds the inner one as a slave. */
	inner.link.flags = UP;
	put(f, bond_of(10, "bond0", 20));
	put(f, inner);
	dump(f, 10, 3000);
	assert_told(f, "up(bond0 bond1)");
	assert_int_equal(bond_set_get(&f->set, 20)->link.flags, UP);
	inner.gone = true;
	(void)tell(f, inner, 4000);
	assert_int_equal(bond_set_get(&f->set, 20)->reread_at_ms, 4000);
	assert_int_equal(bond_set_get(&f->set, 10)->reread_at_ms, 4000);
}

/* bond0 (10) in 802.3ad with v1 (1) and v2 (2) in its aggregator. */
static struct link_event lag_of(void)
{
	struct link_event event = bond_of(10, "bond0", 0);

	event.bond.mode = BOND_MODE_8023AD;
	event.bond.present |= BOND_ATTR_BIT(IFLA_BOND_AD_INFO) |
			      BOND_ATTR_BIT(IFLA_BOND_AD_LACP_RATE);
	event.bond.ad.present = BOND_AD_INFO_BIT(IFLA_BOND_AD_INFO_AGGREGATOR);
	event.bond.ad.aggregator = 1;
	event.mac.known = true;
	return event;
}

static struct link_event port_of(int ifindex, const char *name)
{
	struct link_event event = slave_of(ifindex, name, UP, 10);

	event.slave.present |=
	    SLAVE_ATTR_BIT(IFLA_BOND_SLAVE_AD_AGGREGATOR_ID) |
	    SLAVE_ATTR_BIT(IFLA_BOND_SLAVE_AD_ACTOR_OPER_PORT_STATE) |
	    SLAVE_ATTR_BIT(IFLA_BOND_SLAVE_AD_PARTNER_OPER_PORT_STATE);
	event.slave.aggregator_id = 1;
	return event;
}

static void dump_lag(struct fixture *f, const struct link_event *bond,
		     const struct link_event *port, int64_t now_ms)
{
	put(f, *bond);
	put(f, *port);
	put(f, port_of(2, "v2"));
	dump(f, 0, now_ms);
}

/* The dump changes IEEE8023-LAG-MIB's tables, the one before did not. */
static void assert_lag_changes(struct fixture *f, const struct link_event *bond,
			       const struct link_event *port)
{
	struct link_event bond_before = lag_of();
	struct link_event port_before = port_of(1, "v1");

	dump_lag(f, &bond_before, &port_before, 2000);
	f->set.lag_changed_ms = 0;
	dump_lag(f, &bond_before, &port_before, 3000);
	assert_int_equal(f->set.lag_changed_ms, 0);
	dump_lag(f, bond ? bond : &bond_before, port ? port : &port_before,
		 4000);
	assert_int_equal(f->set.lag_changed_ms, 4000);
}

static void test_lag_changed_bond(void **state)
{
	struct fixture *f = *state;
	struct link_event bond;

	bond = lag_of();
	bond.bond.present &= ~BOND_ATTR_BIT(IFLA_BOND_AD_INFO);
	assert_lag_changes(f, &bond, NULL);
	bond = lag_of();
	bond.bond.ad.partner_mac[5] = 1;
	assert_lag_changes(f, &bond, NULL);
	bond = lag_of();
	bond.bond.ad.partner_key = 1;
	assert_lag_changes(f, &bond, NULL);
	bond = lag_of();
	bond.bond.lacp_rate = 1;
	assert_lag_changes(f, &bond, NULL);
	bond = lag_of();
	bond.bond.lacp_active = 1;
	assert_lag_changes(f, &bond, NULL);
	bond = lag_of();
	bond.bond.ad_actor_sys_prio = 1;
	assert_lag_changes(f, &bond, NULL);
	bond = lag_of();
	bond.bond.ad_actor_system[0] = 2;
	assert_lag_changes(f, &bond, NULL);
	bond = lag_of();
	bond.mac.octets[0] = 2;
	assert_lag_changes(f, &bond, NULL);
	bond = lag_of();
	bond.mac.known = false;
	assert_lag_changes(f, &bond, NULL);
	/* Its rows go, with what there was. */
	bond = lag_of();
	bond.bond.mode = BOND_MODE_XOR;
	assert_lag_changes(f, &bond, NULL);
	/* And they come; of two other modes there are none. */
	bond.bond.mode = BOND_MODE_ROUNDROBIN;
	(void)tell(f, bond, 5000);
	assert_int_equal(f->set.lag_changed_ms, 4000);
	bond.bond.mode = BOND_MODE_8023AD;
	(void)tell(f, bond, 6000);
	assert_int_equal(f->set.lag_changed_ms, 6000);
}

static void test_lag_changed_port(void **state)
{
	struct fixture *f = *state;
	struct link_event port;

	port = port_of(1, "v1");
	port.slave.aggregator_id = 2;
	assert_lag_changes(f, NULL, &port);
	port = port_of(1, "v1");
	port.slave.present &= ~SLAVE_ATTR_BIT(IFLA_BOND_SLAVE_AD_AGGREGATOR_ID);
	assert_lag_changes(f, NULL, &port);
	port = port_of(1, "v1");
	port.slave.actor_oper_state = 0x3f;
	assert_lag_changes(f, NULL, &port);
	port = port_of(1, "v1");
	port.slave.partner_oper_state = 0x3f;
	assert_lag_changes(f, NULL, &port);
	port = port_of(1, "v1");
	port.slave.actor_port_prio = 1;
	assert_lag_changes(f, NULL, &port);
	/* It is the bond's no more. */
	port = port_of(1, "v1");
	port.master = 20;
	assert_lag_changes(f, NULL, &port);
}

/* What the tables do not show, and what is in no table of that MIB. */
static void test_lag_unchanged(void **state)
{
	struct fixture *f = *state;
	struct link_event bond = lag_of();
	struct link_event port = port_of(1, "v1");

	dump_lag(f, &bond, &port, 1000);
	f->set.lag_changed_ms = 0;
	bond.bond.miimon_ms = 200;
	port.slave.link_failures = 1;
	port.link.flags = DOWN;
	dump_lag(f, &bond, &port, 2000);
	assert_int_equal(f->set.lag_changed_ms, 0);
	put_start(f);
	dump(f, 0, 3000);
	assert_int_equal(f->set.lag_changed_ms, 3000); /* 802.3ad no more */
	put(f, bond_of(10, "bond0", 2));
	put(f, slave_of(2, "v2", UP, 10));
	dump(f, 0, 4000);
	assert_int_equal(f->set.lag_changed_ms, 3000);
	f->set.lag_changed_ms = 0;
	dump(f, 0, 5000); /* nothing is left */
	assert_int_equal(f->set.lag_changed_ms, 0);
}

/* The kernel's own messages have what a reader without CAP_NET_ADMIN does not
   get: taken, it would be gone with the next dump. */
static void test_privileged(void **state)
{
	const uint64_t sys_prio = BOND_ATTR_BIT(IFLA_BOND_AD_ACTOR_SYS_PRIO);
	struct fixture *f = *state;
	struct link_event plain = lag_of();
	struct link_event whole = lag_of();
	const struct bond *bond;

	whole.bond.present |= sys_prio;
	whole.bond.ad_actor_sys_prio = 7;
	put(f, plain);
	dump(f, 0, 1000);
	bond = &f->set.bonds[0];
	f->set.lag_changed_ms = 0;
	(void)tell(f, whole, 2000);
	assert_false(bond->attrs.present & sys_prio);
	assert_int_equal(f->set.lag_changed_ms, 0);
	/* What else it tells is news. */
	whole.bond.lacp_rate = !plain.bond.lacp_rate;
	(void)tell(f, whole, 2500);
	assert_false(bond->attrs.present & sys_prio);
	assert_int_equal(f->set.lag_changed_ms, 2500);
	/* Who gets it in a dump gets the news of it too; but that it can be
	   read now is no change of an option. */
	whole.bond = plain.bond;
	whole.bond.lacp_rate = !plain.bond.lacp_rate;
	whole.bond.present |= sys_prio |
			      BOND_ATTR_BIT(IFLA_BOND_AD_USER_PORT_KEY) |
			      BOND_ATTR_BIT(IFLA_BOND_AD_ACTOR_SYSTEM);
	whole.bond.ad_actor_sys_prio = 7;
	whole.bond.ad_user_port_key = 3;
	whole.bond.ad_actor_system[5] = 1;
	f->set.table_changed_ms = 0;
	put(f, whole);
	dump(f, 0, 3000);
	assert_int_equal(f->set.table_changed_ms, 0);
	assert_false(bond->restart_grace);
	assert_true(bond->attrs.present & sys_prio);
	assert_int_equal(bond->attrs.ad_actor_sys_prio, 7);
	whole.bond.ad_actor_sys_prio = 8;
	(void)tell(f, whole, 4000);
	assert_int_equal(bond->attrs.ad_actor_sys_prio, 8);
	assert_int_equal(f->set.lag_changed_ms, 4000);
}

/* Have the rows, or the VLANs, to be looked at? From now on not any more. */
static int stale(struct fixture *f)
{
	struct if_stack *stack = &f->set.stack;
	int found = stack->stale + 2 * stack->vlans_stale;

	stack->stale = false;
	stack->vlans_stale = false;
	return found;
}

static struct link_event vlan_on(int ifindex, int lower)
{
	struct link_event event = link_of(ifindex, "vlan", UP);

	event.kind = LINK_KIND_VLAN;
	event.link.lower = lower;
	return event;
}

/* Whatever comes, goes or moves; and nothing else. */
static void test_stack_stale(void **state)
{
	struct fixture *f = *state;
	struct link_event event;

	f->set.stack.wanted = true;
	start(f);
	assert_int_equal(stale(f), 3);
	put(f, bond_of(10, "bond0", 2));
	put(f, slave_of(1, "v1", DOWN, 10));
	put(f, slave_of(2, "renamed", UP, 10));
	dump(f, 0, 2000);
	assert_int_equal(stale(f), 0);

	put(f, bond_of(10, "bond0", 2)); /* v2 is released */
	put(f, slave_of(1, "v1", DOWN, 10));
	dump(f, 10, 3000);
	assert_int_equal(stale(f), 3);
	event = bond_of(10, "bond0", 2); /* a bridge takes the bond */
	event.master = event.link.master = 30;
	tell(f, event, 4000);
	assert_int_equal(stale(f), 3);
	tell(f, event, 4000);
	assert_int_equal(stale(f), 0);
	event = slave_of(1, "v1", DOWN, 10);
	event.link.lower = 7;
	tell(f, event, 5000);
	assert_int_equal(stale(f), 3);

	put(f, link_of(3, "eth3", UP)); /* the bond has gone */
	dump(f, 0, 6000);
	assert_int_equal(stale(f), 3);

	put(f, bond_of(10, "bond0", 0)); /* one without slaves comes, goes */
	dump(f, 0, 7000);
	(void)stale(f);
	dump(f, 0, 8000);
	assert_int_equal(stale(f), 3);
}

/* The devices below slaves are in the stack as well: by their place. */
static void test_stack_of_lowers(void **state)
{
	struct fixture *f = *state;
	struct link_event eth6 = link_of(6, "eth6", UP);

	f->set.stack.wanted = true;
	for (int pass = 0; pass < 2; pass++) {
		put_lowers(f, UP);
		dump(f, 0, 1000);
		assert_int_equal(stale(f) & 1, pass == 0);
	}
	(void)tell(f, link_of(6, "eth6", DOWN), 2000);
	assert_int_equal(stale(f) & 1, 0);
	put_lowers(f, UP);
	dump(f, 0, 2050);
	assert_int_equal(stale(f) & 1, 0);
	for (int pass = 0; pass < 2; pass++) {
		eth6.link.master = 30; /* a bridge takes it */
		if (pass)
			eth6.link.lower = 7; /* it stands on another one */
		(void)tell(f, eth6, 3000);
		assert_int_equal(stale(f) & 1, 1);
		(void)tell(f, eth6, 3000);
		assert_int_equal(stale(f) & 1, 0);
	}
	for (int pass = 0; pass < 2; pass++) {
		put_lowers(f, UP);
		f->batch.items[3].link.lower = pass ? 0 : 7;
		dump(f, 0, 4000);
		assert_int_equal(stale(f) & 1, 1);
	}
}

static void test_stack_vlans(void **state)
{
	struct fixture *f = *state;
	struct link_event event = vlan_on(50, 10);

	start(f);
	(void)stale(f);
	tell(f, event, 2000); /* nobody wants it */
	assert_int_equal(stale(f), 0);
	f->set.stack.wanted = true;
	tell(f, event, 2000);
	assert_int_equal(stale(f), 2);
	tell(f, vlan_on(50, 1), 2000); /* on a slave */
	assert_int_equal(stale(f), 2);
	tell(f, vlan_on(50, 77), 2000); /* on none of ours */
	tell(f, vlan_on(50, 0), 2000);	/* on one in another namespace */
	event.kind = LINK_KIND_MACVLAN;
	tell(f, event, 2000);
	assert_int_equal(stale(f), 0);

	put(f, vlan_on(50, 10));
	assert_int_equal(tracker_vlans(&f->tracker, &f->batch), 0);
	link_batch_clear(&f->batch);
	assert_int_equal(stale(f), 1);
	tell(f, vlan_on(50, 10), 3000); /* as it is known */
	assert_int_equal(stale(f), 0);
	tell(f, vlan_on(51, 50), 3000); /* on that one */
	assert_int_equal(stale(f), 2);
	event = vlan_on(50, 10);
	event.master = event.link.master = 30;
	tell(f, event, 3000);
	assert_int_equal(stale(f), 2);
	event = vlan_on(50, 10);
	event.gone = true;
	tell(f, event, 3000);
	assert_int_equal(stale(f), 2);
	event = (struct link_event){ .link = { .ifindex = 50,
					       .distrusted = true } };
	tell(f, event, 3000);
	assert_int_equal(stale(f), 2);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_first_dump),
		TEST(test_added_is_told),
		TEST(test_same_dump_changes_nothing),
		TEST(test_slave_event),
		TEST(test_what_is_to_judge),
		TEST(test_new_is_not_believed_from_an_event),
		TEST(test_others_are_no_business_of_ours),
		TEST(test_release),
		TEST(test_stale_event_removes_nothing),
		TEST(test_slave_joins),
		TEST(test_slave_moves),
		TEST(test_bond_deleted),
		TEST(test_deleted_with_a_raise),
		TEST(test_scope),
		TEST(test_others_rest_when_one_goes),
		TEST(test_rename),
		TEST(test_options_of_a_slave),
		TEST(test_number_reused),
		TEST(test_bond_made_again),
		TEST(test_bond_made_again_unheard),
		TEST(test_second_bond_made_again_unheard),
		TEST(test_renamed_unheard),
		TEST(test_doubt_that_is_over),
		TEST(test_merge_takes_the_last_word),
		TEST(test_end_of_one_before),
		TEST(test_slave_made_again),
		TEST(test_slave_made_again_unheard),
		TEST(test_slave_renamed_unheard),
		TEST(test_ended_beyond_the_scope),
		TEST(test_filter),
		TEST(test_active_slave),
		TEST(test_active_slave_unheard_of),
		TEST(test_active_slave_out_of_scope),
		TEST(test_grace_restarts),
		TEST(test_held_since),
		TEST(test_held_since_the_monitor_began),
		TEST(test_enabled_at),
		TEST(test_no_ports_since),
		TEST(test_distrusted_event),
		TEST(test_distrusted_in_a_dump),
		TEST(test_lowers),
		TEST(test_distrusted_lowers),
		TEST(test_deep_lowers),
		TEST(test_missing_lowers),
		TEST(test_lowers_in_a_circle),
		TEST(test_shared_lower),
		TEST(test_bond_in_bond),
		TEST(test_lag_changed_bond),
		TEST(test_lag_changed_port),
		TEST(test_lag_unchanged),
		TEST(test_privileged),
		TEST(test_stack_stale),
		TEST(test_stack_of_lowers),
		TEST(test_stack_vlans),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
