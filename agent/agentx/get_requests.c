/* SPDX-License-Identifier: BSD-2-Clause */
/* Handles the master's Get and GetNext requests. */
#include "agentx/get_requests.h"

#include <string.h>

#include "agentx/agentx.h"
#include "mib/mib.h"

static int compare(const struct get_requests_part *part, const oid *name,
		   size_t length)
{
	return snmp_oid_compare(part->name, part->length, name, length);
}

static void add(struct get_requests *requests,
		const struct get_requests_part *part)
{
	size_t at = requests->count;

	for (; at > 0; at--) {
		if (compare(&requests->parts[at - 1], part->name,
			    part->length) < 0)
			break;
		requests->parts[at] = requests->parts[at - 1];
	}
	requests->parts[at] = *part;
	requests->count++;
}

void get_requests_init(struct get_requests *requests, struct shared *shared,
		       const struct if_oper_status *if_oper_status)
{
	struct get_requests_part column = { .name = { IF_OPER_STATUS },
					    .length = IF_OPER_STATUS_LENGTH };

	memset(requests, 0, sizeof(*requests));
	requests->shared = shared;
	requests->if_oper_status = if_oper_status;
	if (if_oper_status)
		add(requests, &column);
	for (size_t i = 0; i < MIB_TREE_COUNT; i++) {
		struct get_requests_part part = { .tree = &mib_tree_list[i] };

		part.length = mib_tree_name(part.tree, part.name);
		add(requests, &part);
	}
}

static bool has(const struct get_requests_part *part,
		const netsnmp_variable_list *variable)
{
	return netsnmp_oid_is_subtree(part->name, part->length, variable->name,
				      variable->name_length) == 0;
}

/* ifOperStatus queries links, and locks the shared state itself. */
static int get_in(const struct get_requests *requests,
		  const struct get_requests_part *part,
		  const struct table_row *start,
		  netsnmp_variable_list *variable)
{
	int status;

	if (part->tree)
		return mib_get(part->tree, start, variable);
	shared_unlock(requests->shared);
	status = if_oper_status_get(requests->if_oper_status, variable);
	shared_lock(requests->shared);
	return status;
}

/* Leaves the variable unchanged if nothing follows in this part. */
static int next_in(const struct get_requests *requests,
		   const struct get_requests_part *part,
		   const struct table_row *start,
		   netsnmp_variable_list *variable, bool inclusive)
{
	int status;

	if (part->tree)
		return mib_next(part->tree, part->name, start, variable,
				inclusive);
	shared_unlock(requests->shared);
	status =
	    if_oper_status_next(requests->if_oper_status, variable, inclusive);
	shared_lock(requests->shared);
	return status;
}

static int get(const struct get_requests *requests,
	       const struct table_row *start, netsnmp_variable_list *variable)
{
	for (size_t i = 0; i < requests->count; i++)
		if (has(&requests->parts[i], variable))
			return get_in(requests, &requests->parts[i], start,
				      variable);
	return SNMP_NOSUCHOBJECT;
}

/* Whether the range has an end and the name is not before it. The null OID for
   no end is parsed as 0.0 (agentx_parse_oid()). */
static bool is_beyond(const oid *name, size_t length, const oid *end,
		      size_t end_length)
{
	static const oid none[] = { 0, 0 };

	return snmp_oid_compare(end, end_length, none, OID_LENGTH(none)) > 0 &&
	       snmp_oid_compare(name, length, end, end_length) >= 0;
}

/* RFC 2741, 7.2.3.2: the next instance in the search range, whose end net-snmp
   keeps in the variable's value; or endOfMibView with the requested name. */
static int next(const struct get_requests *requests,
		const struct table_row *start, netsnmp_variable_list *variable)
{
	bool inclusive = variable->type == ASN_PRIV_INCL_RANGE;
	oid asked[MAX_OID_LEN], end[MAX_OID_LEN];
	size_t asked_length = variable->name_length;
	size_t end_length = variable->val_len / sizeof(oid);
	int status;

	if (asked_length > MAX_OID_LEN || end_length > MAX_OID_LEN)
		return SNMP_ERR_GENERR;
	memcpy(asked, variable->name, asked_length * sizeof(oid));
	memcpy(end, variable->val.objid, end_length * sizeof(oid));
	snmp_set_var_typed_value(variable, ASN_NULL, NULL, 0);
	for (size_t i = 0; i < requests->count; i++) {
		const struct get_requests_part *part = &requests->parts[i];

		if (compare(part, asked, asked_length) < 0 &&
		    !has(part, variable))
			continue; /* before the requested name */
		if (is_beyond(part->name, part->length, end, end_length))
			break; /* avoids useless queries of links */
		status = next_in(requests, part, start, variable, inclusive);
		if (status != SNMP_ERR_NOERROR)
			return status;
		if (variable->type != ASN_NULL)
			break;
	}
	if (variable->type != ASN_NULL &&
	    !is_beyond(variable->name, variable->name_length, end, end_length))
		return SNMP_ERR_NOERROR;
	snmp_set_var_objid(variable, asked, asked_length);
	return SNMP_ENDOFMIBVIEW;
}

/* 0, or the number of the first variable that failed. */
static long fill(const struct get_requests *requests, netsnmp_pdu *response,
		 bool is_next)
{
	struct table_times times;
	struct table_row start;
	long index = 0;

	table_row_init(&start, requests->shared, &times);
	for (netsnmp_variable_list *variable = response->variables; variable;
	     variable = variable->next_variable) {
		int status = is_next ? next(requests, &start, variable)
				     : get(requests, &start, variable);

		index++;
		if (status == SNMP_ERR_GENERR)
			return index;
		if (status != SNMP_ERR_NOERROR)
			snmp_set_var_typed_value(variable, (u_char)status, NULL,
						 0);
	}
	return 0;
}

bool get_requests_handle(void *ctx, netsnmp_session *peer, netsnmp_pdu *pdu)
{
	const struct get_requests *requests = ctx;
	netsnmp_pdu *response;

	if (pdu->command != AGENTX_GET && pdu->command != AGENTX_GETNEXT)
		return false;
	response = snmp_pdu_create(AGENTX_RESPONSE);
	if (!response)
		return true; /* as in net-snmp, the master times out */
	response->version = peer->version;
	response->flags = pdu->flags & AGENTX_NETWORK_BYTE_ORDER;
	response->sessid = pdu->sessid;
	response->transid = pdu->transid;
	response->reqid = pdu->reqid;
	response->variables = pdu->variables;
	pdu->variables = NULL;
	shared_lock(requests->shared);
	response->errindex =
	    fill(requests, response, pdu->command == AGENTX_GETNEXT);
	shared_unlock(requests->shared);
	response->errstat =
	    response->errindex ? SNMP_ERR_GENERR : SNMP_ERR_NOERROR;
	if (!snmp_send(peer, response))
		snmp_free_pdu(response);
	return true;
}
