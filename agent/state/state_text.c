/* SPDX-License-Identifier: BSD-2-Clause */
/* The state as text, and back. */
#include "state/state_text.h"

#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NAME	      "bondcarrier-state"
#define VERSION	      "1"
#define LINE_SIZE     128 /* the longest is less */
#define CHECKSUM_SIZE 18  /* "checksum 01234567\n" */

static const char *const raises[] = {
	[LEDGER_SILENT] = "silent",
	[LEDGER_OWED] = "owed",
	[LEDGER_ACKNOWLEDGED] = "told",
};

void state_text_fini(struct state_text *state)
{
	ledger_fini(&state->ledger);
}

/* CRC-32 of IEEE 802.3, bit by bit: this is little text, seldom. */
static uint32_t checksum(const char *text, size_t length)
{
	uint32_t crc = 0xffffffffU;

	for (size_t i = 0; i < length; i++) {
		crc ^= (unsigned char)text[i];
		for (int bit = 0; bit < 8; bit++)
			crc = crc >> 1 ^ (crc & 1 ? 0xedb88320U : 0);
	}
	return ~crc;
}

/* The kernel lets no space into a name; one that came in anyhow must not
   make the whole file unreadable. */
static const char *safe_name(const char *name, char out[LINK_NAME_SIZE])
{
	size_t i;

	for (i = 0; i + 1 < LINK_NAME_SIZE && name[i]; i++)
		out[i] = name[i] == ' ' || name[i] == '\n' ? '?' : name[i];
	out[i] = '\0';
	return out;
}

int state_text_encode(const struct state_text *state, char **text,
		      size_t *length)
{
	const struct ledger *ledger = &state->ledger;
	size_t size = (ledger->count + 4) * LINE_SIZE;
	char bond[LINK_NAME_SIZE], slave[LINK_NAME_SIZE];
	char *out;
	int at;

	if (ledger->count > STATE_TEXT_ENTRIES_MAX)
		return -E2BIG;
	out = malloc(size);
	if (!out)
		return -ENOMEM;
	at = snprintf(out, size,
		      NAME " " VERSION "\nboot %s\nlast-event %" PRIu32 "\n",
		      state->boot_id, state->last_event);
	for (size_t i = 0; i < ledger->count; i++) {
		const struct ledger_entry *entry = &ledger->entries[i];

		at += snprintf(out + at, size - (size_t)at,
			       "%s %s %d %" PRId64 " %d =%s %d =%s\n",
			       entry->over ? "over" : "raised",
			       raises[entry->raise], (int)entry->kind,
			       entry->since_wall_ms, entry->bond,
			       safe_name(entry->bond_name, bond), entry->slave,
			       safe_name(entry->slave_name, slave));
	}
	at += snprintf(out + at, size - (size_t)at, "checksum %08" PRIx32 "\n",
		       checksum(out, (size_t)at));
	*text = out;
	*length = (size_t)at;
	return 0;
}

/* What is left to read: `end` is behind the last line before the checksum. */
struct reader {
	const char *at;
	const char *end;
};

/* The next word, up to the byte `stop`, which is skipped. */
static bool next(struct reader *reader, char stop, char *out, size_t size)
{
	size_t left = (size_t)(reader->end - reader->at);
	const char *found = memchr(reader->at, stop, left);
	size_t length = found ? (size_t)(found - reader->at) : 0;

	if (!found || length >= size)
		return false;
	memcpy(out, reader->at, length);
	out[length] = '\0';
	reader->at = found + 1;
	return strlen(out) == length && !strpbrk(out, " \n");
}

static bool next_is(struct reader *reader, char stop, const char *expected)
{
	char word[LINE_SIZE];

	return next(reader, stop, word, sizeof(word)) &&
	       strcmp(word, expected) == 0;
}

