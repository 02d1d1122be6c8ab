/* SPDX-License-Identifier: BSD-2-Clause */
/* net-snmp's log files, opened by us. */
#include "process/log_file.h"

#include <net-snmp/net-snmp-config.h>

#include <net-snmp/net-snmp-includes.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/safe_file.h"
#include "process/paths.h"

#define NOWHERE	  "/dev/null"
#define FILES_MAX 16 /* beyond any command line */

/* The log files that were made here, not found. */
static const netsnmp_log_handler *made_files[FILES_MAX];

static bool is_file(const netsnmp_log_handler *handler)
{
	return handler->type == NETSNMP_LOGHANDLER_FILE && handler->token &&
	       handler->magic;
}

static int open_to_append(const char *path, bool *made)
{
	return safe_file_open(path, O_WRONLY | O_CREAT | O_APPEND, 0666, made);
}

/* The stream of a handler continues in our file, which is closed here: at once,
   whoever is logging. */
static int redirect(netsnmp_log_handler *handler, int fd)
{
	int err = 0;

	if (dup3(fd, fileno(handler->magic), O_CLOEXEC) < 0)
		err = -errno;
	close(fd);
	return err;
}

static int name_file(netsnmp_log_handler *handler, const char *path)
{
	char *copy = strdup(path);

	if (!copy)
		return -ENOMEM;
	free(NETSNMP_REMOVE_CONST(char *, handler->token));
	handler->token = copy;
	return 0;
}

static int remember_made(const netsnmp_log_handler *handler)
{
	for (size_t i = 0; i < FILES_MAX; i++) {
		if (made_files[i])
			continue;
		made_files[i] = handler;
		return 0;
	}
	return -EMFILE;
}

static bool is_made(const netsnmp_log_handler *handler)
{
	for (size_t i = 0; i < FILES_MAX; i++)
		if (made_files[i] == handler)
			return true;
	return false;
}

/* A handler that net-snmp has just opened with /dev/null: by itself it would
   open by name, follow links, and truncate. */
static int adopt(const char *path, int fd, bool made)
{
	netsnmp_log_handler *handler = netsnmp_find_loghandler(NOWHERE);
	int err = handler && is_file(handler) ? 0 : -ENXIO;

	if (err)
		close(fd);
	else
		err = redirect(handler, fd);
	if (!err)
		err = name_file(handler, path);
	if (!err && made)
		err = remember_made(handler);
	return err;
}

bool log_file_valid_priority(const char *text)
{
	static const char levels[] = "01234567!aAcCeEwWnNiIdD";
	size_t length = strlen(text);

	return (length == 1 ||
		(length == 3 && text[1] == '-' && strchr(levels, text[2]))) &&
	       strchr(levels, text[0]);
}

/* With net-snmp's own option: see logging.c. */
static int open_handler(const char *priority)
{
	char option[sizeof("F 0-7 " NOWHERE)];
	char *no_words[] = { NULL };

	snprintf(option, sizeof(option), "F%s " NOWHERE, priority);
	return snmp_log_options(option, 0, no_words) < 0 ? -EINVAL : 0;
}

int log_file_open(const char *path, const char *priority)
{
	bool made;
	int fd = open_to_append(path, &made);
	int err;

	if (fd < 0)
		return fd;
	err = open_handler(priority);
	if (err)
		close(fd);
	else
		err = adopt(path, fd, made);
	return err;
}

int log_file_make_absolute(bool *any)
{
	*any = false;
	for (netsnmp_log_handler *handler = get_logh_head(); handler;
	     handler = handler->next) {
		char whole[PATH_MAX];
		int err;

		if (!is_file(handler))
			continue;
		*any = true;
		err = paths_absolute(whole, handler->token);
		if (!err)
			err = name_file(handler, whole);
		if (err)
			return err;
	}
	return 0;
}

static void give(const netsnmp_log_handler *handler, uid_t uid, gid_t gid)
{
	int fd = fileno(handler->magic);
	struct stat status;

	if (is_made(handler)) {
		if (fchown(fd, uid, gid) < 0)
			snmp_log(LOG_WARNING,
				 "cannot give the log file %s away: %s\n",
				 handler->token, strerror(errno));
	} else if (fstat(fd, &status) == 0 && status.st_uid != uid) {
		snmp_log(LOG_WARNING,
			 "the log file %s belongs to another user: it may be "
			 "impossible to open it again\n",
			 handler->token);
	}
}

void log_file_give(uid_t uid, gid_t gid)
{
	for (netsnmp_log_handler *handler = get_logh_head(); handler;
	     handler = handler->next)
		if (is_file(handler))
			give(handler, uid, gid);
}

void log_file_reopen(void)
{
	for (netsnmp_log_handler *handler = get_logh_head(); handler;
	     handler = handler->next) {
		int fd, err;

		if (!is_file(handler))
			continue;
		fd = open_to_append(handler->token, NULL);
		err = fd < 0 ? fd : redirect(handler, fd);
		if (err)
			snmp_log(LOG_ERR,
				 "cannot open the log file %s again: %s\n",
				 handler->token, safe_file_why(err));
	}
}

void log_file_forget(void)
{
	memset(made_files, 0, sizeof(made_files));
}
