/* SPDX-License-Identifier: BSD-2-Clause */
/* Parses PDUs. */
#include "agentx/agentx.h"
#include "agentx/pdu.h"

#include <string.h>

/* NULL: not so many are left. */
static const unsigned char *take(struct pdu_reader *reader, size_t size)
{
	const unsigned char *at = reader->at;

	if (reader->failed || size > reader->left) {
		reader->failed = true;
		return NULL;
	}
	reader->at += size;
	reader->left -= size;
	return at;
}

static uint32_t number_of(const unsigned char *at, size_t size, bool network)
{
	uint32_t number = 0;

	for (size_t i = 0; i < size; i++)
		number = number << 8 | at[network ? i : size - 1 - i];
	return number;
}

uint16_t pdu_read_u16(struct pdu_reader *reader)
{
	const unsigned char *at = take(reader, 2);

	return at ? (uint16_t)number_of(at, 2, reader->network) : 0;
}

uint32_t pdu_read_u32(struct pdu_reader *reader)
{
	const unsigned char *at = take(reader, 4);

	return at ? number_of(at, 4, reader->network) : 0;
}

/* 5.1 */
void pdu_read_name(struct pdu_reader *reader, struct pdu_name *name)
{
	static const oid internet[] = { 1, 3, 6, 1 };
	const unsigned char *head = take(reader, 4);
	size_t count;

	name->length = 0;
	name->include = head && head[2];
	if (!head)
		return;
	count = head[0];
	if (head[1]) {
		memcpy(name->ids, internet, sizeof(internet));
		name->ids[4] = head[1];
		name->length = 5;
	}
	if (head[2] > 1 || name->length + count > PDU_NAME_MAX ||
	    count * 4 > reader->left) {
		reader->failed = true;
		name->length = 0;
		return;
	}
	while (count-- > 0)
		name->ids[name->length++] = pdu_read_u32(reader);
}

/* 5.3 */
const unsigned char *pdu_read_octets(struct pdu_reader *reader, size_t *length)
{
	uint32_t size = pdu_read_u32(reader);
	/* No sum: it could wrap on a system of 32 bits. */
	size_t padding = -size & 3;
	const unsigned char *octets = take(reader, size);

	if (!octets || !take(reader, padding))
		size = 0;
	*length = size;
	return octets;
}

/* 5.4 */
uint16_t pdu_read_bind(struct pdu_reader *reader, struct pdu_name *name,
		       uint32_t *number)
{
	struct pdu_name value;
	uint16_t type = pdu_read_u16(reader);
	size_t length;

	(void)pdu_read_u16(reader);
	pdu_read_name(reader, name);
	*number = 0;
	switch (type) {
	case ASN_INTEGER:
	case ASN_COUNTER:
	case ASN_GAUGE:
	case ASN_TIMETICKS:
		*number = pdu_read_u32(reader);
		break;
	case ASN_COUNTER64:
		(void)take(reader, 8);
		break;
	case ASN_OBJECT_ID:
		pdu_read_name(reader, &value);
		break;
	case ASN_OCTET_STR:
	case ASN_IPADDRESS:
	case ASN_OPAQUE:
		(void)pdu_read_octets(reader, &length);
		break;
	case ASN_NULL:
	case SNMP_NOSUCHOBJECT:
	case SNMP_NOSUCHINSTANCE:
	case SNMP_ENDOFMIBVIEW:
		break;
	default:
		reader->failed = true;
	}
	return type;
}

/* 6.1 */
void pdu_read_header(const unsigned char *bytes, struct pdu_header *header)
{
	struct pdu_reader reader = {
		.at = bytes + 4,
		.left = AGENTX_HEADER_SIZE - 4,
		.network = bytes[2] & AGENTX_NETWORK_BYTE_ORDER,
	};

	header->version = bytes[0];
	header->type = bytes[1];
	header->flags = bytes[2];
	header->session = pdu_read_u32(&reader);
	header->transaction = pdu_read_u32(&reader);
	header->packet = pdu_read_u32(&reader);
	header->payload_size = pdu_read_u32(&reader);
}

static bool are_ranges(struct pdu_reader body)
{
	struct pdu_name name;

	while (body.left > 0 && !body.failed) {
		pdu_read_name(&body, &name);
		pdu_read_name(&body, &name);
	}
	return !body.failed;
}

static bool are_binds(struct pdu_reader body)
{
	struct pdu_name name;
	uint32_t number;

	while (body.left > 0 && !body.failed)
		(void)pdu_read_bind(&body, &name, &number);
	return !body.failed;
}

/* 6.1.1: the optional field of some PDUs. */
static void read_context(struct pdu *pdu)
{
	switch (pdu->header.type) {
	case AGENTX_GET:
	case AGENTX_GETNEXT:
	case AGENTX_GETBULK:
	case AGENTX_TESTSET:
	case AGENTX_PING:
		if (pdu->header.flags & AGENTX_NON_DEFAULT_CONTEXT)
			pdu->context =
			    pdu_read_octets(&pdu->body, &pdu->context_length);
		break;
	default:
		break;
	}
}

/* 6.2, of what comes from a master */
static bool is_well_formed(const struct pdu *pdu)
{
	struct pdu_reader body = pdu->body;

	switch (pdu->header.type) {
	case AGENTX_GETBULK:
		(void)pdu_read_u32(&body);
		return are_ranges(body);
	case AGENTX_GET:
	case AGENTX_GETNEXT:
		return are_ranges(body);
	case AGENTX_RESPONSE:
		(void)take(&body, 8);
		return are_binds(body);
	case AGENTX_TESTSET:
		return are_binds(body);
	case AGENTX_CLOSE:
		return body.left == 4;
	case AGENTX_COMMITSET:
	case AGENTX_UNDOSET:
	case AGENTX_CLEANUPSET:
	case AGENTX_PING:
		return !body.failed && body.left == 0;
	default: /* only subagents send the others */
		return pdu->header.type >= AGENTX_OPEN &&
		       pdu->header.type < AGENTX_RESPONSE;
	}
}

bool pdu_parse(struct pdu *pdu, const unsigned char *message)
{
	memset(pdu, 0, sizeof(*pdu));
	pdu_read_header(message, &pdu->header);
	pdu->body = (struct pdu_reader){
		.at = message + AGENTX_HEADER_SIZE,
		.left = pdu->header.payload_size,
		.network = pdu->header.flags & AGENTX_NETWORK_BYTE_ORDER,
	};
	read_context(pdu);
	return is_well_formed(pdu);
}
