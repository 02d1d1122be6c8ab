/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Fuzzes the reader of captures and their replay. The input is a file.
 *
 * How to run it: tests/fuzz/README.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "capture/replay.h"
#include "fuzz.h"

static void live_through(struct capture_reader *reader)
{
	struct fuzz_ledger ledger = { .items = NULL };
	struct replay_options options = { .sink = fuzz_ledger_sink(&ledger) };
	struct replay *replay;
	struct capture_record record;
	struct capture_error error = { "" };
	int64_t before_ms = 0;
	int got;

	judge_policy_defaults(&options.policy);
	FUZZ_ASSERT(replay_new(&replay, &options) == 0);
	while ((got = capture_reader_next(reader, &record, &error)) > 0) {
		FUZZ_ASSERT(record.at_ms >= 0);
		FUZZ_ASSERT(replay_record(replay, &record) == 0);
		FUZZ_ASSERT(replay_now_ms(replay) >= before_ms);
		before_ms = replay_now_ms(replay);
		fuzz_check(replay_bonds(replay), &ledger);
	}
	FUZZ_ASSERT(got == 0 || (got == -EBADMSG && error.text[0]));
	FUZZ_ASSERT(replay_end(replay) == 0);
	fuzz_check(replay_bonds(replay), &ledger);
	replay_free(replay);
	free(ledger.items);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct capture_error error = { "" };
	struct capture_reader *reader;
	uint8_t *copy = malloc(size + 1);
	FILE *file;
	int err;

	FUZZ_ASSERT(copy);
	memcpy(copy, data, size);
	/* fmemopen() wants at least a byte. */
	file = size ? fmemopen(copy, size, "rb") : fopen("/dev/null", "rb");
	FUZZ_ASSERT(file);
	err = capture_reader_from(&reader, file, &error);
	FUZZ_ASSERT(err == 0 || (err == -EBADMSG && error.text[0]));
	if (!err) {
		live_through(reader);
		capture_reader_close(reader);
	}
	free(copy);
	return 0;
}
