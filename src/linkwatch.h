/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Keeps the event socket's filter in step with the bonds: all that the set
 * knows (bonds, slaves, what slaves stand on, VLANs) is let through.
 *
 * Errors: none. Where a filter can't be had, every message is let through,
 * as it was before there was one.
 */
#ifndef BONDCARRIER_LINKWATCH_H
#define BONDCARRIER_LINKWATCH_H

#include <stdbool.h>

#include "bond_set.h"
#include "linkfilter.h"
#include "linksock.h"

struct linkwatch {
	struct linkfilter filter;
	bool filtering; /* else everything is let through */
	int *ifindexes; /* reused */
	size_t capacity;
};

void linkwatch_fini(struct linkwatch *watch);

/*
 * Is everything let through that matters to that bond? If not, its events
 * may have been missed: renew, and read it again.
 */
bool linkwatch_covers(const struct linkwatch *watch, const struct bond_set *set,
		      const struct bond *bond);

/* Likewise of the VLANs. */
bool linkwatch_covers_vlans(const struct linkwatch *watch,
			    const struct bond_set *set);

/* Covers what the set knows, and little more. */
void linkwatch_renew(struct linkwatch *watch, struct linksock *sock,
		     const struct bond_set *set);

#endif
