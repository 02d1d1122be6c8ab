/* SPDX-License-Identifier: BSD-2-Clause */
/* Answers to Get, GetNext and GetBulk: RFC 2741, 7.2.3. */
#include "agentx/requests_internal.h"

#include <stdint.h>

#include "mib/mib.h"

/* A GetBulk's repeaters have no more VarBinds than this, or one each: an answer
   is not much longer than what a manager can get with one of GetNext. It is
   net-snmp's own default for maxGetbulkResponses. */
#define BULK_MAX 100

const struct requests_part *requests_find(const struct requests *requests,
					  const netsnmp_variable_list *variable)
{
	for (size_t i = 0; i < requests->count; i++)
		if (netsnmp_oid_is_subtree(
			requests->parts[i].name, requests->parts[i].length,
			variable->name, variable->name_length) == 0)
			return &requests->parts[i];
	return NULL;
}

/* ifOperStatus queries links, and locks the shared state itself. */
static int get_in(struct requests_answer *answer,
		  const struct requests_part *part)
{
	const struct requests *requests = answer->requests;
	int status;

	if (part->tree)
		return mib_get(part->tree, &answer->start, &answer->variable);
	shared_unlock(requests->shared);
	status =
	    if_oper_status_get(requests->if_oper_status, &answer->variable);
	shared_lock(requests->shared);
	return status;
}

/* Leaves the variable unchanged if nothing follows in this part. */
static int next_in(struct requests_answer *answer,
		   const struct requests_part *part, bool inclusive)
{
	const struct requests *requests = answer->requests;
	int status;

	if (part->tree)
		return mib_next(part->tree, part->name, &answer->start,
				&answer->variable, inclusive);
	shared_unlock(requests->shared);
	status = if_oper_status_next(requests->if_oper_status,
				     &answer->variable, inclusive);
	shared_lock(requests->shared);
	return status;
}

/* Whether the range has an end and the name is not before it. */
static bool is_beyond(const oid *name, size_t length,
		      const struct pdu_name *end)
{
	return end->length > 0 &&
	       snmp_oid_compare(name, length, end->ids, end->length) >= 0;
}

/* 7.2.3.2: the next instance in the search range, or endOfMibView with the name
   as it is. */
static int next(struct requests_answer *answer, const struct pdu_name *from,
		const struct pdu_name *end)
{
	const struct requests *requests = answer->requests;
	netsnmp_variable_list *variable = &answer->variable;
	const struct requests_part *part = requests->parts;
	int status;

	for (; part < requests->parts + requests->count; part++) {
		if (snmp_oid_compare(part->name, part->length, from->ids,
				     from->length) < 0 &&
		    netsnmp_oid_is_subtree(part->name, part->length, from->ids,
					   from->length) != 0)
			continue; /* before the requested name */
		if (is_beyond(part->name, part->length, end))
			break; /* avoids useless queries of links */
		status = next_in(answer, part, from->include);
		if (status != SNMP_ERR_NOERROR)
			return status;
		if (variable->type != ASN_NULL)
			break;
	}
	if (variable->type != ASN_NULL &&
	    !is_beyond(variable->name, variable->name_length, end))
		return SNMP_ERR_NOERROR;
	if (snmp_set_var_objid(variable, from->ids, from->length) != 0)
		return SNMP_ERR_GENERR;
	return SNMP_ENDOFMIBVIEW;
}

/* 7.2.3.1 */
static int get(struct requests_answer *answer)
{
	const struct requests_part *part =
	    requests_find(answer->requests, &answer->variable);

	if (!part)
		return SNMP_NOSUCHOBJECT;
	return get_in(answer, part);
}

/* Adds the VarBind of one SearchRange; `end` is NULL for a Get. False: genErr,
   or no room. */
static bool add_range(struct requests_answer *answer,
		      const struct pdu_name *from, const struct pdu_name *end)
{
	netsnmp_variable_list *variable = &answer->variable;
	int status;

	if (snmp_set_var_objid(variable, from->ids, from->length) != 0)
		return false;
	snmp_set_var_typed_value(variable, ASN_NULL, NULL, 0);
	status = end ? next(answer, from, end) : get(answer);
	if (status == SNMP_ERR_GENERR)
		return false;
	if (status != SNMP_ERR_NOERROR)
		snmp_set_var_typed_value(variable, (u_char)status, NULL, 0);
	pdu_write_variable(answer->writer, variable);
	return !answer->writer->full;
}

