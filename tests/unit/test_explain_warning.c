/* SPDX-License-Identifier: BSD-2-Clause */
/* Warnings name who gives rise to them, and nobody else. */
#include <linux/if.h>
#include <linux/if_bonding.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "explain_fixture.h"

static void warnings_name_the_culprit(void **state)
{
	struct fixture *f = *state;

	f->bond.attrs.miimon_ms = 100;
	plug(f, 1);
	f->slaves[1].link.has_operstate = true;
	f->slaves[1].link.operstate = IF_OPER_UNKNOWN;
	assert_has(warning(f, DISCREPANCY_WARNING_LINK_UNVERIFIED),
		   "the driver of eth1");
	assert_string_equal(warning(f, DISCREPANCY_WARNING_DEGRADED),
			    "only 1 of 2 slaves is usable; look at eth0: no "
			    "link, so check its cable and switch port");
	f->slaves[0].link.flags = 0;
	assert_has(warning(f, DISCREPANCY_WARNING_DEGRADED),
		   "ip link set eth0 up");
	f->bond.attrs.miimon_ms = 0;
	f->bond.attrs.arp_interval_ms = 1000;
	f->slaves[1].attrs.mii_status = BOND_LINK_DOWN;
	assert_has(warning(f, DISCREPANCY_WARNING_ARP_DOWN),
		   "eth1 has a link, but the ARP monitor considers it down");
	f->bond.attrs.min_links = 2;
	assert_has(warning(f, DISCREPANCY_WARNING_MIN_LINKS_IGNORED),
		   "min_links is 2, but only 802.3ad uses it");
	assert_has(warning(f, DISCREPANCY_WARNING_MIN_LINKS_IGNORED),
		   "ip link set bond0 type bond min_links 0");
	f->slaves[1].corrected = CARRIER_DOWN;
	f->bond.verdict.slaves_usable = 0;
	assert_has(warning(f, DISCREPANCY_WARNING_DEGRADED),
		   "no slave is usable");
}

/* Only the slave that gives rise to a warning is named, not one that looks
   like it: a VLAN whose lower device is down shows LOWER_UP too. */
static void warnings_name_nobody_else(void **state)
{
	struct fixture *f = *state;

	f->bond.attrs.arp_interval_ms = 1000;
	plug(f, 0);
	plug(f, 1);
	for (int i = 0; i < 2; i++) {
		f->slaves[i].link.has_operstate = true;
		f->slaves[i].link.operstate = IF_OPER_UNKNOWN;
		f->slaves[i].attrs.mii_status = BOND_LINK_DOWN;
	}
	f->slaves[0].below = CARRIER_DOWN;
	assert_has(warning(f, DISCREPANCY_WARNING_LINK_UNVERIFIED),
		   "the driver of eth1");
	assert_has(warning(f, DISCREPANCY_WARNING_LINK_UNVERIFIED),
		   "ethtool eth1");
	assert_has(warning(f, DISCREPANCY_WARNING_ARP_DOWN), "eth1 has");

	f->slaves[0].below = CARRIER_UP;
	f->slaves[0].link.distrusted = true;
	assert_has(warning(f, DISCREPANCY_WARNING_LINK_UNVERIFIED),
		   "the driver of eth1");
	assert_has(warning(f, DISCREPANCY_WARNING_ARP_DOWN), "eth1 has");

	/* What can't be known of eth0 is no lost redundancy. */
	f->slaves[0].corrected = CARRIER_UNKNOWN;
	f->slaves[1].corrected = CARRIER_DOWN;
	assert_has(warning(f, DISCREPANCY_WARNING_DEGRADED), "look at eth1");
}

/* Row 47: the driver is not at fault, and a newer kernel looks no sooner. */
static void slow_monitor(void **state)
{
	struct fixture *f = *state;
	static const enum discrepancy_kind kinds[] = {
		DISCREPANCY_FALSE_UP, DISCREPANCY_FALSE_DOWN,
		DISCREPANCY_ACTIVE_SLAVE_DOWN, DISCREPANCY_SLAVE_FALSE_UP,
		DISCREPANCY_SLAVE_FALSE_DOWN
	};
	static const char words[] =
	    "miimon is 100000 ms: the bonding driver may take 100 s to notice "
	    "that a slave is dead; set miimon 100 (ip link set bond0 type bond "
	    "miimon 100)";

	f->bond.attrs.miimon_ms = 100000;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		f->bond.link.flags =
		    kinds[i] == DISCREPANCY_FALSE_DOWN
			? LINK_FLAG_UP
			: LINK_FLAG_UP | LINK_FLAG_RUNNING | LINK_FLAG_LOWER_UP;
		assert_has(remedy(f, kinds[i]), words);
		assert_lacks(remedy(f, kinds[i]), "kernel");
	}
	assert_string_equal(warning(f, DISCREPANCY_WARNING_SLOW_MONITOR),
			    words);

	/* In 802.3ad, where another slave is usable and min_links is not met.
	 */
	f->bond.attrs.mode = BOND_MODE_8023AD;
	plug(f, 1);
	f->bond.verdict.effective = CARRIER_DOWN;
	f->bond.verdict.reason = CARRIER_REASON_MIN_LINKS_NOT_MET;
	assert_has(remedy(f, DISCREPANCY_FALSE_UP), words);

	f->bond.attrs.mode = BOND_MODE_ACTIVEBACKUP;
	f->bond.attrs.miimon_ms = 0;
	f->bond.attrs.arp_interval_ms = 20000;
	assert_string_equal(
	    warning(f, DISCREPANCY_WARNING_SLOW_MONITOR),
	    "arp_interval is 20000 ms: the bonding driver may take 60 s to "
	    "notice "
	    "that a slave is dead; set arp_interval 1000 (ip link set bond0 "
	    "type bond arp_interval 1000)");
	assert_has(remedy(f, DISCREPANCY_SLAVE_FALSE_UP),
		   "set arp_interval 1000");

	/* iproute2's word for it is not the kernel's. */
	f->bond.attrs.arp_interval_ms = 1000;
	f->bond.attrs.missed_max = 20;
	f->bond.attrs.present |= BOND_ATTR_BIT(UAPI_BOND_MISSED_MAX);
	assert_has(warning(f, DISCREPANCY_WARNING_SLOW_MONITOR),
		   "ip link set bond0 type bond arp_missed_max 2");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(warnings_name_the_culprit),
		TEST(warnings_name_nobody_else),
		TEST(slow_monitor),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
