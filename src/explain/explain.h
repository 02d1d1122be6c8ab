/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Words for people: the MIB's names of enumeration values, and sentences about
 * what is wrong and what to do about it.
 *
 * Names are static strings and never NULL; an unknown number gives "unknown".
 * Sentences are written to the caller's buffer, always NUL-terminated, and cut
 * at its size; the functions return the length of the whole sentence, like
 * snprintf(). Interface names are untrusted: printable_name() makes them valid
 * UTF-8 without control characters. Pure; no errors.
 */
#ifndef BONDCARRIER_EXPLAIN_H
#define BONDCARRIER_EXPLAIN_H

#include <stddef.h>

#include "bond/bond.h"
#include "bond/event.h"

const char *explain_carrier(enum carrier carrier);	/* "up" */
const char *explain_reason(enum carrier_reason reason); /* "noSlaveUp" */
const char *explain_kind(enum discrepancy_kind kind);	/* "falseUp" */
const char *explain_warning(enum discrepancy_warning warning);
const char *explain_monitor(enum carrier_monitor monitor); /* "mii" */
const char *explain_event_type(enum event_type type);
const char *explain_mode(unsigned int kernel_mode); /* "active-backup" */
const char *
explain_mii_status(unsigned int mii_status);	       /* "up", "going down" */
const char *explain_operstate(unsigned int operstate); /* "lowerlayerdown" */

/* The kind with that MIB name, case-insensitive; DISCREPANCY_NONE: none. */
enum discrepancy_kind explain_kind_of(const char *name);
/* The warning with that MIB name, case-insensitive; -1: none. */
int explain_warning_of(const char *name);

/* Room for any sentence of this module. */
#define EXPLAIN_TEXT_SIZE 256

/* Why the effective carrier is what it is. */
size_t explain_verdict(const struct bond *bond, char *buffer, size_t size);

/* What is wrong, with names: "bond0 is RUNNING, but ...". */
size_t explain_finding(const struct bond *bond, enum discrepancy_kind kind,
		       const char *slave_name, char *buffer, size_t size);

/* What an administrator should do about it. */
size_t explain_remedy(const struct bond *bond, enum discrepancy_kind kind,
		      char *buffer, size_t size);
size_t explain_warning_text(const struct bond *bond,
			    enum discrepancy_warning warning, char *buffer,
			    size_t size);

/* bondEventText. */
size_t explain_event(const struct event *event, char *buffer, size_t size);

#endif
