/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which links this network namespace has, in the order of their ifindexes,
 * and the flags of each: of all links, not of bonds alone.
 *
 * Asked for by ioctl and /proc/self/net/dev, which the kernel answers without
 * the lock that whoever changes a link holds (rtnl), so nothing here waits
 * for a driver. The order is at most IFLIST_OLD_MS old; flags are as of now.
 *
 * Not thread-safe. Errors: -errno.
 */
#ifndef BONDCARRIER_IFLIST_H
#define BONDCARRIER_IFLIST_H

#include <stddef.h>
#include <stdint.h>

#define IFLIST_OLD_MS 1000

struct iflist;

int iflist_open(struct iflist **out);
void iflist_close(struct iflist *list);

/* The flags that SIOCGIFFLAGS gives (the lower 16: IFF_UP, IFF_RUNNING).
   -ENODEV: there is no such link. */
int iflist_flags(const struct iflist *list, int ifindex, unsigned int *flags);

/* The first link whose ifindex is at least `from`, in `ifindex`. -ENOENT:
   none. (One that was read may be gone.) */
int iflist_next(struct iflist *list, int64_t from, int64_t now_ms,
		int *ifindex);

/* The name on one line of /proc/net/dev, into `name` (LINK_NAME_SIZE);
   -ENOENT: there is none. */
int iflist_name(const char *line, char *name);

#endif
