/* SPDX-License-Identifier: BSD-2-Clause */
/* Addresses, paths and patterns in bondcarrierd.conf. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "settings_line.h"

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
		assert_int_equal(
		    settings_line(&settings, "agentXSocket", good[i]), 0);
		settings_fini(&settings);
	}
	settings_init(&settings);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(
		    settings_line(&settings, "agentXSocket", bad[i]), -EINVAL);
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
	assert_int_equal(settings_line(&settings, "agentXSocket", path),
			 -EINVAL);
	assert_string_equal(settings.agentx_socket, "");
	path[107] = '\0';
	assert_int_equal(settings_line(&settings, "agentXSocket", path), 0);
	assert_string_equal(settings.agentx_socket, path);
	settings_fini(&settings);
}

static void quotes_are_taken_off(void **state)
{
	struct settings settings;

	(void)state;
	settings_init(&settings);
	assert_int_equal(settings_line(&settings, "discrepancyGrace", "\"7\""),
			 0);
	assert_int_equal(settings.policy.discrepancy.grace_base_ms, 7);
	assert_int_equal(settings_line(&settings, "stateFile", "'/a \"b'"), 0);
	assert_string_equal(settings.state_file, "/a \"b");
	assert_int_equal(settings_line(&settings, "strictLacp", "\"yes\""), 0);
	assert_true(settings.policy.strict_lacp);
	assert_int_equal(
	    settings_line(&settings, "include", "\"bond,0\" 'x\"', pl\"ain"),
	    0);
	assert_true(settings_accepts(&settings, "bond,0"));
	assert_true(settings_accepts(&settings, "x\""));
	assert_true(settings_accepts(&settings, "pl\"ain"));
	assert_false(settings_accepts(&settings, "bond"));
	assert_false(settings_accepts(&settings, "\"bond"));
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
	assert_int_equal(settings_line(&settings, "include", pattern), -EINVAL);
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
	assert_int_equal(settings_line(&settings, "stateFile", "/run/x"), 0);
	assert_string_equal(settings.state_file, "/run/x");
	assert_int_equal(settings_line(&settings, "stateFile", "run/x"),
			 -EINVAL);
	memset(path, '/', sizeof(path));
	path[SETTINGS_ADDRESS_SIZE] = '\0';
	assert_int_equal(settings_line(&settings, "stateFile", path), -EINVAL);
	assert_string_equal(settings.state_file, "/run/x");
	assert_int_equal(settings_line(&settings, "stateFile", "none"), 0);
	assert_string_equal(settings.state_file, "");
	settings_fini(&settings);
}

static void the_track_directory_is_a_whole_path_or_none(void **state)
{
	struct settings settings;

	(void)state;
	settings_init(&settings);
	assert_int_equal(settings_line(&settings, "trackDirectory", "/run/a b"),
			 0);
	assert_string_equal(settings.track_directory, "/run/a b");
	assert_int_equal(settings_line(&settings, "trackDirectory", "b"),
			 -EINVAL);
	assert_string_equal(settings.track_directory, "/run/a b");
	assert_int_equal(settings_line(&settings, "trackDirectory", "none"), 0);
	assert_string_equal(settings.track_directory, "");
	settings_fini(&settings);
}

static void patterns_choose_bonds(void **state)
{
	struct settings settings;

	(void)state;
	settings_init(&settings);
	assert_int_equal(settings_line(&settings, "exclude", "bond9*"), 0);
	assert_true(settings_accepts(&settings, "bond0"));
	assert_false(settings_accepts(&settings, "bond9"));
	assert_int_equal(settings_line(&settings, "include", "bond? team*"), 0);
	assert_int_equal(settings_line(&settings, "include", "lag[12]"), 0);
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
		cmocka_unit_test(addresses_that_can_be_are_taken),
		cmocka_unit_test(a_long_socket_is_refused),
		cmocka_unit_test(quotes_are_taken_off),
		cmocka_unit_test(the_reason_is_printable),
		cmocka_unit_test(a_long_pattern_is_refused),
		cmocka_unit_test(the_state_file_is_a_whole_path_or_none),
		cmocka_unit_test(the_track_directory_is_a_whole_path_or_none),
		cmocka_unit_test(patterns_choose_bonds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
