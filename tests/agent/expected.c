/* SPDX-License-Identifier: BSD-2-Clause */
/* The whole MIB as one ordered array. */
#include "expected.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "mib/mib_tree.h"

#define UPTIME_MS  100000000 /* sysUpTime at the fixture's start */
#define SLACK_CS   2	     /* two clocks, each rounded down */
#define SLACK_DATE 2	     /* the same, in deciseconds */

static const struct {
	const char *word;
	unsigned char asn;
} types[] = {
	{ "integer", ASN_INTEGER },  { "gauge", ASN_GAUGE },
	{ "counter", ASN_COUNTER },  { "ticks", ASN_TIMETICKS },
	{ "string", ASN_OCTET_STR }, { "octets", ASN_OCTET_STR },
	{ "text", ASN_OCTET_STR },   { "date", ASN_OCTET_STR },
};

size_t expected_name(oid name[EXPECTED_NAME_MAX], const char *dotted)
{
	size_t length = mib_tree_oid(name, MIB_OBJECTS);

	while (*dotted && length < EXPECTED_NAME_MAX) {
		char *end;

		name[length++] = strtoul(dotted, &end, 10);
		dotted = *end == '.' ? end + 1 : end;
	}
	return length;
}

static bool add(struct expected_list *list, char *line, int number)
{
	struct expected *items, *item;
	char dotted[128];

	items = realloc(list->items, (list->count + 1) * sizeof(*list->items));
	if (!items)
		return false;
	list->items = items;
	item = &items[list->count];
	memset(item, 0, sizeof(*item));
	if (sscanf(line, "%127s %15s %255[^\n]", dotted, item->type,
		   item->value) < 2)
		return false;
	item->length = expected_name(item->name, dotted);
	item->line = number;
	if (list->count > 0 && snmp_oid_compare(items[list->count - 1].name,
						items[list->count - 1].length,
						item->name, item->length) >= 0)
		return false;
	list->count++;
	return true;
}

bool expected_read(struct expected_list *list, const char *path)
{
	FILE *file = fopen(path, "r");
	bool good = file != NULL;
	int number = 0;
	char line[512];

	while (good && fgets(line, sizeof(line), file)) {
		number++;
		if (line[0] != '#')
			good = add(list, line, number);
	}
	if (!good)
		printf("%s:%d: unreadable, or out of order\n", path, number);
	if (file)
		fclose(file);
	return good && list->count > 0;
}

void expected_free(struct expected_list *list)
{
	free(list->items);
	list->items = NULL;
	list->count = 0;
}

size_t expected_after(const struct expected_list *list, const oid *name,
		      size_t length)
{
	size_t i = 0;

	while (i < list->count &&
	       snmp_oid_compare(list->items[i].name, list->items[i].length,
				name, length) <= 0)
		i++;
	return i;
}

static bool same_octets(const netsnmp_variable_list *variable, const char *hex)
{
	if (strlen(hex) != 2 * variable->val_len)
		return false;
	for (size_t i = 0; i < variable->val_len; i++) {
		unsigned int octet;

		if (sscanf(hex + 2 * i, "%2x", &octet) != 1 ||
		    octet != variable->val.string[i])
			return false;
	}
	return true;
}

static bool same_ticks(unsigned long ticks, int64_t age_ms)
{
	int64_t due = (UPTIME_MS - age_ms) / 10;
	int64_t off = (int64_t)ticks - due;

	if (due <= 0)
		return ticks == 0;
	return off >= -SLACK_CS && off <= SLACK_CS;
}

/* In the time of day as it is now: the machine may have set its clock since
   the fixture began. */
static int64_t wall_of_ms(int64_t at_ms)
{
	int64_t now_ms, wall_ms;

	clock_both(&now_ms, &wall_ms);
	return wall_ms - (now_ms - at_ms);
}

/* The time zone of the fixture is NST3:30. */
static bool same_date(const netsnmp_variable_list *variable, int64_t at_ms)
{
	const unsigned char *octets = variable->val.string;
	const int64_t due = (wall_of_ms(at_ms) - 12600 * 1000) / 100;
	struct tm tm = { 0 };
	int64_t off;

	if (variable->val_len != 11 || octets[8] != '-' || octets[9] != 3 ||
	    octets[10] != 30)
		return false;
	tm.tm_year = octets[0] * 256 + octets[1] - 1900;
	tm.tm_mon = octets[2] - 1;
	tm.tm_mday = octets[3];
	tm.tm_hour = octets[4];
	tm.tm_min = octets[5];
	tm.tm_sec = octets[6];
	off = (int64_t)timegm(&tm) * 10 + octets[7] - due;
	return off >= -SLACK_DATE && off <= SLACK_DATE;
}

static bool same_string(const netsnmp_variable_list *variable, const char *text)
{
	return variable->val_len == strlen(text) &&
	       memcmp(variable->val.string, text, variable->val_len) == 0;
}

/* A sentence: contains the word, and is printable. */
static bool same_text(const netsnmp_variable_list *variable, const char *word)
{
	char text[256] = "";

	if (variable->val_len >= sizeof(text))
		return false;
	memcpy(text, variable->val.string, variable->val_len);
	for (size_t i = 0; i < variable->val_len; i++)
		if ((unsigned char)text[i] < ' ' || text[i] == 0x7f)
			return false;
	return strstr(text, word) && strlen(text) > strlen(word) + 10;
}

static bool same_value(const struct expected_list *list,
		       const struct expected *item,
		       const netsnmp_variable_list *variable)
{
	int64_t number = strtoll(item->value, NULL, 10);

	if (strcmp(item->type, "string") == 0)
		return same_string(variable,
				   strcmp(item->value, "@VERSION@") == 0
				       ? EXPECTED_VERSION
				       : item->value);
	if (strcmp(item->type, "octets") == 0)
		return same_octets(variable, item->value);
	if (strcmp(item->type, "text") == 0)
		return same_text(variable, item->value);
	if (strcmp(item->type, "date") == 0)
		return same_date(variable, list->began_ms - number);
	if (strcmp(item->type, "ticks") == 0)
		return same_ticks((unsigned long)*variable->val.integer,
				  number);
	if (strcmp(item->type, "integer") == 0)
		return *variable->val.integer == number;
	return (int64_t)(unsigned long)*variable->val.integer == number;
}

void expected_print(const char *what, const netsnmp_variable_list *variable)
{
	char text[1024];

	netsnmp_ds_set_int(NETSNMP_DS_LIBRARY_ID,
			   NETSNMP_DS_LIB_OID_OUTPUT_FORMAT,
			   NETSNMP_OID_OUTPUT_NUMERIC);
	snprint_variable(text, sizeof(text), variable->name,
			 variable->name_length, variable);
	printf("%s%s\n", what, text);
}

bool expected_same(const struct expected_list *list,
		   const struct expected *item,
		   const netsnmp_variable_list *variable)
{
	bool named = snmp_oid_compare(item->name, item->length, variable->name,
				      variable->name_length) == 0;

	for (size_t i = 0; named && i < sizeof(types) / sizeof(types[0]); i++)
		if (strcmp(types[i].word, item->type) == 0 &&
		    types[i].asn == variable->type &&
		    same_value(list, item, variable))
			return true;
	printf("expected.txt:%d: %s %s\n", item->line, item->type, item->value);
	expected_print("was served: ", variable);
	return false;
}