/* Digits only, as they are written: no sign, no zero in front. */
static bool next_number(struct reader *reader, char stop, int64_t max,
			int64_t *out)
{
	char word[20]; /* 19 digits */
	int64_t number = 0;

	if (!next(reader, stop, word, sizeof(word)) || word[0] == '\0' ||
	    (word[0] == '0' && word[1] != '\0'))
		return false;
	for (const char *digit = word; *digit; digit++) {
		int value = *digit - '0';

		if (value < 0 || value > 9 || number > (max - value) / 10)
			return false;
		number = number * 10 + value;
	}
	*out = number;
	return true;
}

static bool next_link(struct reader *reader, char stop, int *ifindex,
		      char name[LINK_NAME_SIZE])
{
	char word[LINK_NAME_SIZE + 1];
	int64_t number;

	if (!next_number(reader, ' ', INT_MAX, &number) ||
	    !next(reader, stop, word, sizeof(word)) || word[0] != '=')
		return false;
	*ifindex = (int)number;
	memset(name, 0, LINK_NAME_SIZE);
	memcpy(name, word + 1, strlen(word + 1));
	return true;
}

static bool next_raise(struct reader *reader, enum ledger_raise *raise)
{
	char word[LINE_SIZE];

	if (!next(reader, ' ', word, sizeof(word)))
		return false;
	for (size_t i = 0; i < sizeof(raises) / sizeof(raises[0]); i++) {
		if (strcmp(word, raises[i]) == 0) {
			*raise = (enum ledger_raise)i;
			return true;
		}
	}
	return false;
}

static bool next_entry(struct reader *reader, struct ledger_entry *entry)
{
	char word[LINE_SIZE];
	int64_t kind;

	memset(entry, 0, sizeof(*entry));
	if (!next(reader, ' ', word, sizeof(word)))
		return false;
	entry->over = strcmp(word, "over") == 0;
	if (!entry->over && strcmp(word, "raised") != 0)
		return false;
	if (!next_raise(reader, &entry->raise) ||
	    !next_number(reader, ' ', DISCREPANCY_KIND_COUNT, &kind) ||
	    !next_number(reader, ' ', INT64_MAX, &entry->since_wall_ms) ||
	    !next_link(reader, ' ', &entry->bond, entry->bond_name) ||
	    !next_link(reader, '\n', &entry->slave, entry->slave_name))
		return false;
	entry->kind = (enum discrepancy_kind)kind;
	return kind != 0 && entry->bond != 0;
}

static int decode_lines(struct reader *reader, struct state_text *state)
{
	int64_t last_event;
	int err = 0;

	if (!next_is(reader, ' ', NAME) || !next_is(reader, '\n', VERSION) ||
	    !next_is(reader, ' ', "boot") ||
	    !next(reader, '\n', state->boot_id, sizeof(state->boot_id)) ||
	    !next_is(reader, ' ', "last-event") ||
	    !next_number(reader, '\n', UINT32_MAX, &last_event))
		return -EBADMSG;
	state->last_event = (uint32_t)last_event;
	while (reader->at < reader->end && !err) {
		struct ledger_entry entry;

		if (state->ledger.count == STATE_TEXT_ENTRIES_MAX ||
		    !next_entry(reader, &entry))
			return -EBADMSG;
		err = ledger_add(&state->ledger, &entry);
	}
	return err;
}

int state_text_decode(const char *text, size_t length, struct state_text *state)
{
	struct reader reader;
	char last_line[CHECKSUM_SIZE + 1];
	int err;

	memset(state, 0, sizeof(*state));
	if (length < CHECKSUM_SIZE || length > STATE_TEXT_MAX)
		return -EBADMSG;
	length -= CHECKSUM_SIZE;
	snprintf(last_line, sizeof(last_line), "checksum %08" PRIx32 "\n",
		 checksum(text, length));
	if (memcmp(text + length, last_line, CHECKSUM_SIZE) != 0)
		return -EBADMSG;
	reader = (struct reader){ text, text + length };
	err = decode_lines(&reader, state);
	if (err)
		state_text_fini(state);
	return err;
}
