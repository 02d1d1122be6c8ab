/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Keeps the event socket's filter in step with the set: it lets through the
 * messages about all known links (bonds, slaves, their lower devices, VLANs).
 *
 * Ownership: filter_sync_fini() frees the array. No errors: if no filter can be
 * set, all messages are let through.
 */
#ifndef BONDCARRIER_FILTER_SYNC_H
#define BONDCARRIER_FILTER_SYNC_H

#include <stdbool.h>

#include "bond/bond_set.h"
#include "netlink/linkfilter.h"
#include "netlink/linksock.h"

struct filter_sync {
	struct linkfilter filter;
	bool filtering; /* false: all messages are let through */
	int *ifindexes; /* scratch */
	size_t capacity;
};

void filter_sync_fini(struct filter_sync *sync);

/*
 * Whether the filter lets through all messages that concern that bond. If not,
 * events may be missing: renew the filter, and read the bond again.
 */
bool filter_sync_covers(const struct filter_sync *sync,
			const struct bond_set *set, const struct bond *bond);

/* The same for the VLANs of the stack. */
bool filter_sync_covers_vlans(const struct filter_sync *sync,
			      const struct bond_set *set);

/* Makes the filter cover the links of the set, and sets it on the socket. */
void filter_sync_renew(struct filter_sync *sync, struct linksock *sock,
		       const struct bond_set *set);

#endif
