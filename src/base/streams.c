/* SPDX-License-Identifier: BSD-2-Clause */
/* Closed standard streams. */
#include "base/streams.h"

#include <fcntl.h>
#include <unistd.h>

void streams_guard(void)
{
	/* open() takes the lowest free number: the missing one. */
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
		if (fcntl(fd, F_GETFD) < 0)
			(void)open("/dev/null",
				   fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
	}
}
