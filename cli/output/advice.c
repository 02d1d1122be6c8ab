/* SPDX-License-Identifier: BSD-2-Clause */
/* Advice, once. */
#include "output/advice.h"

#include <string.h>

bool advice_printed(const struct advice *said, const char *text)
{
	for (size_t i = 0; i < said->count; i++) {
		if (strstr(said->texts[i], text))
			return true;
	}
	return false;
}

const char *advice_remedy(struct advice *said, const struct bond *bond,
			  enum discrepancy_kind kind)
{
	char *text;

	if (said->count == DISCREPANCY_KIND_COUNT)
		return NULL;
	text = said->texts[said->count];
	explain_remedy(bond, kind, text, EXPLAIN_TEXT_SIZE);
	if (!*text || advice_printed(said, text))
		return NULL;
	said->count++;
	return text;
}
