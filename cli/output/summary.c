/* SPDX-License-Identifier: BSD-2-Clause */
/* A bond in half a line. */
#include "output/summary.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/printable.h"
#include "decision/finding.h"
#include "explain/explain.h"
#include "output/problem_set.h"

struct text {
	char *buffer;
	size_t size;
};

static void put(struct text *text, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void put(struct text *text, const char *format, ...)
{
	size_t used = strlen(text->buffer);
	va_list args;

	va_start(args, format);
	vsnprintf(text->buffer + used, text->size - used, format, args);
	va_end(args);
}

static void put_words(struct text *text, const struct bond *bond)
{
	const struct problem_set problems = problem_set_of(bond);
	const char *before = "; ";

	for (unsigned int kind = 1; kind <= DISCREPANCY_KIND_COUNT; kind++) {
		if (!(problems.kinds & DISCREPANCY_BIT(kind)))
			continue;
		put(text, "%s%s", before,
		    explain_kind((enum discrepancy_kind)kind));
		before = ", ";
	}
	for (unsigned int w = 0; w < DISCREPANCY_WARNING_COUNT; w++) {
		if (!(problems.warnings & DISCREPANCY_WARNING_BIT(w)))
			continue;
		put(text, "%s%s", before,
		    explain_warning((enum discrepancy_warning)w));
		before = ", ";
	}
}

void summary_text(const struct bond *bond, char *buffer, size_t size)
{
	struct text text = { buffer, size };
	enum carrier effective = bond->verdict.effective;
	char name[PRINTABLE_NAME_SIZE];
	char why[EXPLAIN_TEXT_SIZE];

	buffer[0] = '\0';
	put(&text, "%s", printable_name(bond->link.name, name, sizeof(name)));
	if (effective == CARRIER_UP || effective == CARRIER_DOWN)
		put(&text, " is %s", explain_carrier(effective));
	else
		put(&text, ": effective carrier unknown");
	if (finding_holds(bond, DISCREPANCY_FALSE_UP, NULL))
		put(&text, ", though it shows RUNNING");
	else if (finding_holds(bond, DISCREPANCY_FALSE_DOWN, NULL))
		put(&text, ", though it does not show RUNNING");
	explain_verdict(bond, why, sizeof(why));
	put(&text, ": %s", why);
	put_words(&text, bond);
}
