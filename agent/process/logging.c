/* SPDX-License-Identifier: BSD-2-Clause */
/* Where net-snmp's snmp_log() writes to. */
#include "process/logging.h"

#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <syslog.h>
#include <unistd.h>

#include "base/printable.h"
#include "process/paths.h"

#define IDENT "bondcarrierd"

/*
 * net-snmp's own -L options make the handlers, for two reasons. A handler logs
 * from `priority` to `pri_max`: up to 5.9.4 that means the lines whose number
 * is `pri_max` or greater, from 5.9.5 on those whose number is `pri_max` or
 * smaller (net-snmp/net-snmp#681), and a handler of netsnmp_register_loghandler
 * has a 0 there, which mutes it. And from 5.9.5 on no installed header declares
 * netsnmp_register_filelog_handler.
 *
 * `letter` is one of E, O, F and S; `value` belongs to it.
 */
static int open_handler(char letter, int priority, const char *value)
{
	char option[PATH_MAX + 8];
	char *no_words[] = { NULL };

	snprintf(option, sizeof(option), "%c%d%s", letter, priority, value);
	return snmp_log_options(option, 0, no_words) < 0 ? -EINVAL : 0;
}

/* net-snmp's letters: d, u, 0 to 7. */
static bool is_facility(const char *letter)
{
	return !*letter || (strchr("dDuU01234567", *letter) && !letter[1]);
}

/* systemd says in $JOURNAL_STREAM which file its journal reads from: stderr may
   have been redirected since (systemd.exec(5)). */
static bool stderr_is_journal(void)
{
	const char *stream = getenv("JOURNAL_STREAM");
	unsigned long long device, inode;
	struct stat info;
	char rest;

	return stream &&
	       sscanf(stream, "%llu:%llu%c", &device, &inode, &rest) == 2 &&
	       fstat(STDERR_FILENO, &info) == 0 &&
	       (unsigned long long)info.st_dev == device &&
	       (unsigned long long)info.st_ino == inode;
}

/* Each line begins with its priority as sd-daemon(3) has it; the journal takes
   it away, and adds the time. */
static int log_to_journal(netsnmp_log_handler *handler, int priority,
			  const char *text)
{
	static bool begins = true;

	(void)handler;
	while (*text) {
		size_t length = strcspn(text, "\n");
		bool ends = text[length] == '\n';

		if (begins)
			fprintf(stderr, "<%d>%.*s%s", priority, (int)length,
				text, ends ? "\n" : "");
		else
			fprintf(stderr, "%.*s%s", (int)length, text,
				ends ? "\n" : "");
		begins = ends;
		text += length + ends;
	}
	return 1;
}

static int open_stderr(int priority)
{
	return open_handler('E', priority, "");
}

/* What net-snmp writes with, by NETSNMP_LOGHANDLER_*: not every version's
   headers declare these. */
static NetsnmpLogHandler *writers[NETSNMP_LOGHANDLER_SYSLOG + 1];

static NetsnmpLogHandler *writer_of(const netsnmp_log_handler *handler)
{
	if (handler->type == NETSNMP_LOGHANDLER_STDERR && stderr_is_journal())
		return log_to_journal;
	return writers[handler->type];
}

/* Names, paths and addresses come from elsewhere, and net-snmp logs on its own:
   whatever it is, no control reaches a terminal, and no line is forged. */
static int log_printable(netsnmp_log_handler *handler, int priority,
			 const char *text)
{
	size_t length = strlen(text);
	bool ends = length > 0 && text[length - 1] == '\n';
	size_t size = 4 * length + 2;
	char *printable = malloc(size);
	int result;

	if (!printable)
		return 0;
	printable_text(text, printable, size);
	if (ends) /* it has become \x0a */
		strcpy(printable + strlen(printable) - strlen("\\x0a"), "\n");
	result = writer_of(handler)(handler, priority, printable);
	free(printable);
	return result;
}

static bool is_ours_to_clean(const netsnmp_log_handler *handler)
{
	return handler->type == NETSNMP_LOGHANDLER_STDOUT ||
	       handler->type == NETSNMP_LOGHANDLER_STDERR ||
	       handler->type == NETSNMP_LOGHANDLER_FILE ||
	       handler->type == NETSNMP_LOGHANDLER_SYSLOG;
}

/* Also those that net-snmp opened for a -L of its own. */
static void clean_all(void)
{
	for (netsnmp_log_handler *handler = get_logh_head(); handler;
	     handler = handler->next) {
		if (!is_ours_to_clean(handler) ||
		    handler->handler == log_printable)
			continue;
		writers[handler->type] = handler->handler;
		handler->handler = log_printable;
	}
}

