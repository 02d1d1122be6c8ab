/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the kernel thread does, apart from the thread: opens the monitor, takes
 * up what the last life left, dispatches, publishes counters, and knows when
 * it is due. Calls nothing of net-snmp, starts nothing, sleeps nowhere but in
 * the kernel's answers.
 *
 * All by one thread, but for kernel_pass_configure(). Times are CLOCK_MONOTONIC
 * milliseconds. Errors: -errno.
 */
#ifndef BONDCARRIER_AGENT_KERNEL_PASS_H
#define BONDCARRIER_AGENT_KERNEL_PASS_H

#include <stdbool.h>
#include <stdint.h>

#include "config/settings.h"
#include "state/shared.h"

struct kernel_pass;

/* Who runs it: how it takes the shared state, and who keeps the track files. */
struct kernel_pass_host {
	void (*lock)(void *ctx);
	void (*unlock)(void *ctx);
	/* The shared state is locked: it must not wait. */
	void (*observe)(void *ctx, const struct bond_set *set, int64_t now_ms);
	void (*configure)(void *ctx, const struct settings *settings);
	void *ctx;
};

/*
 * Opens what it needs; the first dispatch reads the kernel. The shared state is
 * borrowed until kernel_pass_close(), and has its bonds from now on;
 * `settings` (on the heap) and `event_fd` (of linksock_reserve()) belong to the
 * pass, whatever is returned. Before there is a second thread.
 */
int kernel_pass_open(struct kernel_pass **out, struct shared *shared,
		     struct settings *settings, int event_fd,
		     const struct kernel_pass_host *host);

/* The shared state's bonds are gone with it: the caller sees to that. NULL is
 * fine. */
void kernel_pass_close(struct kernel_pass *pass);

/* The kernel has been read once, judged, and what an earlier life left has been
   restored and sent. With the shared state locked. */
bool kernel_pass_begun(const struct kernel_pass *pass);

/* To poll for reading, beside the shared state's control_fd; it may be another
   next time, or -1. */
int kernel_pass_fd(const struct kernel_pass *pass);

/* Other settings from the next kernel_pass_control() on; takes them over. Any
   thread. */
void kernel_pass_configure(struct kernel_pass *pass, struct settings *settings);

/* The shared state's control_fd was raised: settings, or what a manager has
 * set. */
void kernel_pass_control(struct kernel_pass *pass);

/* One pass. The time at its end. */
int64_t kernel_pass_dispatch(struct kernel_pass *pass);

/* When it is due without any event; INT64_MAX. */
int64_t kernel_pass_next_ms(const struct kernel_pass *pass, int64_t now_ms);

#endif
