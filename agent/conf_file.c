/* SPDX-License-Identifier: BSD-2-Clause */
/* Reads bondcarrierd.conf(5). */
#include "conf_file.h"

#include <net-snmp/net-snmp-config.h>

#include <net-snmp/net-snmp-includes.h>

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "conf_load.h"
#include "explain.h"
#include "settings_value.h"

#define TOKEN_SIZE   64
#define DEPTH_MAX    16	 /* as net-snmp's */
#define FILES_MAX    256 /* a file that is included by many counts each time */
#define MISTAKES_MAX 100

struct reader {
	struct settings *settings;
	struct tokens *tokens; /* NULL: there is a master agent */
	unsigned int files;
	unsigned int mistakes;
	/* Of the last line with `notify`, which settings_check() may blame. */
	char notify_shown[PATH_MAX];
	unsigned int notify_number;
};

/* A line that is read, and the line that included its file. */
struct place {
	const char *path;
	const char *shown; /* the path, in printable characters */
	unsigned int number;
	const struct place *parent; /* NULL: none did */
	unsigned int depth;
	dev_t device;
	ino_t inode;
	bool open_to_all;
};

static void read_file(struct reader *reader, const char *path,
		      const struct place *parent);

static void say(const struct place *place, int priority, const char *token,
		const char *why)
{
	char printable[4 * TOKEN_SIZE];

	snmp_log(priority, "%s: line %u: %s%s%s\n", place->shown, place->number,
		 explain_name(token, printable, sizeof(printable)),
		 *token ? ": " : "", why);
}

/* A binary file would fill the disk with its mistakes. */
static void mistake(struct reader *reader, const struct place *place,
		    const char *token, const char *why)
{
	reader->mistakes++;
	if (reader->mistakes <= MISTAKES_MAX)
		say(place, LOG_ERR, token, why);
	else if (reader->mistakes == MISTAKES_MAX + 1)
		snmp_log(LOG_ERR, "%s: line %u: more mistakes are not shown\n",
			 place->shown, place->number);
}

/* Of a file on its own, or, if a line wants it, of that line. */
static void cannot_read(struct reader *reader, const char *path,
			const struct place *parent, const char *why)
{
	char shown[PATH_MAX], text[PATH_MAX + SETTINGS_WHY_SIZE];

	snprintf(text, sizeof(text), "cannot read %s: %s",
		 explain_name(path, shown, sizeof(shown)), why);
	if (parent) {
		mistake(reader, parent, "", text);
	} else {
		reader->mistakes++;
		snmp_log(LOG_ERR, "%s\n", text);
	}
}

/* A path that is not whole is below the folder of the file it stands in. */
static bool whole_path(struct reader *reader, const struct place *place,
		       const char *token, const char *value,
		       char path[PATH_MAX])
{
	const char *slash = strrchr(place->path, '/');
	char name[PATH_MAX], why[SETTINGS_WHY_SIZE];
	int folder = 0;

	if (!*value) {
		mistake(reader, place, token, "wants a value");
		return false;
	}
	if (settings_value_whole(value, name, sizeof(name), why) < 0) {
		mistake(reader, place, token, why);
		return false;
	}
	if (*name != '/' && slash)
		folder = (int)(slash - place->path) + 1;
	if (snprintf(path, PATH_MAX, "%.*s%s", folder, place->path, name) <
	    PATH_MAX)
		return true;
	mistake(reader, place, token, "this makes too long a path");
	return false;
}

static void include_file(struct reader *reader, const struct place *place,
			 const char *token, const char *value)
{
	char path[PATH_MAX];

	if (whole_path(reader, place, token, value, path))
		read_file(reader, path, place);
}

static int is_conf(const struct dirent *entry)
{
	size_t length = strlen(entry->d_name);

	return entry->d_name[0] != '.' && length > 5 &&
	       strcmp(entry->d_name + length - 5, ".conf") == 0;
}

/* Not alphasort(): the order should be the same in every locale. */
static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static void include_dir(struct reader *reader, const struct place *place,
			const char *token, const char *value)
{
	char folder[PATH_MAX], path[PATH_MAX];
	struct dirent **entries;
	int count;

	if (!whole_path(reader, place, token, value, folder))
		return;
	count = scandir(folder, &entries, is_conf, by_name);
	if (count < 0) {
		cannot_read(reader, folder, place, strerror(errno));
		return;
	}
	for (int i = 0; i < count; i++) {
		if (snprintf(path, sizeof(path), "%s/%s", folder,
			     entries[i]->d_name) < PATH_MAX)
			read_file(reader, path, place);
		else
			mistake(reader, place, token,
				"this makes too long a path");
		free(entries[i]);
	}
	free(entries);
}

