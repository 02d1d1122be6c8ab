/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What tracker.c (events), tracker_dump.c (dumps) and tracker_apply.c (values
 * and their history) share.
 */
#ifndef BONDCARRIER_TRACKER_INTERNAL_H
#define BONDCARRIER_TRACKER_INTERNAL_H

#include <linux/if_link.h>

#include "tracker.h"

/* Copies what a message says of a bond or slave, and keeps the history.
   `first`: there is nothing to compare with. */
void tracker_apply_bond(struct tracker *tracker, struct bond *bond,
			const struct link_event *event, bool first,
			int64_t now_ms);
void tracker_apply_slave(struct tracker *tracker, struct bond *bond,
			 struct slave *slave, const struct link_event *event,
			 bool first, int64_t now_ms);

/*
 * Three attributes come only when whoever caused the message has
 * CAP_NET_ADMIN. That is the reader of a dump but mostly the kernel itself in
 * an event, so they would come and go.
 */
#define TRACKER_PRIVILEGED                                                     \
	(BOND_ATTR_BIT(IFLA_BOND_AD_ACTOR_SYS_PRIO) |                          \
	 BOND_ATTR_BIT(IFLA_BOND_AD_USER_PORT_KEY) |                           \
	 BOND_ATTR_BIT(IFLA_BOND_AD_ACTOR_SYSTEM))
void tracker_leave_privileged(struct bond_attrs *attrs);

/* Tells what is owed of it, if anything: the active slave's name if it is
   known by now, or else its number alone. */
void tracker_tell_active_slave(const struct tracker *tracker, struct bond *bond,
			       int64_t now_ms);

/* Nothing but the number of a bond or slave could be read. Bonds are due then;
   true: there are some. */
bool tracker_distrust(struct bond_set *set, int ifindex, int64_t due_ms);

/* The bond and the slave of that number are another's from now on. */
void tracker_end(struct tracker *tracker, int ifindex);

bool tracker_wants(const struct tracker *tracker,
		   const struct link_event *event);

/* Does the message concern a VLAN that is known, or should be? */
void tracker_vlan_event(struct tracker *tracker,
			const struct link_event *event);

/* The bond is to be read again at that time, or sooner; INT64_MAX: never. */
void tracker_due(struct bond *bond, int64_t at_ms);

/* The bonds on that device have something to judge, and are due then. */
void tracker_mark_upper(struct bond_set *set, int ifindex, int64_t due_ms);

#endif
