/* SPDX-License-Identifier: BSD-2-Clause */
/* Builds PDUs. */
#include "agentx/agentx.h"
#include "agentx/pdu.h"

#include <string.h>

#define LENGTH_AT      16 /* of the payload's length */
#define ERROR_AT       (AGENTX_HEADER_SIZE + 4)
#define RESPONSE_EMPTY (AGENTX_HEADER_SIZE + 8)

static void put(struct pdu_writer *writer, const void *octets, size_t size)
{
	if (size > sizeof(writer->bytes) - writer->length) {
		writer->full = true;
		return;
	}
	memcpy(writer->bytes + writer->length, octets, size);
	writer->length += size;
}

static void put_number(struct pdu_writer *writer, uint64_t number, size_t size)
{
	unsigned char octets[8];

	for (size_t i = 0; i < size; i++) {
		octets[writer->network ? size - 1 - i : i] =
		    (unsigned char)number;
		number >>= 8;
	}
	put(writer, octets, size);
}

/* Overwrites what is there. */
static void patch_number(struct pdu_writer *writer, size_t at, uint32_t number,
			 size_t size)
{
	size_t length = writer->length;

	writer->length = at;
	put_number(writer, number, size);
	writer->length = length;
}

void pdu_write_u32(struct pdu_writer *writer, uint32_t number)
{
	put_number(writer, number, 4);
}

void pdu_write_fields(struct pdu_writer *writer, unsigned int first,
		      unsigned int second)
{
	const unsigned char fields[4] = { (unsigned char)first,
					  (unsigned char)second };

	put(writer, fields, sizeof(fields));
}

/* 5.1 */
void pdu_write_name(struct pdu_writer *writer, const oid *ids, size_t length)
{
	static const oid internet[] = { 1, 3, 6, 1 };
	unsigned char head[4] = { 0 };
	size_t at = 0;

	if (length >= 5 && memcmp(ids, internet, sizeof(internet)) == 0 &&
	    ids[4] > 0 && ids[4] <= UINT8_MAX) {
		head[1] = (unsigned char)ids[4];
		at = 5;
	}
	head[0] = (unsigned char)(length - at);
	put(writer, head, sizeof(head));
	for (; at < length; at++)
		pdu_write_u32(writer, (uint32_t)ids[at]);
}

/* 5.3 */
void pdu_write_octets(struct pdu_writer *writer, const void *octets,
		      size_t length)
{
	static const unsigned char padding[3];

	pdu_write_u32(writer, (uint32_t)length);
	put(writer, octets, length);
	put(writer, padding, -length & 3);
}

/* 5.4 */
void pdu_write_variable(struct pdu_writer *writer,
			const netsnmp_variable_list *variable)
{
	put_number(writer, variable->type, 2);
	put_number(writer, 0, 2);
	pdu_write_name(writer, variable->name, variable->name_length);
	switch (variable->type) {
	case ASN_INTEGER:
	case ASN_COUNTER:
	case ASN_GAUGE:
	case ASN_TIMETICKS:
		pdu_write_u32(writer, (uint32_t)*variable->val.integer);
		break;
	case ASN_COUNTER64:
		put_number(writer,
			   (uint64_t)variable->val.counter64->high << 32 |
			       (uint32_t)variable->val.counter64->low,
			   8);
		break;
	case ASN_OBJECT_ID:
		pdu_write_name(writer, variable->val.objid,
			       variable->val_len / sizeof(oid));
		break;
	case ASN_OCTET_STR:
		pdu_write_octets(writer, variable->val.string,
				 variable->val_len);
		break;
	default: /* no value */
		break;
	}
}

/* 6.1 */
void pdu_begin(struct pdu_writer *writer, const struct pdu_header *header)
{
	const unsigned char head[4] = { header->version, header->type,
					header->flags };

	writer->length = 0;
	writer->full = false;
	writer->network = header->flags & AGENTX_NETWORK_BYTE_ORDER;
	put(writer, head, sizeof(head));
	pdu_write_u32(writer, header->session);
	pdu_write_u32(writer, header->transaction);
	pdu_write_u32(writer, header->packet);
	pdu_write_u32(writer, 0);
}

bool pdu_end(struct pdu_writer *writer)
{
	patch_number(writer, LENGTH_AT,
		     (uint32_t)(writer->length - AGENTX_HEADER_SIZE), 4);
	return !writer->full;
}

/* 7.2.2. There is no context in a Response, so no such flag either. */
void pdu_begin_response(struct pdu_writer *writer,
			const struct pdu_header *request)
{
	struct pdu_header header = *request;

	header.type = AGENTX_RESPONSE;
	header.flags &= AGENTX_NETWORK_BYTE_ORDER;
	pdu_begin(writer, &header);
	pdu_write_u32(writer, 0); /* res.sysUpTime is only a master's */
	pdu_write_u32(writer, 0);
}

void pdu_end_response(struct pdu_writer *writer, int error, unsigned int index)
{
	if (error) {
		writer->length = RESPONSE_EMPTY;
		writer->full = false;
	}
	patch_number(writer, ERROR_AT, (uint32_t)error, 2);
	patch_number(writer, ERROR_AT + 2, index, 2);
	(void)pdu_end(writer);
}
