/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * All links of this network namespace, not only bonds, in the order of their
 * ifindexes, and their flags.
 *
 * Read by ioctl() and from /proc/self/net/dev, for which the kernel doesn't
 * take the rtnl lock, so that nothing here waits for a driver that holds it.
 * The list is at most HOST_LINKS_MAX_AGE_MS old; flags are current.
 *
 * Not thread-safe. Errors: -errno.
 */
#ifndef BONDCARRIER_AGENT_HOST_LINKS_H
#define BONDCARRIER_AGENT_HOST_LINKS_H

#include <stddef.h>
#include <stdint.h>

#define HOST_LINKS_MAX_AGE_MS 1000

struct host_links;

int host_links_open(struct host_links **out);
void host_links_close(struct host_links *list);

/* The flags that SIOCGIFFLAGS returns (the lower 16: IFF_UP, IFF_RUNNING).
   -ENODEV: no such link. */
int host_links_flags(const struct host_links *list, int ifindex,
		     unsigned int *flags);

/* The first link whose ifindex is at least `from`. -ENOENT: none. It may be
   gone since the list was read. */
int host_links_next(struct host_links *list, int64_t from, int64_t now_ms,
		    int *ifindex);

/* The name on one line of /proc/net/dev; `name` has LINK_NAME_SIZE bytes.
   -ENOENT: none. */
int host_links_parse_name(const char *line, char *name);

#endif
