/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Being a daemon: detach, hold the pid file, drop privileges, take signals
 * through a descriptor. What goes wrong is logged here, in one line.
 */
#ifndef BONDCARRIER_AGENT_DAEMON_H
#define BONDCARRIER_AGENT_DAEMON_H

#include <stdbool.h>
#include <sys/types.h>

#define DAEMON_NAME_SIZE   256
#define DAEMON_CONFIG	   "/etc/snmp/bondcarrierd.conf"

#define DAEMON_EXIT_CLEAN  0
#define DAEMON_EXIT_FAILED 1
#define DAEMON_EXIT_USAGE  2

/*
 * Goes on in a child process, in a session of its own. The parent waits until
 * the child says that it is ready, and then exits with 0, or with the exit
 * code of a child that ended before. Returns a descriptor for daemon_ready(),
 * or -1. Before any thread.
 */
int daemon_detach(void);

/* Lets the parent go, and turns away from its terminal. */
void daemon_ready(int fd);

/* Creates and locks the pid file. The descriptor keeps the lock; -1. */
int daemon_pid_file(const char *path);
void daemon_remove_pid_file(const char *path, int fd);

struct daemon_identity {
	uid_t uid;
	gid_t gid;
	bool changes;
	char name[DAEMON_NAME_SIZE]; /* of the user; "": it has none */
};

/* Who is meant, by names or numbers; NULL: who we are. 0 or -1. */
int daemon_identify(struct daemon_identity *identity, const char *user,
		    const char *group);

/* Becomes that user, with the groups it is a member of. For good: also for
   threads that run already. 0 or -1. */
int daemon_drop(const struct daemon_identity *identity);

/* Blocks the signals of this program and returns a signalfd for them, or -1.
   SIGPIPE is ignored. Before any thread. */
int daemon_signals(void);

/* The next signal, without waiting; 0: none. */
int daemon_signal(int fd);

#endif
