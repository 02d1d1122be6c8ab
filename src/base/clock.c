/* SPDX-License-Identifier: BSD-2-Clause */
/* Reads the monotonic clock and the time of day. */
#include "base/clock.h"

#define CLOCK_TRIES 100

int64_t clock_now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t clock_wall_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

int64_t clock_wall_ms(void)
{
	return clock_wall_us() / 1000;
}

void clock_both(int64_t *now_ms, int64_t *wall_ms)
{
	/* The process may be preempted between the two reads. */
	for (unsigned int tries = 0; tries < CLOCK_TRIES; tries++) {
		*now_ms = clock_now_ms();
		*wall_ms = clock_wall_ms();
		if (clock_now_ms() - *now_ms <= 1)
			return;
	}
}

bool clock_local(int64_t at_ms, struct tm *local)
{
	int64_t rest_ms = ((at_ms % 1000) + 1000) % 1000;
	time_t seconds = (time_t)((at_ms - rest_ms) / 1000);

	return localtime_r(&seconds, local) != NULL;
}
