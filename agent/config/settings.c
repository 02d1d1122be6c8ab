/* SPDX-License-Identifier: BSD-2-Clause */
/* Tokens and values of bondcarrierd.conf(5). */
#include "config/settings.h"

#include <errno.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "config/settings_value.h"
#include "decision/finding.h"

struct settings_pattern {
	struct settings_pattern *next;
	char text[];
};

void settings_init(struct settings *settings)
{
	memset(settings, 0, sizeof(*settings));
	judge_policy_defaults(&settings->policy);
	settings->notify.discrepancy = true;
	settings->notify.effective = true;
	settings->notify_throttle_ms = 5000;
	settings->notify_queue = 1000;
	settings->event_log = 1000;
	settings->resync_interval_s = 60;
	settings->receive_buffer = 1024 * 1024;
	snprintf(settings->state_file, sizeof(settings->state_file), "%s",
		 STATE_FILE);
	settings->agentx_timeout_s = 1;
	settings->agentx_retries = 5;
	settings->agentx_ping_interval_s = 120;
}

static void patterns_free(struct settings_pattern *pattern)
{
	while (pattern) {
		struct settings_pattern *next = pattern->next;

		free(pattern);
		pattern = next;
	}
}

void settings_fini(struct settings *settings)
{
	patterns_free(settings->include);
	patterns_free(settings->exclude);
	settings->include = NULL;
	settings->exclude = NULL;
}

void settings_free(struct settings *settings)
{
	if (!settings)
		return;
	settings_fini(settings);
	free(settings);
}

static int set_lacp_grace(struct settings *settings, const char *value,
			  char *why)
{
	struct discrepancy_policy *policy = &settings->policy.discrepancy;

	return settings_value_two(
	    value, "two numbers, FAST and SLOW", SETTINGS_GRACE_MAX_MS,
	    &policy->lacp_grace_fast_ms, &policy->lacp_grace_slow_ms, why);
}

static int set_track_delay(struct settings *settings, const char *value,
			   char *why)
{
	return settings_value_two(
	    value, "two numbers, FALL and RISE", SETTINGS_GRACE_MAX_MS,
	    &settings->track_fall_ms, &settings->track_rise_ms, why);
}

static int set_notify(struct settings *settings, const char *value, char *why)
{
	static const char wanted[] = "any of discrepancy, effective, ifLink "
				     "and activeSlave, or none";
	char word[SETTINGS_VALUE_WORD_SIZE];
	const char *rest = value;
	bool none = false;
	int count = 0;

	memset(&settings->notify, 0, sizeof(settings->notify));
	for (;; count++) {
		int err = settings_value_word(&rest, word, why);

		if (err)
			return err;
		if (!*word)
			break;
		if (strcasecmp(word, "discrepancy") == 0)
			settings->notify.discrepancy = true;
		else if (strcasecmp(word, "effective") == 0)
			settings->notify.effective = true;
		else if (strcasecmp(word, "ifLink") == 0)
			settings->notify.if_link = true;
		else if (strcasecmp(word, "activeSlave") == 0)
			settings->notify.active_slave = true;
		else if (strcasecmp(word, "none") == 0)
			none = true;
		else
			return settings_value_bad(why, wanted, word);
	}
	if (none && count > 1)
		return settings_value_refuse(
		    why, "'none' cannot be combined with other words", value);
	return 0;
}

static int set_standard_tables(struct settings *settings, const char *value,
			       char *why)
{
	static const struct {
		const char *word;
		unsigned int bit; /* 0: none */
	} words[] = { { "ifStack", SETTINGS_IF_STACK },
		      { "dot3adAgg", SETTINGS_DOT3AD_AGG },
		      { "none", 0 } };
	char word[SETTINGS_VALUE_WORD_SIZE];
	const char *rest = value;
	bool none = false;

	settings->standard_tables = 0;
	for (;;) {
		int err = settings_value_word(&rest, word, why);
		size_t i = 0;

		if (err)
			return err;
		if (!*word)
			break;
		while (i < sizeof(words) / sizeof(words[0]) &&
		       strcasecmp(words[i].word, word) != 0)
			i++;
		if (i == sizeof(words) / sizeof(words[0]))
			return settings_value_bad(
			    why, "ifStack, dot3adAgg, both or none", word);
		settings->standard_tables |= words[i].bit;
		none = none || words[i].bit == 0;
	}
	if (none && settings->standard_tables)
		return settings_value_refuse(
		    why, "'none' cannot be combined with other words", value);
	return 0;
}

