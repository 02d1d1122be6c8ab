/* SPDX-License-Identifier: BSD-2-Clause */
/* `bondcarrier show`: the screen, and what both forms must not do. */
#include <linux/if_bonding.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "output/page.h"
#include "show_fixture.h"

static void screen_answers_what_is_claimed_true_and_wrong(void **state)
{
	struct fixture f;

	(void)state;
	false_up(&f);
	render(&f, false);
	assert_has(f.text, "bond0: active-backup, 2 slaves, ifindex 3\n");
	assert_has(f.text, "  reported      RUNNING, LOWER_UP");
	assert_has(f.text, "admin up\n");
	assert_has(f.text, "  effective     down (noSlaveUp)\n");
	assert_has(f.text, "  because       none of its 2 slaves has a link\n");
	assert_has(f.text,
		   "  link monitor  none: miimon and arp_interval are 0\n");
	assert_has(f.text, "    falseUp: bond0 is RUNNING, but none of its 2 "
			   "slaves has a link\n");
	assert_has(f.text, "      -> miimon is 0: this bond never looks at its "
			   "slaves; set miimon 100\n");
	assert_has(f.text,
		   "(ip link set bond0 type bond miimon 100)"); /* whole */
	assert_has(f.text,
		   "  problems      (current state; bondcarrierd records when "
		   "each began)\n");
	assert_has(f.text, "      also: eth1\n");
	assert_has(f.text, "    unmonitored: see above\n");
	assert_has(f.text, "    eth0   down  up      no      active  "
			   "slaveFalseUp\n");
	assert_has(f.text, "    eth1   down  up      no      backup  "
			   "slaveFalseUp\n");
	unmake(&f);
}

/* What a capture shows is of its own time, and nobody knows since when. */
static void capture_says_its_time(void **state)
{
	struct fixture f;

	(void)state;
	false_up(&f);
	render_at(&f, false, "NOON");
	assert_has(f.text, "  problems      (at NOON, the capture's end)\n");
	assert_lacks(f.text, "current state");
	assert_lacks(f.text, "bondcarrierd");
	unmake(&f);

	make(&f, BOND_MODE_ACTIVEBACKUP, CARRIER_MONITOR_MII);
	sample_slaves(f.bond, "1U* 1U", 0);
	sample_report(f.bond, true, true);
	render_at(&f, false, "NOON");
	assert_has(f.text,
		   "  problems      none (at NOON, the capture's end)\n");
	unmake(&f);
}

static void advice_is_given_once(void **state)
{
	struct fixture f;
	const char *first;

	(void)state;
	false_up(&f);
	render(&f, false);
	first = strstr(f.text, "never looks at its");
	assert_non_null(first);
	assert_null(strstr(first + 1, "never looks at its"));
	unmake(&f);
}

static void healthy_bond_says_so(void **state)
{
	struct fixture f;

	(void)state;
	make(&f, BOND_MODE_ACTIVEBACKUP, CARRIER_MONITOR_MII);
	sample_slaves(f.bond, "1U* 1U", 0);
	sample_report(f.bond, true, true);
	render(&f, false);
	assert_has(f.text, "  effective     up (linkUp)\n");
	assert_has(f.text, "  because       2 of its 2 slaves are usable\n");
	assert_has(f.text, "  problems      none\n");
	assert_has(f.text, "  link monitor  MII every 100 ms");
	assert_lacks(f.text, "warnings");
	assert_lacks(f.text, "LACP");
	assert_lacks(f.text, "aggregator");
	assert_int_equal(count_of(f.json, "discrepancies"), 0);
	assert_int_equal(count_of(f.json, "warnings"), 0);
	assert_string_equal(string_at(f.json, "effective.carrier"), "up");
	assert_string_equal(string_at(f.json, "activeSlave.name"),
			    f.bond->slaves[0].link.name);
	unmake(&f);
}

static void nothing_is_claimed_of_what_is_not_judged(void **state)
{
	struct fixture f;

	(void)state;
	make(&f, BOND_MODE_ACTIVEBACKUP, CARRIER_MONITOR_MII);
	f.bond->link.flags = 0;
	render(&f, false);
	assert_has(f.text, "bond0: active-backup, 0 slaves");
	assert_has(f.text, "not RUNNING, no LOWER_UP");
	assert_has(f.text, "admin down\n");
	assert_has(f.text, "problems      not checked while");
	assert_lacks(f.text, "driver");
	unmake(&f);

	make(&f, 9, CARRIER_MONITOR_MII); /* a mode of a future kernel */
	sample_slaves(f.bond, "1U*", 0);
	sample_report(f.bond, true, true);
	render(&f, false);
	assert_has(f.text, "effective     unknown");
	assert_has(f.text, "mode 9 is unknown");
	assert_has(f.text, "problems      unknown\n");
	assert_string_equal(string_at(f.json, "mode"), "unknown");
	assert_string_equal(string_at(f.json, "effective.carrier"), "unknown");
	unmake(&f);

	make(&f, BOND_MODE_ACTIVEBACKUP, CARRIER_MONITOR_MII);
	sample_report(f.bond, true, true);
	f.bond->link.distrusted = true;
	render(&f, false);
	assert_has(f.text, "reported      unknown");
	assert_lacks(f.text, "RUNNING");
	assert_true(holds(f.json, "malformed"));
	assert_false(holds(f.json, "running"));
	unmake(&f);
}

