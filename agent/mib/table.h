/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Tables and groups of scalars as data: a column has a number, its name in the
 * MIB, a type and a getter. A group of scalars is a table with a single row of
 * index 0, and without the entry's level.
 *
 * Names are object identifiers below the tables' common root (`suffix`). Uses
 * only the types and sysUpTime of net-snmp. The caller locks the shared state.
 *
 * A getter returns false if there is no such instance.
 */
#ifndef BONDCARRIER_AGENT_TABLE_H
#define BONDCARRIER_AGENT_TABLE_H

#include <net-snmp/net-snmp-config.h>

#include <net-snmp/net-snmp-includes.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "state/shared.h"

#define TABLE_INDEX_MAX	     3
#define TABLE_NOT_ACCESSIBLE 0 /* type of an index column */
/* The length of the longest suffix: table, entry, column and indexes. */
#define TABLE_SUFFIX_MAX (3 + TABLE_INDEX_MAX)

/* The time of an answer, the same for all of its values. Determined on first
   use, since most values need none. */
struct table_times {
	bool known;
	int64_t now_ms;
	int64_t wall_ms;	 /* at the same time */
	int64_t uptime_began_ms; /* when sysUpTime was 0 */
};

/* What a getter reads; pointers that don't apply to the row are NULL. */
struct table_row {
	const struct shared *shared;
	struct table_times *times; /* for table_get_times() */

	const struct bond *bond;
	unsigned int raised; /* the bond's DISCREPANCY_BITs */
	const struct slave *slave;
	const struct discrepancy *discrepancy;
	const struct event_log_entry *entry;
};

struct table_value {
	int64_t number;
	unsigned char octets[256]; /* of an ASN_OCTET_STR */
	size_t length;
};

struct table_column {
	const char *name;
	unsigned int number;
	unsigned char type; /* ASN_* or TABLE_NOT_ACCESSIBLE */
	bool (*get)(const struct table_row *row, struct table_value *value);
	/* NULL: read-only. */
	void (*set)(struct shared *shared, int64_t number);
	int64_t min, max;
};

#define TABLE_INDEX(n, column_name)                                            \
	{                                                                      \
		.number = (n), .name = (column_name),                          \
		.type = TABLE_NOT_ACCESSIBLE                                   \
	}
#define TABLE_COLUMN(n, column_name, asn_type, getter)                         \
	{                                                                      \
		.number = (n), .name = (column_name), .type = (asn_type),      \
		.get = (getter)                                                \
	}
#define TABLE_SETTABLE(n, column_name, asn_type, getter, setter, low, high)    \
	{                                                                      \
		.number = (n), .name = (column_name), .type = (asn_type),      \
		.get = (getter), .set = (setter), .min = (low), .max = (high)  \
	}

struct table {
	unsigned int number;
	const char *name;
	bool scalars;
	unsigned int index_count;	    /* 1 for scalars */
	const struct table_column *columns; /* in ascending order */
	size_t column_count;
	/*
	 * Moves to the first row whose index is not before `index`, and sets
	 * `index` to that row's. False: none.
	 */
	bool (*seek)(struct table_row *row, int64_t index[TABLE_INDEX_MAX]);
};

/* One instance of one column. */
struct table_instance {
	const struct table *table;
	const struct table_column *column;
	int64_t index[TABLE_INDEX_MAX];
	struct table_row row;
};

enum table_found {
	TABLE_FOUND,
	TABLE_NO_SUCH_OBJECT,
	TABLE_NO_SUCH_INSTANCE,
};

/* Sets the shared state and the times only, both borrowed. */
void table_row_init(struct table_row *row, struct shared *shared,
		    struct table_times *times);
const struct table_times *table_get_times(const struct table_row *row);
/* Sets the bond, and clears what belongs to the previous one. */
void table_row_set_bond(struct table_row *row, const struct bond *bond);

/* Finds the instance of that name, without its value. */
enum table_found table_find(const struct table *const *tables, size_t count,
			    const oid *suffix, size_t length,
			    const struct table_row *start,
			    struct table_instance *out);

/*
 * The first instance with a value whose name follows `suffix` (or equals it, if
 * `inclusive`), and its value. False: none.
 */
bool table_next(const struct table *const *tables, size_t count,
		const oid *suffix, size_t length, bool inclusive,
		const struct table_row *start, struct table_instance *out,
		struct table_value *value);

/* The name of an instance; returns its length. */
size_t table_suffix(const struct table_instance *instance,
		    oid suffix[TABLE_SUFFIX_MAX]);

/* Getter of an object that the kernel never reports: table_next() skips the
   column without visiting rows. */
bool table_get_absent(const struct table_row *row, struct table_value *value);

/* Seeks the only row of a group of scalars. */
bool table_seek_scalar(struct table_row *row, int64_t index[TABLE_INDEX_MAX]);

#endif
