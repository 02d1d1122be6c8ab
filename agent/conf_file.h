/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Reads bondcarrierd.conf(5): net-snmp's format, read with its lexer but line
 * by line here. Its own reader swallows our token "include", goes on where a
 * file is missing, and applies each line at once, so that a faulty
 * configuration could not be refused whole.
 */
#ifndef BONDCARRIER_AGENT_CONF_FILE_H
#define BONDCARRIER_AGENT_CONF_FILE_H

#include <stdbool.h>

#include "settings.h"
#include "tokens.h"

#define CONF_FILE_ABSENT 1

/*
 * Reads the file, and those that it includes, into `settings` (initialised by
 * the caller). Everything that is wrong is logged, with file and line. 0, or
 * -EINVAL: there was something. A file that is not there is no error unless
 * `required`: CONF_FILE_ABSENT. net-snmp's lines are collected in `tokens`
 * (initialised too); NULL: they are wrong here, since a master agent has them.
 */
int conf_file_read(const char *path, bool required, struct settings *settings,
		   struct tokens *tokens);

#endif
