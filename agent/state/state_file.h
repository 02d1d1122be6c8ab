/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The state file on the disk: read whole, written atomically, by one process at
 * a time. What it holds is state_text.h's.
 *
 * May hang as long as the disk does. Errors: -errno.
 */
#ifndef BONDCARRIER_AGENT_STATE_FILE_H
#define BONDCARRIER_AGENT_STATE_FILE_H

#include <stddef.h>

#include "state/state_text.h"

/* `*text` is on the heap. -EFBIG: longer than STATE_TEXT_MAX. */
int state_file_read(const char *path, char **text, size_t *length);

/* After a crash the file is the old one or the new one. */
int state_file_write(const char *path, const char *text, size_t length);

/*
 * Locks PATH.lock for this process, as long as `*fd` is open. `*fd` is -1 at
 * first; later calls check that the lock is still the one at that path, since
 * its folder may have been removed. -EBUSY: another process holds it.
 */
int state_file_lock(const char *path, int *fd);

/* Renames the file to PATH.bad. */
int state_file_move_bad(const char *path);

/* The id of this boot of the machine; "-": unknown. */
void state_file_boot_id(char boot_id[STATE_TEXT_BOOT_ID_SIZE]);

#endif
