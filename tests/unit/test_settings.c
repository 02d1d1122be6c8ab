/* SPDX-License-Identifier: BSD-2-Clause */
/* What a line of bondcarrierd.conf may say, and what it may not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <string.h>

#include "config/settings.h"

static int apply_next(struct settings *settings, const char *token,
		      const char *value)
{
	char why[SETTINGS_WHY_SIZE] = "";
	int err = settings_apply(settings, token, value, why);

	if (err)
		assert_string_not_equal(why, "");
	else
		assert_string_equal(why, "");
	return err;
}

/* As the first line of that token. */
static int apply(struct settings *settings, const char *token,
		 const char *value)
{
	settings->given = 0;
	return apply_next(settings, token, value);
}

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
	assert_int_equal(apply(&settings, "discrepancyGrace", "0"), 0);
	assert_int_equal(settings.policy.discrepancy.grace_base_ms, 0);
	assert_int_equal(apply(&settings, "DISCREPANCYGRACE", "3600000"), 0);
	assert_int_equal(settings.policy.discrepancy.grace_base_ms, 3600000);
	assert_int_equal(apply(&settings, "lacpPartnerGrace", "1 \t 2"), 0);
	assert_int_equal(settings.policy.discrepancy.lacp_grace_fast_ms, 1);
	assert_int_equal(settings.policy.discrepancy.lacp_grace_slow_ms, 2);
	assert_int_equal(apply(&settings, "notifyThrottle", "250"), 0);
	assert_int_equal(settings.notify_throttle_ms, 250);
	assert_int_equal(apply(&settings, "notifyQueue", "7"), 0);
	assert_int_equal(settings.notify_queue, 7);
	assert_int_equal(apply(&settings, "eventLog", "8"), 0);
	assert_int_equal(settings.event_log, 8);
	assert_int_equal(apply(&settings, "resyncInterval", "9"), 0);
	assert_int_equal(settings.resync_interval_s, 9);
	assert_int_equal(apply(&settings, "receiveBuffer", "2304"), 0);
	assert_int_equal(settings.receive_buffer, 2304);
	assert_int_equal(apply(&settings, "receiveBuffer", "1073741824"), 0);
	assert_int_equal(settings.receive_buffer, 1073741824);
	assert_int_equal(apply(&settings, "trackDelay", "11 3600000"), 0);
	assert_int_equal(settings.track_fall_ms, 11);
	assert_int_equal(settings.track_rise_ms, 3600000);
	assert_int_equal(apply(&settings, "agentXTimeout", "10"), 0);
	assert_int_equal(settings.agentx_timeout_s, 10);
	assert_int_equal(apply(&settings, "agentXRetries", "0"), 0);
	assert_int_equal(settings.agentx_retries, 0);
	assert_int_equal(apply(&settings, "agentXPingInterval", "3"), 0);
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
		assert_int_equal(apply(&settings, bad[i].token, bad[i].value),
				 -EINVAL);
	settings_fini(&settings);
}

static void if_oper_status_needs_a_master(void **state)
{
	struct settings settings;

	(void)state;
	settings_init(&settings);
	assert_false(settings.correct_if_oper_status);
	assert_int_equal(apply(&settings, "correctIfOperStatus", "yes"), 0);
	assert_true(settings.correct_if_oper_status);
	settings_fini(&settings);

	settings_init(&settings);
	settings.standalone = true;
	assert_int_equal(apply(&settings, "correctIfOperStatus", "no"), 0);
	assert_int_equal(apply(&settings, "correctIfOperStatus", "yes"),
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
	assert_int_equal(apply(&settings, "notify", "effective IFLINK"), 0);
	assert_true(settings.notify.if_link);
	assert_true(settings.notify.effective);
	assert_false(settings.notify.discrepancy);
	assert_int_equal(check(&settings), -EINVAL);
	assert_int_equal(apply(&settings, "correctIfOperStatus", "yes"), 0);
	assert_int_equal(check(&settings), 0);
	assert_int_equal(apply(&settings, "correctIfOperStatus", "no"), 0);
	assert_int_equal(check(&settings), -EINVAL);
	assert_int_equal(apply(&settings, "notify", "effective"), 0);
	assert_false(settings.notify.if_link);
	assert_int_equal(check(&settings), 0);
	settings_fini(&settings);

	settings_init(&settings);
	settings.standalone = true;
	assert_int_equal(apply(&settings, "notify", "ifLink"), 0);
	assert_int_equal(check(&settings), 0);
	settings_fini(&settings);
}

static void unknown_tokens_are_refused(void **state)
{
	struct settings settings;

	(void)state;
	settings_init(&settings);
	assert_int_equal(apply(&settings, "agentXPerms", "0770"), -ENOENT);
	assert_int_equal(apply(&settings, "discrepancy", "1"), -ENOENT);
	assert_int_equal(apply(&settings, "discrepancyGraces", "1"), -ENOENT);
	assert_int_equal(apply(&settings, "", "1"), -ENOENT);
	settings_fini(&settings);
}

/* What can't ever be connected to is a mistake; the rest may come to be. */
static void addresses_that_can_be_are_taken(void **state)
{
	static const char *const good[] = {
		"/var/agentx/master",
		"unix:/a",
		"UNIX:/a:b",
		"local:/a",
		"tcp:localhost:705",
		"tcp:localhost",
		"tcp:705",
		"tcp:[::1]:705",
		"tcp6:[::1]",
		"localhost:705",
		"705",
		"\"/a b\"",
	};
	static const char *const bad[] = {
		"master",      "unix:",	   "unix:master", "tcp:",
		"tcp:a:",      "tcp:a:0",  "tcp:a:65536", "tcp:a:b",
		"tcp:0",       "tcp:a:-1", "udp:a:705",	  "a:b",
		"ssh:a:b:705", "65536",	   "\"/a",	  "tcp:[::1]:x",
	};
	struct settings settings;

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		settings_init(&settings);
		assert_int_equal(apply(&settings, "agentXSocket", good[i]), 0);
		settings_fini(&settings);
	}
	settings_init(&settings);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(apply(&settings, "agentXSocket", bad[i]),
				 -EINVAL);
	assert_string_equal(settings.agentx_socket, "");
	settings_fini(&settings);
}

