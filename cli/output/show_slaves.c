/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The slaves of a bond, a line each.
 */
#include "output/show_internal.h"

#include <linux/if_bonding.h>
#include <linux/if_link.h>

#include "base/printable.h"
#include "decision/carrier.h"
#include "explain/explain.h"

#define INDENT "    "

struct cell {
	char text[PRINTABLE_NAME_SIZE];
	enum page_colour colour;
};

static enum page_colour colour_of(enum carrier carrier)
{
	if (carrier == CARRIER_UP)
		return PAGE_GOOD;
	return carrier == CARRIER_DOWN ? PAGE_BAD : PAGE_CAUTION;
}

static void set_text(struct cell *cell, const char *text)
{
	snprintf(cell->text, sizeof(cell->text), "%s", text);
}

static void name_cell(const struct slave *slave, struct cell *cell)
{
	printable_name(slave->link.name, cell->text, sizeof(cell->text));
}

static void link_cell(const struct slave *slave, struct cell *cell)
{
	enum carrier carrier = carrier_slave_link(slave);

	cell->colour = colour_of(carrier);
	if (slave->link.distrusted)
		set_text(cell, "unknown");
	else if (!link_admin_up(&slave->link))
		set_text(cell, "admin down");
	else if (link_lower_up(&slave->link) && carrier == CARRIER_UNKNOWN)
		set_text(cell, "up, lower unknown");
	else if (link_lower_up(&slave->link) && carrier == CARRIER_DOWN)
		set_text(cell, "up, lower down");
	else
		set_text(cell, link_lower_up(&slave->link) ? "up" : "down");
}

static void driver_cell(const struct slave *slave, struct cell *cell)
{
	if (slave_has(slave, IFLA_BOND_SLAVE_MII_STATUS))
		set_text(cell, explain_mii_status(slave->attrs.mii_status));
}

static void usable_cell(const struct slave *slave, struct cell *cell)
{
	enum carrier corrected = slave->corrected;

	cell->colour = colour_of(corrected);
	if (corrected == CARRIER_UP)
		set_text(cell, "yes");
	else
		set_text(cell, corrected == CARRIER_DOWN ? "no" : "unknown");
}

static void state_cell(const struct slave *slave, struct cell *cell)
{
	if (slave_has(slave, IFLA_BOND_SLAVE_STATE))
		set_text(cell, slave->attrs.state == BOND_STATE_ACTIVE
				   ? "active"
				   : "backup");
}

static void aggregator_cell(const struct slave *slave, struct cell *cell)
{
	if (slave_has(slave, IFLA_BOND_SLAVE_AD_AGGREGATOR_ID))
		snprintf(cell->text, sizeof(cell->text), "%u",
			 slave->attrs.aggregator_id);
}

static const struct column {
	const char *title;
	void (*fill)(const struct slave *slave, struct cell *cell);
} columns[] = {
	{ "slave", name_cell },	   { "link", link_cell },
	{ "driver", driver_cell }, { "usable", usable_cell },
	{ "state", state_cell },   { "aggregator", aggregator_cell },
};

#define COLUMN_COUNT (sizeof(columns) / sizeof(columns[0]))

static struct cell cell_of(const struct bond *bond, size_t place, size_t column)
{
	struct cell cell = { "", PAGE_PLAIN };

	columns[column].fill(&bond->slaves[place], &cell);
	return cell;
}

/* As wide as its widest cell; 0: all cells are empty. */
static size_t column_width(const struct bond *bond, size_t column)
{
	size_t width = 0;

	for (size_t i = 0; i < bond->slave_count; i++) {
		struct cell cell = cell_of(bond, i, column);
		size_t used = page_width(cell.text);

		width = used > width ? used : width;
	}
	if (width > 0 && width < page_width(columns[column].title))
		width = page_width(columns[column].title);
	return width;
}

/* The kinds of this slave; on another line once this one is full. `gap`: the
   spaces that the column before still lacks. */
static void put_kinds(const struct page *page, const struct bond *bond,
		      const struct slave *slave, size_t column, size_t gap)
{
	const struct discrepancy_state *state = &bond->discrepancies;

	for (size_t i = 0; i < state->count; i++) {
		const char *kind = explain_kind(state->items[i].kind);

		if (state->items[i].slave != slave->link.ifindex)
			continue;
		if (column + gap + page_width(kind) > PAGE_COLUMNS) {
			fputs("\n" INDENT, page->out);
			column = page_width(INDENT);
			gap = 4;
		}
		fprintf(page->out, "%*s", (int)gap, "");
		page_put(page, PAGE_BAD, kind, 0);
		column += gap + page_width(kind);
		gap = 2;
	}
}

static void put_titles(const struct page *page, const size_t *widths)
{
	/* The first title is two to the left of its column. */
	size_t gap = 2;

	for (size_t c = 0; c < COLUMN_COUNT; c++) {
		if (widths[c] == 0)
			continue;
		fprintf(page->out, "%*s%s", (int)gap, "", columns[c].title);
		gap = widths[c] + 2 - page_width(columns[c].title);
		if (c == 0)
			gap += 2;
	}
	fputc('\n', page->out);
}

static void put_slave(const struct page *page, const struct bond *bond,
		      size_t place, const size_t *widths)
{
	size_t column = 0;
	size_t gap = page_width(INDENT);

	for (size_t c = 0; c < COLUMN_COUNT; c++) {
		struct cell cell = cell_of(bond, place, c);

		if (widths[c] == 0)
			continue;
		fprintf(page->out, "%*s", (int)gap, "");
		page_put(page, cell.colour, cell.text, 0);
		column += gap + page_width(cell.text);
		gap = widths[c] + 2 - page_width(cell.text);
	}
	put_kinds(page, bond, &bond->slaves[place], column, gap);
	fputc('\n', page->out);
}

void show_slaves(const struct page *page, const struct bond *bond)
{
	size_t widths[COLUMN_COUNT];

	if (bond->slave_count == 0)
		return;
	for (size_t c = 0; c < COLUMN_COUNT; c++)
		widths[c] = column_width(bond, c);
	put_titles(page, widths);
	for (size_t i = 0; i < bond->slave_count; i++)
		put_slave(page, bond, i, widths);
}
