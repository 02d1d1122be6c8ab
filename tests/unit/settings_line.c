/* SPDX-License-Identifier: BSD-2-Clause */
/* Applies lines of bondcarrierd.conf. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "settings_line.h"

int settings_line_next(struct settings *settings, const char *token,
		       const char *value)
{
	char why[SETTINGS_WHY_SIZE] = "";
	int err = settings_apply(settings, token, value, why);

	if (err)
		assert_string_not_equal(why, "");
	else
		assert_string_equal(why, "");
	return err;
}

int settings_line(struct settings *settings, const char *token,
		  const char *value)
{
	settings->given = 0;
	return settings_line_next(settings, token, value);
}
