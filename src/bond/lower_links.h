/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Walks stacked links. A VLAN or macvlan slave is on top of a lower device,
 * which may be a bond or be on top of another device. Pure; no errors.
 */
#ifndef BONDCARRIER_LOWER_LINKS_H
#define BONDCARRIER_LOWER_LINKS_H

#include "bond/bond_set.h"

/* One step down: the bond or lower device below a link. NULL: none, unknown, or
   LINK_DEPTH_MAX steps are done. Set *steps to 0 before the first step. The
   kernel allows no loops, but a capture may contain one. */
const struct link_state *lower_links_below(const struct bond_set *set,
					   const struct link_state *link,
					   int *steps);
/* Is a slave or lower device on top of that link? The link itself need not be
   known. */
bool lower_links_has_upper(struct bond_set *set, int ifindex);
/* Schedules every bond with a slave that is that link or is on top of it,
   within LINK_DEPTH_MAX steps: to be judged, and to be read again at `due_ms`
   (INT64_MAX: not). The link itself, if it is a bond, is left out. True: there
   are such bonds. */
bool lower_links_mark_upper(struct bond_set *set, int ifindex, int64_t due_ms);

#endif
