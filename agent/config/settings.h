/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What bondcarrierd.conf(5) can say: the values, their defaults, and the
 * reading of one line's token and value. No file is read here.
 *
 * Ownership: settings own their lists; settings_fini() frees them.
 */
#ifndef BONDCARRIER_SETTINGS_H
#define BONDCARRIER_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "decision/judge.h"

#define SETTINGS_ADDRESS_SIZE 256
#define SETTINGS_WHY_SIZE     256
#define SETTINGS_GRACE_MAX_MS 3600000 /* bondDiscrepancyGrace */
#define SETTINGS_WARNING      1

/* standardTables: tables of MIBs that are not ours, a bit each. */
#define SETTINGS_IF_STACK   0x1U
#define SETTINGS_DOT3AD_AGG 0x2U

struct settings_pattern;

struct settings {
	uint64_t given;	 /* which tokens had a line: bits of settings.c */
	bool absent;	 /* there is no file: these are the defaults */
	bool standalone; /* there is no master agent: the caller says so, after
			    settings_init() */
	struct judge_policy policy;
	struct {
		bool discrepancy;
		bool effective;
		bool active_slave;
		bool if_link; /* IF-MIB's linkUp and linkDown */
	} notify;
	unsigned int standard_tables; /* SETTINGS_IF_STACK ... */
	uint32_t notify_throttle_ms;
	uint32_t notify_queue;
	uint32_t event_log;
	uint32_t resync_interval_s;
	uint32_t receive_buffer; /* bytes; looked at when the daemon starts */
	bool correct_if_oper_status;
	struct settings_pattern *include; /* none: all */
	struct settings_pattern *exclude;

	char track_directory[SETTINGS_ADDRESS_SIZE]; /* "": no track files */
	uint32_t track_fall_ms;
	uint32_t track_rise_ms;

	char state_file[SETTINGS_ADDRESS_SIZE];	   /* "": none */
	char agentx_socket[SETTINGS_ADDRESS_SIZE]; /* "": net-snmp's own */
	uint32_t agentx_timeout_s;
	uint32_t agentx_retries;
	uint32_t agentx_ping_interval_s;
};

void settings_init(struct settings *settings); /* the defaults */
void settings_fini(struct settings *settings);

/* The name of each token that settings_apply() knows, from 0 on; then NULL. */
const char *settings_token(size_t index);

/*
 * Applies one line. 0; SETTINGS_WARNING: applied, but somebody may be
 * mistaken; -ENOENT: no such token, -EINVAL: a bad value, -ENOMEM. Then `why`
 * (of SETTINGS_WHY_SIZE) says what it is, in printable characters. As with
 * snmpd, the last line of a token counts, but for lists, which add up.
 */
int settings_apply(struct settings *settings, const char *token,
		   const char *value, char *why);

/* When all lines are applied: 0, or -EINVAL where they don't agree; then `why`
   says what the token `notify` wants. */
int settings_check(const struct settings *settings, char *why);

/* Does include/exclude want a bond of that name? Fits tracker_filter. */
bool settings_wants(void *settings, const char *bond_name);

#endif
