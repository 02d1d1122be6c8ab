/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * `bondcarrier show` over bonds made by hand: the screen and the JSON.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <linux/if.h>
#include <linux/if_bonding.h>
#include <linux/if_link.h>

#include "decision/judge.h"
#include "output/json_bond.h"
#include "output/page.h"
#include "output/show.h"
#include "sample.h"

struct fixture {
	struct bond_set set;
	struct bond *bond;
	char *text;
	size_t size;
	json_t *json;
};

static void make(struct fixture *f, unsigned int mode,
		 enum carrier_monitor monitor)
{
	memset(f, 0, sizeof(*f));
	bond_set_init(&f->set);
	f->set.status = BOND_SET_SYNCHRONISED;
	f->bond = sample_bond(&f->set, 3, mode, monitor);
	strcpy(f->bond->link.name, "bond0");
}

static void rename_slave(struct fixture *f, size_t place, const char *name)
{
	char *to = f->bond->slaves[place].link.name;

	assert_true(strlen(name) < LINK_NAME_SIZE);
	strcpy(to, name);
}

/* Judges it as monitor_open() does, and renders it both ways. */
static void render_at(struct fixture *f, bool colour, const char *captured_at)
{
	const struct event_sink nobody = { .emit = NULL };
	struct judge_policy policy;
	FILE *out;

	judge_policy_defaults(&policy);
	assert_int_equal(judge_run(&f->set, &policy, &nobody, 1000), 0);
	out = open_memstream(&f->text, &f->size);
	assert_non_null(out);
	show_bond(out, f->bond, colour, captured_at);
	fclose(out);
	f->json = json_bond(f->bond);
	assert_non_null(f->json);
}

static void render(struct fixture *f, bool colour)
{
	render_at(f, colour, NULL);
}

static void unmake(struct fixture *f)
{
	free(f->text);
	json_decref(f->json);
	bond_set_fini(&f->set);
}

static void assert_has(const struct fixture *f, const char *part)
{
	if (!strstr(f->text, part))
		fail_msg("nothing says \"%s\" in:\n%s", part, f->text);
}

static void assert_lacks(const struct fixture *f, const char *part)
{
	if (strstr(f->text, part))
		fail_msg("\"%s\" stands in:\n%s", part, f->text);
}

/* The string at a path such as "effective.carrier"; "-" where it is not. */
static const char *string_at(const json_t *object, const char *path)
{
	char member[64];
	const char *dot;

	while ((dot = strchr(path, '.')) != NULL) {
		snprintf(member, sizeof(member), "%.*s", (int)(dot - path),
			 path);
		object = json_object_get(object, member);
		path = dot + 1;
	}
	object = json_object_get(object, path);
	return json_is_string(object) ? json_string_value(object) : "-";
}

static json_t *element(const json_t *object, const char *member, size_t place)
{
	return json_array_get(json_object_get(object, member), place);
}

static size_t count_of(const json_t *object, const char *member)
{
	const json_t *array = json_object_get(object, member);

	assert_true(json_is_array(array));
	return json_array_size(array);
}

static bool holds(const json_t *object, const char *member)
{
	return json_object_get(object, member) != NULL;
}

/* Recipe a: the bug that this project is about. */
static void false_up(struct fixture *f)
{
	make(f, BOND_MODE_ACTIVEBACKUP, CARRIER_MONITOR_NONE);
	sample_slaves(f->bond, "0U* 0U", 0);
	rename_slave(f, 0, "eth0");
	rename_slave(f, 1, "eth1");
	sample_report(f->bond, true, true);
}

