/* SPDX-License-Identifier: BSD-2-Clause */
/* What the tests of the tracker begin with. */
#include <linux/if_bonding.h>
#include <linux/if_link.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "range.h"
#include "tracker_fixture.h"

static void on_event(void *ctx, const struct event *event,
		     const struct bond *bond)
{
	struct fixture *f = ctx;

	assert_int_equal(event->bond, bond->link.ifindex);
	if (event->type == EVENT_BOND_ADDED ||
	    event->type == EVENT_BOND_REMOVED)
		assert_int_equal(event->slave, 0);
	record_event(&f->record, event);
}

int setup(void **state)
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

int teardown(void **state)
{
	struct fixture *f = *state;

	bond_set_fini(&f->set);
	link_batch_fini(&f->batch);
	return 0;
}

struct link_event bond_of(int ifindex, const char *name, int active)
{
	struct link_event event =
	    link_of_bond(ifindex, name, BOND_MODE_ACTIVEBACKUP, 100);

	if (active) {
		event.bond.present |= BOND_ATTR_BIT(IFLA_BOND_ACTIVE_SLAVE);
		event.bond.active_slave = (uint32_t)active;
	}
	return event;
}

struct link_event slave_of(int ifindex, const char *name, unsigned int flags,
			   int master)
{
	return link_of_slave(ifindex, name, flags, master, BOND_LINK_UP);
}

void put(struct fixture *f, struct link_event event)
{
	(void)link_of_put(&f->batch, event);
}

void dump(struct fixture *f, int scope, int64_t now_ms)
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

int tell(struct fixture *f, struct link_event event, int64_t now_ms)
{
	f->need_ifindex = 0;
	return tracker_event(&f->tracker, &event, now_ms, &f->need_ifindex);
}

const char *need_name(int need)
{
	static const char *const names[] = {
		[TRACKER_NEEDS_NOTHING] = "nothing",
		[TRACKER_NEEDS_BOND] = "bonds that are due",
		[TRACKER_NEEDS_NOW] = "a bond at once",
	};

	assert_uint_in_range(need, 0, sizeof(names) / sizeof(names[0]) - 1);
	return names[need];
}

void put_start(struct fixture *f)
{
	put(f, bond_of(10, "bond0", 1));
	put(f, slave_of(1, "v1", UP, 10));
	put(f, slave_of(2, "v2", DOWN, 10));
}

void start(struct fixture *f)
{
	f->tracker.quiet = true;
	put_start(f);
	dump(f, 0, 1000);
	f->tracker.quiet = false;
	assert_events(f, "");
	f->set.bonds[0].changed = false;
	f->set.bonds[0].restart_grace = false;
	f->set.table_changed_ms = 0;
	f->set.state_changed_ms = 0;
}

void put_two_bonds(struct fixture *f, int v2_master)
{
	put(f, bond_of(10, "bond0", 1));
	put(f, bond_of(20, "bond1", 0));
	put(f, slave_of(1, "v1", UP, 10));
	put(f, slave_of(2, "v2", DOWN, v2_master));
}

struct link_event distrusted(int ifindex)
{
	struct link_event event = link_of(ifindex, "", 0);

	event.link.distrusted = true;
	return event;
}

struct link_event deleted(struct link_event event)
{
	event.gone = true;
	return event;
}

void raise_kind(struct fixture *f, enum discrepancy_kind kind, int slave,
		const char *name)
{
	assert_int_equal(discrepancy_restore(&f->set.bonds[0].discrepancies,
					     kind, f->set.bonds[0].link.name,
					     slave, name, 500),
			 0);
}

void put_lowers(struct fixture *f, unsigned int flags)
{
	struct link_event slave = slave_of(4, "vlan4", UP, 10);

	slave.link.lower = 5;
	put(f, bond_of(10, "bond0", 4));
	put(f, slave);
	put(f, link_of_vlan(5, "mac5", 6));
	put(f, link_of(6, "eth6", flags));
	put(f, link_of(7, "eth7", UP)); /* nobody stands on it */
}
