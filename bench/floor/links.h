/* SPDX-License-Identifier: BSD-2-Clause */
/* The least that can be done to see one link's carrier: for floors only. */
#ifndef BONDCARRIER_BENCH_LINKS_H
#define BONDCARRIER_BENCH_LINKS_H

/* A netlink socket that hears link messages; ends the program if there is
   none. */
int links_open(void);

/* Reads one datagram. True: it tells of another carrier of that link. */
int links_changed(int fd, int ifindex, int *carrier);

#endif
