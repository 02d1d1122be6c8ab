/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Keeps a bond_set in step with link events and dumps.
 *
 * Events change the values of what is known, and nothing else. What comes
 * and goes (bonds, slaves) is believed from a dump only: an event may be
 * older than the last dump, and a slave that is just being enslaved has
 * events without a master on their way. tracker_event() asks for the dump.
 * What is gone is asked of the dump: nothing that is known is marked.
 *
 * The tracker copies the kernel's values and keeps the history (counters,
 * times of change), marks bonds as `changed` and `restart_grace`, and emits
 * the events bondAdded, bondRemoved, slaveAdded, slaveRemoved, slaveLowerUp,
 * slaveLowerDown and activeSlaveChanged. The last waits for the dump that names
 * the slave, if it must. It judges nothing.
 *
 * A number may be used again: an RTM_DELLINK ends the life of the bond or slave
 * that has it. The next dump removes that one, whatever it shows under the
 * number; what it shows is added, and inherits nothing. From the message to
 * that dump nothing is believed of the number, so that what is said last of
 * the old one bears its name, and its carrier is not known. (A rename is no
 * end, and no RTM_DELLINK.)
 *
 * Each bond that an event concerns is due for a re-read: reread_at_ms is set
 * (at once, or TRACKER_REREAD_MS later), unless it is due sooner already.
 *
 * Errors: -ENOMEM from tracker_dump(); then the caller must re-read.
 */
#ifndef BONDCARRIER_TRACKER_H
#define BONDCARRIER_TRACKER_H

#include <stdbool.h>
#include <stdint.h>

#include "bond/bond_set.h"
#include "bond/event.h"
#include "netlink/linkmsg.h"
#include "netlink/linksock.h"

/* From an event to the re-read of its bond: what the kernel changes without
   a word comes shortly after what it tells. */
#define TRACKER_REREAD_MS 50

/* Which bonds are wanted, by name; NULL: all. */
struct tracker_filter {
	bool (*wanted)(void *ctx, const char *bond_name);
	void *ctx;
};

struct tracker {
	struct bond_set *set; /* borrowed */
	struct event_sink sink;
	struct tracker_filter filter;
	bool quiet;	    /* first synchronisation: no added events */
	uint64_t caught_up; /* how often: see tracker_caught_up() */
};

/* What to do after an event. */
enum tracker_need {
	TRACKER_NEEDS_NOTHING = 0,
	TRACKER_NEEDS_BOND = 1, /* bonds are due: see their reread_at_ms */
	TRACKER_NEEDS_NOW = 2,	/* besides, *bond_ifindex, which is not in the
				   set, is to be read at once */
};

void tracker_init(struct tracker *tracker, struct bond_set *set);

/*
 * Applies one message from the event socket; never fails. `bond_ifindex` is
 * set with TRACKER_NEEDS_NOW.
 */
enum tracker_need tracker_event(struct tracker *tracker,
				const struct link_event *event, int64_t now_ms,
				int *bond_ifindex);

/*
 * No event is queued any more, or none can be had. One that comes from now on
 * is younger than all dumps before. Until then an RTM_DELLINK may be older than
 * the dump that a bond or slave came with: that dump was answered while the
 * message was in the queue, and showed what was made after it. So it ends a
 * life only if the queue has been empty since that life began. Where it was
 * younger all the same, the dump that it asks for decides, and there is nothing
 * to inherit yet: the life lasted from one dump to the next emptying of the
 * queue.
 */
void tracker_caught_up(struct tracker *tracker);

/*
 * Applies a whole dump: what it does not hold is removed. `scope`: 0, the
 * dump was of everything; else of this bond alone. With TRACKER_SCOPE_MERGE
 * it is no dump but messages of any kind, in order, and the last about each
 * link is believed: removed is what it says is gone or is no longer a bond or
 * its slave, and what was gone in between.
 */
#define TRACKER_SCOPE_MERGE (-1)
int tracker_dump(struct tracker *tracker, const struct link_batch *batch,
		 int scope, int64_t now_ms);

/* Applies a whole dump of VLANs, for the set's stack. */
int tracker_vlans(struct tracker *tracker, const struct link_batch *batch);

#endif
