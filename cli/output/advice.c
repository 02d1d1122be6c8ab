/* SPDX-License-Identifier: BSD-2-Clause */
/* Advice, once. */
#include "output/advice.h"

#include <string.h>

bool advice_printed(const struct advice *advice, const char *text)
{
	for (size_t i = 0; i < advice->count; i++) {
		if (strstr(advice->texts[i], text))
			return true;
	}
	return false;
}

const char *advice_remedy(struct advice *advice, const struct bond *bond,
			  enum discrepancy_kind kind)
{
	char *text;

	if (advice->count == DISCREPANCY_KIND_COUNT)
		return NULL;
	text = advice->texts[advice->count];
	explain_remedy(bond, kind, text, EXPLAIN_TEXT_SIZE);
	if (!*text || advice_printed(advice, text))
		return NULL;
	advice->count++;
	return text;
}
