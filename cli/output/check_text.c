/* SPDX-License-Identifier: BSD-2-Clause */
/* One bond in a plugin's words and numbers. */
#include "output/check_text.h"

#include <string.h>

#include "base/printable.h"
#include "bond/bond_set.h"
#include "explain/explain.h"
#include "output/advice.h"
#include "output/problem_set.h"
#include "output/summary.h"

static void put_escaped(FILE *out, const char *text, const char *meaningful)
{
	for (; *text; text++) {
		if (strchr(meaningful, *text))
			fprintf(out, "\\x%02x", (unsigned char)*text);
		else
			fputc(*text, out);
	}
}

void check_text_put(FILE *out, const char *text)
{
	put_escaped(out, text, "|");
}

void check_text_summary(FILE *out, const struct bond *bond)
{
	char text[SUMMARY_SIZE];

	summary_text(bond, text, sizeof(text));
	check_text_put(out, text);
}

/* A sentence about the first of its kind, and how many more there are. */
static void put_kind(FILE *out, const struct bond *bond,
		     const struct discrepancy *item, size_t more,
		     struct advice *advice)
{
	const struct slave *slave = bond_slave(bond, item->slave);
	const char *name = slave ? slave->link.name : item->slave_name;
	const char *remedy = advice_remedy(advice, bond, item->kind);
	char text[EXPLAIN_TEXT_SIZE];

	explain_finding(bond, item->kind, name, text, sizeof(text));
	fprintf(out, "%s: ", explain_kind(item->kind));
	check_text_put(out, text);
	if (more > 0)
		fprintf(out, " (and %zu more)", more);
	if (remedy) {
		fputs(" -> ", out);
		check_text_put(out, remedy);
	}
	fputc('\n', out);
}

void check_text_findings(FILE *out, const struct bond *bond)
{
	const struct discrepancy_state *state = &bond->discrepancies;
	const struct problem_set problems = problem_set_of(bond);
	struct advice advice = { .count = 0 };
	char text[EXPLAIN_TEXT_SIZE];
	size_t end;

	for (size_t i = 0; i < state->count; i = end) {
		enum discrepancy_kind kind = state->items[i].kind;

		for (end = i + 1; end < state->count; end++) {
			if (state->items[end].kind != kind)
				break;
		}
		if (problems.kinds & DISCREPANCY_BIT(kind))
			put_kind(out, bond, &state->items[i], end - i - 1,
				 &advice);
	}
	for (unsigned int w = 0; w < DISCREPANCY_WARNING_COUNT; w++) {
		enum discrepancy_warning warning = (enum discrepancy_warning)w;

		if (!(problems.warnings & DISCREPANCY_WARNING_BIT(w)))
			continue;
		explain_warning_text(bond, warning, text, sizeof(text));
		fprintf(out, "%s: ", explain_warning(warning));
		check_text_put(out, advice_printed(&advice, text) ? "see above"
								  : text);
		fputc('\n', out);
	}
}

static void put_label(FILE *out, const char *ifname, const char *what)
{
	char name[PRINTABLE_NAME_SIZE];

	fputs(" '", out);
	put_escaped(out, printable_name(ifname, name, sizeof(name)), "|'=");
	fprintf(out, "_%s'=", what);
}

/* "U" stands for a value that can't be determined. */
void check_text_perfdata(FILE *out, const struct bond *bond)
{
	const struct carrier_verdict *verdict = &bond->verdict;
	bool known = verdict->effective != CARRIER_UNKNOWN;
	const char *name = bond->link.name;
	size_t wrong = 0;

	for (size_t i = 0; i < bond->discrepancies.count; i++)
		wrong +=
		    bond->discrepancies.items[i].phase != DISCREPANCY_CLEARING;
	put_label(out, name, "effective");
	if (known)
		fprintf(out, "%d;;1:;0;1", verdict->effective == CARRIER_UP);
	else
		fputs("U;;1:;0;1", out);
	put_label(out, name, "usable");
	if (known)
		fprintf(out, "%u;;;0;%zu", verdict->slaves_usable,
			bond->slave_count);
	else
		fprintf(out, "U;;;0;%zu", bond->slave_count);
	put_label(out, name, "slaves");
	fprintf(out, "%zu;;;0", bond->slave_count);
	put_label(out, name, "discrepancies");
	fprintf(out, "%zu;;;0", wrong);
}
