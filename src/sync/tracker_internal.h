/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What tracker.c (events), tracker_pass.c, tracker_dump.c, tracker_lower.c
 * (dumps) and tracker_apply.c (values and their history) share.
 */
#ifndef BONDCARRIER_TRACKER_INTERNAL_H
#define BONDCARRIER_TRACKER_INTERNAL_H

#include <linux/if_link.h>

#include "sync/tracker.h"

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
void tracker_strip_privileged(struct bond_attrs *attrs);

/* Tells what is owed of it, if anything: the active slave's name if it is
   known by now, or else its number alone. */
void tracker_emit_active_slave(const struct tracker *tracker, struct bond *bond,
			       int64_t now_ms);

/* Nothing but the number of a bond or slave could be read. Bonds are due then;
   true: there are some. */
bool tracker_distrust(struct bond_set *set, int ifindex, int64_t due_ms);

/* The bond and the slave of that number are another's from now on. */
void tracker_end(struct tracker *tracker, int ifindex);

bool tracker_wants(const struct tracker *tracker,
		   const struct link_event *event);

/* One dump on its way into the set. */
struct tracker_pass {
	struct tracker *tracker;
	const struct link_batch *batch;
	int scope; /* ifindex of the one bond; 0: all; TRACKER_SCOPE_MERGE */
	int64_t now_ms;
	struct pairs places; /* of an ifindex in the batch */
	struct pairs bonds;  /* in scope, of those known when it began */
	struct pairs gone;   /* of these; has room for all */
	struct pairs left;   /* lower devices that a link stands on no more */
};

/* Fills what is behind now_ms; -ENOMEM. To be ended in any case. */
int tracker_pass_begin(struct tracker_pass *pass);
void tracker_pass_end(struct tracker_pass *pass);

bool tracker_pass_in_scope(const struct tracker_pass *pass, int bond_ifindex);
/* The last message about that link; NULL. */
const struct link_event *tracker_pass_event(const struct tracker_pass *pass,
					    int ifindex);
/* One message after the other, by ifindex; NULL: that was all. `at` begins
   as 0. Of a merge, which has an order of time, the last about each link; of a
   dump all, for one may name a bond and another one the slave that it is. */
const struct link_event *
tracker_pass_next_event(const struct tracker_pass *pass, size_t *at);
/* Likewise the bonds in scope, each once, as far as they are still there. */
struct bond *tracker_pass_next_bond(const struct tracker_pass *pass,
				    size_t *at);

/* Is it a bond's message, of one that is wanted? */
bool tracker_pass_is_bond(const struct tracker_pass *pass,
			  const struct link_event *event);
/* The bond in scope whose slave the message is about; NULL. */
struct bond *tracker_pass_bond_of(const struct tracker_pass *pass,
				  const struct link_event *event);
/* Is that link a slave of the bond, or with NULL a bond, as it was? A message
   that can't be read means that it is there, at least. */
bool tracker_pass_is_still(const struct tracker_pass *pass, int ifindex,
			   const struct bond *bond);

/*
 * The dump has another name for that bond or slave, and no event had it: is it
 * renamed, or has another one its number? What is queued tells, of a rename or
 * of an end. So nothing of it is believed until the queue has been empty, and
 * the bond is due; if nothing was there, it is renamed. `doubted` is the bond's
 * or slave's.
 */
bool tracker_pass_doubts(const struct tracker_pass *pass, struct bond *bond,
			 const struct link_state *known, uint64_t *doubted,
			 const struct link_event *event);
/* ... of a bond, which is found out first. */
bool tracker_pass_is_doubtful(const struct tracker_pass *pass,
			      const struct bond *bond);

/* A link does not stand on that device any more. Without memory it stays until
   the next dump of everything. */
void tracker_pass_leave_lower(struct tracker_pass *pass, int ifindex);
/* tracker_lower.c: brings the lower devices up to the dump; 0 or -ENOMEM. */
int tracker_pass_lowers(struct tracker_pass *pass);

/* Does the message concern a VLAN that is known, or should be? */
void tracker_vlan_event(struct tracker *tracker,
			const struct link_event *event);

#endif
