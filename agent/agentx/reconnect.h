/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * When to connect, when to ping the peer, when to give up, and which failures
 * to log.
 *
 *                  CONNECT            opened               registered
 *   --> WAITING ------------> (caller) -----> REGISTERING ------------> UP
 *         ^  ^                   |                |                     | ^
 *         |  +------ failed -----+                |                     | |
 *         |                                       |     ping unanswered | |
 * answered |                                       |                     v |
 *         +------------- lost, GIVE_UP -----------+------------------- SILENT
 *
 * The delay between attempts doubles from 100 ms to 15 s, with jitter, and is
 * reset by a connection that lasted. The connection to a silent peer stays
 * open for a while: a process that was stopped and continues then gets
 * nothing twice.
 *
 * Pure: the time and the random seed are arguments. Times are in milliseconds
 * on one clock.
 */
#ifndef BONDCARRIER_AGENT_RECONNECT_H
#define BONDCARRIER_AGENT_RECONNECT_H

#include <stdbool.h>
#include <stdint.h>

#define RECONNECT_DELAY_MIN_MS	      100
#define RECONNECT_DELAY_MAX_MS	      15000
#define RECONNECT_REGISTER_TIMEOUT_MS 5000   /* for the registration */
#define RECONNECT_PING_TIMEOUT_MS     2000   /* for a ping */
#define RECONNECT_SILENCE_MAX_MS      300000 /* before giving up */
#define RECONNECT_REASONS_MAX	      8

enum reconnect_state {
	RECONNECT_WAITING,
	RECONNECT_REGISTERING,
	RECONNECT_UP,
	RECONNECT_SILENT,
};

/* What the caller has to do now. */
enum reconnect_step {
	RECONNECT_NOTHING,
	RECONNECT_CONNECT,    /* then call reconnect_opened() or _failed() */
	RECONNECT_PING,	      /* then call reconnect_answered() */
	RECONNECT_LOG_SILENT, /* log that the peer does not respond */
	RECONNECT_GIVE_UP,    /* close, then call reconnect_failed() */
};

struct reconnect {
	enum reconnect_state state;
	uint32_t ping_interval_ms;
	int64_t next_ms;      /* when reconnect_step() is due */
	int64_t since_ms;     /* in this state */
	int64_t ping_sent_ms; /* of the unanswered ping; 0: none */
	uint32_t delay_ms;
	uint64_t random;
	/* Reasons logged since the last connection, each of them once. */
	int logged[RECONNECT_REASONS_MAX];
	unsigned int logged_count;
};

void reconnect_init(struct reconnect *reconnect, uint32_t ping_interval_ms,
		    uint64_t seed, int64_t now_ms);

enum reconnect_step reconnect_step(struct reconnect *reconnect, int64_t now_ms);

/* The connection is open, and the registration has been sent. */
void reconnect_opened(struct reconnect *reconnect, int64_t now_ms);
/* The registration has been accepted. */
void reconnect_registered(struct reconnect *reconnect, int64_t now_ms);
/* The connection attempt or the registration failed; the caller numbers the
   reasons. True: this reason has not been logged yet. */
bool reconnect_failed(struct reconnect *reconnect, int reason, int64_t now_ms);
/* A connection in state UP or SILENT is lost. */
void reconnect_lost(struct reconnect *reconnect, int64_t now_ms);
/* Makes a ping due now, unless one is unanswered already. */
void reconnect_ping_now(struct reconnect *reconnect, int64_t now_ms);
/* The peer answered something. True: it was SILENT before. */
bool reconnect_answered(struct reconnect *reconnect, int64_t now_ms);

#endif
