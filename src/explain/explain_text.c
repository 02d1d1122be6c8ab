/* SPDX-License-Identifier: BSD-2-Clause */
/* Building blocks of the sentences. */
#include "explain/explain_text.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/printable.h"
#include "decision/carrier.h"
#include "decision/carrier_monitor.h"
#include "decision/finding.h"

void explain_text_init(struct explain_text *text, char *buffer, size_t size)
{
	*text = (struct explain_text){ .buffer = buffer, .size = size };
	if (size > 0)
		buffer[0] = '\0';
}

void explain_text_put(struct explain_text *text, const char *format, ...)
{
	size_t used = text->length < text->size ? text->length : text->size;
	va_list args;
	int length;

	va_start(args, format);
	length =
	    vsnprintf(text->buffer + used, text->size - used, format, args);
	va_end(args);
	if (length > 0)
		text->length += (size_t)length;
}

void explain_text_name(struct explain_text *text, const char *ifname)
{
	char name[PRINTABLE_NAME_SIZE];

	explain_text_put(text, "%s",
			 printable_name(ifname, name, sizeof(name)));
}

const struct slave *explain_find_slave(const struct bond *bond,
				       const char *name)
{
	for (size_t i = 0; name && i < bond->slave_count; i++) {
		if (strncmp(bond->slaves[i].link.name, name, LINK_NAME_SIZE) ==
		    0)
			return &bond->slaves[i];
	}
	return NULL;
}

bool explain_broken_below(const struct bond *bond, const struct slave *slave)
{
	(void)bond;
	return link_lower_up(&slave->link) &&
	       carrier_slave_link(slave) == CARRIER_DOWN;
}

bool explain_in_updelay(const struct bond *bond, const struct slave *slave)
{
	return bond->attrs.updelay_ms > 0 &&
	       carrier_slave_release_ms(bond, slave) != INT64_MIN &&
	       !(slave->discrepancies &
		 DISCREPANCY_BIT(DISCREPANCY_SLAVE_FALSE_DOWN));
}

void explain_text_subject(struct explain_text *text, const char *bond_name,
			  bool of_slave, const char *slave_name)
{
	if (of_slave && slave_name && slave_name[0]) {
		explain_text_put(text, "slave ");
		explain_text_name(text, slave_name);
		explain_text_put(text, " of ");
	} else if (of_slave) {
		explain_text_put(text, "a slave of ");
	}
	explain_text_name(text, bond_name);
}

/*
 * An interface name as an argument of a command that people paste into a root
 * shell. A name that the shell or ip could interpret is not printed.
 */
const char *explain_argument(const char *ifname, const char *placeholder)
{
	const char *c = ifname;

	if (*c == '\0' || *c == '-')
		return placeholder;
	for (; *c; c++) {
		if (!isalnum((unsigned char)*c) && *c != '_' && *c != '-' &&
		    *c != '.' && *c != ':' && *c != '@')
			return placeholder;
	}
	return ifname;
}

void explain_text_option(struct explain_text *text, const struct bond *bond,
			 const char *option)
{
	explain_text_put(text, "set %s (ip link set %s type bond %s)", option,
			 explain_argument(bond->link.name, "BOND"), option);
}

const struct slave *explain_first_slave(const struct bond *bond,
					bool (*holds)(const struct bond *,
						      const struct slave *))
{
	for (size_t i = 0; i < bond->slave_count; i++) {
		if (holds(bond, &bond->slaves[i]))
			return &bond->slaves[i];
	}
	return NULL;
}

void explain_text_unmonitored(struct explain_text *text,
			      const struct bond *bond)
{
	explain_text_put(text,
			 "miimon is 0: this bond never looks at its slaves; ");
	explain_text_option(text, bond, "miimon 100");
}

/* Which option to lower; ARP monitoring has two that make it slow. */
static const char *faster_option(const struct bond *bond)
{
	if (carrier_monitor(bond) == CARRIER_MONITOR_MII)
		return "miimon 100";
	return bond->attrs.arp_interval_ms > 1000 ? "arp_interval 1000"
						  : "arp_missed_max 2";
}

void explain_text_slow_monitor(struct explain_text *text,
			       const struct bond *bond)
{
	bool mii = carrier_monitor(bond) == CARRIER_MONITOR_MII;

	explain_text_put(
	    text,
	    "%s is %u ms: the bonding driver may take %llu s to notice that a "
	    "slave is dead; ",
	    mii ? "miimon" : "arp_interval",
	    mii ? bond->attrs.miimon_ms : bond->attrs.arp_interval_ms,
	    (unsigned long long)(finding_monitor_lag_ms(bond) / 1000));
	explain_text_option(text, bond, faster_option(bond));
}
