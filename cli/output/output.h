/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Standard output, whole: what is printed is kept in memory and written at the
 * end in one go, so that the error of a write is that of the write, and not
 * what errno happens to be when somebody looks.
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

/* Writes it, and frees it; to be called once, also after errors. 0 or -errno.
   Nothing of what failed is left for a later flush. */
int output_close(struct output *output);

/* Says on standard error why the output could not be written. */
void output_complain(int err);

/* A standard stream that is closed must not become the next socket, and be
   written to: it becomes one that refuses (EBADF). */
void output_guard_streams(void);

#endif
