/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Opens files for a process that may be root, in folders that may belong to
 * another user, who puts links, FIFOs and other folders in the place of what is
 * expected.
 *
 * A path is walked one component at a time. A symbolic link is followed only
 * if it and the folder that holds it belong to root or to the effective user,
 * and if not everybody may write there (unless the folder is sticky): so nobody
 * else can have placed it. A file that is written is never reached through a
 * link in its last component, is a regular file, and has one name only. Its
 * owner and mode are the caller's to set, and only if it was made here.
 *
 * Descriptors have O_CLOEXEC. Errors: -errno; -ELOOP: a link that is not
 * followed; -EINVAL: not a regular file; -EMLINK: it has other names.
 */
#ifndef BONDCARRIER_SAFE_FILE_H
#define BONDCARRIER_SAFE_FILE_H

#include <stdbool.h>
#include <sys/types.h>

/* In words; as strerror() for what is not special here. */
const char *safe_file_why(int err);

/* The folder as a descriptor for the functions that end in "at" (O_PATH). */
int safe_file_open_folder(const char *path);

/* The folder that holds the file, likewise; `*name` points into `path`. */
int safe_file_folder_of(const char *path, const char **name);

/* Makes the folder if it is missing and its parent exists, with that mode
   whatever the umask. `*made`: it did, and the descriptor can be given to
   fchown(). */
int safe_file_make_folder(const char *path, mode_t mode, bool *made);

/* Opens a file to be read, of any kind, following also a link in the last
   component. Never waits for the writer of a FIFO. */
int safe_file_read(const char *path);

/*
 * Opens a regular file with one name. `flags`: access mode, O_APPEND, O_CREAT,
 * O_TRUNC. `made` may be NULL.
 */
int safe_file_open(const char *path, int flags, mode_t mode, bool *made);
int safe_file_open_at(int folder, const char *name, int flags, mode_t mode,
		      bool *made);

/* A new file to be written, whatever had that name. */
int safe_file_replace_at(int folder, const char *name, mode_t mode);

/* Whether the open file or folder is what has that name. */
bool safe_file_is_at(int fd, int folder, const char *name);

#endif
