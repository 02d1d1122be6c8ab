/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Lists what the programs say of discrepancies and warnings, for tests that
 * compare documents with it; one a line:
 *
 *	kind NUMBER NAME GRACE-SETTING
 *	words NAME WORDS...		what follows the bond or the slave
 *	warning BIT NAME
 *	default SETTING MILLISECONDS...
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "bond/bond.h"
#include "decision/judge.h"
#include "explain/explain.h"

/* The setting that the grace of that kind comes from: the one that moves it. */
static const char *grace_setting(enum discrepancy_kind kind)
{
	const struct discrepancy_policy policy = { .grace_base_ms = 2000,
						   .lacp_grace_fast_ms = 10000,
						   .lacp_grace_slow_ms =
						       10000 };
	struct discrepancy_policy other = policy;
	struct bond bond = { .link = { .name = "bond0" } };
	uint32_t grace_ms = finding_grace_ms(&bond, kind, &policy);

	other.grace_base_ms += 5000;
	if (finding_grace_ms(&bond, kind, &other) == grace_ms + 5000)
		return "discrepancyGrace";
	other = policy;
	other.lacp_grace_fast_ms += 5000;
	other.lacp_grace_slow_ms += 5000;
	if (finding_grace_ms(&bond, kind, &other) == grace_ms + 5000)
		return "lacpPartnerGrace";
	return "none";
}

static void list_words(enum discrepancy_kind kind)
{
	static const char of_bond[] = "bond0 ", of_slave[] = "slave eth0 of ";
	struct bond bond = { .link = { .name = "bond0" } };
	char text[EXPLAIN_TEXT_SIZE];
	const char *words = text;

	explain_finding(&bond, kind, "eth0", text, sizeof(text));
	if (strncmp(words, of_slave, strlen(of_slave)) == 0)
		words += strlen(of_slave);
	if (strncmp(words, of_bond, strlen(of_bond)) == 0)
		words += strlen(of_bond);
	printf("words %s %s\n", explain_kind(kind), words);
}

int main(void)
{
	struct judge_policy policy;

	for (int i = 1; i <= DISCREPANCY_KIND_COUNT; i++) {
		enum discrepancy_kind kind = (enum discrepancy_kind)i;

		printf("kind %d %s %s\n", i, explain_kind(kind),
		       grace_setting(kind));
		list_words(kind);
	}
	for (int i = 0; i < DISCREPANCY_WARNING_COUNT; i++)
		printf("warning %d %s\n", i,
		       explain_warning((enum discrepancy_warning)i));

	judge_policy_defaults(&policy);
	printf("default discrepancyGrace %" PRIu32 "\n",
	       policy.discrepancy.grace_base_ms);
	printf("default lacpPartnerGrace %" PRIu32 " %" PRIu32 "\n",
	       policy.discrepancy.lacp_grace_fast_ms,
	       policy.discrepancy.lacp_grace_slow_ms);
	return 0;
}
