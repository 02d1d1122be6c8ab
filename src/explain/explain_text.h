/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Building blocks of the sentences, for the files of the module explain only.
 * Pure; no errors.
 */
#ifndef BONDCARRIER_EXPLAIN_TEXT_H
#define BONDCARRIER_EXPLAIN_TEXT_H

#include <stddef.h>

#include "explain/explain.h"

/* A sentence that is being written; `length` also counts what had no room. */
struct explain_text {
	char *buffer;
	size_t size;
	size_t length;
};

void explain_text_init(struct explain_text *text, char *buffer, size_t size);
void explain_text_put(struct explain_text *text, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Appends an interface name, made printable. */
void explain_text_name(struct explain_text *text, const char *ifname);

/* Appends "bond0", or with `of_slave` "slave eth0 of bond0". */
void explain_text_subject(struct explain_text *text, const char *bond_name,
			  bool of_slave, const char *slave_name);

/* The phrase of each kind, which follows its subject. */
struct explain_words {
	bool of_slave; /* the subject is a slave, not the bond */
	const char *words;
};
const struct explain_words *explain_words(enum discrepancy_kind kind);

/* The name for a command that people paste; `placeholder` if it is unsafe. */
const char *explain_argument(const char *ifname, const char *placeholder);
/* Appends "set miimon 100 (ip link set bond0 type bond miimon 100)". */
void explain_text_option(struct explain_text *text, const struct bond *bond,
			 const char *option);
void explain_text_unmonitored(struct explain_text *text,
			      const struct bond *bond);
/* For the warning slowMonitor. */
void explain_text_slow_monitor(struct explain_text *text,
			       const struct bond *bond);

/* The slave with that name, or NULL. */
const struct slave *explain_find_slave(const struct bond *bond,
				       const char *name);
/* The first slave for which `holds` is true, or NULL. */
const struct slave *explain_first_slave(const struct bond *bond,
					bool (*holds)(const struct bond *,
						      const struct slave *));
/* The slave has LOWER_UP, but the bond or device below it is down. */
bool explain_broken_below(const struct bond *bond, const struct slave *slave);
/* The slave has a link and may be in its updelay: slaveFalseDown is not raised,
   which would mean that the updelay is over. */
bool explain_in_updelay(const struct bond *bond, const struct slave *slave);

#endif
