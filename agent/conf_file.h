/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Reads bondcarrierd.conf(5): net-snmp's format, read with its lexer but line
 * by line here. Its own reader swallows our token "include", and applies each
 * line at once, so that a faulty file could not be refused whole.
 */
#ifndef BONDCARRIER_AGENT_CONF_FILE_H
#define BONDCARRIER_AGENT_CONF_FILE_H

#include <stdbool.h>

#include "settings.h"

/*
 * Reads the file into `settings` (initialised by the caller). Everything
 * that is wrong is logged, with file and line. 0, -EINVAL: there was
 * something, or -errno: it can't be read. A file that is not there is no
 * error unless `required`.
 */
int conf_file_read(const char *path, bool required, struct settings *settings);

#endif
