/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Tests that can't be where a byte order is another one than this program's.
 * To be included behind cmocka.h.
 */
#ifndef BONDCARRIER_TESTS_BYTE_ORDER_H
#define BONDCARRIER_TESTS_BYTE_ORDER_H

#include <endian.h>
#include <stdio.h>
#include <string.h>

#define OUR_BYTE_ORDER (__BYTE_ORDER == __LITTLE_ENDIAN ? "little" : "big")

/* Skips what reads tests/fixtures: they are captures of little-endian
   machines, and the other ones refuse them. */
static inline void needs_order_of_fixtures(void)
{
	if (__BYTE_ORDER != __LITTLE_ENDIAN) {
		print_message("the fixtures have the other byte order\n");
		skip();
	}
}

/* Skips what talks to the kernel in its own structures, where an emulator of
   processes (qemu-user) stands between that does not swap them all. Linux says
   from 6.2 on. */
static inline void needs_order_of_kernel(void)
{
	char order[16] = "";
	FILE *file = fopen("/sys/kernel/cpu_byteorder", "re");

	if (!file)
		return;
	if (fscanf(file, "%15s", order) == 1 &&
	    strcmp(order, OUR_BYTE_ORDER) != 0) {
		print_message("the kernel has the other byte order\n");
		fclose(file);
		skip();
	}
	fclose(file);
}

#endif
