/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Sockets on this machine's kernel, in a network namespace of the test's own.
 * To be included behind cmocka.h.
 */
#ifndef BONDCARRIER_TESTS_LINKSOCK_FIXTURE_H
#define BONDCARRIER_TESTS_LINKSOCK_FIXTURE_H

#include <stdbool.h>
#include <stddef.h>

#include "netlink/linksock_internal.h"

#define DEADLINE_MS 60000

/* A namespace of our own, with or without root; exit 77: skipped. */
void enter_namespace(void);
/* "lo" up or down; false where that is not allowed. */
bool set_lo(bool up);

struct linksock *open_sock(int receive_buffer);
/* Until DEADLINE_MS. */
void wait_readable(struct linksock *sock);

/* A linksock_handler, and what it heard. */
struct heard {
	size_t count;
	size_t distrusted;
	struct link_event last;
};

void on_event(void *ctx, const struct link_event *event);

#endif
