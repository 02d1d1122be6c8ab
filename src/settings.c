/* SPDX-License-Identifier: BSD-2-Clause */
/* Tokens and values of bondcarrierd.conf(5). */
#include "settings.h"

#include <errno.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define WORD_SIZE  256
#define SEPARATORS " \t,"

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
	settings->agentx_ping_interval_s = 15;
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

/* The next word of the list at `*rest`; false: there is none. A word that is
   too long is cut, and then is none that is known. */
static bool next_word(const char **rest, char word[WORD_SIZE])
{
	size_t length;

	*rest += strspn(*rest, SEPARATORS);
	length = strcspn(*rest, SEPARATORS);
	if (length == 0)
		return false;
	snprintf(word, WORD_SIZE, "%.*s", (int)length, *rest);
	*rest += length;
	return true;
}

static int bad(char *why, const char *wanted, const char *value)
{
	snprintf(why, SETTINGS_WHY_SIZE, "wants %.128s, not '%.80s'", wanted,
		 value);
	return -EINVAL;
}

/* A whole number between two bounds, and nothing after it. */
static int parse_number(const char *text, uint32_t min, uint32_t max,
			uint32_t *out, char *why)
{
	char wanted[64];
	unsigned long long number;
	char *end;

	snprintf(wanted, sizeof(wanted), "a number from %u to %u",
		 (unsigned int)min, (unsigned int)max);
	if (text[0] < '0' || text[0] > '9') /* strtoull takes signs */
		return bad(why, wanted, text);
	errno = 0;
	number = strtoull(text, &end, 10);
	if (errno || *end || number < min || number > max)
		return bad(why, wanted, text);
	*out = (uint32_t)number;
	return 0;
}

static int parse_bool(const char *text, bool *out, char *why)
{
	static const struct {
		const char *word;
		bool truth;
	} words[] = { { "yes", true }, { "true", true },   { "1", true },
		      { "no", false }, { "false", false }, { "0", false } };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (strcasecmp(words[i].word, text) == 0) {
			*out = words[i].truth;
			return 0;
		}
	}
	return bad(why, "yes or no", text);
}

static int set_lacp_grace(struct settings *settings, const char *value,
			  char *why)
{
	struct discrepancy_policy *policy = &settings->policy.discrepancy;
	char fast[WORD_SIZE], slow[WORD_SIZE], surplus[WORD_SIZE];
	const char *rest = value;
	int err;

	if (!next_word(&rest, fast) || !next_word(&rest, slow) ||
	    next_word(&rest, surplus))
		return bad(why, "two numbers, FAST and SLOW", value);
	err = parse_number(fast, 0, SETTINGS_GRACE_MAX_MS,
			   &policy->lacp_grace_fast_ms, why);
	if (!err)
		err = parse_number(slow, 0, SETTINGS_GRACE_MAX_MS,
				   &policy->lacp_grace_slow_ms, why);
	return err;
}

static int set_notify(struct settings *settings, const char *value, char *why)
{
	char word[WORD_SIZE];
	const char *rest = value;
	bool none = false;
	int count = 0;

	memset(&settings->notify, 0, sizeof(settings->notify));
	while (next_word(&rest, word)) {
		count++;
		if (strcasecmp(word, "discrepancy") == 0)
			settings->notify.discrepancy = true;
		else if (strcasecmp(word, "effective") == 0)
			settings->notify.effective = true;
		else if (strcasecmp(word, "activeSlave") == 0)
			settings->notify.active_slave = true;
		else if (strcasecmp(word, "none") == 0)
			none = true;
		else
			return bad(why,
				   "any of discrepancy, effective and "
				   "activeSlave, or none",
				   word);
	}
	if (none && count > 1)
		return bad(why, "'none' alone", value);
	return 0;
}

