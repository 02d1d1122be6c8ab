/* SPDX-License-Identifier: BSD-2-Clause */
/* Sets of kinds and warnings. */
#include "output/problem_set.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "explain/explain.h"

static bool add(struct problem_set *set, const char *word)
{
	enum discrepancy_kind kind = explain_kind_of(word);
	int warning = explain_warning_of(word);

	if (strcasecmp(word, "none") == 0)
		return true;
	if (strcasecmp(word, "all") == 0) {
		set->kinds = (1U << DISCREPANCY_KIND_COUNT) - 1;
		set->warnings = (1U << DISCREPANCY_WARNING_COUNT) - 1;
		return true;
	}
	if (kind != DISCREPANCY_NONE)
		set->kinds |= DISCREPANCY_BIT(kind);
	else if (warning >= 0)
		set->warnings |= DISCREPANCY_WARNING_BIT(warning);
	return kind != DISCREPANCY_NONE || warning >= 0;
}

bool problem_set_parse(struct problem_set *set, const char *list, char *word,
		       size_t size)
{
	*set = (struct problem_set){ 0, 0 };
	for (;;) {
		size_t whole, length;

		list += strspn(list, " ");
		whole = length = strcspn(list, ",");
		while (length > 0 && list[length - 1] == ' ')
			length--;
		snprintf(word, size, "%.*s", (int)length, list);
		if (!add(set, word))
			return false;
		if (!list[whole])
			return true;
		list += whole + 1;
	}
}

struct problem_set problem_set_of(const struct bond *bond)
{
	struct problem_set set = { 0, bond->warnings };

	for (size_t i = 0; i < bond->discrepancies.count; i++) {
		const struct discrepancy *item = &bond->discrepancies.items[i];

		if (item->phase != DISCREPANCY_CLEARING)
			set.kinds |= DISCREPANCY_BIT(item->kind);
	}
	return set;
}

bool problem_set_meet(const struct problem_set *a, const struct problem_set *b)
{
	return (a->kinds & b->kinds) != 0 || (a->warnings & b->warnings) != 0;
}
