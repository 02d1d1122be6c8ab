/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A bond in half a line: "bond0 is down, though it shows RUNNING: none of
 * its 2 slaves has a link; falseUp, degraded".
 */
#ifndef BONDCARRIER_SUMMARY_H
#define BONDCARRIER_SUMMARY_H

#include <stddef.h>

#include "bond/bond.h"

/* Enough for the longest. */
#define SUMMARY_SIZE 768

void summary_text(const struct bond *bond, char *buffer, size_t size);

#endif
