/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A SET in the phases of the master agent:
 *
 *            TestSet            CommitSet             CleanupSet, UndoSet
 *   none --------------> tested ----------> committed ------------------> none
 *     |                    |
 *     | refused            | CleanupSet, UndoSet
 *     v                    v
 *   refused ------------> none
 *
 * There is one at a time, since a master has to serialise them (7.2.4). A
 * TestSet ends an earlier one that was never finished: what it committed
 * stays. The end of the session reverts that (7.3.1).
 *
 * Pure. Source: RFC 2741, 7.2.4 and 7.3.1.
 */
#ifndef BONDCARRIER_AGENT_SET_TRANSACTION_H
#define BONDCARRIER_AGENT_SET_TRANSACTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "mib/table.h"

#define SET_TRANSACTION_MAX 8 /* more than there are writable scalars */

enum set_transaction_state {
	SET_TRANSACTION_NONE,
	SET_TRANSACTION_TESTED,
	SET_TRANSACTION_COMMITTED,
	SET_TRANSACTION_REFUSED,
};

/* What the caller does with all values. */
enum set_transaction_step {
	SET_TRANSACTION_NOTHING,
	SET_TRANSACTION_APPLY,	/* the new ones */
	SET_TRANSACTION_REVERT, /* to the old ones */
};

struct set_transaction_value {
	const struct table_column *column; /* of a scalar */
	int64_t old_number;
	int64_t new_number;
};

/* All zero: none. */
struct set_transaction {
	enum set_transaction_state state;
	uint32_t id; /* h.transactionID */
	struct set_transaction_value values[SET_TRANSACTION_MAX];
	size_t count;
};

/* TestSet: first this, then each value, then, if any failed, refuse(). */
void set_transaction_test(struct set_transaction *set, uint32_t id);
/* Of two numbers for one column the last is applied. False: no room. */
bool set_transaction_add(struct set_transaction *set,
			 const struct table_column *column, int64_t old_number,
			 int64_t new_number);
void set_transaction_refuse(struct set_transaction *set);

/* CommitSet, UndoSet or CleanupSet (`type`), and the SNMP error to answer. */
enum set_transaction_step set_transaction_step(struct set_transaction *set,
					       unsigned int type, uint32_t id,
					       int *error);
/* The session has ended. */
enum set_transaction_step set_transaction_lose(struct set_transaction *set);

#endif
