/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The options of show and watch, which are the same.
 */
#ifndef BONDCARRIER_REQUEST_H
#define BONDCARRIER_REQUEST_H

#include <stdbool.h>

#include "input/source.h"

#define REQUEST_GO_ON (-1)

struct request {
	bool json;
	bool strict_lacp;
	const char *from; /* a capture, "-" standard input; NULL: the kernel */
	struct source_names names; /* borrowed from argv */
};

/*
 * Reads the options, and prints help, version or an error. `help` is NULL if no
 * command was named; help is then the overview. Returns REQUEST_GO_ON, or the
 * exit status.
 */
int request_read(struct request *request, int argc, char **argv,
		 const char *usage, const char *help);

#endif
