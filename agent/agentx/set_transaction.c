/* SPDX-License-Identifier: BSD-2-Clause */
/* The phases of a SET. */
#include "agentx/set_transaction.h"

#include "agentx/agentx.h"

void set_transaction_test(struct set_transaction *set, uint32_t id)
{
	set->state = SET_TRANSACTION_TESTED;
	set->id = id;
	set->count = 0;
}

bool set_transaction_add(struct set_transaction *set,
			 const struct table_column *column, int64_t old_number,
			 int64_t new_number)
{
	size_t i = 0;

	while (i < set->count && set->values[i].column != column)
		i++;
	if (i == SET_TRANSACTION_MAX)
		return false;
	if (i == set->count)
		set->values[set->count++] =
		    (struct set_transaction_value){ .column = column,
						    .old_number = old_number };
	set->values[i].new_number = new_number;
	return true;
}

void set_transaction_refuse(struct set_transaction *set)
{
	set->state = SET_TRANSACTION_REFUSED;
}

static enum set_transaction_step commit(struct set_transaction *set,
					bool is_known, int *error)
{
	if (is_known && set->state == SET_TRANSACTION_TESTED) {
		set->state = SET_TRANSACTION_COMMITTED;
		return SET_TRANSACTION_APPLY;
	}
	/* A master that got no answer in time repeats its request. */
	if (!is_known || set->state != SET_TRANSACTION_COMMITTED)
		*error = SNMP_ERR_COMMITFAILED;
	return SET_TRANSACTION_NOTHING;
}

enum set_transaction_step set_transaction_step(struct set_transaction *set,
					       unsigned int type, uint32_t id,
					       int *error)
{
	bool is_known = set->state != SET_TRANSACTION_NONE && set->id == id;

	*error = SNMP_ERR_NOERROR;
	if (type == AGENTX_COMMITSET)
		return commit(set, is_known, error);
	if (type == AGENTX_UNDOSET && is_known)
		return set_transaction_lose(set);
	if (type == AGENTX_UNDOSET)
		*error = SNMP_ERR_UNDOFAILED;
	else if (is_known)
		set->state = SET_TRANSACTION_NONE;
	return SET_TRANSACTION_NOTHING;
}

enum set_transaction_step set_transaction_lose(struct set_transaction *set)
{
	bool committed = set->state == SET_TRANSACTION_COMMITTED;

	set->state = SET_TRANSACTION_NONE;
	return committed ? SET_TRANSACTION_REVERT : SET_TRANSACTION_NOTHING;
}
