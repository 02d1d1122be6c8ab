/* SPDX-License-Identifier: BSD-2-Clause */
/* Values of a configuration's line. */
#include "config/settings_value.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/un.h>

#include "base/printable.h"
#include "config/settings.h"
#include "explain/explain.h"

int settings_value_refuse(char *why, const char *reason, const char *value)
{
	char printable[81];

	snprintf(why, SETTINGS_WHY_SIZE, "%.128s: '%s'", reason,
		 printable_name(value, printable, sizeof(printable)));
	return -EINVAL;
}

int settings_value_bad(char *why, const char *wanted, const char *value)
{
	char printable[81];

	snprintf(why, SETTINGS_WHY_SIZE, "expected %.128s, got '%s'", wanted,
		 printable_name(value, printable, sizeof(printable)));
	return -EINVAL;
}

/* From a quote to its like; NULL: there is none. */
static const char *quoted(const char *text, size_t *length, char *why)
{
	const char *end = strchr(text + 1, *text);

	if (!end) {
		settings_value_bad(why, "a closing quote", text);
		return NULL;
	}
	*length = (size_t)(end - text - 1);
	return text + 1;
}

int settings_value_word(const char **rest, char word[SETTINGS_VALUE_WORD_SIZE],
			char *why)
{
	const char *start = *rest + strspn(*rest, SETTINGS_VALUE_SPACE);
	size_t length = strcspn(start, SETTINGS_VALUE_SPACE);

	*rest = start + length;
	if (*start == '"' || *start == '\'') {
		start = quoted(start, &length, why);
		if (!start)
			return -EINVAL;
		*rest = start + length + 1;
		if (**rest && !strchr(SETTINGS_VALUE_SPACE, **rest))
			return settings_value_bad(
			    why, "a space after the closing quote", *rest);
		if (length == 0)
			return settings_value_bad(
			    why, "text between the quotes", "");
	}
	if (length >= SETTINGS_VALUE_WORD_SIZE)
		return settings_value_refuse(why, "word too long", start);
	memcpy(word, start, length);
	word[length] = '\0';
	return 0;
}

int settings_value_whole(const char *value, char *out, size_t size, char *why)
{
	size_t length = strlen(value);
	const char *start = value;

	if (*value == '"' || *value == '\'') {
		start = quoted(value, &length, why);
		if (!start)
			return -EINVAL;
		if (start[length + 1])
			return settings_value_refuse(
			    why, "text after the closing quote", value);
	}
	if (length == 0)
		return settings_value_bad(why, "text between the quotes", "");
	if (length >= size)
		return settings_value_refuse(why, "value too long", value);
	memcpy(out, start, length);
	out[length] = '\0';
	return 0;
}

int settings_value_number(const char *value, uint32_t min, uint32_t max,
			  uint32_t *out, char *why)
{
	char wanted[64], text[SETTINGS_VALUE_WORD_SIZE];
	unsigned long long number;
	char *end;
	int err;

	err = settings_value_whole(value, text, sizeof(text), why);
	if (err)
		return err;
	snprintf(wanted, sizeof(wanted), "a number from %u to %u",
		 (unsigned int)min, (unsigned int)max);
	if (text[0] < '0' || text[0] > '9') /* strtoull takes signs */
		return settings_value_bad(why, wanted, text);
	errno = 0;
	number = strtoull(text, &end, 10);
	if (errno || *end || number < min || number > max)
		return settings_value_bad(why, wanted, text);
	*out = (uint32_t)number;
	return 0;
}

int settings_value_two(const char *value, const char *wanted, uint32_t max,
		       uint32_t *first, uint32_t *second, char *why)
{
	char words[2][SETTINGS_VALUE_WORD_SIZE];
	char surplus[SETTINGS_VALUE_WORD_SIZE];
	const char *rest = value;
	int err;

	err = settings_value_word(&rest, words[0], why);
	if (!err)
		err = settings_value_word(&rest, words[1], why);
	if (!err)
		err = settings_value_word(&rest, surplus, why);
	if (err)
		return err;
	if (!*words[1] || *surplus)
		return settings_value_bad(why, wanted, value);
	err = settings_value_number(words[0], 0, max, first, why);
	if (!err)
		err = settings_value_number(words[1], 0, max, second, why);
	return err;
}

int settings_value_truth(const char *value, bool *out, char *why)
{
	static const struct {
		const char *word;
		bool truth;
	} words[] = { { "yes", true }, { "true", true },   { "1", true },
		      { "no", false }, { "false", false }, { "0", false } };
	char text[SETTINGS_VALUE_WORD_SIZE];
	int err = settings_value_whole(value, text, sizeof(text), why);

	if (err)
		return err;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (strcasecmp(words[i].word, text) == 0) {
			*out = words[i].truth;
			return 0;
		}
	}
	return settings_value_bad(why, "yes or no", text);
}

/* HOST, PORT or HOST:PORT; without a port it is AgentX's own. */
static bool good_port(const char *text)
{
	const char *colon = strrchr(text, ':');
	char why[SETTINGS_WHY_SIZE];
	uint32_t port;

	if (colon && !strchr(colon, ']'))
		text = colon + 1;
	else if (text[strspn(text, "0123456789")])
		return true;
	return settings_value_number(text, 1, 65535, &port, why) == 0;
}

static int check_path(const char *path, const char *address, char *why)
{
	const struct sockaddr_un *limit = NULL;

	if (*path != '/')
		return settings_value_bad(
		    why, "/PATH, unix:/PATH or tcp:HOST:PORT", address);
	if (strlen(path) >= sizeof(limit->sun_path))
		return settings_value_bad(why, "a path of at most 107 bytes",
					  address);
	return 0;
}

bool settings_value_socket_is_tcp(const char *address, const char **rest)
{
	static const struct {
		const char *prefix;
		bool tcp;
	} prefixes[] = { { "unix:", false }, { "local:", false },
			 { "tcp:", true },   { "tcp6:", true },
			 { "tcpv6:", true }, { "tcpipv6:", true } };

	for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++) {
		size_t length = strlen(prefixes[i].prefix);

		if (strncasecmp(address, prefixes[i].prefix, length) != 0)
			continue;
		*rest = address + length;
		return prefixes[i].tcp;
	}
	*rest = address;
	return *address != '/' &&
	       (strchr(address, ':') ||
		address[strspn(address, "0123456789")] == '\0');
}

int settings_value_socket(const char *address, char *why)
{
	const char *rest;
	bool tcp = settings_value_socket_is_tcp(address, &rest);

	if (tcp && rest != address)
		return *rest && good_port(rest)
			   ? 0
			   : settings_value_bad(why, "tcp:HOST:PORT", address);
	/* HOST:PORT or PORT; a second colon is a prefix that is not known. */
	if (tcp && strchr(address, ':') == strrchr(address, ':') &&
	    good_port(address))
		return 0;
	return check_path(rest, address, why);
}
