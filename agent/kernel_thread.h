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

#include "model.h"
#include "settings.h"

struct kernel_thread;

/*
 * Reads the kernel once, then starts the thread. The model is borrowed until
 * kernel_thread_stop(); `settings` (on the heap) and `event_fd` (of
 * linksock_reserve()) belong to the thread from now on, whatever is returned.
 */
int kernel_thread_start(struct kernel_thread **out, struct model *model,
			struct settings *settings, int event_fd);

/* Other settings from now on; takes them over. Does not wait. */
void kernel_thread_configure(struct kernel_thread *thread,
			     struct settings *settings);

/* Ends the thread and waits for its end. NULL is fine. */
void kernel_thread_stop(struct kernel_thread *thread);

#endif
