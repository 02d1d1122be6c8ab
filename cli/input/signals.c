/* SPDX-License-Identifier: BSD-2-Clause */
/* Signals and poll times. */
#include "input/signals.h"

#include <signal.h>
#include <stddef.h>
#include <sys/signalfd.h>

#include "input/source.h"

/* Longer waits are made of these. */
#define POLL_MAX_MS 60000

int waiting_open_signals(void)
{
	sigset_t signals;

	sigemptyset(&signals);
	sigaddset(&signals, SIGINT);
	sigaddset(&signals, SIGTERM);
	sigaddset(&signals, SIGHUP);
	sigprocmask(SIG_BLOCK, &signals, NULL);
	return signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
}

int waiting_poll_ms(int64_t at_ms)
{
	int64_t now_ms = look_now_ms();

	if (at_ms <= now_ms)
		return 0;
	return at_ms - now_ms < POLL_MAX_MS ? (int)(at_ms - now_ms)
					    : POLL_MAX_MS;
}