bool requests_get(struct requests_answer *answer, struct pdu_reader ranges)
{
	struct pdu_name from, end;

	while (ranges.left > 0) {
		answer->index++;
		pdu_read_name(&ranges, &from);
		pdu_read_name(&ranges, &end);
		if (!add_range(answer, &from, NULL))
			return false;
	}
	return true;
}

/* At most `count` ranges. */
static bool add_next(struct requests_answer *answer, struct pdu_reader *ranges,
		     unsigned int count)
{
	struct pdu_name from, end;

	while (ranges->left > 0 && count-- > 0) {
		answer->index++;
		pdu_read_name(ranges, &from);
		pdu_read_name(ranges, &end);
		if (!add_range(answer, &from, &end))
			return false;
	}
	return true;
}

bool requests_get_next(struct requests_answer *answer, struct pdu_reader ranges)
{
	return add_next(answer, &ranges, UINT32_MAX);
}

/* A variable of a GetBulk that is repeated. */
struct repeater {
	struct pdu_reader from; /* at the name to continue from */
	struct pdu_reader end;
	bool ended;
};

/* Adds one more VarBind of the repeater, which continues from there. */
static bool add_repetition(struct requests_answer *answer,
			   struct repeater *repeater)
{
	struct pdu_reader from_reader = repeater->from;
	struct pdu_reader end_reader = repeater->end;
	struct pdu_writer *writer = answer->writer;
	size_t at = writer->length;
	struct pdu_name from, end;

	pdu_read_name(&from_reader, &from);
	pdu_read_name(&end_reader, &end);
	if (repeater->ended) /* nothing is before the end */
		end = (struct pdu_name){ .length = 1 };
	if (!add_range(answer, &from, &end))
		return false;
	repeater->from = (struct pdu_reader){
		.at = writer->bytes + at,
		.left = writer->length - at,
		.network = writer->network,
	};
	(void)pdu_read_u32(&repeater->from); /* the type */
	repeater->ended = answer->variable.type == SNMP_ENDOFMIBVIEW;
	return true;
}

/* The repeaters in turn, until all are at their ends. The first iteration has
   to fit. */
static bool repeat(struct requests_answer *answer, struct repeater *repeaters,
		   size_t count, unsigned int iterations)
{
	unsigned int first_index = answer->index + 1;
	size_t fits = 0;
	bool going = true;

	while (iterations-- > 0 && going) {
		going = false;
		for (size_t i = 0; i < count; i++) {
			answer->index = first_index + (unsigned int)i;
			if (!add_repetition(answer, &repeaters[i])) {
				if (!answer->writer->full || fits == 0)
					return false;
				answer->writer->length = fits;
				answer->writer->full = false;
				return true;
			}
			going |= !repeaters[i].ended;
		}
		fits = answer->writer->length;
	}
	return true;
}

bool requests_get_bulk(struct requests_answer *answer, struct pdu_reader body)
{
	unsigned int non_repeaters = pdu_read_u16(&body);
	unsigned int iterations = pdu_read_u16(&body);
	struct repeater repeaters[BULK_MAX];
	struct pdu_reader ranges;
	struct pdu_name name;
	size_t count = 0;

	if (!add_next(answer, &body, non_repeaters))
		return false;
	for (ranges = body; ranges.left > 0 && count < BULK_MAX; count++) {
		repeaters[count] = (struct repeater){ .from = ranges };
		pdu_read_name(&ranges, &name);
		repeaters[count].end = ranges;
		pdu_read_name(&ranges, &name);
	}
	if (count == 0 || iterations == 0)
		return true;
	if (ranges.left > 0) /* too many for a second iteration */
		return add_next(answer, &body, UINT32_MAX);
	if (iterations > BULK_MAX / count)
		iterations = BULK_MAX / (unsigned int)count;
	return repeat(answer, repeaters, count, iterations);
}