static void lacp_shows_its_aggregators(void **state)
{
	struct fixture f;

	(void)state;
	make(&f, BOND_MODE_8023AD, CARRIER_MONITOR_MII);
	sample_slaves(f.bond, "1U/1 1U/2", 0);
	sample_ad(f.bond, "1,1,n");
	sample_report(f.bond, true, true);
	rename_slave(&f, 1, "eth1");
	render(&f, false);
	assert_has(f.text, "aggregator 1, ports 1, no partner\n");
	assert_has(f.text, "    noLacpPartner: bond0 has no LACP partner");
	assert_has(f.text, "    splitAggregator: slave eth1 of bond0");
	assert_int_equal(json_integer_value(json_object_get(
			     json_object_get(f.json, "aggregator"), "ports")),
			 1);
	assert_string_equal(string_at(f.json, "aggregator.partnerMac"),
			    "00:00:00:00:00:00");
	assert_int_equal(json_integer_value(json_object_get(
			     element(f.json, "slaves", 1), "aggregatorId")),
			 2);
	unmake(&f);

	make(&f, BOND_MODE_8023AD, CARRIER_MONITOR_MII);
	sample_slaves(f.bond, "1U/1", 0);
	sample_ad(f.bond, NULL);
	render(&f, false);
	assert_has(f.text, "no active aggregator\n");
	assert_false(holds(f.json, "aggregator"));
	unmake(&f);
}

/* A name must neither steer the terminal nor break the JSON. */
static void hostile_names_do_no_harm(void **state)
{
	struct fixture f;
	char *dump;

	(void)state;
	false_up(&f);
	strcpy(f.bond->link.name, "b\x1b[2J\n\"$(id)");
	rename_slave(&f, 0, "\xff\xc2\x9b\"\x07");
	render(&f, true);
	assert_has(f.text, "b\\x1b[2J\\x0a\"$(id)");
	assert_lacks(f.text, "\x1b[2J");
	assert_lacks(f.text, "\xc2\x9b");
	assert_lacks(f.text, "\x07");
	assert_string_equal(string_at(f.json, "name"), "b\\x1b[2J\\x0a\"$(id)");
	dump = json_dumps(f.json, 0);
	assert_non_null(dump);
	free(dump);
	unmake(&f);
}

static void assert_narrow(const char *text)
{
	while (*text) {
		size_t bytes = strcspn(text, "\n");
		char line[512];

		assert_true(bytes < sizeof(line));
		memcpy(line, text, bytes);
		line[bytes] = '\0';
		if (page_width(line) > PAGE_COLUMNS)
			fail_msg("%zu columns: %s", page_width(line), line);
		if (bytes > 0)
			assert_int_not_equal(text[bytes - 1], ' ');
		text += bytes + (text[bytes] == '\n');
	}
}

static void time_of_a_capture_fits_the_screen(void **state)
{
	static const char when[] = "2026-11-22T20:44:09.240+00:00";
	struct fixture f;

	(void)state;
	make(&f, BOND_MODE_ACTIVEBACKUP, CARRIER_MONITOR_MII);
	sample_slaves(f.bond, "1U* 1U", 0);
	sample_report(f.bond, true, true);
	render_at(&f, false, when);
	assert_narrow(f.text);
	unmake(&f);

	/* Administratively down, which takes the most words. */
	make(&f, BOND_MODE_ACTIVEBACKUP, CARRIER_MONITOR_MII);
	sample_report(f.bond, false, false);
	f.bond->link.flags = 0;
	render_at(&f, false, when);
	assert_has(f.text, "  problems      not checked while");
	assert_has(f.text, when);
	assert_narrow(f.text);
	unmake(&f);
}

/* With the longest ordinary names, and many of them. */
static void lines_fit_the_screen(void **state)
{
	struct fixture f;

	(void)state;
	make(&f, BOND_MODE_8023AD, CARRIER_MONITOR_MII);
	strcpy(f.bond->link.name, "abcdefghijklmno");
	sample_slaves(f.bond,
		      "1F/1 1D/2z 0Bx/3 0U/4 0U/5 1U/60000z 1U/7 1D/8 "
		      "1D/9 1D/10 0F/11",
		      0);
	for (size_t i = 0; i < f.bond->slave_count; i++) {
		char name[LINK_NAME_SIZE] = "\xc3\xb6n?-names-are";

		name[3] = (char)('a' + i);
		rename_slave(&f, i, name);
	}
	sample_ad(f.bond, "65535,65535,y");
	sample_report(f.bond, true, true);
	render(&f, false);
	assert_true(f.bond->discrepancies.count > 8);
	assert_narrow(f.text);
	unmake(&f);
}

static void colour_only_where_asked_for(void **state)
{
	struct fixture plain;
	struct fixture coloured;

	(void)state;
	false_up(&plain);
	render(&plain, false);
	assert_lacks(plain.text, "\x1b");
	false_up(&coloured);
	render(&coloured, true);
	assert_has(coloured.text, "\x1b[1mbond0\x1b[0m");
	assert_has(coloured.text, "\x1b[1;31mRUNNING\x1b[0m");
	assert_has(coloured.text, "\x1b[1;31mfalseUp\x1b[0m");
	unmake(&plain);
	unmake(&coloured);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(screen_answers_what_is_claimed_true_and_wrong),
		cmocka_unit_test(capture_says_its_time),
		cmocka_unit_test(advice_is_given_once),
		cmocka_unit_test(healthy_bond_says_so),
		cmocka_unit_test(nothing_is_claimed_of_what_is_not_judged),
		cmocka_unit_test(lacp_shows_its_aggregators),
		cmocka_unit_test(hostile_names_do_no_harm),
		cmocka_unit_test(time_of_a_capture_fits_the_screen),
		cmocka_unit_test(lines_fit_the_screen),
		cmocka_unit_test(colour_only_where_asked_for),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
