/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The invariants of the design, watched while the simulation runs. They are
 * numbered as there:
 *
 *     1 when all is quiet, the agent's model is the world
 *     2 nothing is said of whom nothing happened to
 *     3 every raise one clear, every notification an end
 *     4 a lie is raised, the truth is not called one
 *     5 the track files
 *     6 deadlines
 *     0 the agent ended, or worse
 *
 *     check_world.c   what the world is, and since when
 *     check_agent.c   4: the effective carrier; what is raised
 *     check_events.c  2, 4: the rows of the event log
 *     check_track.c   5
 *     check_manager.c 3: what managers heard
 *     check_quiet.c   1, and the end of 3
 *
 * Time passes in steps: what is true after one holds until the next.
 */
#ifndef BONDCARRIER_SIM_CHECK_H
#define BONDCARRIER_SIM_CHECK_H

#include "life.h"
#include "ops.h"
#include "oracle.h"

#define CHECK_KINDS    16
#define CHECK_GONE     64
#define CHECK_TOLD     256
#define CHECK_LONG_AGO (INT64_MIN / 4)

/* A discrepancy, as the oracle sees it. */
struct check_kind {
	int64_t yes_ms;	     /* certain since; CHECK_LONG_AGO: it is not */
	int64_t possible_ms; /* possible since; likewise */
	int64_t first_ms;    /* the same, passing over breaks of a lag */
	int64_t last_ms;     /* when it was possible last */
};

struct check_slave { /* by slot */
	int ifindex;
	int bond; /* ifindex */
	int64_t joined_ms;
	struct check_kind kinds[CHECK_KINDS];
};

struct check_bond {  /* by slot */
	int ifindex; /* 0: there is none */
	char name[VK_NAME];
	int64_t born_ms, renamed_ms;
	int64_t began_ms; /* what the agent may call its beginning, at least */
	uint64_t touches;
	int64_t touched_ms;
	int64_t restart_ms; /* its graces began again */

	unsigned int says;	/* the oracle */
	int64_t says_ms;	/* since */
	bool timed;		/* it depends on the time, too */
	int64_t up_ms, down_ms; /* when that was right last */
	int64_t hidden_ms;	/* when it could not be known last */
	bool running;
	int64_t running_ms; /* since; and when it was not what it is: */
	int64_t not_running_ms;
	struct check_kind kinds[CHECK_KINDS];

	enum carrier agent; /* what the agent says; 0: nothing */
	int64_t agent_ms;   /* since */
	int64_t must_ms;    /* when to look for what must be raised */
	bool file, file_up; /* its track file, as seen last */
};

struct check_gone {
	int ifindex;
	char name[VK_NAME];
	int64_t gone_ms;
};

/* A discrepancy of which a manager has heard. */
struct check_told {
	char bond[VK_NAME], slave[VK_NAME];
	int kind;
	bool raised;
	uint32_t raise_index, clear_index;
	int life;
};

struct check_word { /* the last about an effective carrier */
	int bond;
	char name[VK_NAME];
	enum carrier effective;
	int64_t at_ms;
};

struct check {
	struct vk *vk;
	struct oracle oracle;
	struct life *life;
	int lives;

	struct check_bond bonds[VK_LINKS];
	struct check_slave slaves[VK_LINKS];
	struct check_gone gone[CHECK_GONE];
	size_t gone_count;
	int64_t turn_ms; /* the agent's turn that goes on began; 0: none does */
	int top;	 /* bonds were seen in slots below this */

	struct check_told told[CHECK_TOLD];
	size_t told_count;
	struct check_word words[CHECK_GONE];
	size_t word_count;

	/* Excuses. */
	int64_t excused_ms;    /* the kernel could not be read until then */
	int64_t configured_ms; /* another policy or filter since */
	int64_t disk_ms;       /* the track files could not be written */
	int64_t late_ms;       /* how late events may come */
	int64_t lossy_ms;      /* events were lost, or read late */
	int64_t lost_ms;       /* events were, or could not be read */
	int64_t graces_ms;     /* all began again */
	bool amnesia;	       /* the state file was lost or old at a start */
	bool reloaded, silenced, killed;
	uint64_t dropped; /* notifications, in earlier lives too */

	uint32_t last_index; /* of the event log, as seen last */
	uint32_t highest;    /* over all lives */

	int failed; /* the number of the invariant; -1: none */
	char tag[32];
	char text[512];
};

void check_init(struct check *check, struct vk *vk, struct life *life);

/* Failures with these tags are none; separated by commas. For whoever looks for
   what lies behind a known one. */
extern const char *check_ignored;

/* The first failure stays. `tag`: the same for the same kind of failure. */
void check_fail(struct check *check, int invariant, const char *tag,
		const char *format, ...) __attribute__((format(printf, 4, 5)));

/* An operation is about to be done: whose graces begin again? */
void check_op(struct check *check, const struct op *op);

/* After each change of the world or of the time. */
void check_world(struct check *check);
/* Before and after each turn of the agent. */
void check_agent(struct check *check);
/* Another configuration: the oracle has to think again. */
void check_refresh(struct check *check);
/* A life has begun; it has ended. */
void check_born(struct check *check);
void check_died(struct check *check);

void check_events(struct check *check);
void check_track(struct check *check);
void check_heard(void *check, const struct outbox_item *item);
/* Everything has been healthy and untouched for long. */
void check_quiet(struct check *check);

static inline int64_t check_latest(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

/* The bond of that ifindex, NULL. */
struct check_bond *check_bond_of(struct check *check, int ifindex);
/* Is the agent to look at it? */
bool check_wanted(const struct check *check, const char *name);
/* Has it had the time to know? */
bool check_excused(const struct check *check);
/* How long after a change of that bond the agent may take; ms. */
int64_t check_lag_ms(const struct check *check, const struct check_bond *bond);

#endif
