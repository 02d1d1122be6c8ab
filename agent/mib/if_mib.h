/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Numbers of IF-MIB (RFC 2863) and of its ifTable, for the objects of it that
 * are served or sent.
 */
#ifndef BONDCARRIER_AGENT_IF_MIB_H
#define BONDCARRIER_AGENT_IF_MIB_H

#define IF_MIB_ENTRY	    1, 3, 6, 1, 2, 1, 2, 2, 1
#define IF_MIB_INDEX	    1
#define IF_MIB_ADMIN_STATUS 7
#define IF_MIB_OPER_STATUS  8

/* ifAdminStatus and ifOperStatus */
#define IF_MIB_UP   1
#define IF_MIB_DOWN 2

#endif
