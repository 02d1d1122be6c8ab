/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The parts of show_bond() that have files of their own.
 */
#ifndef BONDCARRIER_SHOW_INTERNAL_H
#define BONDCARRIER_SHOW_INTERNAL_H

#include "bond/bond.h"
#include "output/page.h"

/* Discrepancies with remedies, and warnings. `captured_at`: see show_bond(). */
void show_findings(const struct page *page, const struct bond *bond,
		   const char *captured_at);

/* A table with a line for each slave. */
void show_slaves(const struct page *page, const struct bond *bond);

#endif
