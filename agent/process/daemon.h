/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Runs the process as a daemon: detaches, holds the pid file, drops privileges,
 * receives signals through a descriptor. Logs each failure in one line.
 */
#ifndef BONDCARRIER_AGENT_DAEMON_H
#define BONDCARRIER_AGENT_DAEMON_H

#include <stdbool.h>
#include <sys/types.h>

#define DAEMON_NAME_SIZE   256
#define DAEMON_CONFIG	   CONFIG_FOLDER "/bondcarrierd.conf"

#define DAEMON_EXIT_CLEAN  0
#define DAEMON_EXIT_FAILED 1
#define DAEMON_EXIT_USAGE  2

/*
 * Continues in a child process with a session of its own. The parent waits for
 * daemon_ready() and exits with 0, or with the exit code of a child that ended
 * before that. Returns a descriptor for daemon_ready(), or -1. Call before any
 * thread is started.
 */
int daemon_detach(void);

/* Lets the parent exit, and redirects standard streams to /dev/null. */
void daemon_ready(int fd);

/* Creates and locks the pid file. Returns the descriptor that holds the lock,
   or -1. */
int daemon_pid_file(const char *path);
void daemon_remove_pid_file(const char *path, int fd);

struct daemon_identity {
	uid_t uid;
	gid_t gid;
	bool changes;
	char name[DAEMON_NAME_SIZE]; /* of the user; "": none */
};

/* Finds user and group by name or number; NULL: the current one. 0 or -1. */
int daemon_find_identity(struct daemon_identity *identity, const char *user,
			 const char *group);

/* Switches all threads permanently to the user and its groups. 0 or -1. */
int daemon_drop_privileges(const struct daemon_identity *identity);

/* Blocks the signals that the daemon handles, ignores SIGPIPE, and returns a
   signalfd or -1. Call before any thread is started. */
int daemon_open_signals(void);

/* The next signal; never blocks. 0: none. */
int daemon_read_signal(int fd);

#endif
