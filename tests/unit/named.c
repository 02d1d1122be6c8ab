/* SPDX-License-Identifier: BSD-2-Clause */
/* Names of enumerators, for assertions. */
#include <stdio.h>

#include "explain/explain.h"
#include "named.h"

const char *named_carrier(int carrier)
{
	return explain_carrier((enum carrier)carrier);
}

const char *named_reason(int reason)
{
	return explain_reason((enum carrier_reason)reason);
}

const char *named_kind(int kind)
{
	return explain_kind((enum discrepancy_kind)kind);
}

const char *named_event_type(int type)
{
	return explain_event_type((enum event_type)type);
}

const char *named_status(int status)
{
	switch (status) {
	case BOND_SET_SYNCHRONISED:
		return "synchronised";
	case BOND_SET_RESYNCHRONISING:
		return "resynchronising";
	case BOND_SET_LOST:
		return "lost";
	default:
		return "unknown";
	}
}

/* A bit that is no kind is shown as well. */
const char *named_kinds(unsigned int kinds)
{
	static char texts[2][512];
	static unsigned int calls;
	char *text = texts[calls++ % 2];
	size_t length = 0;

	(void)snprintf(text, sizeof(texts[0]), "none");
	for (int bit = 0; bit < 32; bit++) {
		int kind = DISCREPANCY_NONE;

		if (!(kinds & 1U << bit))
			continue;
		for (int i = 1; i <= DISCREPANCY_KIND_COUNT; i++)
			if (DISCREPANCY_BIT(i) == 1U << bit)
				kind = i;
		length += (size_t)snprintf(
		    text + length, sizeof(texts[0]) - length, "%s%s",
		    length ? ", " : "", kind ? named_kind(kind) : "?");
	}
	return text;
}
