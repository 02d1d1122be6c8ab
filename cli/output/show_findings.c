/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The problems of a bond, and what to do about them.
 */
#include "output/show_internal.h"

#include "base/printable.h"
#include "bond/bond_set.h"
#include "explain/explain.h"
#include "output/advice.h"

static void put_remedy(const struct page *page, const struct bond *bond,
		       enum discrepancy_kind kind, struct advice *advice)
{
	const char *text = advice_remedy(advice, bond, kind);

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
	size_t column = page_width("      also:");

	fputs("      also:", page->out);
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
		       size_t first, struct advice *advice)
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
	put_remedy(page, bond, items->kind, advice);
	return count;
}

static const char *nothing_wrong(const struct bond *bond)
{
	if (bond->verdict.effective == CARRIER_UNKNOWN)
		return "unknown";
	if (!link_admin_up(&bond->link))
		return "not checked while administratively down";
	return "none";
}

static void put_discrepancies(const struct page *page, const struct bond *bond,
			      const char *captured_at, struct advice *advice)
{
	size_t count = bond->discrepancies.count;
	const char *state = count == 0 ? nothing_wrong(bond) : "";
	char when[128] = "";
	char text[256];

	if (captured_at)
		snprintf(when, sizeof(when), "(at %s, the capture's end)",
			 captured_at);
	else if (count > 0)
		snprintf(when, sizeof(when),
			 "(current state; bondcarrierd records when each "
			 "began)");
	snprintf(text, sizeof(text), "%s%s%s", state,
		 *state && *when ? " " : "", when);
	page_line(page, "problems", text);
	for (size_t i = 0; i < count;)
		i += put_kind(page, bond, i, advice);
}

static void put_warnings(const struct page *page, const struct bond *bond,
			 const struct advice *advice)
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
			 advice_printed(advice, text) ? "see above" : text);
	}
}

void show_findings(const struct page *page, const struct bond *bond,
		   const char *captured_at)
{
	struct advice advice = { .count = 0 };

	put_discrepancies(page, bond, captured_at, &advice);
	put_warnings(page, bond, &advice);
}
