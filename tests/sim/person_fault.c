/* SPDX-License-Identifier: BSD-2-Clause */
/* What goes wrong around the agent, and for how long. */
#include <errno.h>

#include "master.h"
#include "person_internal.h"

static void agent_dies(struct person *person)
{
	int64_t away_ms = person_below(person, 2) ? person_below(person, 200)
						  : person_below(person, 20000);
	static const enum fault_kind damages[] = { FAULT_STATE_LOST,
						   FAULT_STATE_TORN,
						   FAULT_STATE_STALE };

	person_put_fault(person, person_below(person, 500),
			 person_below(person, 3) ? FAULT_KILL : FAULT_STOP,
			 away_ms + 20);
	if (person_below(person, 4) == 0)
		person_put_fault(person, 1, damages[person_below(person, 3)],
				 0);
}

/* More messages than find room or are read at one go; and the world goes on
   meanwhile, then rests. */
static void flood(struct person *person)
{
	person_put_fault(person, 1, FAULT_QUEUE, 7000);
	person_flip(person, 1);
	person_put_fault(person, 2, FAULT_STORM, 9000);
	for (int i = 0; i < 3; i++)
		person_flip(person, 1 + person_below(person, 9));
	person_put_fault(person, 1500, FAULT_WAKE, 0);
}

static void netlink_fails(struct person *person)
{
	static const int queues[] = { 1, 2, 3, 5, 12 };

	switch (person_below(person, 9)) {
	case 0:
		person_put_fault(person, 1, FAULT_QUEUE,
				 queues[person_below(person, 5)]);
		break;
	case 1:
		person_put_fault(person, 1, FAULT_LATE,
				 1 + person_below(person, 800));
		break;
	case 2:
		person_put_fault(person, 1, FAULT_INTERRUPT,
				 person_below(person, 3)
				     ? 1 + person_below(person, 9)
				     : 10 + person_below(person, 40));
		break;
	case 3:
		person_put_fault(person, 1, FAULT_FAIL,
				 1 + person_below(person, 4));
		break;
	case 4:
		person_put_fault(person, 1, FAULT_TRUNCATE, 1);
		break;
	case 5:
		person_put_fault(person, 1, FAULT_MALFORM, 1);
		break;
	case 6:
		person_put_fault(person, 1, FAULT_DOUBLE,
				 1 + person_below(person, 3));
		break;
	case 7:
		person_put_fault(person, 1, FAULT_DEAF,
				 1 + person_below(person, 6));
		break;
	default:
		person_put_fault(person, 1, FAULT_STORM,
				 1 + person_below(person, 200));
		break;
	}
}

static void disk_fails(struct person *person)
{
	static const enum fault_kind kinds[] = { FAULT_STATE_UNREADABLE,
						 FAULT_STATE_ERROR,
						 FAULT_TRACK_ERROR };
	static const int errors[] = { ENOSPC, EIO, EROFS };

	if (person_below(person, 2))
		person_put_fault(person, 1, kinds[person_below(person, 3)],
				 errors[person_below(person, 3)]);
	else
		person_put_fault(person, 1,
				 person_below(person, 2) ? FAULT_STATE_HANG
							 : FAULT_TRACK_HANG,
				 1 + person_below(person, 6000));
}

static void people_meddle(struct person *person)
{
	static const int graces_ms[] = { 0, 500, 2000, 6000 };

	switch (person_below(person, 5)) {
	case 0:
		person_put_fault(person, 1, FAULT_RELOAD,
				 person_below(person, 1000));
		break;
	case 1:
		person_put_fault(person, 1, FAULT_NOTIFICATIONS, 0);
		person_put_fault(person, person_below(person, 9000),
				 FAULT_NOTIFICATIONS, 1);
		break;
	case 2:
		person_put_fault(person, 1, FAULT_GRACE,
				 graces_ms[person_below(person, 4)]);
		break;
	case 3:
		person_put_fault(person, 1, FAULT_CLOCK,
				 (int64_t)person_below(person, 7200000) -
				     3600000);
		break;
	default:
		person_put_fault(person, 1, FAULT_STALL,
				 1 + person_below(person, 4000));
		break;
	}
}

void person_fault(struct person *person)
{
	switch (person_below(person, 9)) {
	case 0:
		agent_dies(person);
		break;
	case 1:
	case 2:
		netlink_fails(person);
		break;
	case 3:
		disk_fails(person);
		break;
	case 4:
		person_put_fault(person, 1, FAULT_MASTER,
				 person_below(person, MASTER_MOODS));
		break;
	case 5:
		people_meddle(person);
		break;
	case 6:
		person_put_fault(person, person_below(person, 1500), FAULT_WAKE,
				 0);
		break;
	case 7:
		if (person_below(person, 4) == 0)
			flood(person);
		break;
	default:
		person_put_fault(person, person_below(person, 8000), FAULT_HEAL,
				 0);
		break;
	}
}