/* unix(7): the path and its NUL are in 108 bytes. */
static void a_long_socket_is_refused(void **state)
{
	char path[109];
	struct settings settings;

	(void)state;
	settings_init(&settings);
	memset(path, '/', sizeof(path));
	path[108] = '\0';
	assert_int_equal(apply(&settings, "agentXSocket", path), -EINVAL);
	assert_string_equal(settings.agentx_socket, "");
	path[107] = '\0';
	assert_int_equal(apply(&settings, "agentXSocket", path), 0);
	assert_string_equal(settings.agentx_socket, path);
	settings_fini(&settings);
}

static void quotes_are_taken_off(void **state)
{
	struct settings settings;

	(void)state;
	settings_init(&settings);
	assert_int_equal(apply(&settings, "discrepancyGrace", "\"7\""), 0);
	assert_int_equal(settings.policy.discrepancy.grace_base_ms, 7);
	assert_int_equal(apply(&settings, "stateFile", "'/a \"b'"), 0);
	assert_string_equal(settings.state_file, "/a \"b");
	assert_int_equal(apply(&settings, "strictLacp", "\"yes\""), 0);
	assert_true(settings.policy.strict_lacp);
	assert_int_equal(
	    apply(&settings, "include", "\"bond,0\" 'x\"', pl\"ain"), 0);
	assert_true(settings_accepts(&settings, "bond,0"));
	assert_true(settings_accepts(&settings, "x\""));
	assert_true(settings_accepts(&settings, "pl\"ain"));
	assert_false(settings_accepts(&settings, "bond"));
	assert_false(settings_accepts(&settings, "\"bond"));
	settings_fini(&settings);
}

static void the_last_line_counts_and_is_warned_of(void **state)
{
	struct settings settings;

	(void)state;
	settings_init(&settings);
	assert_int_equal(apply_next(&settings, "notifyQueue", "5"), 0);
	assert_int_equal(apply_next(&settings, "eventLog", "5"), 0);
	assert_int_equal(apply_next(&settings, "NOTIFYQUEUE", "6"),
			 SETTINGS_WARNING);
	assert_int_equal(settings.notify_queue, 6);
	assert_int_equal(apply_next(&settings, "notify", "effective"), 0);
	assert_int_equal(apply_next(&settings, "notify", "activeSlave"),
			 SETTINGS_WARNING);
	assert_false(settings.notify.effective);
	assert_true(settings.notify.active_slave);
	assert_int_equal(apply_next(&settings, "exclude", "a"), 0);
	assert_int_equal(apply_next(&settings, "exclude", "a"), 0);
	settings_fini(&settings);
}

/* It is logged, and may be shown on a terminal. */
static void the_reason_is_printable(void **state)
{
	char why[SETTINGS_WHY_SIZE];
	struct settings settings;

	(void)state;
	settings_init(&settings);
	assert_int_equal(
	    settings_apply(&settings, "notify", "\033[31m\xff\n", why),
	    -EINVAL);
	assert_non_null(strstr(why, "'\\x1b[31m\\xff\\x0a'"));
	settings_fini(&settings);
}

static void a_long_pattern_is_refused(void **state)
{
	char pattern[301];
	struct settings settings;

	(void)state;
	settings_init(&settings);
	memset(pattern, '*', sizeof(pattern));
	pattern[300] = '\0';
	assert_int_equal(apply(&settings, "include", pattern), -EINVAL);
	assert_true(settings_accepts(&settings, "bond0"));
	settings_fini(&settings);
}

