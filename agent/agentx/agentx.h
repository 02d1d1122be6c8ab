/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What net-snmp's agent library exports for AgentX but declares in no
 * installed header (agent/mibgroup/agentx of its sources, 5.7 to 5.9), and
 * numbers of RFC 2741.
 */
#ifndef BONDCARRIER_AGENT_AGENTX_H
#define BONDCARRIER_AGENT_AGENTX_H

#include <net-snmp/net-snmp-config.h>

#include <net-snmp/net-snmp-includes.h>

/* subagent.h, agent_global_vars.h, protocol.h, snmpd.h, snmp_vars.c */
extern netsnmp_session *main_session;
extern netsnmp_session *agentx_callback_sess;
extern netsnmp_session *callback_master_sess;
extern int callback_master_num;
int subagent_open_master_session(void);
int subagent_startup(int major, int minor, void *server, void *client);
void agentx_unregister_callbacks(netsnmp_session *session);
int handle_subagent_response(int op, netsnmp_session *session, int reqid,
			     netsnmp_pdu *pdu, void *magic);

#define AGENTX_VERSION 0xc1 /* netsnmp_session.version */

/* RFC 2741, 6.1: h.type */
#define AGENTX_CLOSE	      2
#define AGENTX_REGISTER	      3
#define AGENTX_UNREGISTER     4
#define AGENTX_GET	      5
#define AGENTX_GETNEXT	      6
#define AGENTX_NOTIFY	      12
#define AGENTX_PING	      13
#define AGENTX_ADD_AGENT_CAPS 16
#define AGENTX_RESPONSE	      18

/* h.flags */
#define AGENTX_NON_DEFAULT_CONTEXT 0x08
#define AGENTX_NETWORK_BYTE_ORDER  0x10

#define AGENTX_HEADER_SIZE	   20

/* 6.2.16: res.error */
#define AGENTX_NOT_OPEN		      257
#define AGENTX_UNSUPPORTED_CONTEXT    262
#define AGENTX_DUPLICATE_REGISTRATION 263
#define AGENTX_UNKNOWN_REGISTRATION   264
#define AGENTX_REQUEST_DENIED	      267
#define AGENTX_PROCESSING_ERROR	      268

#define AGENTX_REASON_SHUTDOWN	      5 /* 6.2.2 */

#define AGENTX_PRIORITY		      127 /* 6.2.3: the default */
#define AGENTX_PRIORITY_OVER	      100 /* overrides the default */

#endif
