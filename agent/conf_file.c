/* SPDX-License-Identifier: BSD-2-Clause */
/* Reads bondcarrierd.conf(5). */
#include "conf_file.h"

#include <net-snmp/net-snmp-config.h>

#include <net-snmp/net-snmp-includes.h>

#include <ctype.h>
#include <errno.h>
#include <string.h>

#define TOKEN_SIZE 64

static void trim(char *line)
{
	size_t length = strlen(line);

	while (length > 0 && isspace((unsigned char)line[length - 1]))
		line[--length] = '\0';
}

/* One line; true: nothing is wrong with it. */
static bool read_line(const char *path, unsigned int number, char *line,
		      struct settings *settings)
{
	char token[TOKEN_SIZE], why[SETTINGS_WHY_SIZE];
	char *rest;

	trim(line);
	rest = skip_white(line); /* NULL: blank, or a comment */
	if (!rest)
		return true;
	rest = copy_nword(rest, token, sizeof(token));
	if (settings_apply(settings, token, rest ? rest : "", why) == 0)
		return true;
	snmp_log(LOG_ERR, "%s: line %u: %s: %s\n", path, number, token, why);
	return false;
}

static int read_lines(const char *path, FILE *file, struct settings *settings)
{
	unsigned int number = 0;
	bool good = true;
	char *line = NULL;
	size_t size = 0;
	ssize_t length;
	int err;

	while ((errno = 0, length = getline(&line, &size, file)) >= 0) {
		number++;
		if (strlen(line) != (size_t)length) {
			snmp_log(LOG_ERR, "%s: line %u: this is no text\n",
				 path, number);
			good = false;
			break;
		}
		if (!read_line(path, number, line, settings))
			good = false;
	}
	err = ferror(file) ? errno : 0;
	free(line);
	if (err) {
		snmp_log(LOG_ERR, "cannot read %s: %s\n", path, strerror(err));
		return -err;
	}
	return good ? 0 : -EINVAL;
}

int conf_file_read(const char *path, bool required, struct settings *settings)
{
	FILE *file = fopen(path, "re");
	int err;

	if (!file && errno == ENOENT && !required)
		return 0;
	if (!file) {
		err = errno;
		snmp_log(LOG_ERR, "cannot read %s: %s\n", path, strerror(err));
		return -err;
	}
	err = read_lines(path, file, settings);
	fclose(file);
	return err;
}
