/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Makes untrusted text safe for a terminal, a log and SNMP: interface names
 * and strings received from switches may contain anything.
 *
 * Both functions return `buffer`. The result is always NUL-terminated; if it
 * does not fit, it is cut at a character boundary.
 */
#ifndef BONDCARRIER_PRINTABLE_H
#define BONDCARRIER_PRINTABLE_H

#include <stddef.h>

/* Room for any printable interface name and its NUL. */
#define PRINTABLE_NAME_SIZE 64

/*
 * An interface name for people, JSON and SNMP: valid UTF-8 and printable
 * ASCII stay, other bytes become \xHH, and a backslash becomes \\.
 */
const char *printable_name(const char *ifname, char *buffer, size_t size);

/* The same for a sentence, but a backslash stays: names in it may already be
   the output of printable_name(). */
const char *printable_text(const char *text, char *buffer, size_t size);

#endif
