/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Reads bondcarrierd.conf(5), in net-snmp's format and with its lexer. Its own
 * reader interprets our token "include", ignores missing files, and applies
 * each line at once, so that an invalid configuration couldn't be rejected as a
 * whole.
 */
#ifndef BONDCARRIER_AGENT_CONFIG_FILE_H
#define BONDCARRIER_AGENT_CONFIG_FILE_H

#include <stdbool.h>

#include "config/settings.h"
#include "config/snmp_directives.h"

#define CONFIG_FILE_ABSENT 1

/*
 * Reads the file, and those that it includes, into `settings`, initialised by
 * the caller. Logs all errors, with file and line. 0, or -EINVAL: there were
 * errors; or CONFIG_FILE_ABSENT: no such file, unless `required`. Collects
 * net-snmp's directives in `directives`, also initialised; NULL: they are
 * errors, since they belong to the master agent.
 */
int config_file_read(const char *path, bool required, struct settings *settings,
		     struct snmp_directives *directives);

#endif
