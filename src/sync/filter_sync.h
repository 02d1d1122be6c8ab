/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Keeps the event socket's filter in step with the bonds: all that the set
 * knows (bonds, slaves, what slaves stand on, VLANs) is let through.
 *
 * Errors: none. Without a filter every message is let through.
 */
#ifndef BONDCARRIER_LINKWATCH_H
#define BONDCARRIER_LINKWATCH_H

#include <stdbool.h>

#include "bond/bond_set.h"
#include "netlink/linkfilter.h"
#include "netlink/linksock.h"

struct filter_sync {
	struct linkfilter filter;
	bool filtering; /* else everything is let through */
	int *ifindexes; /* reused */
	size_t capacity;
};

void filter_sync_fini(struct filter_sync *watch);

/*
 * Does the filter let everything through that matters to that bond? If not,
 * events may be missing: renew the filter, and read the bond again.
 */
bool filter_sync_covers(const struct filter_sync *watch,
			const struct bond_set *set, const struct bond *bond);

/* ... to the VLANs? */
bool filter_sync_covers_vlans(const struct filter_sync *watch,
			      const struct bond_set *set);

/* Covers what the set knows, and little more. */
void filter_sync_renew(struct filter_sync *watch, struct linksock *sock,
		       const struct bond_set *set);

#endif
