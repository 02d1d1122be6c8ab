/* SPDX-License-Identifier: BSD-2-Clause */
/* Signals and poll times. */
#include "input/signals.h"

#include <signal.h>
#include <stddef.h>
#include <sys/signalfd.h>

#include "base/clock.h"

/* Longer waits are made of these. */
#define POLL_MAX_MS 60000

int signals_open(void)
{
	sigset_t signals;

	sigemptyset(&signals);
	sigaddset(&signals, SIGINT);
	sigaddset(&signals, SIGTERM);
	sigaddset(&signals, SIGHUP);
	sigprocmask(SIG_BLOCK, &signals, NULL);
	return signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
}

int signals_poll_ms(int64_t at_ms)
{
	int64_t now_ms = clock_now_ms();

	if (at_ms <= now_ms)
		return 0;
	return at_ms - now_ms < POLL_MAX_MS ? (int)(at_ms - now_ms)
					    : POLL_MAX_MS;
}
