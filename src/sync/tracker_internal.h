/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Shared by the files of the tracker only: tracker.c (events), tracker_pass.c,
 * tracker_dump.c and tracker_lower.c (dumps), tracker_apply.c (values and their
 * history), tracker_vlan.c (VLANs).
 */
#ifndef BONDCARRIER_TRACKER_INTERNAL_H
#define BONDCARRIER_TRACKER_INTERNAL_H

#include <linux/if_link.h>

#include "sync/tracker.h"

/* Copy the values of a message to a bond or slave, and keep the history.
   `first`: the bond or slave is new, with no values to compare with. */
void tracker_apply_bond(struct tracker *tracker, struct bond *bond,
			const struct link_event *event, bool first,
			int64_t now_ms);
void tracker_apply_slave(struct tracker *tracker, struct bond *bond,
			 struct slave *slave, const struct link_event *event,
			 bool first, int64_t now_ms);

/*
 * Three attributes are sent only if the cause of the message has CAP_NET_ADMIN:
 * in a dump that is its reader, in an event mostly the kernel itself. Taken
 * from both, they would appear and disappear.
 */
#define TRACKER_PRIVILEGED                                                     \
	(BOND_ATTR_BIT(IFLA_BOND_AD_ACTOR_SYS_PRIO) |                          \
	 BOND_ATTR_BIT(IFLA_BOND_AD_USER_PORT_KEY) |                           \
	 BOND_ATTR_BIT(IFLA_BOND_AD_ACTOR_SYSTEM))
void tracker_strip_privileged(struct bond_attrs *attrs);

/* Emits a pending activeSlaveChanged, if any, with the slave's name if it is
   known, else with its ifindex alone. */
void tracker_emit_active_slave(const struct tracker *tracker, struct bond *bond,
			       int64_t now_ms);

/* Handles a malformed message about that ifindex: distrusts the bond and the
   slave, and makes their bonds due. True: there are such bonds. */
bool tracker_distrust(struct bond_set *set, int ifindex, int64_t due_ms);

/* Handles an RTM_DELLINK: ends the life of the bond or slave with that ifindex,
   see tracker.h. */
void tracker_end(struct tracker *tracker, int ifindex);

bool tracker_wants(const struct tracker *tracker,
		   const struct link_event *event);

/* A dump that is being applied. */
struct tracker_pass {
	struct tracker *tracker;
	const struct link_batch *batch;
	int scope; /* see tracker_dump() */
	int64_t now_ms;
	struct pairs places; /* (ifindex, position in the batch) */
	struct pairs bonds;  /* bonds in scope that were known before */
	struct pairs gone;   /* those of them to remove; has room for all */
	struct pairs left;   /* lower devices with a link less on top */
};

/* Fills the members after now_ms; -ENOMEM. Always call tracker_pass_end(). */
int tracker_pass_begin(struct tracker_pass *pass);
void tracker_pass_end(struct tracker_pass *pass);

bool tracker_pass_in_scope(const struct tracker_pass *pass, int bond_ifindex);
/* The last message about that link, or NULL. */
const struct link_event *tracker_pass_event(const struct tracker_pass *pass,
					    int ifindex);
/* Iterates over the messages by ifindex; NULL: the end. Set *at to 0 first. In
   a merge, which is in order of time, only the last message about each link; in
   a dump all of them: a link may have one as a bond and one as a slave. */
const struct link_event *
tracker_pass_next_event(const struct tracker_pass *pass, size_t *at);
/* Iterates over the bonds in scope that are still in the set, each once. */
struct bond *tracker_pass_next_bond(const struct tracker_pass *pass,
				    size_t *at);

/* Whether the message is about a bond that the filter selects. */
bool tracker_pass_is_bond(const struct tracker_pass *pass,
			  const struct link_event *event);
/* The bond in scope whose slave the message is about, or NULL. */
struct bond *tracker_pass_bond_of(const struct tracker_pass *pass,
				  const struct link_event *event);
/* Whether the dump still has that link as a slave of `bond`, or as a bond
   (NULL). A malformed message shows that the link exists, and suffices. */
bool tracker_pass_is_still(const struct tracker_pass *pass, int ifindex,
			   const struct bond *bond);

/*
 * If the dump has another name for a bond or slave, and no event had it, the
 * link was renamed, or another link has its ifindex now. A queued event tells
 * which: a rename or an RTM_DELLINK. Until the queue has been empty, the dump's
 * message about it is ignored, and the bond is due; if the queue held neither,
 * the link was renamed. True: ignore the message. `doubted` is the member of
 * the bond or slave.
 */
bool tracker_pass_doubts(const struct tracker_pass *pass, struct bond *bond,
			 const struct link_state *known, uint64_t *doubted,
			 const struct link_event *event);
/* Whether the bond is in doubt; tracker_pass_begin() has found out. */
bool tracker_pass_is_doubtful(const struct tracker_pass *pass,
			      const struct bond *bond);

/* Records that a link is no longer on top of that device. If memory is short,
   the device stays in the set until the next dump of everything. */
void tracker_pass_leave_lower(struct tracker_pass *pass, int ifindex);
/* tracker_lower.c: updates the lower devices; 0 or -ENOMEM. */
int tracker_pass_lowers(struct tracker_pass *pass);

/* Marks the VLANs as stale if the message changes, adds or removes one. */
void tracker_vlan_event(struct tracker *tracker,
			const struct link_event *event);

#endif
