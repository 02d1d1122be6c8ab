/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Text that came from outside, made fit for a terminal, a log and SNMP. Names
 * of interfaces and words of switches are chosen by strangers.
 *
 * Results are always terminated; what does not fit is left out, whole
 * characters at a time. They return `buffer`.
 */
#ifndef BONDCARRIER_PRINTABLE_H
#define BONDCARRIER_PRINTABLE_H

#include <stddef.h>

/* Room for any interface name made printable, with its NUL. */
#define PRINTABLE_NAME_SIZE 64
/*
 * An interface name for people, JSON and SNMP: valid UTF-8 and printable
 * ASCII stay, other bytes become \xHH, and a backslash becomes \\.
 */
const char *printable_name(const char *ifname, char *buffer, size_t size);

/* A sentence for a terminal or a log, in the same way; but a backslash stays:
   the names in it may have passed printable_name() already. */
const char *printable_text(const char *text, char *buffer, size_t size);

#endif
