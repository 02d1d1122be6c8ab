/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What bondcarrierd keeps over its own end: the ledger and the last event
 * index, as text, and the file that holds it.
 *
 *     bondcarrier-state 1
 *     boot BOOT-ID
 *     last-event INDEX
 *     raised|over silent|owed|told KIND SINCE BOND =NAME SLAVE =NAME
 *     checksum CRC32
 *
 * SINCE is CLOCK_REALTIME in milliseconds, KIND a number of the MIB; SLAVE is
 * 0 for the bond as a whole. The checksum is of all lines before its own.
 *
 * Encoding and decoding are pure; what is read is not trusted.
 */
#ifndef BONDCARRIER_AGENT_STATE_FILE_H
#define BONDCARRIER_AGENT_STATE_FILE_H

#include <stddef.h>
#include <stdint.h>

#include "state/ledger.h"

#define STATE_BOOT_ID_SIZE 37 /* of a UUID */
#define STATE_ENTRIES_MAX  8192
#define STATE_TEXT_MAX	   ((size_t)1 << 20)

struct state {
	char boot_id[STATE_BOOT_ID_SIZE];
	uint32_t last_event;
	struct ledger ledger;
};

void state_text_fini(struct state *state);

/* On the heap. 0, -ENOMEM, or -E2BIG: more than STATE_ENTRIES_MAX. */
int state_text_encode(const struct state *state, char **text, size_t *length);

/* 0, -EBADMSG: this is no state, or -ENOMEM; then there is nothing to free. */
int state_text_decode(const char *text, size_t length, struct state *state);

/* The whole file, on the heap. -EFBIG: no state is so long. -errno. */
int state_file_read(const char *path, char **text, size_t *length);

/* Atomically: after a crash there is the old one or the new one. -errno. */
int state_file_write(const char *path, const char *text, size_t length);

/*
 * Locks PATH.lock for this process: as long as `*fd` is open, so at the latest
 * until it dies. `*fd` is -1 at first; later calls see to it that the lock is
 * still the one of that path, since its folder may have been removed. -EBUSY:
 * another process has it. -errno.
 */
int state_file_lock(const char *path, int *fd);

/* Renames it to PATH.bad. -errno. */
int state_file_set_aside(const char *path);

/* Of this boot of the machine; "-" where it is not known. */
void state_file_boot_id(char boot_id[STATE_BOOT_ID_SIZE]);

#endif
