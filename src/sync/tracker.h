/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Keeps a bond_set in step with link events and dumps.
 *
 * Events only change the values of known bonds and slaves. Only dumps add and
 * remove bonds and slaves, because an event may be older than the last dump,
 * and a slave that is just being enslaved has events without a master queued.
 * tracker_event() asks for the dump.
 *
 * The tracker copies the kernel's values and keeps the history (counters, times
 * of changes), sets `changed` and `restart_grace` of bonds, and emits the
 * events bondAdded, bondRemoved, slaveAdded, slaveRemoved, slaveLowerUp,
 * slaveLowerDown and activeSlaveChanged; the last one is delayed until a dump
 * has the slave's name, if necessary. It judges nothing.
 *
 * The kernel may reuse an ifindex. An RTM_DELLINK ends the life of the bond or
 * slave with that ifindex, and the next dump removes it, even if the dump has
 * a link with the same ifindex: that one is added as new, and inherits nothing.
 * Between the message and that dump all messages about the ifindex are ignored,
 * so that the last events about the old bond or slave have its name, and its
 * carrier is unknown. (A rename sends no RTM_DELLINK, and ends no life.)
 *
 * Each event makes its bonds due for a re-read: reread_at_ms is set (now, or
 * TRACKER_REREAD_MS later), unless a re-read is due sooner.
 *
 * Errors: -ENOMEM from tracker_dump(): then the caller must read again.
 */
#ifndef BONDCARRIER_TRACKER_H
#define BONDCARRIER_TRACKER_H

#include <stdbool.h>
#include <stdint.h>

#include "bond/bond_set.h"
#include "bond/event.h"
#include "netlink/linkmsg.h"
#include "netlink/linksock.h"

/* The delay from an event to the re-read of its bond: what the kernel changes
   without an event follows shortly after what it sends one for. */
#define TRACKER_REREAD_MS 50

/* Selects bonds by name; NULL: all bonds. */
struct tracker_filter {
	bool (*wanted)(void *ctx, const char *bond_name);
	void *ctx;
};

struct tracker {
	struct bond_set *set; /* borrowed */
	struct event_sink sink;
	struct tracker_filter filter;
	bool quiet;	    /* first dump: no bondAdded and slaveAdded */
	uint64_t caught_up; /* number of calls of tracker_caught_up() */
};

/* What to do after an event. */
enum tracker_need {
	TRACKER_NEEDS_NOTHING = 0,
	TRACKER_NEEDS_BOND = 1, /* bonds are due: see their reread_at_ms */
	TRACKER_NEEDS_NOW = 2,	/* also read *bond_ifindex, which is not in
				   the set, at once */
};

void tracker_init(struct tracker *tracker, struct bond_set *set);

/* Applies a message from the event socket; never fails. Sets *bond_ifindex with
   TRACKER_NEEDS_NOW. */
enum tracker_need tracker_event(struct tracker *tracker,
				const struct link_event *event, int64_t now_ms,
				int *bond_ifindex);

/*
 * Call this when the event queue is empty, or no events can be received. Events
 * that arrive later are newer than all previous dumps. Before that, an
 * RTM_DELLINK may be older than the dump that added a bond or slave: it was
 * queued while the kernel answered the dump, which already had the new link. An
 * RTM_DELLINK therefore ends a life only if the queue has been empty since that
 * life began. If the message was in fact newer, the dump that it asks for
 * decides; such a short life has no history to inherit.
 */
void tracker_caught_up(struct tracker *tracker);

/*
 * Applies a complete dump, and removes what it does not contain. `scope` 0: the
 * dump is of everything; else of the bond with that ifindex.
 * TRACKER_SCOPE_MERGE: the batch is not a dump but messages of any kind, in
 * order. The last message about each link counts. Bonds and slaves are removed
 * if it says that they are gone or no longer a bond or its slave, and also if
 * they were gone in between. 0 or -ENOMEM.
 */
#define TRACKER_SCOPE_MERGE (-1)
int tracker_dump(struct tracker *tracker, const struct link_batch *batch,
		 int scope, int64_t now_ms);

/* Applies a complete dump of VLANs to the set's stack. 0 or -ENOMEM. */
int tracker_vlans(struct tracker *tracker, const struct link_batch *batch);

#endif
