/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The second opinion: what a bond's effective carrier and the discrepancies
 * are, from the virtual kernel as it is at this instant and from what
 * doc/DESIGN.md defines. It shares nothing with src/, on purpose: where the
 * two differ, one of them is wrong.
 *
 * An answer is a set: where the definition depends on what nobody can know at
 * this instant (the countdown of an updelay, which of several aggregators the
 * driver is going to take) more than one answer is right.
 */
#ifndef BONDCARRIER_SIM_ORACLE_H
#define BONDCARRIER_SIM_ORACLE_H

#include "vk.h"

#define ORACLE_UP      1U
#define ORACLE_DOWN    2U
#define ORACLE_UNKNOWN 4U /* the agent may know nothing of it */

#define ORACLE_NO      1U
#define ORACLE_YES     2U

/* What the world does not say any more: since when. By slot. */
struct oracle_memory {
	int ifindex;
	int64_t link_ms;  /* LOWER_UP is what it is */
	int64_t back_ms;  /* the driver calls it BACK; 0: it does not */
	int64_t admin_ms; /* it is administratively up, or down */
	int64_t step_ms;  /* its LACP bits are left over until that step of the
			     machines; 0: they are its own */
	bool link, admin;
	bool told; /* its carrier, as linkwatch told of it last */
};

struct oracle {
	const struct vk *vk;
	struct oracle_memory memory[VK_LINKS];
	bool strict;	 /* the agent's strictLacp */
	bool timed;	 /* the last answer depends on the time, too */
	bool as_told;	 /* see oracle_effective_as_told() */
	int64_t late_ms; /* how long after that events may come */
	/* The bonds that the agent is to look at; NULL: all. */
	bool (*wanted)(void *ctx, const char *name);
	void *wanted_ctx;
};

/* After each change of the world and each passing of time. */
void oracle_observe(struct oracle *oracle);

/* A set of ORACLE_UP, ORACLE_DOWN, ORACLE_UNKNOWN. */
unsigned int oracle_effective(struct oracle *oracle, int bond);

/*
 * The same, with carriers as the kernel has told of them. It tells of a carrier
 * by linkwatch, a work of its own that comes after the change, and of all else
 * at once: so who listens hears what came after it first, and sees a world that
 * was not there at any instant. So it does where events come late, and what was
 * read meanwhile stands beside them: a link that has just changed may be heard
 * of as it was.
 */
unsigned int oracle_effective_as_told(struct oracle *oracle, int bond);

/* Is there a discrepancy of that kind (numbers of the MIB), of the bond (slot
   -1) or of that slave? A set of ORACLE_NO, ORACLE_YES. `effective` is
   oracle_effective(). */
unsigned int oracle_finds(struct oracle *oracle, int bond,
			  unsigned int effective, int kind, int slot);

bool oracle_is_lacp(const struct oracle *oracle, int bond);

/* How long that kind has to hold before it is raised, at the longest; ms. */
int64_t oracle_grace_ms(const struct oracle *oracle, int bond, int kind,
			int64_t base_ms, int64_t fast_ms, int64_t slow_ms);

#endif
