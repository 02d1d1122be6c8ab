/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What slaves stand on: a VLAN or macvlan slave has its lower device, which may
 * be a bond, or stand on another one. Nobody else walks this.
 */
#ifndef BONDCARRIER_LOWER_LINKS_H
#define BONDCARRIER_LOWER_LINKS_H

#include "bond/bond_set.h"

/* One step down: the bond or lower device that a link stands on; NULL: none,
   or it is not known, or LINK_DEPTH_MAX steps are done. `steps` begins as 0.
   The kernel knows no circles, but a recording may. */
const struct link_state *lower_links_below(const struct bond_set *set,
					   const struct link_state *link,
					   int *steps);
/* Does a slave or lower device stand on that link, known or not? */
bool lower_links_has_upper(struct bond_set *set, int ifindex);
/* The bonds with a slave that is that link or stands on it, after as many steps
   at most, have something to judge, and are due then; but not the link itself.
   True: there are some. */
bool lower_links_mark_upper(struct bond_set *set, int ifindex, int64_t due_ms);

#endif
