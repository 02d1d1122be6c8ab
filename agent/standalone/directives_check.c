/* SPDX-License-Identifier: BSD-2-Clause */
/* Tries directives in a child process, and logs what net-snmp printed. */
#include "standalone/directives_check.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <net-snmp/net-snmp-config.h>

#include <net-snmp/net-snmp-includes.h>

#include "base/clock.h"
#include "process/logging.h"
#include "standalone/standalone.h"
#include "state/shared.h"

/* The child writes a mark, a line's position and a newline before it tries
   that line; then whatever net-snmp says; at the end the mark alone. */
#define MARK	 '\1'
#define SAY_SIZE 256
/* For all trials: a name server may hang, and at SIGHUP nobody feeds the
   service manager's watchdog (60 s) meanwhile. */
#define CHECK_MS 15000
/* What net-snmp puts before some of its complaints. */
#define SESSION_LEAD "netsnmp_create_notification_session: "
#define TRIALS_MAX   10

static void try_lines(const struct snmp_directives_line *line, bool fresh,
		      int64_t left_ms, int out)
{
	static const int crashes[] = { SIGSEGV, SIGBUS, SIGABRT, SIGFPE,
				       SIGILL };
	const struct rlimit no_core = { 0 };
	unsigned int position = 0;

	/* A crash is what is tried for: nobody shall report on it (sanitizers
	   do), nor keep its memory. */
	for (size_t i = 0; i < sizeof(crashes) / sizeof(crashes[0]); i++)
		signal(crashes[i], SIG_DFL);
	setrlimit(RLIMIT_CORE, &no_core);
	logging_close();
	dup2(out, STDOUT_FILENO);
	dup2(out, STDERR_FILENO);
	logging_open("e", LOG_DEBUG);
	alarm((unsigned int)(left_ms + 999) / 1000); /* 0 would be never */
	if (fresh)
		standalone_init_for_check();
	else
		free_config();
	setvbuf(stdout, NULL, _IONBF, 0);
	for (; line; line = line->next) {
		dprintf(out, "%c%u\n", MARK, position++);
		snmp_directives_run(line);
	}
	dprintf(out, "%c\n", MARK);
	_exit(0);
}

/* Without the place, which net-snmp does not know, and its own name. */
static const char *plain(const char *text)
{
	static const char *const lead[] = { "(null): line 0: ", "Error: ",
					    "Warning: ", "snmpd: ",
					    SESSION_LEAD };

	for (size_t i = 0; i < sizeof(lead) / sizeof(lead[0]); i++)
		if (strncmp(text, lead[i], strlen(lead[i])) == 0)
			text += strlen(lead[i]);
	return text;
}

static const struct snmp_directives_line *
line_at(const struct snmp_directives_line *line, unsigned long position)
{
	while (line && position-- > 0)
		line = line->next;
	return line;
}

static void say(const struct snmp_directives_line *line, const char *why)
{
	snmp_log(LOG_ERR, "error: %s: line %u: %s: %s\n", line->path,
		 line->number, line->token, why);
}

/* How a child came to its end. */
struct trial {
	const struct snmp_directives_line *first;
	const struct snmp_directives_line *line; /* the last that it tried */
	bool said;				 /* something about that */
	bool complete;
	bool slow; /* ended for the time it took */
	unsigned int wrong;
};

static void hear(struct trial *trial, FILE *from)
{
	char text[SAY_SIZE];

	while (!trial->complete && fgets(text, sizeof(text), from)) {
		text[strcspn(text, "\r\n")] = '\0';
		if (text[0] == MARK && !text[1]) {
			trial->complete = true;
		} else if (text[0] == MARK) {
			trial->line =
			    line_at(trial->first, strtoul(text + 1, NULL, 10));
			trial->said = false;
		} else if (trial->line && !trial->said && *plain(text)) {
			/* The first says what, more say how. */
			say(trial->line, plain(text));
			trial->said = true;
			trial->wrong++;
		}
	}
}

static void judge(struct trial *trial, int status)
{
	if (trial->complete)
		return;
	trial->wrong++;
	trial->slow = WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM;
	if (!trial->line)
		snmp_log(LOG_ERR, "error: cannot initialise net-snmp\n");
	else if (trial->slow)
		say(trial->line, "net-snmp takes too long to process it");
	else if (!trial->said)
		say(trial->line, "net-snmp cannot parse it");
}

/* False: not possible. */
static bool run_trial(struct trial *trial, bool fresh, int64_t left_ms)
{
	int fds[2], status = 0;
	pid_t child;
	FILE *from;

	if (pipe2(fds, O_CLOEXEC) < 0)
		return false;
	from = fdopen(fds[0], "r");
	child = from ? fork() : -1;
	if (child == 0)
		try_lines(trial->first, fresh, left_ms, fds[1]);
	close(fds[1]);
	if (child > 0) {
		hear(trial, from);
		while (waitpid(child, &status, 0) < 0 && errno == EINTR)
			;
		judge(trial, status);
	}
	if (from)
		fclose(from);
	else
		close(fds[0]);
	return child > 0;
}

int directives_check(const struct snmp_directives *directives, bool fresh)
{
	struct trial trial = { .first = directives->first };
	unsigned int wrong = 0, trials = 0;
	int64_t left_ms = CHECK_MS, end_ms = clock_now_ms() + CHECK_MS;

	/* A line may take the child with it; the next child continues behind
	   it, unless that line took all the time. */
	while (trial.first && left_ms > 0 && trials++ < TRIALS_MAX) {
		if (!run_trial(&trial, fresh, left_ms)) {
			snmp_log(LOG_ERR,
				 "error: cannot check net-snmp's directives: "
				 "%s\n",
				 strerror(errno));
			return -EINVAL;
		}
		wrong += trial.wrong;
		left_ms = trial.slow ? 0 : end_ms - clock_now_ms();
		trial = (struct trial){
			.first = trial.complete || !trial.line
				     ? NULL
				     : trial.line->next,
		};
	}
	if (trial.first)
		snmp_log(LOG_ERR,
			 "error: %s: line %u: remaining net-snmp directives "
			 "not checked\n",
			 trial.first->path, trial.first->number);
	return wrong ? -EINVAL : 0;
}
