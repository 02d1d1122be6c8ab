/* SPDX-License-Identifier: BSD-2-Clause */
/* Configurations, by number. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "life.h"
#include "ops.h"

static void apply(struct settings *settings, const char *token,
		  const char *value)
{
	char why[SETTINGS_WHY_SIZE];

	if (settings_apply(settings, token, value, why) < 0) {
		fprintf(stderr, "sim: %s %s: %s\n", token, value, why);
		abort();
	}
}

static const char *pick(uint64_t *rng, const char *const *from, uint32_t count)
{
	return from[op_below(rng, count)];
}

#define PICK(settings, rng, token, ...)                                        \
	do {                                                                   \
		static const char *const choice[] = { __VA_ARGS__ };           \
		apply(settings, token,                                         \
		      pick(rng, choice, sizeof(choice) / sizeof(choice[0])));  \
	} while (0)

static void vary(struct settings *settings, uint64_t seed)
{
	uint64_t rng = seed * 0x9e3779b97f4a7c15U + 1;

	PICK(settings, &rng, "notify", "discrepancy effective",
	     "discrepancy effective activeSlave", "discrepancy", "effective");
	PICK(settings, &rng, "notifyThrottle", "0", "1000", "5000", "20000");
	PICK(settings, &rng, "notifyQueue", "1000", "1000", "1000", "4");
	PICK(settings, &rng, "discrepancyGrace", "2000", "2000", "0", "500",
	     "5000");
	PICK(settings, &rng, "lacpPartnerGrace", "10000 100000", "10000 100000",
	     "3000 8000");
	PICK(settings, &rng, "resyncInterval", "60", "60", "10", "300");
	PICK(settings, &rng, "receiveBuffer", "1048576", "1048576", "65536",
	     "8388608");
	PICK(settings, &rng, "trackDirectory", "/t0", "/t0", "/t0", "/t1",
	     "none");
	PICK(settings, &rng, "trackDelay", "0 2000", "0 2000", "0 0",
	     "500 1000");
	PICK(settings, &rng, "standardTables", "none", "ifStack", "dot3adAgg",
	     "ifStack dot3adAgg");
	PICK(settings, &rng, "strictLacp", "no", "yes");
	if (op_below(&rng, 6) == 0)
		apply(settings, "exclude", "*1");
}

struct settings *life_settings(uint64_t seed)
{
	struct settings *settings = malloc(sizeof(*settings));

	if (!settings)
		abort();
	settings_init(settings);
	snprintf(settings->state_file, sizeof(settings->state_file), "/state");
	/* The log holds all that the checks are going to read. */
	apply(settings, "eventLog", "20000");
	apply(settings, "trackDirectory", "/t0");
	apply(settings, "trackDelay", "0 2000");
	if (seed)
		vary(settings, seed);
	return settings;
}
