/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What is wrong with a bond, and what to do about it.
 */
#include "output/show_parts.h"

#include "base/printable.h"
#include "bond/bond_set.h"
#include "explain/explain.h"
#include "output/advice.h"

static void put_remedy(const struct page *page, const struct bond *bond,
		       enum discrepancy_kind kind, struct advice *said)
{
	const char *text = advice_remedy(said, bond, kind);

	if (!text)
		return;
	fputs("      -> ", page->out);
	page_wrap(page, 9, 9, text);
}

static const char *slave_name(const struct bond *bond,
			      const struct discrepancy *item)
{
	const struct slave *slave = bond_slave(bond, item->slave);

	return slave ? slave->link.name : item->slave_name;
}

static void put_others(const struct page *page, const struct bond *bond,
		       const struct discrepancy *items, size_t count)
{
	char name[PRINTABLE_NAME_SIZE];
	size_t column = page_width("      likewise");

	fputs("      likewise", page->out);
	for (size_t i = 0; i < count; i++) {
		const char *comma = i + 1 < count ? "," : "";
		size_t width;

		printable_name(slave_name(bond, &items[i]), name, sizeof(name));
		width = page_width(name) + page_width(comma);
		column += 1 + width;
		if (column > PAGE_COLUMNS) {
			fputs("\n     ", page->out);
			column = 6 + width;
		}
		fprintf(page->out, " %s%s", name, comma);
	}
	fputc('\n', page->out);
}

/* "    falseUp: bond0 is ..." */
static void put_item(const struct page *page, enum page_colour colour,
		     const char *what, const char *text)
{
	fputs("    ", page->out);
	page_put(page, colour, what, 0);
	fputs(": ", page->out);
	page_wrap(page, 4 + page_width(what) + 2, 6, text);
}

/* The items of one kind: a sentence about the first, the names of the
   others, and the remedy. Returns how many there are. */
static size_t put_kind(const struct page *page, const struct bond *bond,
		       size_t first, struct advice *said)
{
	const struct discrepancy *items = &bond->discrepancies.items[first];
	size_t left = bond->discrepancies.count - first;
	char text[EXPLAIN_TEXT_SIZE];
	size_t count = 1;

	explain_finding(bond, items->kind, slave_name(bond, items), text,
			sizeof(text));
	put_item(page, PAGE_BAD, explain_kind(items->kind), text);
	while (count < left && items[count].kind == items->kind)
		count++;
	if (count > 1)
		put_others(page, bond, items + 1, count - 1);
	put_remedy(page, bond, items->kind, said);
	return count;
}

static const char *nothing_wrong(const struct bond *bond)
{
	if (bond->verdict.effective == CARRIER_UNKNOWN)
		return "can't be told";
	if (!link_admin_up(&bond->link))
		return "not judged while it is administratively down";
	return "nothing";
}

static void put_discrepancies(const struct page *page, const struct bond *bond,
			      struct advice *said)
{
	size_t count = bond->discrepancies.count;

	fputs("  wrong now     ", page->out);
	if (count == 0) {
		fprintf(page->out, "%s\n", nothing_wrong(bond));
		return;
	}
	fputs("(seen at this moment; bondcarrierd knows since when)\n",
	      page->out);
	for (size_t i = 0; i < count;)
		i += put_kind(page, bond, i, said);
}

static void put_warnings(const struct page *page, const struct bond *bond,
			 const struct advice *said)
{
	char text[EXPLAIN_TEXT_SIZE];

	if (!bond->warnings)
		return;
	fputs("  warnings\n", page->out);
	for (unsigned int w = 0; w < DISCREPANCY_WARNING_COUNT; w++) {
		enum discrepancy_warning warning = (enum discrepancy_warning)w;

		if (!(bond->warnings & DISCREPANCY_WARNING_BIT(w)))
			continue;
		explain_warning_text(bond, warning, text, sizeof(text));
		put_item(page, PAGE_CAUTION, explain_warning(warning),
			 advice_printed(said, text) ? "see above" : text);
	}
}

void show_findings(const struct page *page, const struct bond *bond)
{
	struct advice said = { .count = 0 };

	put_discrepancies(page, bond, &said);
	put_warnings(page, bond, &said);
}
