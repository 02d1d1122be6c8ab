/* SPDX-License-Identifier: BSD-2-Clause */
/* Names of instances that do not exist. */
#include "probes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* after those four, as it demands */
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#define OBJECT	 SNMP_NOSUCHOBJECT
#define INSTANCE SNMP_NOSUCHINSTANCE

const struct probes_exception probes_exceptions[] = {
	{ "0", OBJECT },
	{ "1", OBJECT },
	/* scalars */
	{ "1.1", INSTANCE },
	{ "1.1.1", INSTANCE },
	{ "1.1.4294967295", INSTANCE },
	{ "1.1.0.0", INSTANCE },
	{ "1.0.0", OBJECT },
	{ "1.8.0", OBJECT },
	{ "2.10.0", OBJECT },
	{ "3.3.0", OBJECT },
	/* bondTable: invalid tables, entries, columns */
	{ "4", OBJECT },
	{ "4.1", OBJECT },
	{ "4.0.2.3", OBJECT },
	{ "4.2.2.3", OBJECT },
	{ "4.1.0.3", OBJECT },
	{ "4.1.1.3", OBJECT },
	{ "4.1.36.3", OBJECT },
	{ "4.1.4294967295.3", OBJECT },
	/* indexes: too short, too long, unused, of a slave */
	{ "4.1.2", INSTANCE },
	{ "4.1.2.0", INSTANCE },
	{ "4.1.2.3.0", INSTANCE },
	{ "4.1.2.5", INSTANCE },
	{ "4.1.2.2147483646", INSTANCE },
	{ "4.1.2.2147483648", INSTANCE },
	{ "4.1.2.4294967295", INSTANCE },
	/* not reported by the kernel */
	{ "4.1.3.40", INSTANCE },
	{ "4.1.5.30", INSTANCE },
	{ "4.1.20.4", INSTANCE },
	{ "4.1.29.3", INSTANCE },
	{ "4.1.34.20", INSTANCE },
	/* bondSlaveTable */
	{ "5.1.1.3.5", OBJECT },
	{ "5.1.21.3.5", OBJECT },
	{ "5.1.2", INSTANCE },
	{ "5.1.2.3", INSTANCE },
	{ "5.1.2.3.6", INSTANCE },
	{ "5.1.2.3.0", INSTANCE },
	{ "5.1.2.0.5", INSTANCE },
	{ "5.1.2.3.5.0", INSTANCE },
	{ "5.1.2.20.1", INSTANCE },
	{ "5.1.2.2147483647.2147483648", INSTANCE },
	{ "5.1.15.3.5", INSTANCE },
	{ "5.1.14.25.26", INSTANCE },
	/* bondDiscrepancyTable; 8.8 is pending, and has no row */
	{ "6.1.1.4.1.0", OBJECT },
	{ "6.1.2.4.1.0", OBJECT },
	{ "6.1.6.4.1.0", OBJECT },
	{ "6.1.3.4", INSTANCE },
	{ "6.1.3.4.1", INSTANCE },
	{ "6.1.3.4.1.0.0", INSTANCE },
	{ "6.1.3.4.1.6", INSTANCE },
	{ "6.1.3.4.8.8", INSTANCE },
	{ "6.1.3.9.6.0", INSTANCE },
	{ "6.1.3.4.0.0", INSTANCE },
	{ "6.1.3.4.11.0", INSTANCE },
	{ "6.1.3.4.4294967295.4294967295", INSTANCE },
	/* bondEventTable; the log has dropped 4294967290 */
	{ "7.1.1.4294967291", OBJECT },
	{ "7.1.12.4294967291", OBJECT },
	{ "7.1.2.0", INSTANCE },
	{ "7.1.2.1", INSTANCE },
	{ "7.1.2.4294967290", INSTANCE },
	{ "7.1.2.4294967291.0", INSTANCE },
	{ "8", OBJECT },
	{ "8.1.1.3", OBJECT },
	{ "4294967295.1.0", OBJECT },
};
const size_t probes_exception_count =
    sizeof(probes_exceptions) / sizeof(probes_exceptions[0]);

struct collection {
	const struct expected_list *list;
	struct client_name *names;
	size_t count, capacity;
};

/* Adds the name unless an instance has it. */
static void collect(struct collection *collection, const oid *name,
		    size_t length)
{
	const struct expected_list *list = collection->list;
	size_t after = expected_after(list, name, length);

	if (after > 0 &&
	    snmp_oid_compare(list->items[after - 1].name,
			     list->items[after - 1].length, name, length) == 0)
		return;
	if (collection->count == collection->capacity) {
		collection->capacity = 2 * collection->capacity + 64;
		collection->names =
		    realloc(collection->names,
			    collection->capacity * sizeof(*collection->names));
		assert_non_null(collection->names);
	}
	collection->names[collection->count].length = length;
	memcpy(collection->names[collection->count].name, name,
	       length * sizeof(oid));
	collection->count++;
}

/* With this number at `where`, and the rest cut off or kept. */
static void collect_with(struct collection *collection,
			 const struct expected *item, size_t where, oid number)
{
	oid name[EXPECTED_NAME_MAX];

	memcpy(name, item->name, sizeof(name));
	name[where] = number & UINT32_MAX;
	collect(collection, name, where + 1);
	collect(collection, name, item->length);
}

static void collect_around(struct collection *collection,
			   const struct expected *item, size_t base)
{
	oid name[EXPECTED_NAME_MAX];

	memcpy(name, item->name, sizeof(name));
	name[item->length] = 0;
	collect(collection, name, item->length + 1);
	name[item->length] = UINT32_MAX;
	collect(collection, name, item->length + 1);
	for (size_t where = base; where < item->length; where++) {
		collect(collection, name, where);
		collect_with(collection, item, where, 0);
		collect_with(collection, item, where, name[where] - 1);
		collect_with(collection, item, where, name[where] + 1);
		collect_with(collection, item, where, UINT32_C(0x80000000));
		collect_with(collection, item, where, UINT32_MAX);
	}
}

static int compare(const void *one, const void *other)
{
	const struct client_name *a = one, *b = other;

	return snmp_oid_compare(a->name, a->length, b->name, b->length);
}

size_t probes_make(const struct expected_list *list, struct client_name **names)
{
	struct collection collection = { .list = list };
	oid base[EXPECTED_NAME_MAX];
	size_t kept = 1, length = expected_name(base, "");

	for (size_t i = 0; i < list->count; i++)
		collect_around(&collection, &list->items[i], length);
	/* Before the subtree. */
	collect(&collection, base, length - 1);
	collect(&collection, base, length - 2);
	base[length - 1] = 0;
	collect(&collection, base, length);
	base[length] = UINT32_MAX;
	collect(&collection, base, length + 1);

	qsort(collection.names, collection.count, sizeof(*collection.names),
	      compare);
	for (size_t i = 1; i < collection.count; i++)
		if (compare(&collection.names[kept - 1],
			    &collection.names[i]) != 0)
			collection.names[kept++] = collection.names[i];
	*names = collection.names;
	return kept;
}