void logging_complain(const char *format, ...)
{
	char text[4096], printable[4 * sizeof(text)];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	fprintf(stderr, "bondcarrierd: %s\n",
		printable_text(text, printable, sizeof(printable)));
}

static int open_file(const char *path, int priority)
{
	struct stat stat_buf;
	FILE *file;

	if (!*path)
		return -EINVAL;
	/* Opening a FIFO would wait for its reader. */
	if (stat(path, &stat_buf) == 0 && S_ISFIFO(stat_buf.st_mode))
		return -ENXIO;
	/* net-snmp would not say when it can't. */
	file = fopen(path, "ae");
	if (!file)
		return -errno;
	fclose(file);
	netsnmp_ds_set_boolean(NETSNMP_DS_LIBRARY_ID,
			       NETSNMP_DS_LIB_APPEND_LOGFILES, 1);
	return open_handler('F', priority, path);
}

/* Behind the letter: "fFILE", "f FILE", "f=FILE". */
static const char *value_of(const char *where)
{
	const char *value = where + 1;

	while (isspace((unsigned char)*value) || *value == '=')
		value++;
	return value;
}

bool logging_valid(const char *where)
{
	const char *value;

	if (!*where)
		return false;
	value = value_of(where);
	switch (*where) {
	case 'e':
	case 'o':
		return !*value;
	case 's':
		return is_facility(value);
	default:
		return *where == 'f' && *value;
	}
}

static int open_log(const char *where, int priority)
{
	const char *value = value_of(where);

	switch (*where) {
	case 'e':
		return open_stderr(priority);
	case 'o':
		return open_handler('O', priority, "");
	case 's':
		snmp_log_syslogname(IDENT);
		return open_handler('S', priority, *value ? value : "d");
	case 'f':
		return open_file(value, priority);
	default:
		return -EINVAL;
	}
}

int logging_open(const char *where, int priority)
{
	int err = open_log(where, priority);

	clean_all();
	return err;
}

int logging_make_absolute(void)
{
	bool files = false;

	clean_all();
	for (netsnmp_log_handler *handler = get_logh_head(); handler;
	     handler = handler->next) {
		char whole[PATH_MAX], *copy;
		int err;

		if (handler->type != NETSNMP_LOGHANDLER_FILE || !handler->token)
			continue;
		files = true;
		if (*handler->token == '/')
			continue;
		err = paths_absolute(whole, handler->token);
		if (err)
			return err;
		copy = strdup(whole);
		if (!copy)
			return -ENOMEM;
		free(NETSNMP_REMOVE_CONST(char *, handler->token));
		handler->token = copy;
	}
	/* It is one switch for all; syslog never has them. */
	netsnmp_ds_set_boolean(NETSNMP_DS_LIBRARY_ID,
			       NETSNMP_DS_LIB_LOG_TIMESTAMP, files);
	return 0;
}

void logging_give(uid_t uid, gid_t gid)
{
	for (netsnmp_log_handler *handler = get_logh_head(); handler;
	     handler = handler->next) {
		if (handler->type == NETSNMP_LOGHANDLER_FILE &&
		    handler->magic &&
		    fchown(fileno(handler->magic), uid, gid) < 0)
			snmp_log(LOG_WARNING,
				 "cannot change the owner of log file %s: %s\n",
				 handler->token, strerror(errno));
	}
}

void logging_reopen(void)
{
	for (netsnmp_log_handler *handler = get_logh_head(); handler;
	     handler = handler->next) {
		FILE *file;

		if (handler->type != NETSNMP_LOGHANDLER_FILE || !handler->token)
			continue;
		/* netsnmp_logging_restart() would be silent from then on. */
		file = fopen(handler->token, "ae");
		if (!file) {
			snmp_log(LOG_ERR, "cannot reopen log file %s: %s\n",
				 handler->token, strerror(errno));
			return;
		}
		fclose(file);
	}
	netsnmp_logging_restart();
}

void logging_mute(bool mute)
{
	for (netsnmp_log_handler *handler = get_logh_head(); handler;
	     handler = handler->next)
		handler->enabled = !mute;
}

void logging_close(void)
{
	netsnmp_log_handler *handler;

	while ((handler = get_logh_head()) != NULL) {
		netsnmp_disable_this_loghandler(handler);
		netsnmp_remove_loghandler(handler);
	}
}
