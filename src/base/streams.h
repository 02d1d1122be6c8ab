/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The standard streams of a program that was started with some of them closed.
 */
#ifndef BONDCARRIER_STREAMS_H
#define BONDCARRIER_STREAMS_H

/* Opens /dev/null in place of a closed standard stream, so that no other file
   or socket gets its number: it would be written to, or replaced when a daemon
   detaches. Reads and writes of it fail with EBADF. Call it before anything is
   opened. */
void streams_guard(void);

#endif