static int add_patterns(struct settings_pattern **patterns, const char *value,
			char *why)
{
	char word[WORD_SIZE];
	const char *rest = value;

	while (next_word(&rest, word)) {
		size_t size = strlen(word) + 1;
		struct settings_pattern *pattern =
		    malloc(sizeof(*pattern) + size);

		if (!pattern) {
			snprintf(why, SETTINGS_WHY_SIZE, "no memory");
			return -ENOMEM;
		}
		memcpy(pattern->text, word, size);
		pattern->next = *patterns;
		*patterns = pattern;
	}
	return 0;
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
	return parse_bool(value, &settings->policy.strict_lacp, why);
}

static int set_socket(struct settings *settings, const char *value, char *why)
{
	size_t length = strlen(value);

	if (length >= sizeof(settings->agentx_socket))
		return bad(why, "a shorter address", value);
	memcpy(settings->agentx_socket, value, length + 1);
	return 0;
}

/* The daemon changes to / when it detaches, so the path is a whole one. */
static int set_state_file(struct settings *settings, const char *value,
			  char *why)
{
	size_t length = strlen(value);

	if (strcasecmp(value, "none") == 0)
		length = 0;
	else if (value[0] != '/')
		return bad(why, "a path that begins with /, or none", value);
	else if (length >= sizeof(settings->state_file))
		return bad(why, "a shorter path", value);
	memcpy(settings->state_file, value, length);
	settings->state_file[length] = '\0';
	return 0;
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

/* Without a `set` it is a number, at `offset`. */
static const struct {
	const char *token;
	int (*set)(struct settings *settings, const char *value, char *why);
	size_t offset;
	uint32_t min, max;
} tokens[] = {
	NUMBER("discrepancyGrace", policy.discrepancy.grace_base_ms, 0,
	       SETTINGS_GRACE_MAX_MS),
	OTHER("lacpPartnerGrace", set_lacp_grace),
	OTHER("notify", set_notify),
	NUMBER("notifyThrottle", notify_throttle_ms, 0, 3600000),
	NUMBER("notifyQueue", notify_queue, 1, 1000000),
	NUMBER("eventLog", event_log, 1, 1000000),
	OTHER("strictLacp", set_strict),
	OTHER("include", set_include),
	OTHER("exclude", set_exclude),
	NUMBER("resyncInterval", resync_interval_s, 1, 86400),
	/* From the kernel's least (SOCK_MIN_RCVBUF) to its most, which it
	   doubles into an int. */
	NUMBER("receiveBuffer", receive_buffer, 2304, 1073741824),
	OTHER("stateFile", set_state_file),
	OTHER("agentXSocket", set_socket),
	NUMBER("agentXTimeout", agentx_timeout_s, 1, 255),
	NUMBER("agentXRetries", agentx_retries, 0, 1000),
	NUMBER("agentXPingInterval", agentx_ping_interval_s, 1, 86400),
};

int settings_apply(struct settings *settings, const char *token,
		   const char *value, char *why)
{
	for (size_t i = 0; i < sizeof(tokens) / sizeof(tokens[0]); i++) {
		char *member = (char *)settings + tokens[i].offset;

		if (strcasecmp(tokens[i].token, token) != 0)
			continue;
		if (value[strspn(value, SEPARATORS)] == '\0') {
			snprintf(why, SETTINGS_WHY_SIZE, "wants a value");
			return -EINVAL;
		}
		if (tokens[i].set)
			return tokens[i].set(settings, value, why);
		return parse_number(value, tokens[i].min, tokens[i].max,
				    (uint32_t *)(void *)member, why);
	}
	snprintf(why, SETTINGS_WHY_SIZE, "there is no such token");
	return -ENOENT;
}

static bool matches(const struct settings_pattern *pattern, const char *name)
{
	for (; pattern; pattern = pattern->next)
		if (fnmatch(pattern->text, name, 0) == 0)
			return true;
	return false;
}

bool settings_wants(void *ctx, const char *bond_name)
{
	const struct settings *settings = ctx;

	if (settings->include && !matches(settings->include, bond_name))
		return false;
	return !matches(settings->exclude, bond_name);
}
