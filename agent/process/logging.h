/* SPDX-License-Identifier: BSD-2-Clause */
/* Where net-snmp's snmp_log() writes to. */
#ifndef BONDCARRIER_AGENT_LOGGING_H
#define BONDCARRIER_AGENT_LOGGING_H

#include <net-snmp/net-snmp-config.h>

#include <net-snmp/net-snmp-includes.h>
#include <stdbool.h>

/* Says on standard error what is wrong, before there is a log; a line without
   its end. */
void logging_complain(const char *format, ...)
    __attribute__((format(printf, 1, 2)));

/* Is it what logging_open() takes? */
bool logging_valid(const char *where);

/*
 * Opens a valid log: e (stderr), o (stdout), sFACILITY or s (syslog), fFILE.
 * Lines of a lesser priority (a greater number) than `priority` are left out:
 * at LOG_INFO net-snmp talks of each attempt to connect. What is not printable
 * is written as printable_text() makes it, whoever logs it. 0 or -errno.
 */
int logging_open(const char *where, int priority);

/* The paths of open log files are from / on from now on: they will be opened
   anew when the daemon has changed to it. 0 or -errno. */
int logging_make_whole(void);

/* The open log files become that user's, who is to open them anew later. To
   be called before privileges are dropped. */
void logging_give(uid_t uid, gid_t gid);

/* Opens the log files anew, after a rotation. One that can't be opened goes on
   as it is, and says so. */
void logging_reopen(void);

/* Nothing is logged, until false. */
void logging_mute(bool mute);

/* Closes all that are open. */
void logging_close(void);

#endif
