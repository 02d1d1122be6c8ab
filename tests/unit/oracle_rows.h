/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Situations measured on a real bonding driver (Linux 6.1), and what is true
 * of each. Kinds and warnings stand here by hand, from their definitions.
 */
#ifndef BONDCARRIER_TESTS_ORACLE_ROWS_H
#define BONDCARRIER_TESTS_ORACLE_ROWS_H

#include <stdint.h>

#include "words.h"

enum oracle_option {
	PLAIN,
	BOND_DORMANT, /* LOWER_UP without RUNNING */
	BOND_ADMIN_DOWN,
	USE_CARRIER_0,
	KERNEL_STRICT, /* lacp_strict on */
	AGENT_STRICT,  /* the agent's own strictLacp */
	NESTED,	       /* the slave is a bond that falsely says up */
};

struct oracle_row {
	int number;
	const char *modes;
	enum carrier_monitor monitor;
	uint32_t min_links;
	const char *slaves;
	const char *ad;
	enum carrier reported;
	enum carrier effective;
	enum carrier_reason reason;
	unsigned int kinds;
	unsigned int warnings;
	/* Rows that are seen in grace: what came before, the delay, and what
	   is pending only. The other rows are seen after grace. */
	const char *before;
	unsigned int pending;
	uint32_t updelay_ms;
	uint32_t downdelay_ms;
	enum oracle_option option;
};

extern const struct oracle_row oracle_rows[];
extern const size_t oracle_row_count;

#endif
