/* SPDX-License-Identifier: BSD-2-Clause */
/* Sentences are whole in the room they have, and safe to paste. */
#include <linux/if.h>
#include <linux/if_bonding.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "explain_fixture.h"

/* A command is pasted into a root shell: no name may say more in it than its
   name. The kernel allows all of these as interface names. */
static void commands_never_hold_a_hostile_name(void **state)
{
	struct fixture *f = *state;
	static const char *const names[] = { ";reboot;",    "$(reboot)", "`id`",
					     "a'b",	    "-force",	 "a|b",
					     "b\xc3\xb6nd", "a\x1b" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		strcpy(f->bond.link.name, names[i]);
		assert_has(remedy(f, DISCREPANCY_FALSE_UP),
			   "ip link set BOND type bond miimon 100");
		assert_lacks(remedy(f, DISCREPANCY_FALSE_UP), names[i]);
		assert_has(remedy(f, DISCREPANCY_STALE_CARRIER), "master BOND");
	}
}

/* Walks the causes that remedies branch on. */
static void vary(struct fixture *f, unsigned int n)
{
	static const uint32_t reasons[] = { CARRIER_REASON_LINK_UP,
					    CARRIER_REASON_NO_SLAVE_UP,
					    CARRIER_REASON_MIN_LINKS_NOT_MET };

	fixture_init(f);
	memset(f->bond.link.name, 1, LINK_NAME_SIZE - 1);
	memset(f->slaves[0].link.name, 2, LINK_NAME_SIZE - 1);
	memset(f->slaves[1].link.name, 3, LINK_NAME_SIZE - 1);
	f->bond.attrs.miimon_ms = n & 1 ? 4294967295U : 0;
	f->bond.attrs.arp_interval_ms = n & 2 ? 1 : 0;
	f->bond.attrs.use_carrier = n & 4 ? 1 : 0;
	f->bond.attrs.mode = n & 8 ? BOND_MODE_8023AD : BOND_MODE_ACTIVEBACKUP;
	f->bond.attrs.downdelay_ms = 4294967295U;
	f->bond.attrs.min_links = 4294967295U;
	f->slaves[0].attrs.mii_status = (uint8_t)(n >> 4 & 3);
	if (n & 64)
		f->slaves[0].link.flags |= LINK_FLAG_LOWER_UP;
	if (n & 128)
		f->slaves[0].below = CARRIER_DOWN;
	f->slaves[0].link.has_operstate = true;
	f->bond.link.has_operstate = true;
	f->bond.link.operstate = IF_OPER_LOWERLAYERDOWN;
	f->bond.link.flags =
	    n & 256 ? LINK_FLAG_UP | LINK_FLAG_LOWER_UP : LINK_FLAG_RUNNING;
	f->bond.verdict.reason = reasons[n % 3];
	f->bond.verdict.effective = n % 3 ? CARRIER_DOWN : CARRIER_UP;
}

/* bondEventText and bondDiscrepancyText hold 255 bytes. */
static void every_sentence_fits(void **state)
{
	struct fixture *f = *state;

	for (unsigned int n = 0; n < 512; n++) {
		vary(f, n);
		assert_true(strlen(verdict(f)) > 0);
		for (unsigned int k = 1; k <= DISCREPANCY_KIND_COUNT; k++) {
			enum discrepancy_kind kind = (enum discrepancy_kind)k;

			assert_true(strlen(finding(
					f, kind, f->slaves[0].link.name)) > 0);
			assert_true(strlen(remedy(f, kind)) > 0);
		}
		for (unsigned int w = 0; w < DISCREPANCY_WARNING_COUNT; w++)
			assert_true(strlen(warning(
					f, (enum discrepancy_warning)w)) > 0);
	}
}

static void short_buffers_are_safe(void **state)
{
	struct fixture *f = *state;
	char whole[EXPLAIN_TEXT_SIZE];
	char text[EXPLAIN_TEXT_SIZE];
	size_t needed;

	needed = explain_finding(&f->bond, DISCREPANCY_FALSE_UP, "", whole,
				 sizeof(whole));
	assert_int_equal(needed, strlen(whole));
	for (size_t size = 1; size < needed; size++) {
		memset(text, 'x', sizeof(text));
		assert_int_equal(explain_finding(&f->bond, DISCREPANCY_FALSE_UP,
						 "", text, size),
				 needed);
		assert_int_equal(strlen(text), size - 1);
		assert_memory_equal(text, whole, size - 1);
		assert_int_equal(text[size], 'x');
	}
	assert_int_equal(
	    explain_finding(&f->bond, DISCREPANCY_FALSE_UP, "", NULL, 0),
	    needed);
}

static void assert_event(struct event event, const char *expected)
{
	char text[EXPLAIN_TEXT_SIZE];

	strcpy(event.bond_name, "bond0");
	if (event.slave)
		strcpy(event.slave_name, "eth1");
	assert_int_equal(explain_event(&event, text, sizeof(text)),
			 strlen(expected));
	assert_string_equal(text, expected);
}

static void events_are_sentences(void **state)
{
	(void)state;
	assert_event((struct event){ .type = EVENT_EFFECTIVE_DOWN,
				     .effective = CARRIER_DOWN,
				     .reason = CARRIER_REASON_NO_SLAVE_UP },
		     "effective carrier of bond0 is down: no slave is usable");
	assert_event((struct event){ .type = EVENT_EFFECTIVE_UP,
				     .effective = CARRIER_UP,
				     .reason = CARRIER_REASON_LINK_UP },
		     "effective carrier of bond0 is up: enough slaves are "
		     "usable");
	assert_event((struct event){ .type = EVENT_DISCREPANCY_RAISED,
				     .kind = DISCREPANCY_FALSE_UP },
		     "falseUp: bond0 is RUNNING, but cannot carry traffic");
	assert_event((struct event){ .type = EVENT_DISCREPANCY_CLEARED,
				     .kind = DISCREPANCY_SLAVE_FALSE_UP,
				     .slave = 5 },
		     "cleared: slaveFalseUp on slave eth1 of bond0");
	assert_event(
	    (struct event){ .type = EVENT_ACTIVE_SLAVE_CHANGED, .slave = 5 },
	    "bond0 has a new active slave: eth1");
	assert_event((struct event){ .type = EVENT_ACTIVE_SLAVE_CHANGED },
		     "bond0 has no active slave now");
	assert_event((struct event){ .type = EVENT_BOND_REMOVED },
		     "bond0 was removed");
	assert_event((struct event){ .type = EVENT_SLAVE_ADDED, .slave = 5 },
		     "slave eth1 of bond0 was enslaved");
	assert_event(
	    (struct event){ .type = EVENT_SLAVE_LOWER_DOWN, .slave = 5 },
	    "slave eth1 of bond0 has lost its link");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(commands_never_hold_a_hostile_name),
		TEST(every_sentence_fits),
		TEST(short_buffers_are_safe),
		TEST(events_are_sentences),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
