/* SPDX-License-Identifier: BSD-2-Clause */
/* The names of enumerators, and printable names of links. */
#include <linux/if.h>
#include <linux/if_bonding.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/printable.h"
#include "explain_fixture.h"

/* The names are the MIB's: managers compare them. */
static void names_are_those_of_the_mib(void **state)
{
	(void)state;
	assert_string_equal(explain_carrier(CARRIER_DOWN), "down");
	assert_string_equal(explain_reason(CARRIER_REASON_NO_SLAVE_UP),
			    "noSlaveUp");
	assert_string_equal(explain_kind(DISCREPANCY_FALSE_UP), "falseUp");
	assert_string_equal(explain_kind(DISCREPANCY_SLAVE_NOT_OPERATIONAL),
			    "slaveNotOperational");
	assert_string_equal(explain_warning(DISCREPANCY_WARNING_ARP_DOWN),
			    "arpDown");
	assert_string_equal(explain_monitor(CARRIER_MONITOR_MII), "mii");
	assert_string_equal(explain_event_type(EVENT_SLAVE_LOWER_DOWN),
			    "slaveLowerDown");
	assert_string_equal(explain_mode(BOND_MODE_8023AD), "802.3ad");
	assert_string_equal(explain_mode(BOND_MODE_ALB), "balance-alb");
	assert_string_equal(explain_mii_status(BOND_LINK_BACK), "going back");
	assert_string_equal(explain_operstate(IF_OPER_LOWERLAYERDOWN),
			    "lowerlayerdown");
	assert_string_equal(explain_operstate(IF_OPER_UP), "up");
}

static void other_numbers_are_unknown(void **state)
{
	(void)state;
	for (unsigned int number = 12; number < 300; number++) {
		assert_string_equal(explain_mode(number), "unknown");
		assert_string_equal(explain_operstate(number), "unknown");
		assert_string_equal(explain_mii_status(number), "unknown");
	}
	assert_string_equal(explain_mode(7), "unknown");
	assert_string_equal(explain_mode(UINT32_MAX), "unknown");
	assert_string_equal(
	    explain_kind((enum discrepancy_kind)(DISCREPANCY_KIND_COUNT + 1)),
	    "unknown");
	assert_string_equal(explain_carrier((enum carrier)0), "unknown");
	assert_string_equal(explain_event_type((enum event_type)0), "unknown");
}

static void kinds_are_found_by_name(void **state)
{
	(void)state;
	for (unsigned int kind = 1; kind <= DISCREPANCY_KIND_COUNT; kind++)
		assert_int_equal(
		    explain_kind_of(explain_kind((enum discrepancy_kind)kind)),
		    kind);
	assert_kind(explain_kind_of("FALSEUP"), DISCREPANCY_FALSE_UP);
	assert_kind(explain_kind_of("falseU"), DISCREPANCY_NONE);
	assert_kind(explain_kind_of("none"), DISCREPANCY_NONE);
	assert_kind(explain_kind_of(""), DISCREPANCY_NONE);
}

static void hostile_names_become_printable(void **state)
{
	static const struct {
		const char *name;
		const char *printable;
	} cases[] = {
		{ "bond0", "bond0" },
		{ "", "" },
		{ "b\"'<&$;", "b\"'<&$;" },
		{ "a\\b", "a\\\\b" },
		{ "b\x1b[31m", "b\\x1b[31m" },
		{ "b\n\x7f", "b\\x0a\\x7f" },
		{ "b\xc3\xb6nd", "b\xc3\xb6nd" },
		{ "\xe2\x82\xac\xf0\x9f\x94\x97", "\xe2\x82\xac"
						  "\xf0\x9f\x94\x97" },
		{ "\xff\xfe", "\\xff\\xfe" },
		{ "\xc3", "\\xc3" },		/* cut short */
		{ "\xe2\x82x", "\\xe2\\x82x" }, /* broken off */
		{ "\xc0\xaf", "\\xc0\\xaf" },	/* overlong slash */
		{ "\xe0\x80\xaf", "\\xe0\\x80\\xaf" },
		{ "\xed\xa0\x80", "\\xed\\xa0\\x80" }, /* surrogate */
		{ "\xf4\x90\x80\x80", "\\xf4\\x90\\x80\\x80" },
		{ "\xc2\x9b"
		  "1m",
		  "\\xc2\\x9b"
		  "1m" },				 /* C1 control: CSI */
		{ "a\xe2\x80\xae", "a\\xe2\\x80\\xae" }, /* right to left */
	};
	char buffer[PRINTABLE_NAME_SIZE];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_string_equal(
		    printable_name(cases[i].name, buffer, sizeof(buffer)),
		    cases[i].printable);
}

/* A name that has passed already comes through as it is. */
static void sentences_become_printable_once(void **state)
{
	char once[EXPLAIN_TEXT_SIZE], twice[EXPLAIN_TEXT_SIZE];

	(void)state;
	printable_text("track file /t/e\x1b[0m\a: a\\b \xc3\xb6 \xff\n", once,
		       sizeof(once));
	assert_string_equal(once, "track file /t/e\\x1b[0m\\x07: a\\b \xc3\xb6 "
				  "\\xff\\x0a");
	assert_string_equal(printable_text(once, twice, sizeof(twice)), once);
	assert_string_equal(printable_text("ab\x01", once, 6), "ab");
}

static void longest_name_fits_and_a_cut_is_clean(void **state)
{
	static const char worst[] = "\x01\x02\x03\x04\x05\x06\x07\x08"
				    "\x09\x0a\x0b\x0c\x0d\x0e\x0f";
	char buffer[PRINTABLE_NAME_SIZE];

	(void)state;
	assert_int_equal(strlen(printable_name(worst, buffer, sizeof(buffer))),
			 60);
	assert_string_equal(printable_name("ab\x01", buffer, 6), "ab");
	assert_string_equal(printable_name("ab\x01", buffer, 7), "ab\\x01");
	assert_string_equal(printable_name("a\xc3\xb6", buffer, 3), "a");
	assert_string_equal(printable_name("abc", buffer, 1), "");
	assert_string_equal(printable_name("abc", buffer, 0), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(names_are_those_of_the_mib),
		TEST(other_numbers_are_unknown),
		TEST(kinds_are_found_by_name),
		TEST(hostile_names_become_printable),
		TEST(sentences_become_printable_once),
		TEST(longest_name_fits_and_a_cut_is_clean),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
