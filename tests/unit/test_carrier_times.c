/* SPDX-License-Identifier: BSD-2-Clause */
/* What passes with time: updelays, plugs, and bits of before. */
#include <linux/if_link.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "decision/carrier.h"
#include "decision/carrier_monitor.h"
#include "named.h"
#include "sample.h"
#include "words.h"

#define NOW_MS INT64_C(1000000)

static enum carrier decide_at(struct bond *bond, bool strict, int64_t now_ms)
{
	sample_correct(bond, now_ms);
	return carrier_decide(bond, strict, now_ms).effective;
}

/* Every port is disabled, and a cable is plugged: the kernel may take two
   looks and the updelay until it enables the port. */
static void test_a_plug_finds_no_port_disabled(void **state)
{
	const int64_t plug_ms = NOW_MS + 5000, due_ms = plug_ms + 4 * 132;
	struct bond *bond;

	(void)state;
	bond = sample_alone(LACP, MII);
	sample_slaves(bond, "0D/1", NOW_MS);
	sample_ad(bond, "1,0,y");
	assert_carrier(decide_at(bond, false, NOW_MS), DOWN);
	assert_int_equal(carrier_decide(bond, false, NOW_MS).until_ms,
			 INT64_MAX);

	sample_slaves(bond, "1D/1", plug_ms);
	bond->attrs.updelay_ms = 200;
	assert_carrier(decide_at(bond, false, plug_ms), DOWN);
	assert_int_equal(carrier_decide(bond, false, plug_ms).until_ms,
			 plug_ms + 3 * 132);
	bond->attrs.updelay_ms = 0;
	assert_carrier(decide_at(bond, false, plug_ms), UP);
	assert_int_equal(carrier_decide(bond, false, plug_ms).until_ms,
			 plug_ms + 2 * 132);
	assert_carrier(decide_at(bond, false, plug_ms + 2 * 132 - 1), UP);
	assert_carrier(decide_at(bond, false, plug_ms + 2 * 132), DOWN);
	assert_reason(carrier_decide(bond, false, plug_ms + 2 * 132).reason,
		      CARRIER_REASON_PORTS_DISABLED);

	/* Enabled in time. */
	sample_ad(bond, "1,1,y");
	assert_carrier(decide_at(bond, false, due_ms), UP);
	assert_int_equal(carrier_decide(bond, false, due_ms).until_ms,
			 INT64_MAX);

	/* A flap too short to be seen: the ports go, and the link is there. */
	sample_ad(bond, "1,0,y");
	bond->no_ports_since_ms = due_ms;
	assert_carrier(decide_at(bond, false, due_ms + 2 * 132 - 1), UP);
	assert_carrier(decide_at(bond, false, due_ms + 2 * 132), DOWN);

	/* Another one is plugged: that does not enable the first. */
	sample_slaves(bond, "1D/1 0D/1", due_ms + 1000);
	sample_slaves(bond, "1D/1 1D/1", due_ms + 2000);
	assert_carrier(decide_at(bond, false, due_ms + 2000), DOWN);
}

/* The partner fell silent, and the cable was out: LACP's bits are of before
   until the port is enabled and the LACP machine has had its turn. */
static void test_bits_of_before(void **state)
{
	const int64_t plug_ms = NOW_MS + 5000, up_ms = plug_ms + 100;
	struct bond *bond;

	(void)state;
	bond = sample_alone(LACP, MII);
	sample_ad(bond, "1,1,y");
	sample_slaves(bond, "1U/1", NOW_MS);
	assert_carrier(decide_at(bond, true, NOW_MS), UP);
	sample_slaves(bond, "0D/1", NOW_MS);
	assert_carrier(decide_at(bond, true, NOW_MS), DOWN);

	sample_slaves(bond, "1D/1", plug_ms);
	assert_carrier(decide_at(bond, true, plug_ms), DOWN);
	assert_carrier(decide_at(bond, true, up_ms), DOWN);
	sample_slaves(bond, "1U/1", up_ms);
	assert_carrier(decide_at(bond, true, up_ms), DOWN);
	assert_int_equal(carrier_decide(bond, true, up_ms).until_ms,
			 up_ms + 2 * 132);
	assert_true(carrier_decide(bond, true, up_ms).awaits_lacp);
	assert_carrier(decide_at(bond, true, up_ms + 2 * 132 - 1), DOWN);
	assert_carrier(decide_at(bond, true, up_ms + 2 * 132), UP);
	assert_carrier(decide_at(bond, false, up_ms), UP);
	assert_int_equal(carrier_decide(bond, false, up_ms).until_ms,
			 INT64_MAX);

	/* A downdelay that was not used up: the port was enabled throughout. */
	sample_slaves(bond, "0F/1", up_ms + 5000);
	sample_slaves(bond, "1U/1", up_ms + 5050);
	assert_carrier(decide_at(bond, true, up_ms + 5050), UP);

	/* Its link came back without a known speed: not enabled. */
	sample_slaves(bond, "0D/1", up_ms + 6000);
	sample_slaves(bond, "1F/1", up_ms + 7000);
	assert_carrier(decide_at(bond, true, up_ms + 7000), DOWN);
	assert_carrier(decide_at(bond, true, up_ms + 99000), DOWN);
	assert_int_equal(carrier_decide(bond, true, up_ms + 99000).until_ms,
			 INT64_MAX);
}

