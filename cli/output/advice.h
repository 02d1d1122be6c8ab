/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The advice printed about one bond, so that none is printed twice.
 */
#ifndef BONDCARRIER_ADVICE_H
#define BONDCARRIER_ADVICE_H

#include <stdbool.h>
#include <stddef.h>

#include "explain/explain.h"

struct advice {
	char texts[DISCREPANCY_KIND_COUNT][EXPLAIN_TEXT_SIZE];
	size_t count;
};

/* True if that text has been printed, even as part of another. */
bool advice_printed(const struct advice *advice, const char *text);

/* Returns the remedy for that kind, and marks it as printed. NULL: there is
   none, or it has been printed. */
const char *advice_remedy(struct advice *advice, const struct bond *bond,
			  enum discrepancy_kind kind);

#endif
