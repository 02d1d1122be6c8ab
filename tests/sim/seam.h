/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The system calls that the product makes, answered by the simulation: the
 * linker puts __wrap_X() in the place of X() in all that is linked into this
 * program. Descriptors from SEAM_FD on are ours, all others go to the system.
 *
 *     seam_socket.c  AF_NETLINK sockets on a struct vk
 *     seam_clock.c   clock_gettime(), eventfd() and what reads and writes it
 *     disk.c         the state file and the track files
 *
 * One simulation in a process: a system call has no argument to tell which.
 * Times are milliseconds of the virtual kernel's clock.
 */
#ifndef BONDCARRIER_SIM_SEAM_H
#define BONDCARRIER_SIM_SEAM_H

#include <time.h>

#include "vk.h"

/* The core library's times have 64 bits everywhere (wall.h), and so have those
   of this program: glibc's names for that where the system's have 32. */
#if defined(__TIMESIZE) && __TIMESIZE == 32
#define __real_clock_gettime __real___clock_gettime64
#define __wrap_clock_gettime __wrap___clock_gettime64
#define __real_recvmsg	     __real___recvmsg64
#define __wrap_recvmsg	     __wrap___recvmsg64
#define __real_setsockopt    __real___setsockopt64
#define __wrap_setsockopt    __wrap___setsockopt64
#endif

#define SEAM_FD	     100000
#define SEAM_FDS     16
#define SEAM_WALL_MS INT64_C(1700000000000)

/* What the kernel does to answers and events from now on. */
struct seam_faults {
	int queue;	 /* messages that the receive queue holds; 0: many */
	int64_t late_ms; /* an event is queued so much later */
	int interrupted; /* so many dumps are */
	int failed;	 /* so many answers are an error ... */
	int error;	 /* ... this one, an errno */
	int truncated;	 /* so many events are cut by the socket */
	int malformed;	 /* so many events say less than their length */
	int doubled;	 /* so many datagrams of a dump come twice */
	int deaf;	 /* so many reads of the event socket fail */
};

struct seam_counts {
	uint64_t questions; /* sent to the kernel */
	uint64_t received;  /* datagrams of events */
	uint64_t lost;	    /* events that found no room */
	uint64_t filtered;  /* events that the socket's filter kept out */
	uint64_t overruns;
	uint64_t spoiled;  /* events that can't be read */
	uint64_t deafened; /* reads of events failed, each time in a row once */
};

/* Sees what the program receives. */
typedef void (*seam_tap)(void *ctx, const void *bytes, size_t length,
			 bool is_answer);

struct seam {
	struct vk *vk;
	int64_t now_ms;
	int64_t wall_ms; /* added to now_ms: the wall clock */
	struct seam_faults faults;
	struct seam_counts counts;
	/* Events could not be read, last: from the first read that failed to
	   the first that did not; VK_NEVER: they can't be. */
	int64_t deaf_from_ms, deaf_until_ms;
	/* After each message that the kernel tells: the world at that instant.
	 */
	void (*told)(void *ctx);
	/* Before each datagram of an answer: the world may change. */
	void (*inside)(void *ctx);
	/* Time has passed while the program was reading. */
	void (*elapsed)(void *ctx);
	void *hook_ctx; /* of all */
	seam_tap tap;
	void *tap_ctx;
};

extern struct seam seam;

/* Closes all that is open, and forgets the faults and counts. */
void seam_reset(struct vk *vk);
/* The process has died: its descriptors are closed. */
void seam_close_all(void);

/* Would poll() say so? */
bool seam_readable(int fd);
/* When it will, if nothing else happens; VK_NEVER. */
int64_t seam_readable_ms(int fd);

/* What was told last. */
void seam_forget(void);

/* One message more of what was told last, `count` times. */
void seam_storm(int count);

/* Of the kind of descriptor, for seam_clock.c and seam_socket.c. */
enum seam_fd_kind { SEAM_FREE, SEAM_EVENTFD, SEAM_SOCKET };
struct seam_fd {
	enum seam_fd_kind kind;
	uint64_t counter;
	struct seam_socket *socket;
};
/* NULL: not one of ours. */
struct seam_fd *seam_fd(int fd);
/* The descriptor, or -1 with errno. */
int seam_fd_new(enum seam_fd_kind kind, struct seam_fd **out);
void seam_socket_close(struct seam_socket *socket);

/* The value of the classic BPF program for that message (filter.c). */
struct sock_filter;
uint32_t filter_run(const struct sock_filter *program, size_t count,
		    const uint8_t *bytes, size_t length);

#endif
