/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The names of the enumerations, and interface names made printable.
 */
#include "explain/explain.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

static const char *const carrier_names[] = {
	[CARRIER_UP] = "up",
	[CARRIER_DOWN] = "down",
	[CARRIER_UNKNOWN] = "unknown",
};

static const char *const reason_names[] = {
	[CARRIER_REASON_LINK_UP] = "linkUp",
	[CARRIER_REASON_ADMIN_DOWN] = "adminDown",
	[CARRIER_REASON_NO_SLAVES] = "noSlaves",
	[CARRIER_REASON_NO_SLAVE_UP] = "noSlaveUp",
	[CARRIER_REASON_MIN_LINKS_NOT_MET] = "minLinksNotMet",
	[CARRIER_REASON_NO_AGGREGATOR] = "noAggregator",
	[CARRIER_REASON_NOT_SYNCHRONISED] = "notSynchronised",
	[CARRIER_REASON_NOT_DISTRIBUTING] = "notDistributing",
	[CARRIER_REASON_PORTS_DISABLED] = "portsDisabled",
};

static const char *const kind_names[] = {
	[DISCREPANCY_NONE] = "none",
	[DISCREPANCY_FALSE_UP] = "falseUp",
	[DISCREPANCY_FALSE_DOWN] = "falseDown",
	[DISCREPANCY_OPER_STATUS_MISMATCH] = "operStatusMismatch",
	[DISCREPANCY_STALE_CARRIER] = "staleCarrier",
	[DISCREPANCY_ACTIVE_SLAVE_DOWN] = "activeSlaveDown",
	[DISCREPANCY_NO_LACP_PARTNER] = "noLacpPartner",
	[DISCREPANCY_SPLIT_AGGREGATOR] = "splitAggregator",
	[DISCREPANCY_SLAVE_FALSE_UP] = "slaveFalseUp",
	[DISCREPANCY_SLAVE_FALSE_DOWN] = "slaveFalseDown",
	[DISCREPANCY_SLAVE_NOT_OPERATIONAL] = "slaveNotOperational",
};

static const char *const warning_names[] = {
	[DISCREPANCY_WARNING_UNMONITORED] = "unmonitored",
	[DISCREPANCY_WARNING_LINK_UNVERIFIED] = "linkUnverified",
	[DISCREPANCY_WARNING_MIN_LINKS_IGNORED] = "minLinksIgnored",
	[DISCREPANCY_WARNING_ARP_DOWN] = "arpDown",
	[DISCREPANCY_WARNING_DEGRADED] = "degraded",
	[DISCREPANCY_WARNING_SLOW_MONITOR] = "slowMonitor",
};

static const char *const monitor_names[] = {
	[CARRIER_MONITOR_NONE] = "none",
	[CARRIER_MONITOR_MII] = "mii",
	[CARRIER_MONITOR_ARP] = "arp",
};

static const char *const event_names[] = {
	[EVENT_EFFECTIVE_UP] = "effectiveUp",
	[EVENT_EFFECTIVE_DOWN] = "effectiveDown",
	[EVENT_DISCREPANCY_RAISED] = "discrepancyRaised",
	[EVENT_DISCREPANCY_CLEARED] = "discrepancyCleared",
	[EVENT_ACTIVE_SLAVE_CHANGED] = "activeSlaveChanged",
	[EVENT_BOND_ADDED] = "bondAdded",
	[EVENT_BOND_REMOVED] = "bondRemoved",
	[EVENT_SLAVE_ADDED] = "slaveAdded",
	[EVENT_SLAVE_REMOVED] = "slaveRemoved",
	[EVENT_SLAVE_LOWER_UP] = "slaveLowerUp",
	[EVENT_SLAVE_LOWER_DOWN] = "slaveLowerDown",
};

/* linux/if_bonding.h: BOND_MODE_*, in the words of iproute2. */
static const char *const mode_names[] = {
	"balance-rr", "active-backup", "balance-xor", "broadcast",
	"802.3ad",    "balance-tlb",   "balance-alb",
};

/* linux/if_bonding.h: BOND_LINK_*, in the words of /proc/net/bonding. */
static const char *const mii_names[] = {
	"up",
	"going down",
	"down",
	"going back",
};

/* linux/if.h: IF_OPER_*, in the words of /sys/class/net. */
static const char *const operstate_names[] = {
	"unknown", "notpresent", "down", "lowerlayerdown",
	"testing", "dormant",	 "up",
};

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

static const char *name_of(const char *const *names, size_t count,
			   unsigned int number)
{
	if (number >= count || !names[number])
		return "unknown";
	return names[number];
}

const char *explain_carrier(enum carrier carrier)
{
	return name_of(carrier_names, COUNT_OF(carrier_names), carrier);
}

const char *explain_reason(enum carrier_reason reason)
{
	return name_of(reason_names, COUNT_OF(reason_names), reason);
}

const char *explain_kind(enum discrepancy_kind kind)
{
	return name_of(kind_names, COUNT_OF(kind_names), kind);
}

const char *explain_warning(enum discrepancy_warning warning)
{
	return name_of(warning_names, COUNT_OF(warning_names), warning);
}

