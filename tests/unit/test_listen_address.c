/* SPDX-License-Identifier: BSD-2-Clause */
/* listen_address: nobody listens on all interfaces by accident. */
#include "config/listen_address.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* after those four, as it demands */
#include <cmocka.h>

#include <errno.h>
#include <string.h>

static void test_accepted(void **state)
{
	static const struct {
		const char *said;
		const char *meant;
	} cases[] = {
		/* no host: the loopback */
		{ "1161", "udp:127.0.0.1:1161" },
		{ "udp:1161", "udp:127.0.0.1:1161" },
		{ "UDP:161", "udp:127.0.0.1:161" },
		{ "tcp:1161", "tcp:127.0.0.1:1161" },
		{ "udp6:1161", "udp6:[::1]:1161" },
		{ "udpv6:65535", "udp6:[::1]:65535" },
		{ "tcp6:1", "tcp6:[::1]:1" },
		/* no port: SNMP's */
		{ "127.0.0.1", "udp:127.0.0.1:161" },
		{ "udp:192.0.2.1", "udp:192.0.2.1:161" },
		{ "[::1]", "udp6:[::1]:161" },
		{ "udp6:[2001:db8::1]", "udp6:[2001:db8::1]:161" },
		{ "localhost", "udp:localhost:161" },
		/* both */
		{ "localhost:1161", "udp:localhost:1161" },
		{ "udp:127.0.0.1:1161", "udp:127.0.0.1:1161" },
		{ "[::1]:1161", "udp6:[::1]:1161" },
		{ "tcp:a-b.example:99", "tcp:a-b.example:99" },
		/* all interfaces, since that is said */
		{ "0.0.0.0", "udp:0.0.0.0:161" },
		{ "udp:0.0.0.0:161", "udp:0.0.0.0:161" },
		{ "udp6:[::]:161", "udp6:[::]:161" },
		/* others */
		{ "unix:/run/a:b", "unix:/run/a:b" },
		{ "161,udp6:161", "udp:127.0.0.1:161,udp6:[::1]:161" },
	};
	char out[LISTEN_ADDRESS_SIZE], why[LISTEN_ADDRESS_WHY];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(listen_address_parse(out, cases[i].said, why),
				 0);
		assert_string_equal(out, cases[i].meant);
	}
}

static void test_refused(void **state)
{
	static const char *const cases[] = {
		"",
		"udp:",
		"udp::161",
		":161",
		"0",
		"65536",
		"udp:123456",
		"udp:host:",
		"udp:h:-1",
		"udp:h:1x",
		"udp:h:0",
		"*:161",
		"udp:*",
		"unix:relative",
		"unix:",
		"dtlsudp:h:1",
		"ssh:h:22",
		"::1",
		"udp6:::1",
		"[]:161",
		"[::1",
		"[::1]161",
		"[host]:161",
		"161,",
		",161",
		"161,,162",
		"127.0.0.1 161",
		"h\n:1",
		"udp:[::1]x:1",
	};
	char out[LISTEN_ADDRESS_SIZE], why[LISTEN_ADDRESS_WHY];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		why[0] = '\0';
		if (listen_address_parse(out, cases[i], why) != -EINVAL)
			fail_msg("'%s' is taken for %s", cases[i], out);
		assert_string_not_equal(why, "");
	}
}

static void test_too_long(void **state)
{
	char text[2 * LISTEN_ADDRESS_SIZE], out[LISTEN_ADDRESS_SIZE];
	char why[LISTEN_ADDRESS_WHY];

	(void)state;
	memset(text, 'a', sizeof(text) - 1);
	for (size_t length = 1; length < sizeof(text); length++) {
		int err, whole;

		text[length] = '\0';
		whole = (int)strlen("udp:") + (int)length + (int)strlen(":161");
		err = listen_address_parse(out, text, why);
		assert_int_equal(
		    err, whole < LISTEN_ADDRESS_SIZE ? 0 : -ENAMETOOLONG);
		text[length] = 'a';
	}
	/* Many short ones. */
	for (size_t i = 0; i + 2 < sizeof(text); i += 2)
		memcpy(text + i, "a,", 3);
	text[sizeof(text) - 3] = '\0';
	assert_int_equal(listen_address_parse(out, text, why), -ENAMETOOLONG);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_accepted),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_too_long),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
