/* SPDX-License-Identifier: BSD-2-Clause */
/* Reads bondcarrierd.conf(5). */
#include "config/config_file.h"

#include <net-snmp/net-snmp-config.h>

#include <net-snmp/net-snmp-includes.h>

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/printable.h"
#include "config/settings_value.h"
#include "config/text_file.h"
#include "explain/explain.h"

#define TOKEN_SIZE 64
#define DEPTH_MAX  16  /* as net-snmp's */
#define FILES_MAX  256 /* a file counts each time it is included */
#define ERRORS_MAX 100

struct reader {
	struct settings *settings;
	struct snmp_directives *directives; /* NULL: with a master agent */
	unsigned int files;
	unsigned int errors;
	/* The last line with `notify`, for an error of settings_check(). */
	char notify_path[PATH_MAX];
	unsigned int notify_number;
};

/* The line being read, and the line that included its file. */
struct location {
	const char *path;
	const char *printable; /* the path, escaped */
	unsigned int number;
	const struct location *parent; /* NULL: none */
	unsigned int depth;
	dev_t device;
	ino_t inode;
	bool world_readable;
};

static void read_file(struct reader *reader, const char *path,
		      const struct location *parent);

static void log_at(const struct location *location, int priority,
		   const char *token, const char *why)
{
	char printable[4 * TOKEN_SIZE];

	snmp_log(priority, "%s: %s: line %u: %s%s%s\n",
		 priority == LOG_WARNING ? "warning" : "error",
		 location->printable, location->number,
		 printable_name(token, printable, sizeof(printable)),
		 *token ? ": " : "", why);
}

/* Limits the number of messages, as for a binary file. */
static void log_error(struct reader *reader, const struct location *location,
		      const char *token, const char *why)
{
	reader->errors++;
	if (reader->errors <= ERRORS_MAX)
		log_at(location, LOG_ERR, token, why);
	else if (reader->errors == ERRORS_MAX + 1)
		snmp_log(LOG_ERR,
			 "error: %s: line %u: further errors are not logged\n",
			 location->printable, location->number);
}

/* Logs it at the line that includes the file, if any. */
static void log_unreadable(struct reader *reader, const char *path,
			   const struct location *parent, const char *why)
{
	char shown[PATH_MAX], text[PATH_MAX + SETTINGS_WHY_SIZE];

	snprintf(text, sizeof(text), "cannot read %s: %s",
		 printable_name(path, shown, sizeof(shown)), why);
	if (parent) {
		log_error(reader, parent, "", text);
	} else {
		reader->errors++;
		snmp_log(LOG_ERR, "error: %s\n", text);
	}
}

/* Relative paths start at the directory of the current file. */
static bool resolve_path(struct reader *reader, const struct location *location,
			 const char *token, const char *value,
			 char path[PATH_MAX])
{
	const char *slash = strrchr(location->path, '/');
	char name[PATH_MAX], why[SETTINGS_WHY_SIZE];
	int prefix_length = 0;

	if (!*value) {
		log_error(reader, location, token, "missing value");
		return false;
	}
	if (settings_value_whole(value, name, sizeof(name), why) < 0) {
		log_error(reader, location, token, why);
		return false;
	}
	if (*name != '/' && slash)
		prefix_length = (int)(slash - location->path) + 1;
	if (snprintf(path, PATH_MAX, "%.*s%s", prefix_length, location->path,
		     name) < PATH_MAX)
		return true;
	log_error(reader, location, token, "path is too long");
	return false;
}

static void include_file(struct reader *reader, const struct location *location,
			 const char *token, const char *value)
{
	char path[PATH_MAX];

	if (resolve_path(reader, location, token, value, path))
		read_file(reader, path, location);
}

static int is_conf(const struct dirent *entry)
{
	size_t length = strlen(entry->d_name);

	return entry->d_name[0] != '.' && length > 5 &&
	       strcmp(entry->d_name + length - 5, ".conf") == 0;
}

