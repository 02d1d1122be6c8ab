/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Floor of the track files: hears of a link's carrier, writes a file, renames
 * it. `floor_renamer LINK FILE`
 */
#include <err.h>
#include <fcntl.h>
#include <net/if.h>
#include <stdio.h>
#include <unistd.h>

#include "links.h"

int main(int argc, char *argv[])
{
	char temporary[4096];
	int ifindex, carrier = -1, fd;

	if (argc != 3 || !(ifindex = (int)if_nametoindex(argv[1])))
		errx(2, "usage: floor_renamer LINK FILE");
	(void)snprintf(temporary, sizeof(temporary), "%s.new-by-the-floor",
		       argv[2]);
	fd = links_open();
	puts("ready");
	(void)fflush(stdout);
	for (;;) {
		int file;

		if (!links_changed(fd, ifindex, &carrier))
			continue;
		file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC, 0644);
		if (file < 0 || write(file, carrier ? "0\n" : "1\n", 2) != 2)
			err(1, "%s", temporary);
		close(file);
		if (rename(temporary, argv[2]) < 0)
			err(1, "%s", argv[2]);
	}
}
