/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The work of the kernel thread, apart from the thread: opens the monitor,
 * restores what an earlier process left, dispatches, publishes counters, and
 * knows when it is due. Calls nothing of net-snmp, starts no thread, and waits
 * only for responses of the kernel.
 *
 * One thread, except for kernel_pass_configure(). Times are CLOCK_MONOTONIC
 * milliseconds. Errors: -errno.
 */
#ifndef BONDCARRIER_AGENT_KERNEL_PASS_H
#define BONDCARRIER_AGENT_KERNEL_PASS_H

#include <stdbool.h>
#include <stdint.h>

#include "config/settings.h"
#include "state/shared.h"

struct kernel_pass;

/* What its thread provides: the lock of the shared state, and the keeper of the
   track files. */
struct kernel_pass_host {
	void (*lock)(void *ctx);
	void (*unlock)(void *ctx);
	/* With the shared state locked: must not wait. */
	void (*observe)(void *ctx, const struct bond_set *set, int64_t now_ms);
	void (*configure)(void *ctx, const struct settings *settings);
	void *ctx;
};

/*
 * The first dispatch reads the kernel. Borrows the shared state until
 * kernel_pass_close(), and sets its bonds; takes over `settings` (on the heap)
 * and `event_fd` (of linksock_reserve()), whatever it returns. Call before
 * there is a second thread.
 */
int kernel_pass_open(struct kernel_pass **out, struct shared *shared,
		     struct settings *settings, int event_fd,
		     const struct kernel_pass_host *host);

/* Frees the bonds too: the caller first clears them in the shared state. NULL
   is fine. */
void kernel_pass_close(struct kernel_pass *pass);

/* Whether the kernel has been read and judged once, and what an earlier process
   left was restored and sent. With the shared state locked. */
bool kernel_pass_begun(const struct kernel_pass *pass);

/* To poll for reading, like the shared state's control_fd; may change, or be
   -1. */
int kernel_pass_fd(const struct kernel_pass *pass);

/* Takes over settings, which the next kernel_pass_control() applies. Any
   thread. */
void kernel_pass_configure(struct kernel_pass *pass, struct settings *settings);

/* Call when the shared state's control_fd is readable: other settings, or a
   manager's SET. */
void kernel_pass_control(struct kernel_pass *pass);

/* One pass. Returns the time at its end. */
int64_t kernel_pass_dispatch(struct kernel_pass *pass);

/* When a pass is due without any event; INT64_MAX: never. */
int64_t kernel_pass_next_ms(const struct kernel_pass *pass, int64_t now_ms);

#endif
