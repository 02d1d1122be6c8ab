/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Messages about links as linkmsg hands them on, for tests that need no bytes.
 */
#ifndef BONDCARRIER_TESTS_LINK_OF_H
#define BONDCARRIER_TESTS_LINK_OF_H

#include "netlink/linksock.h"

/* The flags of a link, as messages have them. */
#define UP   (LINK_FLAG_UP | LINK_FLAG_RUNNING | LINK_FLAG_LOWER_UP)
#define DOWN LINK_FLAG_UP /* without carrier */

struct link_event link_of(int ifindex, const char *name, unsigned int flags);
/* A bond that is UP, with its mode and miimon, and no other option. */
struct link_event link_of_bond(int ifindex, const char *name, uint8_t mode,
			       uint32_t miimon_ms);
struct link_event link_of_slave(int ifindex, const char *name,
				unsigned int flags, int master, int mii_status);
struct link_event link_of_vlan(int ifindex, const char *name, int lower);

/* Puts a copy at the end of the batch; that copy. */
struct link_event *link_of_put(struct link_batch *batch,
			       struct link_event event);

#endif
