/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the files of the module explain build their sentences with. Not for
 * other modules.
 */
#ifndef BONDCARRIER_EXPLAIN_TEXT_H
#define BONDCARRIER_EXPLAIN_TEXT_H

#include <stddef.h>

#include "explain/explain.h"

/* A sentence that grows; `length` counts also what had no room. */
struct explain_text {
	char *buffer;
	size_t size;
	size_t length;
};

void explain_text_init(struct explain_text *text, char *buffer, size_t size);
void explain_text_put(struct explain_text *text, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Puts a name as printable_name() makes it. */
void explain_text_name(struct explain_text *text, const char *ifname);

/* Puts "bond0", or "slave eth0 of bond0". */
void explain_text_subject(struct explain_text *text, const char *bond_name,
			  bool of_slave, const char *slave_name);

/* What each kind says, after its subject: the bond, or a slave of it. */
struct explain_words {
	bool of_slave;
	const char *words;
};
const struct explain_words *explain_words(enum discrepancy_kind kind);

/* The name, or a placeholder, for a command that people will paste. */
const char *explain_argument(const char *ifname, const char *placeholder);
/* Puts "set miimon 100 (ip link set bond0 type bond miimon 100)". */
void explain_text_option(struct explain_text *text, const struct bond *bond,
			 const char *option);
void explain_text_unmonitored(struct explain_text *text,
			      const struct bond *bond);
/* For the warning slowMonitor. */
void explain_text_slow_monitor(struct explain_text *text,
			       const struct bond *bond);

/* The slave of that name, or NULL. */
const struct slave *explain_find_slave(const struct bond *bond,
				       const char *name);
/* The first slave that a rule holds for, or NULL. */
const struct slave *explain_first_slave(const struct bond *bond,
					bool (*holds)(const struct bond *,
						      const struct slave *));
/* Has LOWER_UP, but what it stands on (an inner bond, a lower device) is
   down. */
bool explain_broken_below(const struct bond *bond, const struct slave *slave);
/* Has a link, and may be in its updelay: it has not been for longer. */
bool explain_in_updelay(const struct bond *bond, const struct slave *slave);

#endif
