/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Fuzzes the reading of a state file: the bytes as they are, and as the lines
 * of a file whose checksum is right, which chance would never find.
 *
 * What is taken is a ledger that can be relied on, and is written again as it
 * was. How to run it: tests/fuzz/README.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "state/state_text.h"

#define CHECKSUM_SIZE 18 /* "checksum 01234567\n" */

static void check_entry(const struct ledger_entry *entry)
{
	FUZZ_ASSERT(entry->kind >= DISCREPANCY_FALSE_UP &&
		    (int)entry->kind <= (int)DISCREPANCY_KIND_COUNT);
	FUZZ_ASSERT(entry->raise == LEDGER_SILENT ||
		    entry->raise == LEDGER_OWED ||
		    entry->raise == LEDGER_ACKNOWLEDGED);
	FUZZ_ASSERT(entry->bond > 0 && entry->slave >= 0);
	FUZZ_ASSERT(memchr(entry->bond_name, '\0', LINK_NAME_SIZE));
	FUZZ_ASSERT(memchr(entry->slave_name, '\0', LINK_NAME_SIZE));
	FUZZ_ASSERT(entry->since_wall_ms >= 0);
	FUZZ_ASSERT(entry->raise_index == 0 && entry->clear_index == 0);
	FUZZ_ASSERT(!entry->held);
}

static void decode(const char *text, size_t length)
{
	struct state_text state;
	char *again;
	size_t again_length;
	int err = state_text_decode(text, length, &state);

	FUZZ_ASSERT(err == 0 || err == -EBADMSG);
	if (err)
		return;
	FUZZ_ASSERT(memchr(state.boot_id, '\0', sizeof(state.boot_id)));
	FUZZ_ASSERT(state.ledger.count <= STATE_TEXT_ENTRIES_MAX);
	for (size_t i = 0; i < state.ledger.count; i++)
		check_entry(&state.ledger.entries[i]);
	FUZZ_ASSERT(state_text_encode(&state, &again, &again_length) == 0);
	FUZZ_ASSERT(again_length == length);
	FUZZ_ASSERT(memcmp(again, text, length) == 0);
	free(again);
	state_text_fini(&state);
}

/* CRC-32 of IEEE 802.3, four bits at a time. */
static uint32_t checksum(const uint8_t *data, size_t size)
{
	uint32_t table[16], crc = ~0U;

	for (uint32_t n = 0; n < 16; n++) {
		table[n] = n;
		for (int bit = 0; bit < 4; bit++)
			table[n] = table[n] & 1 ? table[n] >> 1 ^ 0xedb88320U
						: table[n] >> 1;
	}
	for (size_t i = 0; i < size; i++) {
		crc ^= data[i];
		crc = table[crc & 15] ^ crc >> 4;
		crc = table[crc & 15] ^ crc >> 4;
	}
	return ~crc;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	/* Of its own size, so that no byte behind it can be read unnoticed. */
	char *text = malloc(size + CHECKSUM_SIZE);
	char last_line[CHECKSUM_SIZE + 1];

	FUZZ_ASSERT(text);
	snprintf(last_line, sizeof(last_line), "checksum %08x\n",
		 (unsigned int)checksum(data, size));
	memcpy(text, data, size);
	memcpy(text + size, last_line, CHECKSUM_SIZE);
	decode(text, size + CHECKSUM_SIZE);
	free(text);

	text = malloc(size ? size : 1);
	FUZZ_ASSERT(text);
	memcpy(text, data, size);
	decode(text, size);
	free(text);
	return 0;
}
