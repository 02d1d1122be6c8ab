/* SPDX-License-Identifier: BSD-2-Clause */
/* The states of all bonds that the command line names, the worst first. */
#include "output/check.h"

#include <stdlib.h>

#include "base/printable.h"
#include "explain/explain.h"
#include "output/check_text.h"

#define STATE_COUNT 4

static const struct {
	const char *name;
	const char *few; /* in a count */
} states[STATE_COUNT] = {
	[CHECK_OK] = { "OK", "ok" },
	[CHECK_WARNING] = { "WARNING", "warning" },
	[CHECK_CRITICAL] = { "CRITICAL", "critical" },
	[CHECK_UNKNOWN] = { "UNKNOWN", "unknown" },
};

/* UNKNOWN may hide a CRITICAL; a WARNING can wait. */
static const enum check_state worst_first[STATE_COUNT] = {
	CHECK_CRITICAL, CHECK_UNKNOWN, CHECK_WARNING, CHECK_OK
};

/* A bond, or a name that no bond has, or another error. */
struct item {
	enum check_state state;
	const struct bond *bond;
	const char *missing;
	const char *trouble;
};

struct report {
	struct item *items;
	size_t count;
};

void check_policy_defaults(struct check_policy *policy)
{
	const unsigned int all = (1U << DISCREPANCY_KIND_COUNT) - 1;

	policy->critical = (struct problem_set){
		.kinds = DISCREPANCY_BIT(DISCREPANCY_FALSE_UP),
	};
	policy->warning = (struct problem_set){
		.kinds = all,
		.warnings =
		    DISCREPANCY_WARNING_BIT(DISCREPANCY_WARNING_UNMONITORED) |
		    DISCREPANCY_WARNING_BIT(DISCREPANCY_WARNING_ARP_DOWN) |
		    DISCREPANCY_WARNING_BIT(DISCREPANCY_WARNING_DEGRADED) |
		    DISCREPANCY_WARNING_BIT(DISCREPANCY_WARNING_SLOW_MONITOR),
	};
}

enum check_state check_bond(const struct bond *bond,
			    const struct check_policy *policy)
{
	const struct problem_set found = problem_set_of(bond);

	if (bond->verdict.effective == CARRIER_DOWN ||
	    problem_set_meet(&found, &policy->critical))
		return CHECK_CRITICAL;
	if (bond->verdict.effective != CARRIER_UP)
		return CHECK_UNKNOWN;
	if (problem_set_meet(&found, &policy->warning))
		return CHECK_WARNING;
	return CHECK_OK;
}

static void add(struct report *report, const struct item *item)
{
	report->items[report->count++] = *item;
}

static void collect(struct report *report, const struct bond_set *set,
		    const struct source_names *names,
		    const struct check_policy *policy, const char *trouble)
{
	if (trouble)
		add(report, &(struct item){ .state = CHECK_UNKNOWN,
					    .trouble = trouble });
	for (size_t i = 0; i < names->count; i++) {
		if (!source_find(set, names->names[i]))
			add(report,
			    &(struct item){ .state = CHECK_UNKNOWN,
					    .missing = names->names[i] });
	}
	for (size_t i = 0; i < set->count; i++) {
		const struct bond *bond = &set->bonds[i];

		if (source_wants(names, bond->link.name))
			add(report,
			    &(struct item){ .state = check_bond(bond, policy),
					    .bond = bond });
	}
	if (report->count == 0)
		add(report, &(struct item){ .state = CHECK_UNKNOWN,
					    .trouble = "there are no bonds" });
}

static void put_item(FILE *out, const struct item *item)
{
	char name[PRINTABLE_NAME_SIZE];

	if (item->bond) {
		check_text_summary(out, item->bond);
	} else if (item->missing) {
		fputs("there is no bond ", out);
		check_text_put(
		    out, printable_name(item->missing, name, sizeof(name)));
	} else {
		check_text_put(out, item->trouble);
	}
}

/* "1 critical, 2 ok; " */
static void put_counts(FILE *out, const struct report *report)
{
	size_t counts[STATE_COUNT] = { 0 };
	const char *before = "";

	for (size_t i = 0; i < report->count; i++)
		counts[report->items[i].state]++;
	for (size_t i = 0; i < STATE_COUNT; i++) {
		enum check_state state = worst_first[i];

		if (!counts[state])
			continue;
		fprintf(out, "%s%zu %s", before, counts[state],
			states[state].few);
		before = ", ";
	}
	fputs("; ", out);
}

static void put_first_line(FILE *out, const struct report *report,
			   const struct item *worst)
{
	bool first = true;

	fprintf(out, "BOND %s - ", states[worst->state].name);
	if (report->count > 1)
		put_counts(out, report);
	put_item(out, worst);
	for (size_t i = 0; i < report->count; i++) {
		const struct bond *bond = report->items[i].bond;

		if (!bond)
			continue;
		fputs(first ? " |" : "", out);
		check_text_perfdata(out, bond);
		first = false;
	}
	fputc('\n', out);
}

/* The items of that state, with what is wrong. A single item has its own line
   above. */
static void put_long(FILE *out, const struct report *report,
		     enum check_state state)
{
	for (size_t i = 0; i < report->count; i++) {
		const struct item *item = &report->items[i];

		if (item->state != state)
			continue;
		if (report->count > 1) {
			fprintf(out, "[%s] ", states[state].name);
			put_item(out, item);
			fputc('\n', out);
		}
		if (item->bond && state != CHECK_OK)
			check_text_findings(out, item->bond);
	}
}

static const struct item *find_worst(const struct report *report)
{
	for (size_t s = 0; s < STATE_COUNT; s++) {
		for (size_t i = 0; i < report->count; i++) {
			if (report->items[i].state == worst_first[s])
				return &report->items[i];
		}
	}
	return &report->items[0];
}

enum check_state check_print(FILE *out, const struct bond_set *set,
			     const struct source_names *names,
			     const struct check_policy *policy,
			     const char *trouble)
{
	struct report report = { .count = 0 };
	enum check_state state;
	const struct item *worst;

	report.items =
	    calloc(set->count + names->count + 2, sizeof(*report.items));
	if (!report.items)
		return check_print_unknown(out, "out of memory");
	collect(&report, set, names, policy, trouble);
	worst = find_worst(&report);
	state = worst->state;
	put_first_line(out, &report, worst);
	for (size_t s = 0; s < STATE_COUNT; s++)
		put_long(out, &report, worst_first[s]);
	free(report.items);
	return state;
}

enum check_state check_print_unknown(FILE *out, const char *why)
{
	fprintf(out, "BOND %s - ", states[CHECK_UNKNOWN].name);
	check_text_put(out, why);
	fputc('\n', out);
	return CHECK_UNKNOWN;
}
