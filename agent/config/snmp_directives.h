/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The lines of bondcarrierd.conf(5) that are net-snmp's: access control,
 * users, sinks. They mean what they mean in snmpd.conf(5), since net-snmp's
 * own functions read them; only those that make sense here are taken.
 *
 * net-snmp applies a line while it reads it, and may end the program over a
 * bad one. So the lines are collected, tried in a child process, and applied
 * when nothing is wrong with any.
 */
#ifndef BONDCARRIER_AGENT_SNMP_DIRECTIVES_H
#define BONDCARRIER_AGENT_SNMP_DIRECTIVES_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>

#define SNMP_DIRECTIVES_APP                                                    \
	"bondcarrierd" /* as net-snmp knows this program                       \
			*/

struct snmp_directives_line;

struct snmp_directives {
	struct snmp_directives_line *first;
	struct snmp_directives_line *last;
	char persistent_dir[PATH_MAX];
};

void snmp_directives_init(struct snmp_directives *tokens);
void snmp_directives_fini(struct snmp_directives *tokens);

bool snmp_directives_known(const char *token);

/*
 * Takes a line. `open_to_all`: everybody may read its file. 0, or -EINVAL,
 * -ENOMEM; `why` (of `why_size`) then says what is wrong.
 */
int snmp_directives_add(struct snmp_directives *tokens, const char *path,
			unsigned int number, const char *token,
			const char *value, bool open_to_all, char *why,
			size_t why_size);

/*
 * What does net-snmp say to the lines? In a child process, which prepares
 * net-snmp for itself if `fresh`: if that has not been done here. 0; -EINVAL:
 * something is wrong, which has been logged with file and line.
 */
int directives_check(const struct snmp_directives *tokens, bool fresh);

/* For init_snmp() to apply. */
void snmp_directives_remember(const struct snmp_directives *tokens);
/* In place of those that were applied before. */
void snmp_directives_replace(const struct snmp_directives *tokens);

/* Does any line let somebody in? */
bool snmp_directives_give_access(const struct snmp_directives *tokens);

#endif