const char *explain_monitor(enum carrier_monitor monitor)
{
	return name_of(monitor_names, COUNT_OF(monitor_names), monitor);
}

const char *explain_event_type(enum event_type type)
{
	return name_of(event_names, COUNT_OF(event_names), type);
}

const char *explain_mode(unsigned int kernel_mode)
{
	return name_of(mode_names, COUNT_OF(mode_names), kernel_mode);
}

const char *explain_mii_status(unsigned int mii_status)
{
	return name_of(mii_names, COUNT_OF(mii_names), mii_status);
}

const char *explain_operstate(unsigned int operstate)
{
	return name_of(operstate_names, COUNT_OF(operstate_names), operstate);
}

enum discrepancy_kind explain_kind_of(const char *name)
{
	for (unsigned int kind = 1; kind < COUNT_OF(kind_names); kind++) {
		if (strcasecmp(kind_names[kind], name) == 0)
			return (enum discrepancy_kind)kind;
	}
	return DISCREPANCY_NONE;
}

int explain_warning_of(const char *name)
{
	for (unsigned int i = 0; i < COUNT_OF(warning_names); i++) {
		if (strcasecmp(warning_names[i], name) == 0)
			return (int)i;
	}
	return -1;
}

/* The code point that starts there, and its length; 0: not UTF-8. */
static size_t decode_utf8(const unsigned char *bytes, uint32_t *code)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	size_t length;

	if (bytes[0] < 0x80) {
		*code = bytes[0];
		return 1;
	}
	if ((bytes[0] & 0xe0) == 0xc0)
		length = 2;
	else if ((bytes[0] & 0xf0) == 0xe0)
		length = 3;
	else if ((bytes[0] & 0xf8) == 0xf0)
		length = 4;
	else
		return 0;
	*code = bytes[0] & (0x7fU >> length);
	for (size_t i = 1; i < length; i++) {
		if ((bytes[i] & 0xc0) != 0x80) /* stops at the NUL, too */
			return 0;
		*code = *code << 6 | (bytes[i] & 0x3f);
	}
	if (*code < least[length] || *code > 0x10ffff ||
	    (*code >= 0xd800 && *code <= 0xdfff))
		return 0;
	return length;
}

/* Controls, spaces that are not the space, and the marks that hide, join or
   turn the text around them (Unicode's White_Space, Bidi_Control,
   Default_Ignorable_Code_Point, and what is no character). */
static const struct {
	uint32_t first, last;
} unprintable[] = {
	{ 0x0000, 0x001f },   { 0x007f, 0x00a0 },    { 0x00ad, 0x00ad },
	{ 0x034f, 0x034f },   { 0x061c, 0x061c },    { 0x115f, 0x1160 },
	{ 0x1680, 0x1680 },   { 0x17b4, 0x17b5 },    { 0x180b, 0x180f },
	{ 0x2000, 0x200f },   { 0x2028, 0x202f },    { 0x205f, 0x206f },
	{ 0x3000, 0x3000 },   { 0x3164, 0x3164 },    { 0xfe00, 0xfe0f },
	{ 0xfeff, 0xfeff },   { 0xffa0, 0xffa0 },    { 0xfff0, 0xfffb },
	{ 0xfffe, 0xffff },   { 0x1bca0, 0x1bca3 },  { 0x1d173, 0x1d17a },
	{ 0xe0000, 0xe0fff }, { 0xf0000, 0x10ffff },
};

static bool printable(uint32_t code)
{
	for (size_t i = 0; i < COUNT_OF(unprintable); i++) {
		if (code >= unprintable[i].first && code <= unprintable[i].last)
			return false;
	}
	return true;
}

/* One piece of the output (at most 4 bytes) for the input that starts there;
   returned is how much input it stands for. */
static size_t next_piece(const unsigned char *bytes, bool is_name,
			 char piece[5])
{
	static const char hex[] = "0123456789abcdef";
	uint32_t code = 0;
	size_t length = decode_utf8(bytes, &code);

	memset(piece, 0, 5);
	if (is_name && code == '\\' && length == 1) {
		piece[0] = '\\';
		piece[1] = '\\';
		return 1;
	}
	if (length > 0 && printable(code)) {
		memcpy(piece, bytes, length);
		return length;
	}
	piece[0] = '\\';
	piece[1] = 'x';
	piece[2] = hex[bytes[0] >> 4];
	piece[3] = hex[bytes[0] & 0xf];
	return 1;
}

static const char *make_printable(const char *text, bool is_name, char *buffer,
				  size_t size)
{
	const unsigned char *bytes = (const unsigned char *)text;
	size_t used = 0;
	char piece[5];

	if (size == 0)
		return "";
	while (*bytes) {
		size_t taken = next_piece(bytes, is_name, piece);
		size_t length = strlen(piece);

		if (length >= size - used)
			break;
		memcpy(buffer + used, piece, length);
		used += length;
		bytes += taken;
	}
	buffer[used] = '\0';
	return buffer;
}

const char *explain_name(const char *ifname, char *buffer, size_t size)
{
	return make_printable(ifname, true, buffer, size);
}

const char *explain_printable(const char *text, char *buffer, size_t size)
{
	return make_printable(text, false, buffer, size);
}