static int add_pattern(struct settings_pattern **patterns, const char *text,
		       char *why)
{
	size_t size = strlen(text) + 1;
	struct settings_pattern *pattern = malloc(sizeof(*pattern) + size);

	if (!pattern) {
		snprintf(why, SETTINGS_WHY_SIZE, "no memory");
		return -ENOMEM;
	}
	memcpy(pattern->text, text, size);
	pattern->next = *patterns;
	*patterns = pattern;
	return 0;
}

static int add_patterns(struct settings_pattern **patterns, const char *value,
			char *why)
{
	char word[SETTINGS_VALUE_WORD_SIZE];
	const char *rest = value;
	int err = settings_value_word(&rest, word, why);

	while (!err && *word) {
		err = add_pattern(patterns, word, why);
		if (!err)
			err = settings_value_word(&rest, word, why);
	}
	return err;
}

static int set_include(struct settings *settings, const char *value, char *why)
{
	return add_patterns(&settings->include, value, why);
}

static int set_exclude(struct settings *settings, const char *value, char *why)
{
	return add_patterns(&settings->exclude, value, why);
}

static int set_strict(struct settings *settings, const char *value, char *why)
{
	return settings_value_truth(value, &settings->policy.strict_lacp, why);
}

/* With -S there is no IF-MIB, and no agent that could serve the rest of it. */
static int set_correct(struct settings *settings, const char *value, char *why)
{
	bool truth;
	int err = settings_value_truth(value, &truth, why);

	if (err)
		return err;
	if (truth && settings->standalone) {
		snprintf(why, SETTINGS_WHY_SIZE,
			 "needs a master agent, whose IF-MIB it corrects; "
			 "with -S there is none");
		return -EINVAL;
	}
	settings->correct_if_oper_status = truth;
	return 0;
}

static int set_socket(struct settings *settings, const char *value, char *why)
{
	char address[SETTINGS_ADDRESS_SIZE];
	int err = settings_value_whole(value, address, sizeof(address), why);

	if (!err)
		err = settings_value_socket(address, why);
	if (!err)
		memcpy(settings->agentx_socket, address, sizeof(address));
	return err;
}

/* The daemon changes to / when it detaches, so the path must be absolute. */
static int set_path(char out[SETTINGS_ADDRESS_SIZE], const char *value,
		    char *why)
{
	char path[SETTINGS_ADDRESS_SIZE];
	int err = settings_value_whole(value, path, sizeof(path), why);

	if (err)
		return err;
	if (strcasecmp(path, "none") == 0)
		path[0] = '\0';
	else if (path[0] != '/')
		return settings_value_bad(why, "an absolute path or none",
					  path);
	memcpy(out, path, sizeof(path));
	return 0;
}

static int set_state_file(struct settings *settings, const char *value,
			  char *why)
{
	return set_path(settings->state_file, value, why);
}

static int set_track_directory(struct settings *settings, const char *value,
			       char *why)
{
	return set_path(settings->track_directory, value, why);
}

#define NUMBER(token_name, member, low, high)                                  \
	{                                                                      \
		.token = (token_name),                                         \
		.offset = offsetof(struct settings, member), .min = (low),     \
		.max = (high)                                                  \
	}
#define OTHER(token_name, function)                                            \
	{                                                                      \
		.token = (token_name), .set = (function)                       \
	}
/* May be given on several lines, which add up. */
#define MANY(token_name, function)                                             \
	{                                                                      \
		.token = (token_name), .set = (function), .many = true         \
	}

