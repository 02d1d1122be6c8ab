/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Lists the objects of BOND-CARRIER-MIB as the agent has them, one a line, in
 * the format of test_columns.awk, which lists those of the MIB itself:
 *
 *	object TABLE TABLE-NUMBER COLUMN-NUMBER NAME TYPE ACCESS [RANGE]
 *	index TABLE COUNT
 *	enum TYPE NUMBER LABEL
 *
 * With an argument, those of IEEE8023-LAG-MIB: NUMBER NAME TYPE ACCESS
 */
#include "explain/explain.h"
#include "mib/columns.h"
#include "mib/mib_tree.h"

#include <inttypes.h>
#include <stdio.h>

static const char *type_of(const struct table_column *column)
{
	switch (column->type) {
	case TABLE_NOT_ACCESSIBLE:
		return "-";
	case ASN_INTEGER:
		return "integer";
	case ASN_OCTET_STR:
		return "octets";
	case ASN_COUNTER:
		return "counter";
	case ASN_UNSIGNED: /* Gauge32 and Unsigned32: one tag */
		return "unsigned";
	case ASN_TIMETICKS:
		return "ticks";
	default:
		return "unknown";
	}
}

static const char *access_of(const struct table_column *column)
{
	if (column->type == TABLE_NOT_ACCESSIBLE)
		return "not-accessible";
	return column->set ? "read-write" : "read-only";
}

static void list_table(const struct table *table)
{
	for (size_t i = 0; i < table->column_count; i++) {
		const struct table_column *column = &table->columns[i];

		printf("object %s %u %u %s %s %s", table->name, table->number,
		       column->number, column->name, type_of(column),
		       access_of(column));
		if (column->set)
			printf(" %" PRId64 "..%" PRId64, column->min,
			       column->max);
		putchar('\n');
	}
	if (!table->scalars)
		printf("index %s %u\n", table->name, table->index_count);
}

static void list_label(const char *type, int number, const char *label)
{
	printf("enum %s %d %s\n", type, number, label);
}

/* The program's names for the MIB's numbers. */
static void list_enums(void)
{
	for (int i = CARRIER_UP; i <= CARRIER_UNKNOWN; i++)
		list_label("BondCarrier", i, explain_carrier((enum carrier)i));
	for (int i = CARRIER_REASON_LINK_UP; i <= CARRIER_REASON_PORTS_DISABLED;
	     i++)
		list_label("bondEffectiveReason", i,
			   explain_reason((enum carrier_reason)i));
	for (int i = CARRIER_MONITOR_NONE; i <= CARRIER_MONITOR_ARP; i++)
		list_label("bondLinkMonitor", i,
			   explain_monitor((enum carrier_monitor)i));
	for (int i = 0; i < DISCREPANCY_WARNING_COUNT; i++)
		list_label("bondWarnings", i,
			   explain_warning((enum discrepancy_warning)i));
	list_label("bondEventKind", DISCREPANCY_NONE, "none");
	for (int i = 1; i <= DISCREPANCY_KIND_COUNT; i++) {
		const char *label = explain_kind((enum discrepancy_kind)i);

		list_label("BondDiscrepancyKindTC", i, label);
		list_label("BondDiscrepancyBits", i - 1, label);
		list_label("bondEventKind", i, label);
	}
	for (int i = EVENT_EFFECTIVE_UP; i <= EVENT_SLAVE_LOWER_DOWN; i++)
		list_label("bondEventType", i,
			   explain_event_type((enum event_type)i));
	list_label("bondAgentStatus", BOND_SET_SYNCHRONISED, "synchronised");
	list_label("bondAgentStatus", BOND_SET_RESYNCHRONISING,
		   "resynchronising");
	list_label("bondAgentStatus", BOND_SET_LOST, "lost");
	list_label("bondEventNotified", EVENT_FATE_NOT_APPLICABLE,
		   "notApplicable");
	list_label("bondEventNotified", EVENT_FATE_QUEUED, "queued");
	list_label("bondEventNotified", EVENT_FATE_ACKNOWLEDGED,
		   "acknowledged");
	list_label("bondEventNotified", EVENT_FATE_DROPPED, "dropped");
	list_label("bondEventNotified", EVENT_FATE_SUPPRESSED, "suppressed");
}

/* Numbers, names and types of the columns of standard MIBs with values. */
static void list_tree(const struct mib_tree *tree)
{
	for (size_t i = 0; i < tree->table_count; i++) {
		const struct table *table = tree->tables[i];

		for (size_t c = 0; c < table->column_count; c++) {
			const struct table_column *column = &table->columns[c];

			if (column->type == TABLE_NOT_ACCESSIBLE)
				continue;
			for (size_t n = 0; n < tree->base_length; n++)
				printf("%" PRIu32 ".", tree->numbers[n]);
			printf("%u.%s%u %s %s %s\n", table->number,
			       table->scalars ? "" : "1.", column->number,
			       column->name, type_of(column),
			       access_of(column));
		}
	}
}

int main(int argc, char **argv)
{
	(void)argv;
	if (argc > 1) {
		for (size_t i = 0; i < MIB_TREE_COUNT; i++)
			if (mib_tree_list[i].set == SETTINGS_DOT3AD_AGG)
				list_tree(&mib_tree_list[i]);
		return 0;
	}
	for (size_t i = 0; i < mib_tree_own_table_count; i++)
		list_table(mib_tree_own_tables[i]);
	list_enums();
	return 0;
}
