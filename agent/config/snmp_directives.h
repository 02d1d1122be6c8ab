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
#ifndef BONDCARRIER_AGENT_TOKENS_H
#define BONDCARRIER_AGENT_TOKENS_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>

#define TOKENS_APP "bondcarrierd" /* as net-snmp knows this program */

struct tokens_line;

struct tokens {
	struct tokens_line *first;
	struct tokens_line *last;
	char persistent_dir[PATH_MAX];
};

void tokens_init(struct tokens *tokens);
void tokens_fini(struct tokens *tokens);

bool tokens_known(const char *token);

/*
 * Takes a line. `open_to_all`: everybody may read its file. 0, or -EINVAL,
 * -ENOMEM; `why` (of `why_size`) then says what is wrong.
 */
int tokens_add(struct tokens *tokens, const char *path, unsigned int number,
	       const char *token, const char *value, bool open_to_all,
	       char *why, size_t why_size);

/*
 * What does net-snmp say to the lines? In a child process, which prepares
 * net-snmp for itself if `fresh`: if that has not been done here. 0; -EINVAL:
 * something is wrong, which has been logged with file and line.
 */
int tokens_check(const struct tokens *tokens, bool fresh);

/* For init_snmp() to apply. */
void tokens_remember(const struct tokens *tokens);
/* In place of those that were applied before. */
void tokens_replace(const struct tokens *tokens);

/* Does any line let somebody in? */
bool tokens_give_access(const struct tokens *tokens);

#endif
