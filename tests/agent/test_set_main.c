/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * SETs of every kind against the agent at an address: test_set ADDRESS
 *
 * Community public may read there, and private may write. Notifications are
 * enabled and the grace is 2000, before and after.
 */
#include "client.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* after those four, as it demands */
#include <cmocka.h>

#include <stdlib.h>

#include "test_set.h"

#define TEST(function) cmocka_unit_test_prestate(function, &client)

int main(int argc, char **argv)
{
	struct client client = { 0 };
	const struct CMUnitTest tests[] = {
		TEST(test_set_accepted),
		TEST(test_set_refused),
		TEST(test_set_all_or_nothing),
		TEST(test_set_of_public),
	};
	int failed = 1;

	if (argc != 2)
		return EXIT_FAILURE;
	netsnmp_ds_set_boolean(NETSNMP_DS_LIBRARY_ID,
			       NETSNMP_DS_LIB_DONT_READ_CONFIGS, 1);
	netsnmp_ds_set_boolean(NETSNMP_DS_LIBRARY_ID,
			       NETSNMP_DS_LIB_DONT_PERSIST_STATE, 1);
	init_snmp("test_set");
	if (client_open(&client, argv[1]))
		failed = cmocka_run_group_tests(tests, NULL, NULL);
	client_close(&client);
	snmp_shutdown("test_set");
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