static void the_state_file_is_a_whole_path_or_none(void **state)
{
	char path[SETTINGS_ADDRESS_SIZE + 1];
	struct settings settings;
	size_t length;

	(void)state;
	settings_init(&settings);
	length = strlen(settings.state_file);
	assert_true(length > strlen("/lib/bondcarrier/state"));
	assert_string_equal(settings.state_file + length -
				strlen("/lib/bondcarrier/state"),
			    "/lib/bondcarrier/state");
	assert_int_equal(apply(&settings, "stateFile", "/run/x"), 0);
	assert_string_equal(settings.state_file, "/run/x");
	assert_int_equal(apply(&settings, "stateFile", "run/x"), -EINVAL);
	memset(path, '/', sizeof(path));
	path[SETTINGS_ADDRESS_SIZE] = '\0';
	assert_int_equal(apply(&settings, "stateFile", path), -EINVAL);
	assert_string_equal(settings.state_file, "/run/x");
	assert_int_equal(apply(&settings, "stateFile", "none"), 0);
	assert_string_equal(settings.state_file, "");
	settings_fini(&settings);
}

static void the_track_directory_is_a_whole_path_or_none(void **state)
{
	struct settings settings;

	(void)state;
	settings_init(&settings);
	assert_int_equal(apply(&settings, "trackDirectory", "/run/a b"), 0);
	assert_string_equal(settings.track_directory, "/run/a b");
	assert_int_equal(apply(&settings, "trackDirectory", "b"), -EINVAL);
	assert_string_equal(settings.track_directory, "/run/a b");
	assert_int_equal(apply(&settings, "trackDirectory", "none"), 0);
	assert_string_equal(settings.track_directory, "");
	settings_fini(&settings);
}

static void notify_lists_what_is_sent(void **state)
{
	struct settings settings;

	(void)state;
	settings_init(&settings);
	assert_int_equal(apply(&settings, "notify", "activeSlave"), 0);
	assert_true(settings.notify.active_slave);
	assert_false(settings.notify.discrepancy);
	assert_false(settings.notify.effective);
	assert_int_equal(
	    apply(&settings, "notify", "Discrepancy, effective,activeslave"),
	    0);
	assert_true(settings.notify.active_slave);
	assert_true(settings.notify.discrepancy);
	assert_true(settings.notify.effective);
	assert_int_equal(apply(&settings, "notify", "none"), 0);
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
	assert_int_equal(apply(&settings, "standardTables", "ifStack"), 0);
	assert_int_equal(settings.standard_tables, SETTINGS_IF_STACK);
	assert_int_equal(apply(&settings, "standardTables", "DOT3ADAGG"), 0);
	assert_int_equal(settings.standard_tables, SETTINGS_DOT3AD_AGG);
	assert_int_equal(
	    apply(&settings, "standardTables", "ifStack, dot3adAgg"), 0);
	assert_int_equal(settings.standard_tables,
			 SETTINGS_IF_STACK | SETTINGS_DOT3AD_AGG);
	assert_int_equal(apply(&settings, "standardTables", "none"), 0);
	assert_int_equal(settings.standard_tables, 0);
	settings_fini(&settings);
}

static void patterns_choose_bonds(void **state)
{
	struct settings settings;

	(void)state;
	settings_init(&settings);
	assert_int_equal(apply(&settings, "exclude", "bond9*"), 0);
	assert_true(settings_accepts(&settings, "bond0"));
	assert_false(settings_accepts(&settings, "bond9"));
	assert_int_equal(apply(&settings, "include", "bond? team*"), 0);
	assert_int_equal(apply(&settings, "include", "lag[12]"), 0);
	assert_true(settings_accepts(&settings, "bond0"));
	assert_true(settings_accepts(&settings, "team77"));
	assert_true(settings_accepts(&settings, "lag2"));
	assert_false(settings_accepts(&settings, "lag3"));
	assert_false(settings_accepts(&settings, "bond10"));
	assert_false(settings_accepts(&settings, "bond9"));
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
		cmocka_unit_test(addresses_that_can_be_are_taken),
		cmocka_unit_test(a_long_socket_is_refused),
		cmocka_unit_test(quotes_are_taken_off),
		cmocka_unit_test(the_last_line_counts_and_is_warned_of),
		cmocka_unit_test(the_reason_is_printable),
		cmocka_unit_test(a_long_pattern_is_refused),
		cmocka_unit_test(the_state_file_is_a_whole_path_or_none),
		cmocka_unit_test(the_track_directory_is_a_whole_path_or_none),
		cmocka_unit_test(notify_lists_what_is_sent),
		cmocka_unit_test(standard_tables_add_up_on_one_line),
		cmocka_unit_test(patterns_choose_bonds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
