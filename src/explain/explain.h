/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Words for people: the MIB's names of the enumerations, and sentences that
 * say what is wrong and what to do about it.
 *
 * Names are static strings and never NULL ("unknown(N)" values give
 * "unknown"). Sentences are written to the caller's buffer, always ended
 * with a NUL, and cut at its size; returned is the length that was needed
 * (as snprintf). Interface names are hostile: printable_name() makes them
 * valid UTF-8 without control characters.
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

/* DISCREPANCY_NONE or the kind of that MIB name, case-insensitive. */
enum discrepancy_kind explain_kind_of(const char *name);
/* The enum discrepancy_warning of that name, likewise; -1: none. */
int explain_warning_of(const char *name);

/* Room for any sentence made here. */
#define EXPLAIN_TEXT_SIZE 256

/* Why the carrier is what it is: one sentence. */
size_t explain_verdict(const struct bond *bond, char *buffer, size_t size);

/* What is wrong: one sentence with the names ("bond0 is RUNNING, but ..."). */
size_t explain_finding(const struct bond *bond, enum discrepancy_kind kind,
		       const char *slave_name, char *buffer, size_t size);

/* What to do about it: one sentence for the person at the keyboard. */
size_t explain_remedy(const struct bond *bond, enum discrepancy_kind kind,
		      char *buffer, size_t size);
size_t explain_warning_text(const struct bond *bond,
			    enum discrepancy_warning warning, char *buffer,
			    size_t size);

/* bondEventText: one sentence. */
size_t explain_event(const struct event *event, char *buffer, size_t size);

#endif
