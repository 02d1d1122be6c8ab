/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The thread that follows the kernel: runs the monitor, logs its events, and
 * decides which are notified. Never waits for SNMP, and calls nothing of
 * net-snmp. Errors: -errno.
 */
#ifndef BONDCARRIER_AGENT_KERNEL_THREAD_H
#define BONDCARRIER_AGENT_KERNEL_THREAD_H

#include <stdbool.h>

#include "config/settings.h"
#include "state/shared.h"

struct kernel_thread;

/*
 * Starts the thread, and waits until it has read the kernel and written the
 * track files. If the kernel can't be read for now (links change during each
 * attempt, or it does not respond), waits for 5 s at most, or until `signal_fd`
 * is readable; the thread continues to try, with status BOND_SET_LOST and
 * nothing known of any bond. A permanent error is returned. Borrows the shared
 * state until kernel_thread_stop(); takes over `settings` (on the heap) and
 * `event_fd` (of linksock_reserve()), whatever it returns.
 */
int kernel_thread_start(struct kernel_thread **out, struct shared *shared,
			struct settings *settings, int event_fd, int signal_fd);

/* Applies other settings, which it takes over. Does not wait. */
void kernel_thread_configure(struct kernel_thread *thread,
			     struct settings *settings);

/*
 * Ends the thread, and the track thread. False: it did not end within 0.2 s,
 * since it is blocked in the kernel (linksock.h). Then it is left behind until
 * the process ends, which waits for the kernel call to return; it never uses
 * the shared state again except its mutex, so that must not be freed. NULL is
 * fine.
 */
bool kernel_thread_stop(struct kernel_thread *thread);

#endif
