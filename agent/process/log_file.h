/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * net-snmp's log files. By itself it opens them by name, as root, through any
 * link, and truncates them; here they are regular files with one name, reached
 * through no link of another user's (safe_file.h), and appended to.
 *
 * Belongs to the SNMP thread; other threads may log meanwhile. Errors: -errno.
 */
#ifndef BONDCARRIER_AGENT_LOG_FILE_H
#define BONDCARRIER_AGENT_LOG_FILE_H

#include <stdbool.h>
#include <sys/types.h>

/* Whether it is a priority, or two, as net-snmp's -LF takes them: "5", "0-3",
   "e-w". */
#define LOG_FILE_PRIORITY_SIZE 4
bool log_file_valid_priority(const char *text);

/* Logs lines of a valid priority to the file. */
int log_file_open(const char *path, const char *priority);

/* Makes the paths of open log files absolute. `*any`: there are some. */
int log_file_make_absolute(bool *any);

/* Changes the owner of the open log files that were made, so that they can be
   opened again; a file that was there keeps its owner, which is logged. Call
   before privileges are dropped. */
void log_file_give(uid_t uid, gid_t gid);

/* Opens the log files again after a rotation. One that can't be opened stays as
   it is, and the failure is logged. */
void log_file_reopen(void);

/* All log files were closed. */
void log_file_forget(void);

#endif
