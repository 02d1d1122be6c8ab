/* SPDX-License-Identifier: BSD-2-Clause */
/* bondDiscrepancyTable: the raised discrepancies. */
#include "bond/discrepancy.h"
#include "explain/explain.h"
#include "mib/columns.h"
#include "mib/value.h"

/* The first raised discrepancy of the bond from this kind and slave on. */
static const struct discrepancy *lower_bound(const struct bond *bond,
					     int64_t kind, int64_t slave)
{
	const struct discrepancy_state *state = &bond->discrepancies;

	for (size_t i = 0; i < state->count; i++) {
		const struct discrepancy *item = &state->items[i];

		if (item->phase == DISCREPANCY_PENDING)
			continue;
		if ((int64_t)item->kind > kind ||
		    ((int64_t)item->kind == kind && item->slave >= slave))
			return item;
	}
	return NULL;
}

static bool seek(struct table_row *row, int64_t index[TABLE_INDEX_MAX])
{
	const struct bond_set *bonds = row->shared->bonds;
	const struct bond *bond =
	    bonds ? bond_set_lower_bound(bonds, index[0]) : NULL;

	while (bond) {
		bool here = bond->link.ifindex == index[0];
		const struct discrepancy *item =
		    lower_bound(bond, here ? index[1] : 0, here ? index[2] : 0);

		if (item) {
			table_row_set_bond(row, bond);
			row->discrepancy = item;
			index[0] = bond->link.ifindex;
			index[1] = (int64_t)item->kind;
			index[2] = item->slave;
			return true;
		}
		bond = bond_set_lower_bound(bonds,
					    (int64_t)bond->link.ifindex + 1);
	}
	return false;
}

static bool get_since(const struct table_row *row, struct table_value *value)
{
	return value_stamp(value, row, row->discrepancy->since_ms);
}

static bool get_date(const struct table_row *row, struct table_value *value)
{
	const struct table_times *times = table_get_times(row);
	int64_t age_ms = times->now_ms - row->discrepancy->since_ms;

	return value_date(value, times->wall_ms - age_ms);
}

static bool get_text(const struct table_row *row, struct table_value *value)
{
	char text[EXPLAIN_TEXT_SIZE];

	explain_finding(row->bond, row->discrepancy->kind,
			row->discrepancy->slave_name, text, sizeof(text));
	return value_text(value, text);
}

static const struct table_column columns[] = {
	TABLE_INDEX(1, "bondDiscrepancyKind"),
	TABLE_INDEX(2, "bondDiscrepancySlave"),
	TABLE_COLUMN(3, "bondDiscrepancySince", ASN_TIMETICKS, get_since),
	TABLE_COLUMN(4, "bondDiscrepancySinceDate", ASN_OCTET_STR, get_date),
	TABLE_COLUMN(5, "bondDiscrepancyText", ASN_OCTET_STR, get_text),
};

const struct table columns_discrepancy = {
	.number = 6,
	.name = "bondDiscrepancyTable",
	.index_count = 3,
	.columns = columns,
	.column_count = sizeof(columns) / sizeof(columns[0]),
	.seek = seek,
};
