/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the fuzz programs share: what must hold of a set and of the events
 * about it, whatever the bytes were. What does not hold ends the program.
 */
#ifndef BONDCARRIER_FUZZ_H
#define BONDCARRIER_FUZZ_H

#include <stddef.h>
#include <stdint.h>

#include "bond/bond_set.h"
#include "bond/event.h"

/* libFuzzer's entry; each program has one. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Stops the program, and says what did not hold. */
#define FUZZ_ASSERT(condition)                                                 \
	do {                                                                   \
		if (!(condition))                                              \
			fuzz_fail(#condition, __FILE__, __LINE__);             \
	} while (0)
_Noreturn void fuzz_fail(const char *condition, const char *file, int line);

struct fuzz_open {
	int bond;
	int slave;
	enum discrepancy_kind kind;
};

/* The discrepancies raised and not yet cleared, as the events tell it. */
struct fuzz_ledger {
	struct fuzz_open *items;
	size_t count;
	size_t capacity;
};

/* A sink that keeps the ledger, and checks each entry. */
struct event_sink fuzz_ledger_sink(struct fuzz_ledger *ledger);

/* Order, verdicts, and that the ledger agrees with the set. */
void fuzz_check(const struct bond_set *set, const struct fuzz_ledger *ledger);

/* All bonds go: nothing may stay open. Frees the ledger. */
void fuzz_farewell(struct bond_set *set, struct fuzz_ledger *ledger,
		   int64_t now_ms);

#endif