static void screen_answers_what_is_claimed_true_and_wrong(void **state)
{
	struct fixture f;

	(void)state;
	false_up(&f);
	render(&f, false);
	assert_has(&f, "bond0: active-backup, 2 slaves, ifindex 3\n");
	assert_has(&f, "  reported      RUNNING, LOWER_UP");
	assert_has(&f, "admin up\n");
	assert_has(&f, "  effective     down (noSlaveUp)\n");
	assert_has(&f, "  because       none of its 2 slaves has a link\n");
	assert_has(&f, "  link monitor  none: miimon and arp_interval are 0\n");
	assert_has(&f, "    falseUp: bond0 is RUNNING, but none of its 2 "
		       "slaves has a link\n");
	assert_has(&f, "      -> miimon is 0: this bond never looks at its "
		       "slaves; set miimon 100\n");
	assert_has(&f, "(ip link set bond0 type bond miimon 100)"); /* whole */
	assert_has(&f, "  problems      (at this moment; bondcarrierd knows "
		       "since when)\n");
	assert_has(&f, "      also: eth1\n");
	assert_has(&f, "    unmonitored: see above\n");
	assert_has(&f, "    eth0   down  up      no      active  "
		       "slaveFalseUp\n");
	assert_has(&f, "    eth1   down  up      no      backup  "
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
	assert_has(&f, "  problems      (at NOON, the capture's end)\n");
	assert_lacks(&f, "this moment");
	assert_lacks(&f, "bondcarrierd");
	unmake(&f);

	make(&f, BOND_MODE_ACTIVEBACKUP, CARRIER_MONITOR_MII);
	sample_slaves(f.bond, "1U* 1U", 0);
	sample_report(f.bond, true, true);
	render_at(&f, false, "NOON");
	assert_has(&f, "  problems      none (at NOON, the capture's end)\n");
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
	assert_has(&f, "  effective     up (linkUp)\n");
	assert_has(&f, "  because       2 of its 2 slaves are usable\n");
	assert_has(&f, "  problems      none\n");
	assert_has(&f, "  link monitor  MII every 100 ms");
	assert_lacks(&f, "warnings");
	assert_lacks(&f, "LACP");
	assert_lacks(&f, "aggregator");
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
	assert_has(&f, "bond0: active-backup, 0 slaves");
	assert_has(&f, "not RUNNING, no LOWER_UP");
	assert_has(&f, "admin down\n");
	assert_has(&f, "problems      not judged while");
	assert_lacks(&f, "driver");
	unmake(&f);

	make(&f, 9, CARRIER_MONITOR_MII); /* a mode of a future kernel */
	sample_slaves(f.bond, "1U*", 0);
	sample_report(f.bond, true, true);
	render(&f, false);
	assert_has(&f, "effective     unknown");
	assert_has(&f, "mode 9 is unknown");
	assert_has(&f, "problems      unknown\n");
	assert_string_equal(string_at(f.json, "mode"), "unknown");
	assert_string_equal(string_at(f.json, "effective.carrier"), "unknown");
	unmake(&f);

	make(&f, BOND_MODE_ACTIVEBACKUP, CARRIER_MONITOR_MII);
	sample_report(f.bond, true, true);
	f.bond->link.distrusted = true;
	render(&f, false);
	assert_has(&f, "reported      unknown");
	assert_lacks(&f, "RUNNING");
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
	assert_has(&f, "aggregator 1, ports 1, no partner\n");
	assert_has(&f, "    noLacpPartner: bond0 has no LACP partner");
	assert_has(&f, "    splitAggregator: slave eth1 of bond0");
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
	assert_has(&f, "no active aggregator\n");
	assert_false(holds(f.json, "aggregator"));
	unmake(&f);
}

static void json_tells_the_same(void **state)
{
	struct fixture f;
	json_t *item;

	(void)state;
	false_up(&f);
	render(&f, false);
	assert_string_equal(string_at(f.json, "name"), "bond0");
	assert_true(json_is_true(json_object_get(f.json, "running")));
	assert_string_equal(string_at(f.json, "effective.carrier"), "down");
	assert_string_equal(string_at(f.json, "effective.reason"), "noSlaveUp");
	assert_string_equal(string_at(f.json, "mode"), "active-backup");
	assert_string_equal(string_at(f.json, "monitor"), "none");
	assert_int_equal(count_of(f.json, "discrepancies"), 3);
	item = element(f.json, "discrepancies", 0);
	assert_string_equal(string_at(item, "kind"), "falseUp");
	assert_string_equal(string_at(item, "phase"), "pending");
	assert_non_null(strstr(string_at(item, "remedy"), "miimon 100"));
	assert_false(holds(item, "slave"));
	item = element(f.json, "discrepancies", 2);
	assert_string_equal(string_at(item, "kind"), "slaveFalseUp");
	assert_string_equal(string_at(item, "slave.name"), "eth1");
	assert_string_equal(
	    string_at(element(f.json, "warnings", 0), "warning"),
	    "unmonitored");
	item = element(f.json, "slaves", 0);
	assert_string_equal(string_at(item, "link"), "down");
	assert_string_equal(string_at(item, "miiStatus"), "up");
	assert_string_equal(string_at(item, "corrected"), "down");
	assert_string_equal(
	    json_string_value(element(item, "discrepancies", 0)),
	    "slaveFalseUp");
	unmake(&f);
}

/* Absent is not zero. */
static void json_leaves_out_what_the_kernel_did_not_give(void **state)
{
	struct fixture f;
	json_t *slave;

	(void)state;
	false_up(&f);
	f.bond->attrs.present &= ~BOND_ATTR_BIT(IFLA_BOND_USE_CARRIER);
	f.bond->attrs.present &= ~BOND_ATTR_BIT(IFLA_BOND_ACTIVE_SLAVE);
	f.bond->slaves[0].attrs.present = 0;
	f.bond->slaves[0].link.has_operstate = false;
	f.bond->changed = true;
	render(&f, false);
	assert_false(holds(json_object_get(f.json, "options"), "use_carrier"));
	assert_true(holds(json_object_get(f.json, "options"), "miimon"));
	assert_false(holds(f.json, "activeSlave"));
	slave = element(f.json, "slaves", 0);
	assert_false(holds(slave, "miiStatus"));
	assert_false(holds(slave, "state"));
	assert_false(holds(slave, "linkFailures"));
	assert_false(holds(slave, "operstate"));
	unmake(&f);
}

static void options_have_the_values_of_their_fields(void **state)
{
	struct fixture f;
	json_t *options;

	(void)state;
	make(&f, BOND_MODE_8023AD, CARRIER_MONITOR_MII);
	f.bond->attrs.present = UINT64_MAX;
	f.bond->attrs.miimon_ms = 4294967295U;
	f.bond->attrs.updelay_ms = 7000;
	f.bond->attrs.min_links = 3;
	f.bond->attrs.lacp_rate = 1;
	f.bond->attrs.ad_select = 255;
	f.bond->attrs.use_carrier = 0;
	render(&f, false);
	options = json_object_get(f.json, "options");
	static const struct {
		const char *name;
		json_int_t value;
	} expected[] = {
		{ "miimon", 4294967295 }, { "updelay", 7000 },
		{ "min_links", 3 },	  { "lacp_rate", 1 },
		{ "ad_select", 255 },	  { "use_carrier", 0 },
	};
	for (size_t i = 0; i < sizeof(expected) / sizeof(expected[0]); i++)
		assert_int_equal(json_integer_value(json_object_get(
				     options, expected[i].name)),
				 expected[i].value);
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
	assert_has(&f, "b\\x1b[2J\\x0a\"$(id)");
	assert_lacks(&f, "\x1b[2J");
	assert_lacks(&f, "\xc2\x9b");
	assert_lacks(&f, "\x07");
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
	assert_has(&f, "  problems      not judged while");
	assert_has(&f, when);
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
	assert_lacks(&plain, "\x1b");
	false_up(&coloured);
	render(&coloured, true);
	assert_has(&coloured, "\x1b[1mbond0\x1b[0m");
	assert_has(&coloured, "\x1b[1;31mRUNNING\x1b[0m");
	assert_has(&coloured, "\x1b[1;31mfalseUp\x1b[0m");
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
		cmocka_unit_test(json_tells_the_same),
		cmocka_unit_test(json_leaves_out_what_the_kernel_did_not_give),
		cmocka_unit_test(options_have_the_values_of_their_fields),
		cmocka_unit_test(hostile_names_do_no_harm),
		cmocka_unit_test(time_of_a_capture_fits_the_screen),
		cmocka_unit_test(lines_fit_the_screen),
		cmocka_unit_test(colour_only_where_asked_for),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
