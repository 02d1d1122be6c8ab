/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A line of bondcarrierd.conf is applied; 0 or -errno, which goes with a
 * reason.
 */
#ifndef BONDCARRIER_TESTS_SETTINGS_LINE_H
#define BONDCARRIER_TESTS_SETTINGS_LINE_H

#include "config/settings.h"

/* As the first line of that token. */
int settings_line(struct settings *settings, const char *token,
		  const char *value);
int settings_line_next(struct settings *settings, const char *token,
		       const char *value);

#endif