/* If `set` is NULL, the value is a number, at `offset`. */
static const struct {
	const char *token;
	int (*set)(struct settings *settings, const char *value, char *why);
	bool many;
	size_t offset;
	uint32_t min, max;
} tokens[] = {
	NUMBER("discrepancyGrace", policy.discrepancy.grace_base_ms, 0,
	       SETTINGS_GRACE_MAX_MS),
	OTHER("lacpPartnerGrace", set_lacp_grace),
	OTHER("notify", set_notify),
	OTHER("standardTables", set_standard_tables),
	NUMBER("notifyThrottle", notify_throttle_ms, 0, 3600000),
	NUMBER("notifyQueue", notify_queue, 1, 1000000),
	NUMBER("eventLog", event_log, 1, 1000000),
	OTHER("strictLacp", set_strict),
	OTHER("correctIfOperStatus", set_correct),
	MANY("include", set_include),
	MANY("exclude", set_exclude),
	NUMBER("resyncInterval", resync_interval_s, 1, 86400),
	/* From the kernel's minimum (SOCK_MIN_RCVBUF) to its maximum: it
	   doubles the value into an int. */
	NUMBER("receiveBuffer", receive_buffer, 2304, 1073741824),
	OTHER("trackDirectory", set_track_directory),
	OTHER("trackDelay", set_track_delay),
	OTHER("stateFile", set_state_file),
	OTHER("agentXSocket", set_socket),
	NUMBER("agentXTimeout", agentx_timeout_s, 1, 255),
	NUMBER("agentXRetries", agentx_retries, 0, 1000),
	NUMBER("agentXPingInterval", agentx_ping_interval_s, 1, 86400),
};
_Static_assert(sizeof(tokens) / sizeof(tokens[0]) <= 64,
	       "settings.given has 64 bits");

const char *settings_token(size_t index)
{
	return index < sizeof(tokens) / sizeof(tokens[0]) ? tokens[index].token
							  : NULL;
}

#define OF_SNMPD "belongs in snmpd.conf, which configures the master agent"

/* Tokens that users may expect, and why they are not settings. */
static const struct {
	const char *token;
	const char *why;
} others[] = {
	{ "master", OF_SNMPD },
	{ "agentXPerms", OF_SNMPD },
	{ "view", OF_SNMPD },
	{ "includeSearch", "not supported: use includeFile or includeDir" },
};

static int apply_at(struct settings *settings, size_t at, const char *value,
		    char *why)
{
	char *member = (char *)settings + tokens[at].offset;
	bool again = settings->given & UINT64_C(1) << at;
	int err;

	if (value[strspn(value, SETTINGS_VALUE_SPACE)] == '\0') {
		snprintf(why, SETTINGS_WHY_SIZE, "missing value");
		return -EINVAL;
	}
	if (tokens[at].set)
		err = tokens[at].set(settings, value, why);
	else
		err =
		    settings_value_number(value, tokens[at].min, tokens[at].max,
					  (uint32_t *)(void *)member, why);
	settings->given |= UINT64_C(1) << at;
	if (err || !again || tokens[at].many)
		return err;
	snprintf(why, SETTINGS_WHY_SIZE,
		 "set more than once; the last line counts");
	return SETTINGS_WARNING;
}

int settings_apply(struct settings *settings, const char *token,
		   const char *value, char *why)
{
	for (size_t i = 0; i < sizeof(tokens) / sizeof(tokens[0]); i++)
		if (strcasecmp(tokens[i].token, token) == 0)
			return apply_at(settings, i, value, why);
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		if (strcasecmp(others[i].token, token) != 0)
			continue;
		snprintf(why, SETTINGS_WHY_SIZE, "%s", others[i].why);
		return -ENOENT;
	}
	snprintf(why, SETTINGS_WHY_SIZE, "unknown setting");
	return -ENOENT;
}

/* Otherwise a notification would contradict what the manager then reads. With
   -S, no ifOperStatus is served. */
int settings_check(const struct settings *settings, char *why)
{
	if (!settings->notify.if_link || settings->correct_if_oper_status ||
	    settings->standalone)
		return 0;
	snprintf(why, SETTINGS_WHY_SIZE,
		 "ifLink needs correctIfOperStatus yes: the master agent's own "
		 "ifOperStatus would contradict linkUp and linkDown");
	return -EINVAL;
}

static bool matches(const struct settings_pattern *pattern, const char *name)
{
	for (; pattern; pattern = pattern->next)
		if (fnmatch(pattern->text, name, 0) == 0)
			return true;
	return false;
}

bool settings_accepts(void *ctx, const char *bond_name)
{
	const struct settings *settings = ctx;

	if (settings->include && !matches(settings->include, bond_name))
		return false;
	return !matches(settings->exclude, bond_name);
}
