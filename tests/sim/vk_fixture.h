/* SPDX-License-Identifier: BSD-2-Clause */
/* The virtual kernel by itself. To be included behind cmocka.h. */
#ifndef BONDCARRIER_SIM_VK_FIXTURE_H
#define BONDCARRIER_SIM_VK_FIXTURE_H

#include "ops.h"
#include "vk_internal.h"

extern struct vk vk; /* too large for a stack */

/* The messages that it sent: how many, a hash of them, the last. */
extern struct vk_heard {
	unsigned int messages;
	uint64_t hash;
	int ifindex;
} heard;

/* A kernel without links. */
int begin(void **state);
#define TEST(name) cmocka_unit_test_setup(name, begin)

/* Applies a line of op_print(), which has to succeed. */
void run(const char *line);
/* b0, with these options, on v0 and v1, whose partner answers. */
void two_cables(const char *options);

#endif
