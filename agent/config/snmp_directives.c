/* SPDX-License-Identifier: BSD-2-Clause */
/* Collects directives of net-snmp, and has net-snmp apply them. */
#include "config/snmp_directives.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <net-snmp/net-snmp-config.h>

#include <net-snmp/net-snmp-includes.h>

#define LINE_MAX_LENGTH 1000 /* of a line; net-snmp has a buffer of 1024 */

enum kind {
	OTHER,
	ACCESS, /* gives access */
	NUMBER, /* net-snmp accepts anything */
	SECRET, /* may hold a passphrase */
	FOLDER, /* kept here, not passed to net-snmp */
	LISTEN, /* an argument of -S */
};

static const struct {
	const char *token;
	enum kind kind;
} known[] = {
	{ "rocommunity", ACCESS },
	{ "rwcommunity", ACCESS },
	{ "rocommunity6", ACCESS },
	{ "rwcommunity6", ACCESS },
	{ "rouser", ACCESS },
	{ "rwuser", ACCESS },
	{ "authcommunity", ACCESS },
	{ "authuser", ACCESS },
	{ "authgroup", ACCESS },
	{ "access", ACCESS },
	{ "authaccess", ACCESS },
	{ "setaccess", ACCESS },
	{ "com2sec", OTHER },
	{ "com2sec6", OTHER },
	{ "com2secunix", OTHER },
	{ "group", OTHER },
	{ "view", OTHER },
	{ "createUser", SECRET },
	{ "trapsess", SECRET },
	{ "trapsink", OTHER },
	{ "trap2sink", OTHER },
	{ "informsink", OTHER },
	{ "trapcommunity", OTHER },
	{ "authtrapenable", OTHER },
	{ "v1trapaddress", OTHER },
	{ "engineID", OTHER },
	{ "exactEngineID", OTHER },
	{ "engineIDType", NUMBER },
	{ "engineIDNic", OTHER },
	{ "sysContact", OTHER },
	{ "sysLocation", OTHER },
	{ "sysName", OTHER },
	{ "sysDescr", OTHER },
	{ "maxGetbulkRepeats", NUMBER },
	{ "maxGetbulkResponses", NUMBER },
	{ "dontLogTCPWrappersConnects", OTHER },
	{ "persistentDir", FOLDER },
	{ "agentAddress", LISTEN },
};

#define KNOWN_COUNT (sizeof(known) / sizeof(known[0]))

static size_t find(const char *token)
{
	size_t i = 0;

	while (i < KNOWN_COUNT && strcasecmp(known[i].token, token) != 0)
		i++;
	return i;
}

bool snmp_directives_known(const char *token)
{
	return find(token) < KNOWN_COUNT;
}

void snmp_directives_init(struct snmp_directives *directives)
{
	memset(directives, 0, sizeof(*directives));
	snprintf(directives->persistent_dir, sizeof(directives->persistent_dir),
		 "%s", PERSISTENT_DIR);
}

void snmp_directives_fini(struct snmp_directives *directives)
{
	struct snmp_directives_line *line = directives->first;

	while (line) {
		struct snmp_directives_line *next = line->next;

		free(line);
		line = next;
	}
	directives->first = NULL;
	directives->last = NULL;
}

static bool is_number(const char *value)
{
	char *end;

	(void)strtol(value, &end, 10);
	return end != value && !*end;
}

/* A mistake that net-snmp would not report; NULL: none. */
static const char *mistake(enum kind kind, const char *value,
			   bool world_readable)
{
	/* skip_white() ends the line at a #, and the rest would be read from
	   beyond its end. */
	if (!*value || *value == '#')
		return "missing value";
	if (strlen(value) > LINE_MAX_LENGTH)
		return "line is too long";
	if (kind == NUMBER && !is_number(value))
		return "expected a number";
	if (kind == SECRET && world_readable)
		return "other users can read this file: run chmod o-r on it";
	if (kind == FOLDER && (*value != '/' || strlen(value) >= 256))
		return "expected an absolute path of at most 255 bytes";
	if (kind == LISTEN)
		return "not used here: give the address to -S";
	return NULL;
}

/* Copies a text into the line's own memory, at `*place`. */
static const char *append(char **place, const char *text)
{
	const char *copy = *place;
	size_t size = strlen(text) + 1;

	memcpy(*place, text, size);
	*place += size;
	return copy;
}

int snmp_directives_add(struct snmp_directives *directives, const char *path,
			unsigned int number, const char *token,
			const char *value, bool world_readable, char *why,
			size_t why_size)
{
	enum kind kind = known[find(token)].kind;
	const char *wrong = mistake(kind, value, world_readable);
	struct snmp_directives_line *line;
	char *place;

	if (wrong) {
		snprintf(why, why_size, "%s", wrong);
		return -EINVAL;
	}
	if (kind == FOLDER) {
		memcpy(directives->persistent_dir, value, strlen(value) + 1);
		return 0;
	}
	line = calloc(1, sizeof(*line) + strlen(path) + strlen(token) +
			     strlen(value) + 3);
	if (!line) {
		snprintf(why, why_size, "no memory");
		return -ENOMEM;
	}
	line->number = number;
	place = (char *)(line + 1);
	line->path = append(&place, path);
	line->token = append(&place, token);
	line->value = append(&place, value);
	if (directives->last)
		directives->last->next = line;
	else
		directives->first = line;
	directives->last = line;
	return 0;
}

bool snmp_directives_give_access(const struct snmp_directives *directives)
{
	const struct snmp_directives_line *line = directives->first;

	while (line && known[find(line->token)].kind != ACCESS)
		line = line->next;
	return line != NULL;
}

static void remember(const struct snmp_directives_line *line)
{
	char text[sizeof(SNMP_DIRECTIVES_APP) + 64 + LINE_MAX_LENGTH];

	snprintf(text, sizeof(text), "[%s] %s %s", SNMP_DIRECTIVES_APP,
		 line->token, line->value);
	netsnmp_config_remember(text);
}

void snmp_directives_run(const struct snmp_directives_line *line)
{
	remember(line);
	netsnmp_config_process_memories();
}

void snmp_directives_remember(const struct snmp_directives *directives)
{
	for (const struct snmp_directives_line *line = directives->first; line;
	     line = line->next)
		remember(line);
}

/* As update_config() of net-snmp, but without its files: reading engineBoots
   again would increment it. */
void snmp_directives_replace(const struct snmp_directives *directives)
{
	free_config();
	/* vacm_standard_views() */
	snmp_call_callbacks(SNMP_CALLBACK_LIBRARY,
			    SNMP_CALLBACK_PRE_READ_CONFIG, NULL);
	for (const struct snmp_directives_line *line = directives->first; line;
	     line = line->next)
		snmp_directives_run(line);
}
