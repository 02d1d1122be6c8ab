/* SPDX-License-Identifier: BSD-2-Clause */
/* What a line of bondcarrierd.conf may say, and what it may not. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "settings_line.h"

static void defaults_are_those_of_the_manual(void **state)
{
	struct settings settings;

	(void)state;
	settings_init(&settings);
	assert_int_equal(settings.policy.discrepancy.grace_base_ms, 2000);
	assert_int_equal(settings.policy.discrepancy.lacp_grace_fast_ms, 10000);
	assert_int_equal(settings.policy.discrepancy.lacp_grace_slow_ms,
			 100000);
	assert_false(settings.policy.strict_lacp);
	assert_true(settings.notify.discrepancy);
	assert_true(settings.notify.effective);
	assert_false(settings.notify.active_slave);
	assert_int_equal(settings.standard_tables, 0);
	assert_int_equal(settings.notify_throttle_ms, 5000);
	assert_int_equal(settings.notify_queue, 1000);
	assert_int_equal(settings.event_log, 1000);
	assert_int_equal(settings.resync_interval_s, 60);
	assert_int_equal(settings.receive_buffer, 1048576);
	assert_int_equal(settings.agentx_ping_interval_s, 120);
	assert_string_equal(settings.track_directory, "");
	assert_int_equal(settings.track_fall_ms, 0);
	assert_int_equal(settings.track_rise_ms, 0);
	assert_true(settings_accepts(&settings, "anything"));
	settings_fini(&settings);
}

static void numbers_in_range_are_taken(void **state)
{
	struct settings settings;

	(void)state;
	settings_init(&settings);
	assert_int_equal(settings_line(&settings, "discrepancyGrace", "0"), 0);
	assert_int_equal(settings.policy.discrepancy.grace_base_ms, 0);
	assert_int_equal(
	    settings_line(&settings, "DISCREPANCYGRACE", "3600000"), 0);
	assert_int_equal(settings.policy.discrepancy.grace_base_ms, 3600000);
	assert_int_equal(settings_line(&settings, "lacpPartnerGrace", "1 \t 2"),
			 0);
	assert_int_equal(settings.policy.discrepancy.lacp_grace_fast_ms, 1);
	assert_int_equal(settings.policy.discrepancy.lacp_grace_slow_ms, 2);
	assert_int_equal(settings_line(&settings, "notifyThrottle", "250"), 0);
	assert_int_equal(settings.notify_throttle_ms, 250);
	assert_int_equal(settings_line(&settings, "notifyQueue", "7"), 0);
	assert_int_equal(settings.notify_queue, 7);
	assert_int_equal(settings_line(&settings, "eventLog", "8"), 0);
	assert_int_equal(settings.event_log, 8);
	assert_int_equal(settings_line(&settings, "resyncInterval", "9"), 0);
	assert_int_equal(settings.resync_interval_s, 9);
	assert_int_equal(settings_line(&settings, "receiveBuffer", "2304"), 0);
	assert_int_equal(settings.receive_buffer, 2304);
	assert_int_equal(
	    settings_line(&settings, "receiveBuffer", "1073741824"), 0);
	assert_int_equal(settings.receive_buffer, 1073741824);
	assert_int_equal(settings_line(&settings, "trackDelay", "11 3600000"),
			 0);
	assert_int_equal(settings.track_fall_ms, 11);
	assert_int_equal(settings.track_rise_ms, 3600000);
	assert_int_equal(settings_line(&settings, "agentXTimeout", "10"), 0);
	assert_int_equal(settings.agentx_timeout_s, 10);
	assert_int_equal(settings_line(&settings, "agentXRetries", "0"), 0);
	assert_int_equal(settings.agentx_retries, 0);
	assert_int_equal(settings_line(&settings, "agentXPingInterval", "3"),
			 0);
	assert_int_equal(settings.agentx_ping_interval_s, 3);
	settings_fini(&settings);
}

static void bad_values_are_refused(void **state)
{
	static const struct {
		const char *token, *value;
	} bad[] = {
		{ "discrepancyGrace", "3600001" },
		{ "discrepancyGrace", "-1" },
		{ "discrepancyGrace", "+1" },
		{ "discrepancyGrace", "" },
		{ "discrepancyGrace", "2s" },
		{ "discrepancyGrace", "1 2" },
		{ "discrepancyGrace", "0x10" },
		{ "discrepancyGrace", "99999999999999999999999" },
		{ "discrepancyGrace", "4294967297" },
		{ "lacpPartnerGrace", "1" },
		{ "lacpPartnerGrace", "1 2 3" },
		{ "lacpPartnerGrace", "1 x" },
		{ "notify", "" },
		{ "notify", "everything" },
		{ "notify", "none effective" },
		{ "notify", "effective none" },
		{ "standardTables", "" },
		{ "standardTables", "ifTable" },
		{ "standardTables", "ifStack none" },
		{ "standardTables", "none,dot3adAgg" },
		{ "notifyQueue", "0" },
		{ "eventLog", "0" },
		{ "resyncInterval", "0" },
		{ "receiveBuffer", "2303" },
		{ "receiveBuffer", "1073741825" },
		{ "receiveBuffer", "1M" },
		{ "trackDelay", "1" },
		{ "trackDelay", "1 2 3" },
		{ "trackDelay", "-1 0" },
		{ "trackDelay", "0 1s" },
		{ "trackDelay", "0 3600001" },
		{ "trackDirectory", "" },
		{ "trackDirectory", "run/track" },
		{ "strictLacp", "maybe" },
		{ "correctIfOperStatus", "bonds" },
		{ "discrepancyGrace", "\"5" },
		{ "discrepancyGrace", "5'" },
		{ "discrepancyGrace", "\"5\"0" },
		{ "discrepancyGrace", "\"\"" },
		{ "lacpPartnerGrace", "" },
		{ "lacpPartnerGrace", "-1 2" },
		{ "lacpPartnerGrace", "1 3600001" },
		{ "notify", "\"effective" },
		{ "notify", "effective ''" },
		{ "notify", "ifLink none" },
		{ "notify", "ifLinks" },
		{ "notifyThrottle", "3600001" },
		{ "notifyThrottle", "1.5" },
		{ "notifyQueue", "1000001" },
		{ "eventLog", "1000001" },
		{ "resyncInterval", "86401" },
		{ "strictLacp", "yes please" },
		{ "strictLacp", "2" },
		{ "include", " " },
		{ "include", "," },
		{ "include", "bond0 \"bond1" },
		{ "exclude", "'a'b" },
		{ "agentXPingInterval", "0" },
		{ "agentXTimeout", "0" },
		{ "agentXTimeout", "256" },
		{ "agentXRetries", "1001" },
		{ "stateFile", "\"/run/x" },
	};
	struct settings settings;

	(void)state;
	settings_init(&settings);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(
		    settings_line(&settings, bad[i].token, bad[i].value),
		    -EINVAL);
	settings_fini(&settings);
}

static void if_oper_status_needs_a_master(void **state)
{
	struct settings settings;

	(void)state;
	settings_init(&settings);
	assert_false(settings.correct_if_oper_status);
	assert_int_equal(settings_line(&settings, "correctIfOperStatus", "yes"),
			 0);
	assert_true(settings.correct_if_oper_status);
	settings_fini(&settings);

	settings_init(&settings);
	settings.standalone = true;
	assert_int_equal(settings_line(&settings, "correctIfOperStatus", "no"),
			 0);
	assert_int_equal(settings_line(&settings, "correctIfOperStatus", "yes"),
			 -EINVAL);
	assert_false(settings.correct_if_oper_status);
	settings_fini(&settings);
}

static int check(struct settings *settings)
{
	char why[SETTINGS_WHY_SIZE] = "";
	int err = settings_check(settings, why);

	if (err)
		assert_non_null(strstr(why, "correctIfOperStatus"));
	else
		assert_string_equal(why, "");
	return err;
}

static void if_link_needs_an_if_oper_status_that_agrees(void **state)
{
	struct settings settings;

	(void)state;
	settings_init(&settings);
	assert_false(settings.notify.if_link);
	assert_int_equal(check(&settings), 0);
	assert_int_equal(settings_line(&settings, "notify", "effective IFLINK"),
			 0);
	assert_true(settings.notify.if_link);
	assert_true(settings.notify.effective);
	assert_false(settings.notify.discrepancy);
	assert_int_equal(check(&settings), -EINVAL);
	assert_int_equal(settings_line(&settings, "correctIfOperStatus", "yes"),
			 0);
	assert_int_equal(check(&settings), 0);
	assert_int_equal(settings_line(&settings, "correctIfOperStatus", "no"),
			 0);
	assert_int_equal(check(&settings), -EINVAL);
	assert_int_equal(settings_line(&settings, "notify", "effective"), 0);
	assert_false(settings.notify.if_link);
	assert_int_equal(check(&settings), 0);
	settings_fini(&settings);

	settings_init(&settings);
	settings.standalone = true;
	assert_int_equal(settings_line(&settings, "notify", "ifLink"), 0);
	assert_int_equal(check(&settings), 0);
	settings_fini(&settings);
}

static void unknown_tokens_are_refused(void **state)
{
	struct settings settings;

	(void)state;
	settings_init(&settings);
	assert_int_equal(settings_line(&settings, "agentXPerms", "0770"),
			 -ENOENT);
	assert_int_equal(settings_line(&settings, "discrepancy", "1"), -ENOENT);
	assert_int_equal(settings_line(&settings, "discrepancyGraces", "1"),
			 -ENOENT);
	assert_int_equal(settings_line(&settings, "", "1"), -ENOENT);
	settings_fini(&settings);
}

static void the_last_line_counts_and_is_warned_of(void **state)
{
	struct settings settings;

	(void)state;
	settings_init(&settings);
	assert_int_equal(settings_line_next(&settings, "notifyQueue", "5"), 0);
	assert_int_equal(settings_line_next(&settings, "eventLog", "5"), 0);
	assert_int_equal(settings_line_next(&settings, "NOTIFYQUEUE", "6"),
			 SETTINGS_WARNING);
	assert_int_equal(settings.notify_queue, 6);
	assert_int_equal(settings_line_next(&settings, "notify", "effective"),
			 0);
	assert_int_equal(settings_line_next(&settings, "notify", "activeSlave"),
			 SETTINGS_WARNING);
	assert_false(settings.notify.effective);
	assert_true(settings.notify.active_slave);
	assert_int_equal(settings_line_next(&settings, "exclude", "a"), 0);
	assert_int_equal(settings_line_next(&settings, "exclude", "a"), 0);
	settings_fini(&settings);
}

static void notify_lists_what_is_sent(void **state)
{
	struct settings settings;

	(void)state;
	settings_init(&settings);
	assert_int_equal(settings_line(&settings, "notify", "activeSlave"), 0);
	assert_true(settings.notify.active_slave);
	assert_false(settings.notify.discrepancy);
	assert_false(settings.notify.effective);
	assert_int_equal(settings_line(&settings, "notify",
				       "Discrepancy, effective,activeslave"),
			 0);
	assert_true(settings.notify.active_slave);
	assert_true(settings.notify.discrepancy);
	assert_true(settings.notify.effective);
	assert_int_equal(settings_line(&settings, "notify", "none"), 0);
	assert_false(settings.notify.active_slave);
	assert_false(settings.notify.discrepancy);
	assert_false(settings.notify.effective);
	settings_fini(&settings);
}

static void standard_tables_add_up_on_one_line(void **state)
{
	struct settings settings;

	(void)state;
	settings_init(&settings);
	assert_int_equal(settings_line(&settings, "standardTables", "ifStack"),
			 0);
	assert_int_equal(settings.standard_tables, SETTINGS_IF_STACK);
	assert_int_equal(
	    settings_line(&settings, "standardTables", "DOT3ADAGG"), 0);
	assert_int_equal(settings.standard_tables, SETTINGS_DOT3AD_AGG);
	assert_int_equal(
	    settings_line(&settings, "standardTables", "ifStack, dot3adAgg"),
	    0);
	assert_int_equal(settings.standard_tables,
			 SETTINGS_IF_STACK | SETTINGS_DOT3AD_AGG);
	assert_int_equal(settings_line(&settings, "standardTables", "none"), 0);
	assert_int_equal(settings.standard_tables, 0);
	settings_fini(&settings);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(defaults_are_those_of_the_manual),
		cmocka_unit_test(numbers_in_range_are_taken),
		cmocka_unit_test(bad_values_are_refused),
		cmocka_unit_test(if_oper_status_needs_a_master),
		cmocka_unit_test(if_link_needs_an_if_oper_status_that_agrees),
		cmocka_unit_test(unknown_tokens_are_refused),
		cmocka_unit_test(the_last_line_counts_and_is_warned_of),
		cmocka_unit_test(notify_lists_what_is_sent),
		cmocka_unit_test(standard_tables_add_up_on_one_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
