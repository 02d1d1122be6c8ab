/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * AgentX PDUs as octets: parsing those of the peer, which may be hostile, and
 * building ours. Both work in place, on buffers of the caller.
 *
 * pdu_parse() checks all of a PDU; what it accepted can be read without
 * another check. A reader never goes beyond its end, and then yields zeros.
 *
 * Pure. Source: RFC 2741, 5 and 6.
 */
#ifndef BONDCARRIER_AGENT_PDU_H
#define BONDCARRIER_AGENT_PDU_H

#include <net-snmp/net-snmp-config.h>

#include <net-snmp/net-snmp-includes.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "agentx/agentx.h"

#define PDU_NAME_MAX 128 /* sub-identifiers */

struct pdu_header {
	uint8_t version;
	uint8_t type;
	uint8_t flags;
	uint32_t session;
	uint32_t transaction;
	uint32_t packet;
	uint32_t payload_size; /* octets behind the header */
};

struct pdu_reader {
	const unsigned char *at;
	size_t left;
	bool network; /* the byte order */
	bool failed;
};

struct pdu_name {
	oid ids[PDU_NAME_MAX];
	size_t length; /* 0: the null OID */
	bool include;
};

/* Borrows from the message. */
struct pdu {
	struct pdu_header header;
	const unsigned char *context;
	size_t context_length; /* 0: the default context */
	struct pdu_reader body;
};

struct pdu_writer {
	size_t length;
	bool network;
	bool full; /* something did not fit */
	unsigned char bytes[AGENTX_SIZE_MAX];
};

void pdu_read_header(const unsigned char *bytes, struct pdu_header *header);

/* Parses a message as long as its header says. False: malformed, with only
   `header` valid. */
bool pdu_parse(struct pdu *pdu, const unsigned char *message);

uint16_t pdu_read_u16(struct pdu_reader *reader);
uint32_t pdu_read_u32(struct pdu_reader *reader);
void pdu_read_name(struct pdu_reader *reader, struct pdu_name *name);
const unsigned char *pdu_read_octets(struct pdu_reader *reader, size_t *length);
/* A VarBind: its type, and its number if it is one of 32 bits. */
uint16_t pdu_read_bind(struct pdu_reader *reader, struct pdu_name *name,
		       uint32_t *number);

/* The start of a PDU; `payload_size` is ignored. */
void pdu_begin(struct pdu_writer *writer, const struct pdu_header *header);
/* Completes it. False: it did not fit. */
bool pdu_end(struct pdu_writer *writer);

/* The same for the Response to that request. An error has no VarBinds. */
void pdu_begin_response(struct pdu_writer *writer,
			const struct pdu_header *request);
void pdu_end_response(struct pdu_writer *writer, int error, unsigned int index);

void pdu_write_u32(struct pdu_writer *writer, uint32_t number);
/* Four fields of one octet each. */
void pdu_write_fields(struct pdu_writer *writer, unsigned int first,
		      unsigned int second);
void pdu_write_name(struct pdu_writer *writer, const oid *ids, size_t length);
void pdu_write_octets(struct pdu_writer *writer, const void *octets,
		      size_t length);
/* A VarBind. */
void pdu_write_variable(struct pdu_writer *writer,
			const netsnmp_variable_list *variable);

#endif
