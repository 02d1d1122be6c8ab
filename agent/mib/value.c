/* SPDX-License-Identifier: BSD-2-Clause */
/* Converts values of the core to values of SNMP. */
#include "mib/value.h"

#include <linux/if.h>
#include <string.h>

#include "base/clock.h"
#include "base/printable.h"
#include "explain/explain.h"

#define TEXT_MAX 255 /* DisplayString, SnmpAdminString */

bool value_number(struct table_value *value, int64_t number)
{
	value->number = number;
	return true;
}

bool value_truth(struct table_value *value, bool truth)
{
	return value_number(value, truth ? 1 : 2);
}

bool value_text(struct table_value *value, const char *text)
{
	return value_octets(value, text, strnlen(text, TEXT_MAX));
}

/* A DisplayString is ASCII: also escapes UTF-8, which printable_name() keeps.
 */
bool value_name(struct table_value *value, const char *ifname)
{
	static const char digits[] = "0123456789abcdef";
	char name[PRINTABLE_NAME_SIZE], ascii[4 * PRINTABLE_NAME_SIZE];
	size_t length = 0;

	printable_name(ifname, name, sizeof(name));
	for (const char *c = name; *c; c++) {
		unsigned int octet = (unsigned char)*c;

		if (octet < 0x80) {
			ascii[length++] = *c;
			continue;
		}
		ascii[length++] = '\\';
		ascii[length++] = 'x';
		ascii[length++] = digits[octet >> 4];
		ascii[length++] = digits[octet & 0xf];
	}
	return value_octets(value, ascii, length);
}

bool value_octets(struct table_value *value, const void *octets, size_t length)
{
	if (length > sizeof(value->octets))
		length = sizeof(value->octets);
	memcpy(value->octets, octets, length);
	value->length = length;
	return true;
}

bool value_bits(struct table_value *value, unsigned int set,
		unsigned int bit_count)
{
	value->length = (bit_count + 7) / 8;
	memset(value->octets, 0, value->length);
	for (unsigned int bit = 0; bit < bit_count; bit++)
		if (set & (1U << bit))
			value->octets[bit / 8] |=
			    (unsigned char)(0x80U >> bit % 8);
	return true;
}

bool value_stamp(struct table_value *value, const struct table_row *row,
		 int64_t at_ms)
{
	int64_t stamp_ms = at_ms - table_get_times(row)->uptime_began_ms;

	return value_number(value,
			    stamp_ms > 0 ? (uint32_t)(stamp_ms / 10) : 0);
}

bool value_date(struct table_value *value, int64_t wall_ms)
{
	unsigned int year, offset;
	struct tm tm;

	/* RFC 2579, DateAndTime */
	if (!clock_local(wall_ms, &tm))
		return false;
	year = (unsigned int)tm.tm_year + 1900;
	offset =
	    (unsigned int)(tm.tm_gmtoff < 0 ? -tm.tm_gmtoff : tm.tm_gmtoff);
	value->octets[0] = (unsigned char)(year >> 8);
	value->octets[1] = (unsigned char)(year & 0xff);
	value->octets[2] = (unsigned char)(tm.tm_mon + 1);
	value->octets[3] = (unsigned char)tm.tm_mday;
	value->octets[4] = (unsigned char)tm.tm_hour;
	value->octets[5] = (unsigned char)tm.tm_min;
	value->octets[6] = (unsigned char)tm.tm_sec;
	value->octets[7] = (unsigned char)(wall_ms % 1000 / 100);
	value->octets[8] = tm.tm_gmtoff < 0 ? '-' : '+';
	value->octets[9] = (unsigned char)(offset / 3600);
	value->octets[10] = (unsigned char)(offset % 3600 / 60);
	value->length = 11;
	return true;
}

bool value_oper_status(struct table_value *value, const struct link_state *link)
{
	/* The kernel orders RFC 2863's states differently from IF-MIB. */
	static const unsigned char numbers[] = {
		[IF_OPER_UP] = 1,
		[IF_OPER_DOWN] = 2,
		[IF_OPER_TESTING] = 3,
		[IF_OPER_UNKNOWN] = 4,
		[IF_OPER_DORMANT] = 5,
		[IF_OPER_NOTPRESENT] = 6,
		[IF_OPER_LOWERLAYERDOWN] = 7,
	};

	if (!link->has_operstate || link->distrusted ||
	    link->operstate >= sizeof(numbers))
		return false;
	return value_number(value, numbers[link->operstate]);
}
