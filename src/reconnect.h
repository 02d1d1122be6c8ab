/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * When to connect, when to ask whether the other side is alive, when to give
 * up, and what of it is worth a line in the log.
 *
 *                  CONNECT            opened               registered
 *   --> WAITING ------------> (caller) -----> REGISTERING ------------> UP
 *         ^  ^                   |                |                     | ^
 *         |  +------ failed -----+                |      ping unanswered|
 * |heard |                                       |                     v |
 *         +------------- lost, GIVE_UP -----------+------------------- SILENT
 *
 * The delay between attempts doubles from 100 ms to 15 s, with jitter, and
 * begins anew after a connection that has lasted. A peer that is silent but
 * has not closed the connection keeps it for a while: a stopped process that
 * goes on later then has nothing twice.
 *
 * Pure: time and chance are arguments. Times are milliseconds on one clock.
 */
#ifndef BONDCARRIER_RECONNECT_H
#define BONDCARRIER_RECONNECT_H

#include <stdbool.h>
#include <stdint.h>

#define RECONNECT_DELAY_MIN_MS	 100
#define RECONNECT_DELAY_MAX_MS	 15000
#define RECONNECT_REGISTER_MS	 5000	/* to answer the registration */
#define RECONNECT_PATIENCE_MS	 2000	/* to answer a ping */
#define RECONNECT_SILENCE_MAX_MS 300000 /* then the connection is given up */
#define RECONNECT_REASONS_MAX	 8

enum reconnect_state {
	RECONNECT_WAITING,
	RECONNECT_REGISTERING,
	RECONNECT_UP,
	RECONNECT_SILENT,
};

/* What the caller has to do now. */
enum reconnect_step {
	RECONNECT_NOTHING,
	RECONNECT_CONNECT,    /* then say opened or failed */
	RECONNECT_PING,	      /* an answer is said by heard */
	RECONNECT_SAY_SILENT, /* log that the peer does not answer */
	RECONNECT_GIVE_UP,    /* close the connection, then say failed */
};

struct reconnect {
	enum reconnect_state state;
	uint32_t ping_interval_ms;
	int64_t next_ms;  /* when there is something to do */
	int64_t since_ms; /* in this state */
	int64_t asked_ms; /* when the unanswered ping was sent; 0: none is */
	uint32_t delay_ms;
	uint64_t random;
	/* Reasons logged since the last connection: each is said once. */
	int said[RECONNECT_REASONS_MAX];
	unsigned int said_count;
};

void reconnect_init(struct reconnect *reconnect, uint32_t ping_interval_ms,
		    uint64_t seed, int64_t now_ms);

enum reconnect_step reconnect_step(struct reconnect *reconnect, int64_t now_ms);

/* The connection stands; the registration has been sent. */
void reconnect_opened(struct reconnect *reconnect, int64_t now_ms);
/* The registration has been accepted. */
void reconnect_registered(struct reconnect *reconnect, int64_t now_ms);
/* An attempt, or what was built on it, has come to nothing, for a reason
   that the caller numbers. True: it has not been said yet. */
bool reconnect_failed(struct reconnect *reconnect, int reason, int64_t now_ms);
/* A connection that was UP or SILENT is gone. */
void reconnect_lost(struct reconnect *reconnect, int64_t now_ms);
/* Something waits for an answer: ping now, unless that is done already. */
void reconnect_ask(struct reconnect *reconnect, int64_t now_ms);
/* A sign of life. True: the peer had been silent. */
bool reconnect_heard(struct reconnect *reconnect, int64_t now_ms);

#endif
