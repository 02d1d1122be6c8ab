/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The advice that has been given of one bond, so that none is given twice.
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

/* Has it been said, be it as a part of more? */
bool advice_printed(const struct advice *advice, const char *text);

/* The remedy of that kind, from now on said; NULL: there is none, or it has
   been said. */
const char *advice_remedy(struct advice *advice, const struct bond *bond,
			  enum discrepancy_kind kind);

#endif
