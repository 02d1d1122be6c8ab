/* SPDX-License-Identifier: BSD-2-Clause */
/* What the tests of the monitor begin with. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>
#include <linux/if_bonding.h>
#include <linux/if_link.h>

#include "monitor_fixture.h"

static void lock(void *ctx)
{
	(void)ctx;
	assert_int_equal(kernel.locked++, 0);
}

static void unlock(void *ctx)
{
	(void)ctx;
	assert_int_equal(--kernel.locked, 0);
}

static void on_event(void *ctx, const struct event *event,
		     const struct bond *bond)
{
	struct fixture *f = ctx;

	(void)bond;
	assert_int_equal(kernel.locked, 1);
	record_event(&f->record, event);
}

int setup(void **state)
{
	static struct fixture f;

	memset(&f, 0, sizeof(f));
	memset(&kernel, 0, sizeof(kernel));
	f.record.without_names = true;
	judge_policy_defaults(&f.options.policy);
	f.options.sink.emit = on_event;
	f.options.sink.ctx = &f;
	f.options.lock = lock;
	f.options.unlock = unlock;
	*state = &f;
	return 0;
}

int teardown(void **state)
{
	struct fixture *f = *state;

	monitor_close(f->monitor);
	fake_kernel_fini();
	return 0;
}

struct link_event *put_bond(struct link_batch *batch, int ifindex, uint8_t mode,
			    uint32_t miimon_ms)
{
	struct link_event *event =
	    link_of_put(batch, link_of_bond(ifindex, "bond", mode, miimon_ms));

	event->bond.present |= BOND_ATTR_BIT(IFLA_BOND_UPDELAY) |
			       BOND_ATTR_BIT(IFLA_BOND_DOWNDELAY) |
			       BOND_ATTR_BIT(IFLA_BOND_ARP_INTERVAL);
	return event;
}

struct link_event *put_slave(struct link_batch *batch, int ifindex, int master,
			     unsigned int flags, int mii_status)
{
	return link_of_put(
	    batch, link_of_slave(ifindex, "slave", flags, master, mii_status));
}

void open_at(struct fixture *f, int64_t now_ms)
{
	assert_int_equal(monitor_open(&f->monitor, &f->options, now_ms), 0);
	assert_int_equal(monitor_next_ms(f->monitor), now_ms);
	assert_int_equal(monitor_begun(f->monitor), -EINPROGRESS);
	assert_int_equal(kernel.alls, 0);
	assert_int_equal(monitor_dispatch(f->monitor, now_ms), 0);
	assert_int_equal(monitor_begun(f->monitor), 0);
	assert_int_equal(kernel.alls, 1);
	assert_events(f, "");
}

void run(struct fixture *f, int64_t now_ms)
{
	assert_int_equal(monitor_dispatch(f->monitor, now_ms), 0);
	assert_int_equal(kernel.locked, 0);
}

void open_healthy(struct fixture *f)
{
	(void)put_bond(&kernel.links, 10, BOND_MODE_ROUNDROBIN, 100);
	(void)put_slave(&kernel.links, 1, 10, UP, BOND_LINK_UP);
	open_at(f, T0);
}

void open_lying(struct fixture *f)
{
	(void)put_bond(&kernel.links, 10, BOND_MODE_ROUNDROBIN, 0);
	(void)put_slave(&kernel.links, 1, 10, DOWN, BOND_LINK_UP);
	open_at(f, T0);
}

const struct bond *bond10(struct fixture *f)
{
	const struct bond *bond = bond_set_get(monitor_bonds(f->monitor), 10);

	assert_non_null(bond);
	return bond;
}
