/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Converts values of the core to values of SNMP, for getters.
 *
 * Functions return true unless noted, so that getters can return their result.
 */
#ifndef BONDCARRIER_AGENT_VALUE_H
#define BONDCARRIER_AGENT_VALUE_H

#include "mib/table.h"

bool value_number(struct table_value *value, int64_t number);
bool value_truth(struct table_value *value, bool truth); /* TruthValue */
/* Printable text, truncated to 255 octets. */
bool value_text(struct table_value *value, const char *text);
/* An interface name; unprintable bytes are escaped. */
bool value_name(struct table_value *value, const char *ifname);
bool value_octets(struct table_value *value, const void *octets, size_t length);
/* A set as BITS: bit 0 of the set is the first bit, the most significant one
   of the first octet (RFC 2578, 7.1.4). */
bool value_bits(struct table_value *value, unsigned int set,
		unsigned int bit_count);
/* TimeStamp: sysUpTime at a monotonic time; 0 for a time before its start. */
bool value_stamp(struct table_value *value, const struct table_row *row,
		 int64_t at_ms);
/* DateAndTime in the time zone of this host. False: invalid time. */
bool value_date(struct table_value *value, int64_t wall_ms);
/* ifOperStatus of an IF_OPER_*. False: unknown. */
bool value_oper_status(struct table_value *value,
		       const struct link_state *link);

#endif
