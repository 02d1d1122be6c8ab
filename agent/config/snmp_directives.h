/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The lines of bondcarrierd.conf(5) that are directives of net-snmp: access
 * control, users, trap sinks. They mean what they mean in snmpd.conf(5), since
 * net-snmp's own functions read them; only those that make sense for this
 * daemon are accepted.
 *
 * net-snmp applies a line while it reads it, and may end the program over a bad
 * one. So the lines are collected here, tried in a child process
 * (standalone/directives_check.h), and applied if all of them are valid.
 *
 * Owns its lines; snmp_directives_fini() frees them. SNMP thread only.
 */
#ifndef BONDCARRIER_AGENT_SNMP_DIRECTIVES_H
#define BONDCARRIER_AGENT_SNMP_DIRECTIVES_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>

#define SNMP_DIRECTIVES_APP                                                    \
	"bondcarrierd" /* this program's name in net-snmp                      \
			*/

struct snmp_directives_line {
	struct snmp_directives_line *next;
	unsigned int number;
	const char *path; /* these three are in the line's own memory */
	const char *token;
	const char *value;
};

struct snmp_directives {
	struct snmp_directives_line *first;
	struct snmp_directives_line *last;
	char persistent_dir[PATH_MAX];
};

void snmp_directives_init(struct snmp_directives *directives);
void snmp_directives_fini(struct snmp_directives *directives);

bool snmp_directives_known(const char *token);

/*
 * Adds a line. `world_readable`: all users may read its file. 0, or -EINVAL or
 * -ENOMEM and the reason in `why`.
 */
int snmp_directives_add(struct snmp_directives *directives, const char *path,
			unsigned int number, const char *token,
			const char *value, bool world_readable, char *why,
			size_t why_size);

/* Has net-snmp apply one line now. */
void snmp_directives_run(const struct snmp_directives_line *line);
/* Has init_snmp() apply them all. */
void snmp_directives_remember(const struct snmp_directives *directives);
/* Applies them all now, instead of those applied before. */
void snmp_directives_replace(const struct snmp_directives *directives);

/* Whether any line gives access to anybody. */
bool snmp_directives_give_access(const struct snmp_directives *directives);

#endif
