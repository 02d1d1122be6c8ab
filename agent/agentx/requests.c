/* SPDX-License-Identifier: BSD-2-Clause */
/* The master's requests for variables. */
#include "agentx/requests_internal.h"

#include <string.h>

#include "agentx/agentx.h"
#include "mib/mib.h"

static void add(struct requests *requests, const struct requests_part *part)
{
	size_t at = requests->count++;

	for (; at > 0; at--) {
		const struct requests_part *before = &requests->parts[at - 1];

		if (snmp_oid_compare(before->name, before->length, part->name,
				     part->length) < 0)
			break;
		requests->parts[at] = *before;
	}
	requests->parts[at] = *part;
}

void requests_init(struct requests *requests, struct shared *shared,
		   const struct if_oper_status *if_oper_status)
{
	struct requests_part column = { .name = { IF_OPER_STATUS },
					.length = IF_OPER_STATUS_LENGTH };

	memset(requests, 0, sizeof(*requests));
	requests->shared = shared;
	requests->if_oper_status = if_oper_status;
	if (if_oper_status)
		add(requests, &column);
	for (size_t i = 0; i < MIB_TREE_COUNT; i++) {
		struct requests_part part = { .tree = &mib_tree_list[i] };

		part.length = mib_tree_name(part.tree, part.name);
		add(requests, &part);
	}
}

/* Validates one VarBind, whose value is only a number if it is to be one. */
static int test_bind(struct requests *requests,
		     const struct requests_answer *answer,
		     netsnmp_variable_list *variable)
{
	const struct requests_part *part = requests_find(requests, variable);
	struct table_instance instance;
	struct table_value old;
	int error;

	if (!part || !part->tree)
		return SNMP_ERR_NOTWRITABLE;
	error = mib_check_set(part->tree, &answer->start, variable, &instance);
	if (error)
		return error;
	if (!instance.column->get(&instance.row, &old))
		return SNMP_ERR_GENERR;
	return set_transaction_add(&requests->set, instance.column, old.number,
				   *variable->val.integer)
		   ? SNMP_ERR_NOERROR
		   : SNMP_ERR_RESOURCEUNAVAILABLE;
}

/* 7.2.4.1 */
static int test(struct requests *requests, struct requests_answer *answer,
		const struct pdu *pdu)
{
	netsnmp_variable_list *variable = &answer->variable;
	struct pdu_reader binds = pdu->body;
	int error = SNMP_ERR_NOERROR;

	set_transaction_test(&requests->set, pdu->header.transaction);
	while (binds.left > 0 && !error) {
		struct pdu_name name;
		uint32_t number;
		uint16_t type = pdu_read_bind(&binds, &name, &number);
		long value =
		    type == ASN_INTEGER ? (long)(int32_t)number : (long)number;

		answer->index++;
		if (snmp_set_var_objid(variable, name.ids, name.length) != 0)
			return SNMP_ERR_GENERR;
		snmp_set_var_typed_integer(variable, ASN_INTEGER, value);
		variable->type = (u_char)type;
		error = test_bind(requests, answer, variable);
	}
	if (error)
		set_transaction_refuse(&requests->set);
	return error;
}

static void take(struct requests *requests, enum set_transaction_step step)
{
	const struct set_transaction *set = &requests->set;

	for (size_t i = 0; i < set->count && step; i++)
		set->values[i].column->set(requests->shared,
					   step == SET_TRANSACTION_APPLY
					       ? set->values[i].new_number
					       : set->values[i].old_number);
	if (step)
		shared_signal(requests->shared->control_fd);
}

static int handle(struct requests *requests, struct requests_answer *answer,
		  const struct pdu *pdu)
{
	int error = SNMP_ERR_GENERR;
	bool good;

	switch (pdu->header.type) {
	case AGENTX_GET:
		good = requests_get(answer, pdu->body);
		break;
	case AGENTX_GETNEXT:
		good = requests_get_next(answer, pdu->body);
		break;
	case AGENTX_GETBULK:
		good = requests_get_bulk(answer, pdu->body);
		break;
	case AGENTX_TESTSET:
		return test(requests, answer, pdu);
	default: /* CommitSet, UndoSet, CleanupSet */
		take(requests,
		     set_transaction_step(&requests->set, pdu->header.type,
					  pdu->header.transaction, &error));
		return error;
	}
	return good ? SNMP_ERR_NOERROR : SNMP_ERR_GENERR;
}

int requests_handle(struct requests *requests, const struct pdu *pdu,
		    struct pdu_writer *writer, unsigned int *index)
{
	struct requests_answer answer = { .requests = requests,
					  .writer = writer };
	int error;

	shared_lock(requests->shared);
	table_row_init(&answer.start, requests->shared, &answer.times);
	error = handle(requests, &answer, pdu);
	shared_unlock(requests->shared);
	snmp_reset_var_buffers(&answer.variable);
	*index = error ? answer.index : 0;
	return error;
}

void requests_lose(struct requests *requests)
{
	shared_lock(requests->shared);
	take(requests, set_transaction_lose(&requests->set));
	shared_unlock(requests->shared);
}