/* Not alphasort(), whose order depends on the locale. */
static int compare_names(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static void include_dir(struct reader *reader, const struct location *location,
			const char *token, const char *value)
{
	char directory[PATH_MAX], path[PATH_MAX];
	struct dirent **entries;
	int count;

	if (!resolve_path(reader, location, token, value, directory))
		return;
	count = scandir(directory, &entries, is_conf, compare_names);
	if (count < 0) {
		log_unreadable(reader, directory, location, strerror(errno));
		return;
	}
	for (int i = 0; i < count; i++) {
		if (snprintf(path, sizeof(path), "%s/%s", directory,
			     entries[i]->d_name) < PATH_MAX)
			read_file(reader, path, location);
		else
			log_error(reader, location, token, "path is too long");
		free(entries[i]);
	}
	free(entries);
}

/* Removes a trailing comment: a # at the start of a word, as in net-snmp's
   directives. Names and paths may contain others. */
static void strip_comment(char *value)
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

/* Stores a directive of net-snmp. */
static void take_directive(struct reader *reader,
			   const struct location *location, const char *token,
			   const char *value)
{
	char why[SETTINGS_WHY_SIZE];

	if (!reader->directives)
		log_error(
		    reader, location, token,
		    "only valid with -S; with a master agent, put it into "
		    "snmpd.conf");
	else if (snmp_directives_add(reader->directives, location->printable,
				     location->number, token, value,
				     location->world_readable, why,
				     sizeof(why)) < 0)
		log_error(reader, location, token, why);
}

static void read_line(struct reader *reader, const struct location *location,
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
	strip_comment(value);
	if (strcasecmp(token, "notify") == 0) {
		snprintf(reader->notify_path, sizeof(reader->notify_path), "%s",
			 location->printable);
		reader->notify_number = location->number;
	}
	if (strcasecmp(token, "includeFile") == 0) {
		include_file(reader, location, token, value);
	} else if (strcasecmp(token, "includeDir") == 0) {
		include_dir(reader, location, token, value);
	} else if (snmp_directives_known(token)) {
		take_directive(reader, location, token, value);
	} else {
		err = settings_apply(reader->settings, token, value, why);
		if (err < 0)
			log_error(reader, location, token, why);
		else if (err == SETTINGS_WARNING)
			log_at(location, LOG_WARNING, token, why);
	}
}

static void read_lines(struct reader *reader, struct location *location,
		       const struct text_file *file)
{
	char *line = file->text, *end = file->text + file->length;

	while (line < end) {
		char *next = memchr(line, '\n', (size_t)(end - line));

		next = next ? next : end;
		*next = '\0';
		location->number++;
		if (strlen(line) == (size_t)(next - line))
			read_line(reader, location, line);
		else
			log_error(reader, location, "",
				  "not a text file: contains a NUL byte");
		line = next + 1;
	}
}

/* The reason why `parent` can't include the file; NULL: it can. */
static const char *check_include(struct reader *reader,
				 const struct text_file *file,
				 const struct location *parent)
{
	for (const struct location *up = parent; up; up = up->parent)
		if (up->device == file->device && up->inode == file->inode)
			return "file includes itself";
	if (parent && parent->depth + 1 >= DEPTH_MAX)
		return "includes are nested too deeply";
	if (reader->files >= FILES_MAX)
		return "too many files";
	return NULL;
}

static void read_file(struct reader *reader, const char *path,
		      const struct location *parent)
{
	char shown[PATH_MAX];
	struct text_file file = { 0 };
	struct location location = { .path = path, .parent = parent };
	const char *why = NULL;

	if (text_file_load(&file, path, &why) == 0)
		why = check_include(reader, &file, parent);
	if (why) {
		log_unreadable(reader, path, parent, why);
	} else {
		reader->files++;
		location.printable = printable_name(path, shown, sizeof(shown));
		location.depth = parent ? parent->depth + 1 : 0;
		location.device = file.device;
		location.inode = file.inode;
		location.world_readable = file.world_readable;
		read_lines(reader, &location, &file);
	}
	free(file.text);
}

int config_file_read(const char *path, bool required, struct settings *settings,
		     struct snmp_directives *directives)
{
	struct reader reader = { .settings = settings,
				 .directives = directives };
	struct location notify = { .printable = reader.notify_path };
	char why[SETTINGS_WHY_SIZE];

	if (!required && access(path, F_OK) < 0 && errno == ENOENT)
		return CONFIG_FILE_ABSENT;
	read_file(&reader, path, NULL);
	notify.number = reader.notify_number;
	if (settings_check(settings, why) < 0)
		log_error(&reader, &notify, "notify", why);
	return reader.errors ? -EINVAL : 0;
}
