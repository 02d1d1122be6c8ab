/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Fuzzes the reading of a slave's statistics: one message, in a block of its
 * own size, so that no byte behind it can be read unnoticed. How to run it:
 * tests/fuzz/README.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "netlink/lacp_stats.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct lacp_stats_answer stats;
	void *block = malloc(size ? size : 1);
	int err;

	FUZZ_ASSERT(block);
	if (size)
		memcpy(block, data, size);
	err = lacp_stats_parse(block, size, &stats);
	FUZZ_ASSERT(err == 0 || err == -ENOMSG || err == -EBADMSG);
	FUZZ_ASSERT(err ? stats.ifindex == 0 && stats.lacp.present == 0
			: stats.ifindex > 0);
	FUZZ_ASSERT(stats.lacp.present < LACP_STAT_BIT(LACP_STATS));
	free(block);
	return 0;
}