static void test_updelay(void **state)
{
	struct bond *bond;

	(void)state;
	bond = sample_alone(RR, MII);
	bond->attrs.updelay_ms = 300;
	sample_slaves(bond, "1B", NOW_MS);
	/* Three looks of the kernel, and one until it looks, which come late:
	   see carrier_monitor_ticks_ms. */
	sample_correct(bond, NOW_MS + 4 * 132 - 1);
	assert_carrier(bond->slaves[0].corrected, DOWN);
	sample_correct(bond, NOW_MS + 4 * 132);
	assert_carrier(bond->slaves[0].corrected, UP);
	/* Whenever the kernel itself is done with waiting, so are we. */
	sample_slaves(bond, "1U", NOW_MS + 301);
	sample_correct(bond, NOW_MS + 301);
	assert_carrier(bond->slaves[0].corrected, UP);

	sample_slaves(bond, "1B", NOW_MS);
	bond->attrs.updelay_ms = UINT32_MAX;
	sample_correct(bond, NOW_MS + INT64_C(42949674) * 132 - 1);
	assert_carrier(bond->slaves[0].corrected, DOWN);
	sample_correct(bond, NOW_MS + INT64_C(42949674) * 132);
	assert_carrier(bond->slaves[0].corrected, UP);

	/* The link came back, and the kernel has not looked yet. */
	bond->attrs.updelay_ms = 300;
	sample_slaves(bond, "0D", NOW_MS);
	sample_slaves(bond, "1D", NOW_MS + 50);
	sample_correct(bond, NOW_MS + 50 + 4 * 132 - 1);
	assert_carrier(bond->slaves[0].corrected, DOWN);
	sample_correct(bond, NOW_MS + 50 + 4 * 132);
	assert_carrier(bond->slaves[0].corrected, UP);
	bond->attrs.updelay_ms = 0;
	sample_correct(bond, NOW_MS + 50);
	assert_carrier(bond->slaves[0].corrected, UP);
	bond->attrs.updelay_ms = 300;
	bond->attrs.miimon_ms = 0;
	sample_correct(bond, NOW_MS + 50);
	assert_carrier(bond->slaves[0].corrected, UP);
	bond->attrs.miimon_ms = 100;

	/* Without a link an updelay that is over helps nobody. */
	sample_slaves(bond, "0B", NOW_MS);
	sample_correct(bond, NOW_MS + UINT32_MAX);
	assert_carrier(bond->slaves[0].corrected, DOWN);
}

/* Every number of the driver's but 0 is an interval. */
static void test_the_shortest_intervals(void **state)
{
	struct bond *bond;

	(void)state;
	bond = sample_alone(RR, NONE);
	assert_monitor(carrier_monitor(bond), NONE);
	bond->attrs.miimon_ms = 1;
	assert_monitor(carrier_monitor(bond), MII);
	bond->attrs.miimon_ms = 0;
	bond->attrs.arp_interval_ms = 1;
	assert_monitor(carrier_monitor(bond), ARP);
}

/* Who is not held is not released; and an updelay of one look takes two, for
   the kernel has to see the link first. */
static void test_release(void **state)
{
	struct bond *bond;

	(void)state;
	bond = sample_alone(RR, MII);
	sample_slaves(bond, "1B", NOW_MS);
	bond->attrs.updelay_ms = 100;
	assert_int_equal(carrier_slave_release_ms(bond, &bond->slaves[0]),
			 NOW_MS + 2 * 132);
	bond->slaves[0].held_ms = 0;
	assert_int_equal(carrier_slave_release_ms(bond, &bond->slaves[0]),
			 INT64_MIN);
	bond->slaves[0].held_ms = NOW_MS;
	bond->attrs.present &= ~BOND_ATTR_BIT(IFLA_BOND_UPDELAY);
	assert_int_equal(carrier_slave_release_ms(bond, &bond->slaves[0]),
			 INT64_MIN);
	bond->attrs.present |= BOND_ATTR_BIT(IFLA_BOND_UPDELAY);
	bond->attrs.miimon_ms = 0;
	assert_int_equal(carrier_slave_release_ms(bond, &bond->slaves[0]),
			 INT64_MIN);
}

/* The clock counts from the boot, and the agent may come first of all: what was
   so from the start is not as young as the clock. */
static void test_a_young_clock(void **state)
{
	struct bond *bond;

	(void)state;
	bond = sample_alone(LACP, MII);
	sample_slaves(bond, "1U/1", 1);
	sample_ad(bond, "1,1,y");
	assert_carrier(decide_at(bond, true, 1), UP);
	sample_ad(bond, "1,0,y");
	assert_carrier(decide_at(bond, false, 1), DOWN);
	assert_reason(carrier_decide(bond, false, 1).reason,
		      CARRIER_REASON_PORTS_DISABLED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_plug_finds_no_port_disabled),
		cmocka_unit_test(test_bits_of_before),
		cmocka_unit_test(test_updelay),
		cmocka_unit_test(test_the_shortest_intervals),
		cmocka_unit_test(test_release),
		cmocka_unit_test(test_a_young_clock),
	};

	return cmocka_run_group_tests(tests, NULL, sample_alone_end);
}