/* Without the comment at its end: a # that begins a word, as net-snmp's own
   tokens have it. A name or a path may well have one inside. */
static void strip(char *value)
{
	bool begins = true;
	char quote = '\0';
	size_t length;

	for (char *c = value; *c; c++) {
		if (quote) {
			if (*c == quote)
				quote = '\0';
		} else if (begins && *c == '#') {
			*c = '\0';
			break;
		} else if (begins && (*c == '"' || *c == '\'')) {
			quote = *c;
		}
		begins = isspace((unsigned char)*c) != 0;
	}
	length = strlen(value);
	while (length > 0 && isspace((unsigned char)value[length - 1]))
		value[--length] = '\0';
}

/* A line of net-snmp's. */
static void take_token(struct reader *reader, const struct place *place,
		       const char *token, const char *value)
{
	char why[SETTINGS_WHY_SIZE];

	if (!reader->tokens)
		mistake(reader, place, token,
			"is for -S; with a master agent it belongs into the "
			"configuration of that (snmpd.conf)");
	else if (tokens_add(reader->tokens, place->shown, place->number, token,
			    value, place->open_to_all, why, sizeof(why)) < 0)
		mistake(reader, place, token, why);
}

static void read_line(struct reader *reader, const struct place *place,
		      char *line)
{
	char token[TOKEN_SIZE], why[SETTINGS_WHY_SIZE], nothing[1] = "";
	char *value = skip_white(line); /* NULL: blank, or a comment */
	int err;

	if (!value)
		return;
	value = copy_nword(value, token, sizeof(token));
	if (!value)
		value = nothing;
	strip(value);
	if (strcasecmp(token, "notify") == 0) {
		snprintf(reader->notify_shown, sizeof(reader->notify_shown),
			 "%s", place->shown);
		reader->notify_number = place->number;
	}
	if (strcasecmp(token, "includeFile") == 0) {
		include_file(reader, place, token, value);
	} else if (strcasecmp(token, "includeDir") == 0) {
		include_dir(reader, place, token, value);
	} else if (tokens_known(token)) {
		take_token(reader, place, token, value);
	} else {
		err = settings_apply(reader->settings, token, value, why);
		if (err < 0)
			mistake(reader, place, token, why);
		else if (err == SETTINGS_WARNING)
			say(place, LOG_WARNING, token, why);
	}
}

static void read_lines(struct reader *reader, struct place *place,
		       const struct conf_load *file)
{
	char *line = file->text, *end = file->text + file->length;

	while (line < end) {
		char *next = memchr(line, '\n', (size_t)(end - line));

		next = next ? next : end;
		*next = '\0';
		place->number++;
		if (strlen(line) == (size_t)(next - line))
			read_line(reader, place, line);
		else
			mistake(reader, place, "",
				"this is no text: it has a NUL");
		line = next + 1;
	}
}

/* Why a file can't be included by that line; NULL: it can. */
static const char *check_depth(struct reader *reader,
			       const struct conf_load *file,
			       const struct place *parent)
{
	for (const struct place *up = parent; up; up = up->parent)
		if (up->device == file->device && up->inode == file->inode)
			return "it would include itself";
	if (parent && parent->depth + 1 >= DEPTH_MAX)
		return "files are included too deep";
	if (reader->files >= FILES_MAX)
		return "there are too many files";
	return NULL;
}

static void read_file(struct reader *reader, const char *path,
		      const struct place *parent)
{
	char shown[PATH_MAX];
	struct conf_load file = { 0 };
	struct place place = { .path = path, .parent = parent };
	const char *why = NULL;

	if (conf_load(&file, path, &why) == 0)
		why = check_depth(reader, &file, parent);
	if (why) {
		cannot_read(reader, path, parent, why);
	} else {
		reader->files++;
		place.shown = explain_name(path, shown, sizeof(shown));
		place.depth = parent ? parent->depth + 1 : 0;
		place.device = file.device;
		place.inode = file.inode;
		place.open_to_all = file.open_to_all;
		read_lines(reader, &place, &file);
	}
	free(file.text);
}

int conf_file_read(const char *path, bool required, struct settings *settings,
		   struct tokens *tokens)
{
	struct reader reader = { .settings = settings, .tokens = tokens };
	struct place notify = { .shown = reader.notify_shown };
	char why[SETTINGS_WHY_SIZE];

	if (!required && access(path, F_OK) < 0 && errno == ENOENT)
		return CONF_FILE_ABSENT;
	read_file(&reader, path, NULL);
	notify.number = reader.notify_number;
	if (settings_check(settings, why) < 0)
		mistake(&reader, &notify, "notify", why);
	return reader.mistakes ? -EINVAL : 0;
}
