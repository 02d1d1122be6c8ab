/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Writes standard output in one piece: text is kept in memory and written at
 * the end, so that an error is that of the write, and not an errno that
 * something else set in between.
 */
#ifndef BONDCARRIER_OUTPUT_H
#define BONDCARRIER_OUTPUT_H

#include <stddef.h>
#include <stdio.h>

struct output {
	FILE *stream; /* to print to */
	char *text;
	size_t length;
};

/* 0 or -errno. */
int output_open(struct output *output);

/* Writes and frees the text; call it once, even after errors. 0 or -errno. A
   later flush writes nothing of a failed write. */
int output_close(struct output *output);

/* Prints on standard error why the output could not be written. */
void output_complain(int err);

#endif
