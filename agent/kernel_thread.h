/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The thread that watches the kernel: runs the monitor, logs its events, and
 * decides which become notifications. It never waits for SNMP, and calls
 * nothing of net-snmp.
 *
 * Errors: -errno.
 */
#ifndef BONDCARRIER_AGENT_KERNEL_THREAD_H
#define BONDCARRIER_AGENT_KERNEL_THREAD_H

#include <stdbool.h>

#include "config/settings.h"
#include "state/shared.h"

struct kernel_thread;

/*
 * Starts the thread, and waits until it has read the kernel and the track files
 * are written. Where the kernel can't be read for now (links change during
 * every attempt, or it does not answer), that is waited for 5 s at most, or
 * until `signal_fd` is readable; the thread goes on trying, the status is
 * BOND_SET_LOST, and nothing is told of any bond. An error that won't pass is
 * returned. The shared state is borrowed until
 * kernel_thread_stop(); `settings` (on the heap) and `event_fd` (of
 * linksock_reserve()) belong to the thread from now on, whatever is returned.
 */
int kernel_thread_start(struct kernel_thread **out, struct shared *shared,
			struct settings *settings, int event_fd, int signal_fd);

/* Other settings from now on; takes them over. Does not wait. */
void kernel_thread_configure(struct kernel_thread *thread,
			     struct settings *settings);

/*
 * Ends the thread, and with it the track thread. False: within 0.2 s it
 * did not end, since it sits in the kernel (linksock.h). Then it is left to the
 * end of the process, which it delays until the kernel lets go of it; it never
 * takes the shared state again, but the shared state must stay in its place.
 * NULL is fine.
 */
bool kernel_thread_stop(struct kernel_thread *thread);

#endif
