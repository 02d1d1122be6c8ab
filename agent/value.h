/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * From values of the core to values of SNMP: what getters write.
 *
 * All return true, so that a getter can end with them.
 */
#ifndef BONDCARRIER_AGENT_VALUE_H
#define BONDCARRIER_AGENT_VALUE_H

#include "table.h"

bool value_number(struct table_value *value, int64_t number);
bool value_truth(struct table_value *value, bool truth); /* TruthValue */
/* Text that is printable already, cut at 255 octets. */
bool value_text(struct table_value *value, const char *text);
/* An interface name: hostile bytes are made printable. */
bool value_name(struct table_value *value, const char *ifname);
bool value_octets(struct table_value *value, const void *octets, size_t length);
/* BITS of a set: bit 0 of the set is the first bit, the most significant
   one of the first octet (RFC 2578, 7.1.4). */
bool value_bits(struct table_value *value, unsigned int set,
		unsigned int bit_count);
/* TimeStamp: what sysUpTime was at a monotonic time; 0 where that was before
   sysUpTime began. */
bool value_stamp(struct table_value *value, const struct table_row *row,
		 int64_t at_ms);
/* DateAndTime with the zone of this host. */
bool value_date(struct table_value *value, int64_t wall_ms);
/* IF-MIB's number of an IF_OPER_*. */
bool value_oper_status(struct table_value *value,
		       const struct link_state *link);

#endif
