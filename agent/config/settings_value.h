/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Values of a line of the configuration: words, quoted or not, numbers,
 * booleans.
 *
 * Functions return 0, or -EINVAL with the reason in `why` (SETTINGS_WHY_SIZE),
 * in printable characters whatever the value is.
 */
#ifndef BONDCARRIER_AGENT_SETTINGS_VALUE_H
#define BONDCARRIER_AGENT_SETTINGS_VALUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SETTINGS_VALUE_WORD_SIZE 256
#define SETTINGS_VALUE_SPACE	 " \t,"

/* Writes "REASON: 'VALUE'"; returns -EINVAL. */
int settings_value_refuse(char *why, const char *reason, const char *value);

/* Writes "expected WANTED, got 'VALUE'"; returns -EINVAL. */
int settings_value_bad(char *why, const char *wanted, const char *value);

/* The next word of the list at `*rest`, between spaces and commas or, as in
   net-snmp, between quotes of one kind. "": none. */
int settings_value_word(const char **rest, char word[SETTINGS_VALUE_WORD_SIZE],
			char *why);

/* The whole value, without quotes around it. */
int settings_value_whole(const char *value, char *out, size_t size, char *why);

/* An integer between two bounds, and nothing after it. */
int settings_value_number(const char *value, uint32_t min, uint32_t max,
			  uint32_t *out, char *why);

/* Two integers from 0 to `max`; `wanted` describes them. */
int settings_value_two(const char *value, const char *wanted, uint32_t max,
		       uint32_t *first, uint32_t *second, char *why);

int settings_value_truth(const char *value, bool *out, char *why);

/* Whether the master agent's address, in any of its forms, is TCP and not the
   path of a socket. `*rest`: the address without its prefix. */
bool settings_value_socket_is_tcp(const char *address, const char **rest);

/* Checks a master agent's address: -EINVAL if it can never be connected to. */
int settings_value_socket(const char *address, char *why);

#endif
