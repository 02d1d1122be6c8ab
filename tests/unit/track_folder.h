/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A track directory on a real disk, in a folder of the test's own. To be
 * included behind cmocka.h.
 */
#ifndef BONDCARRIER_TESTS_TRACK_FOLDER_H
#define BONDCARRIER_TESTS_TRACK_FOLDER_H

#include <limits.h>
#include <stddef.h>

extern char track_folder[PATH_MAX]; /* of which the test decides if it is */

/* Of the group. */
int track_folder_begin(void **state);
int track_folder_end(void **state);
/* After each test. */
int track_folder_tidy(void **state);
#define TEST(function) cmocka_unit_test_teardown(function, track_folder_tidy)

/* Removes what is in it. */
void track_folder_empty(const char *path);

/* Good until the next call. */
const char *track_folder_path(const char *name);
/* "(none)" where there is no file. */
const char *track_folder_content(const char *name);
void track_folder_make(const char *name, const char *text);
size_t track_folder_count(void);

#endif
