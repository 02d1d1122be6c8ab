/* SPDX-License-Identifier: BSD-2-Clause */
/* What the files of the requests share: requests.c, and below it
   requests_get.c, with the answers to Get, GetNext and GetBulk. */
#ifndef BONDCARRIER_AGENT_REQUESTS_INTERNAL_H
#define BONDCARRIER_AGENT_REQUESTS_INTERNAL_H

#include "agentx/requests.h"

/* An answer in progress, with the shared state locked. */
struct requests_answer {
	const struct requests *requests;
	struct table_times times;
	struct table_row start;
	netsnmp_variable_list variable; /* of each VarBind in turn */
	struct pdu_writer *writer;
	unsigned int index; /* of the variable */
};

/* The subtree of the variable's name; NULL: none of ours. */
const struct requests_part *
requests_find(const struct requests *requests,
	      const netsnmp_variable_list *variable);

/* 7.2.3, with the PDU's body behind the context. False: genErr for the variable
   of the index. */
bool requests_get(struct requests_answer *answer, struct pdu_reader ranges);
bool requests_get_next(struct requests_answer *answer,
		       struct pdu_reader ranges);
bool requests_get_bulk(struct requests_answer *answer, struct pdu_reader body);

#endif
