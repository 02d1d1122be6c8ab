/* SPDX-License-Identifier: BSD-2-Clause */
/* Names of enumerators, for assertions. */
#include <stdio.h>

#include "explain/explain.h"
#include "named.h"
#include "netlink/linkmsg.h"

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

const char *named_monitor(int monitor)
{
	return explain_monitor((enum carrier_monitor)monitor);
}

const char *named_link_kind(int kind)
{
	switch (kind) {
	case LINK_KIND_OTHER:
		return "other";
	case LINK_KIND_BOND:
		return "bond";
	case LINK_KIND_VLAN:
		return "vlan";
	case LINK_KIND_MACVLAN:
		return "macvlan";
	default:
		return "unknown";
	}
}

#define SET_SIZE 512

/* The names of a set's bits, of which the first is that of number `first`. A
   bit that has no name is shown as well. */
static const char *names_of(unsigned int bits, int first, int count,
			    const char *(*name_of)(int number))
{
	static char texts[4][SET_SIZE];
	static unsigned int calls;
	char *text = texts[calls++ % 4];
	size_t length = 0;

	(void)snprintf(text, SET_SIZE, "none");
	for (int bit = 0; bit < 32; bit++)
		if (bits & 1U << bit)
			length += (size_t)snprintf(
			    text + length, SET_SIZE - length, "%s%s",
			    length ? ", " : "",
			    bit < count ? name_of(first + bit) : "?");
	return text;
}

const char *named_kinds(unsigned int kinds)
{
	return names_of(kinds, 1, DISCREPANCY_KIND_COUNT, named_kind);
}

static const char *warning(int number)
{
	return explain_warning((enum discrepancy_warning)number);
}

const char *named_warnings(unsigned int warnings)
{
	return names_of(warnings, 0, DISCREPANCY_WARNING_COUNT, warning);
}
