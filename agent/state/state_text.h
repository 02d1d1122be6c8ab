/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What bondcarrierd keeps beyond its own end, as text: the ledger and the last
 * event index.
 *
 *     bondcarrier-state 1
 *     boot BOOT-ID
 *     last-event INDEX
 *     raised|over silent|owed|told KIND SINCE BOND =NAME SLAVE =NAME
 *     checksum CRC32
 *
 * SINCE is CLOCK_REALTIME in milliseconds, KIND a number of the MIB; SLAVE is
 * 0 for the bond as a whole. The checksum covers all lines before its own.
 *
 * Pure. Input is not trusted. Errors: -errno.
 */
#ifndef BONDCARRIER_AGENT_STATE_TEXT_H
#define BONDCARRIER_AGENT_STATE_TEXT_H

#include <stddef.h>
#include <stdint.h>

#include "state/ledger.h"

#define STATE_TEXT_BOOT_ID_SIZE 37 /* of a UUID */
#define STATE_TEXT_ENTRIES_MAX	8192
#define STATE_TEXT_MAX		((size_t)1 << 20) /* bytes */

struct state_text {
	char boot_id[STATE_TEXT_BOOT_ID_SIZE];
	uint32_t last_event;
	struct ledger ledger; /* owned */
};

void state_text_fini(struct state_text *state);

/* `*text` is on the heap. -ENOMEM; -E2BIG: more than STATE_TEXT_ENTRIES_MAX. */
int state_text_encode(const struct state_text *state, char **text,
		      size_t *length);

/* -EBADMSG: not a state; -ENOMEM. After an error there is nothing to free. */
int state_text_decode(const char *text, size_t length,
		      struct state_text *state);

#endif
