/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Values of a configuration's line: words, quoted or not, numbers, truths.
 *
 * All return 0, or -EINVAL with the reason in `why` (SETTINGS_WHY_SIZE), in
 * printable characters whatever the value is.
 */
#ifndef BONDCARRIER_AGENT_SETTINGS_VALUE_H
#define BONDCARRIER_AGENT_SETTINGS_VALUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SETTINGS_VALUE_WORD_SIZE 256
#define SETTINGS_VALUE_SPACE	 " \t,"

/* Says "wants WANTED, not 'VALUE'"; -EINVAL. */
int settings_value_bad(char *why, const char *wanted, const char *value);

/*
 * The next word of the list at `*rest`, between spaces and commas, or, as
 * net-snmp has it, between quotes of one kind. "": there is none.
 */
int settings_value_word(const char **rest, char word[SETTINGS_VALUE_WORD_SIZE],
			char *why);

/* The value as a whole, without the quotes that it may stand in. */
int settings_value_whole(const char *value, char *out, size_t size, char *why);

/* A whole number between two bounds, and nothing after it. */
int settings_value_number(const char *value, uint32_t min, uint32_t max,
			  uint32_t *out, char *why);

/* Two whole numbers from 0 to `max`; `wanted` says so. */
int settings_value_two(const char *value, const char *wanted, uint32_t max,
		       uint32_t *first, uint32_t *second, char *why);

int settings_value_truth(const char *value, bool *out, char *why);

/* The master agent's address, in any of its forms: TCP, or the path of a
   socket? `*rest`: what is behind its prefix. */
bool settings_value_socket_is_tcp(const char *address, const char **rest);

/* The master agent's address: nothing that can never be connected to. */
int settings_value_socket(const char *address, char *why);

#endif
