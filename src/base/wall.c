/* SPDX-License-Identifier: BSD-2-Clause */
/* The wall clock. */
#include "base/wall.h"

int64_t wall_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

int64_t wall_ms(void)
{
	return wall_us() / 1000;
}

bool wall_local(int64_t at_ms, struct tm *local)
{
	int64_t rest_ms = ((at_ms % 1000) + 1000) % 1000;
	time_t seconds = (time_t)((at_ms - rest_ms) / 1000);

	return localtime_r(&seconds, local) != NULL;
}
