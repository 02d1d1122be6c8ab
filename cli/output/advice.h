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

/* Has that text been printed, perhaps as part of another? */
bool advice_printed(const struct advice *advice, const char *text);

/* The remedy of that kind, which counts as printed from now on; NULL: there is
   none, or it has been printed. */
const char *advice_remedy(struct advice *advice, const struct bond *bond,
			  enum discrepancy_kind kind);

#endif
