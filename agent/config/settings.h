/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The settings of bondcarrierd.conf(5): their values, defaults, and the parsing
 * of one line's token and value. Reads no file.
 *
 * Own their lists; settings_fini() frees those. Errors: -errno.
 */
#ifndef BONDCARRIER_AGENT_SETTINGS_H
#define BONDCARRIER_AGENT_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "decision/judge.h"

#define SETTINGS_ADDRESS_SIZE 256
#define SETTINGS_WHY_SIZE     256
#define SETTINGS_GRACE_MAX_MS 3600000 /* bondDiscrepancyGrace */
#define SETTINGS_WARNING      1

/* standardTables: tables of standard MIBs, a bit each. */
#define SETTINGS_IF_STACK   0x1U
#define SETTINGS_DOT3AD_AGG 0x2U

struct settings_pattern;

struct settings {
	uint64_t given;	 /* tokens that had a line: bits of settings.c */
	bool absent;	 /* no file: these are the defaults */
	bool standalone; /* no master agent; set by the caller after
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
	uint32_t receive_buffer; /* bytes; used at the start only */
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
/* Those on the heap; NULL is fine. */
void settings_free(struct settings *settings);

/* The name of each token that settings_apply() knows, from 0 on; then NULL. */
const char *settings_token(size_t index);

/*
 * Applies one line. 0; SETTINGS_WARNING: applied, but probably a mistake;
 * -ENOENT: unknown token, -EINVAL: invalid value, -ENOMEM. Unless 0, `why` (of
 * SETTINGS_WHY_SIZE) gets the reason, in printable characters. As in snmpd, the
 * last line of a token counts, except for lists, which accumulate.
 */
int settings_apply(struct settings *settings, const char *token,
		   const char *value, char *why);

/* Call when all lines are applied. 0, or -EINVAL: they contradict each other,
   and `why` gets the reason, which is about the token `notify`. */
int settings_check(const struct settings *settings, char *why);

/* Whether include and exclude accept a bond of that name; a tracker_filter. */
bool settings_accepts(void *settings, const char *bond_name);

#endif
