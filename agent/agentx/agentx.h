/* SPDX-License-Identifier: BSD-2-Clause */
/* The numbers of AgentX. Source: RFC 2741. */
#ifndef BONDCARRIER_AGENT_AGENTX_H
#define BONDCARRIER_AGENT_AGENTX_H

#define AGENTX_VERSION 1

/* 6.1: h.type */
#define AGENTX_OPEN		 1
#define AGENTX_CLOSE		 2
#define AGENTX_REGISTER		 3
#define AGENTX_UNREGISTER	 4
#define AGENTX_GET		 5
#define AGENTX_GETNEXT		 6
#define AGENTX_GETBULK		 7
#define AGENTX_TESTSET		 8
#define AGENTX_COMMITSET	 9
#define AGENTX_UNDOSET		 10
#define AGENTX_CLEANUPSET	 11
#define AGENTX_NOTIFY		 12
#define AGENTX_PING		 13
#define AGENTX_ADD_AGENT_CAPS	 16
#define AGENTX_REMOVE_AGENT_CAPS 17
#define AGENTX_RESPONSE		 18

/* h.flags */
#define AGENTX_NON_DEFAULT_CONTEXT 0x08
#define AGENTX_NETWORK_BYTE_ORDER  0x10

#define AGENTX_HEADER_SIZE	   20
/* Of a PDU with its header, here and in net-snmp's master (5.9.3,
   agentx_parse()). */
#define AGENTX_SIZE_MAX 65536

/* 6.2.16: res.error */
#define AGENTX_NOT_OPEN		      257
#define AGENTX_UNSUPPORTED_CONTEXT    262
#define AGENTX_DUPLICATE_REGISTRATION 263
#define AGENTX_UNKNOWN_REGISTRATION   264
#define AGENTX_PARSE_ERROR	      266
#define AGENTX_REQUEST_DENIED	      267
#define AGENTX_PROCESSING_ERROR	      268

#define AGENTX_REASON_SHUTDOWN	      5 /* 6.2.2 */

#define AGENTX_PRIORITY		      127 /* 6.2.3: the default */
#define AGENTX_PRIORITY_OVER	      100 /* overrides the default */

#endif
