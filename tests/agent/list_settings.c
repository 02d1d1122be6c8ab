/* SPDX-License-Identifier: BSD-2-Clause */
/* Lists the settings of bondcarrierd.conf(5), one a line. */
#include <stdio.h>

#include "config/settings.h"

int main(void)
{
	for (size_t i = 0; settings_token(i); i++)
		puts(settings_token(i));
	return 0;
}
