/* SPDX-License-Identifier: BSD-2-Clause */
/* Runs the process as a daemon. */
#include "process/daemon.h"

#include <net-snmp/net-snmp-config.h>

#include <net-snmp/net-snmp-includes.h>

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/file.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/safe_file.h"
#include "process/log_file.h"

static int log_failure(const char *what)
{
	snmp_log(LOG_ERR, "cannot %s: %s\n", what, strerror(errno));
	return -1;
}

/* In the parent: waits for one byte or for the end of the child. */
static void wait_for_child(int fd, pid_t child)
{
	char byte;
	int status;

	if (read(fd, &byte, 1) == 1)
		_exit(DAEMON_EXIT_CLEAN);
	if (waitpid(child, &status, 0) == child && WIFEXITED(status))
		_exit(WEXITSTATUS(status));
	_exit(DAEMON_EXIT_FAILED);
}

int daemon_detach(void)
{
	pid_t child;
	int fds[2];

	if (pipe2(fds, O_CLOEXEC) < 0)
		return log_failure("create a pipe");
	child = fork();
	if (child < 0) {
		log_failure("fork");
		close(fds[0]);
		close(fds[1]);
		return -1;
	}
	if (child > 0) {
		close(fds[1]);
		wait_for_child(fds[0], child);
	}
	close(fds[0]);
	setsid();
	umask(022);
	if (chdir("/") < 0)
		log_failure("change to /");
	return fds[1];
}

void daemon_ready(int fd)
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);

	if (null >= 0) {
		dup2(null, STDIN_FILENO);
		dup2(null, STDOUT_FILENO);
		dup2(null, STDERR_FILENO);
		if (null > STDERR_FILENO)
			close(null);
	}
	if (write(fd, "", 1) < 0)
		log_failure("notify the parent process");
	close(fd);
}

int daemon_pid_file(const char *path)
{
	int fd = safe_file_open(path, O_RDWR | O_CREAT, 0644, NULL);

	if (fd < 0) {
		snmp_log(LOG_ERR, "cannot open the pid file %s: %s\n", path,
			 safe_file_why(fd));
		return -1;
	}
	if (flock(fd, LOCK_EX | LOCK_NB) < 0) {
		snmp_log(LOG_ERR,
			 "the pid file %s is locked: bondcarrierd is "
			 "already running\n",
			 path);
		close(fd);
		return -1;
	}
	if (ftruncate(fd, 0) < 0 || dprintf(fd, "%ld\n", (long)getpid()) < 0) {
		snmp_log(LOG_ERR, "cannot write the pid file %s: %s\n", path,
			 strerror(errno));
		close(fd);
		return -1;
	}
	return fd;
}

/* Only if it is the one that was opened. */
static bool remove_file(const char *path, int fd)
{
	const char *name;
	int folder = safe_file_folder_of(path, &name);
	bool removed = folder >= 0 && safe_file_is_at(fd, folder, name) &&
		       unlinkat(folder, name, 0) == 0;

	if (folder >= 0)
		close(folder);
	return removed;
}

void daemon_remove_pid_file(const char *path, int fd)
{
	/* Without privileges, emptying it may be all that is permitted. */
	if (!remove_file(path, fd) && ftruncate(fd, 0) < 0)
		log_failure("empty the pid file");
	close(fd);
}

/* A user or group id, or -1. UINT32_MAX means "no change" to the kernel;
   greater numbers would be truncated, possibly to root's. */
static int64_t number_of(const char *text)
{
	char *end;
	long long number = strtoll(text, &end, 10);

	return *text && !*end && number >= 0 && number < UINT32_MAX ? number
								    : -1;
}

static bool find_user(const char *text, struct daemon_identity *identity)
{
	int64_t number = number_of(text);
	const struct passwd *entry =
	    number >= 0 ? getpwuid((uid_t)number) : getpwnam(text);

	if (entry && strlen(entry->pw_name) < sizeof(identity->name)) {
		identity->uid = entry->pw_uid;
		identity->gid = entry->pw_gid;
		memcpy(identity->name, entry->pw_name,
		       strlen(entry->pw_name) + 1);
		return true;
	}
	identity->uid = (uid_t)number;
	identity->gid = (gid_t)number;
	return number >= 0;
}

static bool find_group(const char *name, gid_t *gid)
{
	int64_t number = number_of(name);
	const struct group *entry = number >= 0 ? NULL : getgrnam(name);

	if (!entry && number < 0)
		return false;
	*gid = entry ? entry->gr_gid : (gid_t)number;
	return true;
}

int daemon_find_identity(struct daemon_identity *identity, const char *user,
			 const char *group)
{
	memset(identity, 0, sizeof(*identity));
	identity->uid = getuid();
	identity->gid = getgid();
	identity->changes = user || group;
	if (user && !find_user(user, identity)) {
		snmp_log(LOG_ERR, "unknown user %s\n", user);
		return -1;
	}
	if (group && !find_group(group, &identity->gid)) {
		snmp_log(LOG_ERR, "unknown group %s\n", group);
		return -1;
	}
	return 0;
}

/* Replaces root's groups with the user's, since the master's socket or a
   directory may be accessible to one of those only. Without root, a failure is
   ignored. */
static int set_groups(const struct daemon_identity *identity)
{
	int err = *identity->name ? initgroups(identity->name, identity->gid)
				  : setgroups(1, &identity->gid);

	return err < 0 && geteuid() == 0 ? -1 : 0;
}

int daemon_drop_privileges(const struct daemon_identity *identity)
{
	if (!identity->changes)
		return 0;
	log_file_give(identity->uid, identity->gid);
	if (set_groups(identity) < 0)
		return log_failure("set the supplementary groups");
	if (setgid(identity->gid) < 0)
		return log_failure("change the group");
	if (setuid(identity->uid) < 0)
		return log_failure("change the user");
	return 0;
}

int daemon_open_signals(void)
{
	sigset_t set;
	int fd;

	signal(SIGPIPE, SIG_IGN);
	sigemptyset(&set);
	sigaddset(&set, SIGHUP);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGUSR1);
	if (sigprocmask(SIG_BLOCK, &set, NULL) < 0)
		return log_failure("block signals");
	fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	return fd < 0 ? log_failure("create a signalfd") : fd;
}

int daemon_read_signal(int fd)
{
	struct signalfd_siginfo info;

	if (read(fd, &info, sizeof(info)) != (ssize_t)sizeof(info))
		return 0;
	return (int)info.ssi_signo;
}
