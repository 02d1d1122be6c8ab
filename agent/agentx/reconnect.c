/* SPDX-License-Identifier: BSD-2-Clause */
/* The state machine of a connection that is kept up. */
#include "agentx/reconnect.h"

#include <string.h>

/* xorshift64: enough to keep many agents from connecting at once. */
static uint64_t next_random(struct reconnect *reconnect)
{
	reconnect->random ^= reconnect->random << 13;
	reconnect->random ^= reconnect->random >> 7;
	reconnect->random ^= reconnect->random << 17;
	return reconnect->random;
}

static void enter(struct reconnect *reconnect, enum reconnect_state state,
		  int64_t now_ms)
{
	reconnect->state = state;
	reconnect->since_ms = now_ms;
	reconnect->ping_sent_ms = 0;
}

/* Next attempt after 3/4 to 5/4 of the delay, which then doubles. */
static void back_off(struct reconnect *reconnect, int64_t now_ms)
{
	uint32_t delay_ms = reconnect->delay_ms;

	enter(reconnect, RECONNECT_WAITING, now_ms);
	reconnect->next_ms =
	    now_ms + delay_ms - delay_ms / 4 +
	    (int64_t)(next_random(reconnect) % (delay_ms / 2 + 1));
	reconnect->delay_ms = delay_ms * 2 < RECONNECT_DELAY_MAX_MS
				  ? delay_ms * 2
				  : RECONNECT_DELAY_MAX_MS;
}

void reconnect_init(struct reconnect *reconnect, uint32_t ping_interval_ms,
		    uint64_t seed, int64_t now_ms)
{
	memset(reconnect, 0, sizeof(*reconnect));
	reconnect->ping_interval_ms = ping_interval_ms;
	reconnect->random = seed ? seed : 1; /* xorshift stays at 0 */
	reconnect->delay_ms = RECONNECT_DELAY_MIN_MS;
	reconnect->next_ms = now_ms;
	enter(reconnect, RECONNECT_WAITING, now_ms);
}

static enum reconnect_step step_up(struct reconnect *reconnect, int64_t now_ms)
{
	if (reconnect->ping_sent_ms == 0) {
		reconnect->ping_sent_ms = now_ms;
		reconnect->next_ms = now_ms + RECONNECT_PING_TIMEOUT_MS;
		return RECONNECT_PING;
	}
	reconnect->state = RECONNECT_SILENT;
	reconnect->since_ms = now_ms;
	reconnect->next_ms = now_ms + RECONNECT_SILENCE_MAX_MS;
	return RECONNECT_LOG_SILENT;
}

enum reconnect_step reconnect_step(struct reconnect *reconnect, int64_t now_ms)
{
	if (now_ms < reconnect->next_ms)
		return RECONNECT_NOTHING;
	switch (reconnect->state) {
	case RECONNECT_WAITING:
		return RECONNECT_CONNECT;
	case RECONNECT_UP:
		return step_up(reconnect, now_ms);
	case RECONNECT_REGISTERING:
	case RECONNECT_SILENT:
		break;
	}
	return RECONNECT_GIVE_UP;
}

void reconnect_opened(struct reconnect *reconnect, int64_t now_ms)
{
	enter(reconnect, RECONNECT_REGISTERING, now_ms);
	reconnect->next_ms = now_ms + RECONNECT_REGISTER_TIMEOUT_MS;
}

void reconnect_registered(struct reconnect *reconnect, int64_t now_ms)
{
	enter(reconnect, RECONNECT_UP, now_ms);
	reconnect->next_ms = now_ms + reconnect->ping_interval_ms;
	reconnect->logged_count = 0;
}

bool reconnect_failed(struct reconnect *reconnect, int reason, int64_t now_ms)
{
	back_off(reconnect, now_ms);
	for (unsigned int i = 0; i < reconnect->logged_count; i++)
		if (reconnect->logged[i] == reason)
			return false;
	if (reconnect->logged_count == RECONNECT_REASONS_MAX)
		return false;
	reconnect->logged[reconnect->logged_count++] = reason;
	return true;
}

void reconnect_lost(struct reconnect *reconnect, int64_t now_ms)
{
	/* A connection lasted if it was up for longer than the delay before
	   it. A peer that drops each connection at once is thus retried no
	   faster than an absent one, and a peer that restarts every few
	   seconds is found again quickly. */
	if (now_ms - reconnect->since_ms >= reconnect->delay_ms)
		reconnect->delay_ms = RECONNECT_DELAY_MIN_MS;
	back_off(reconnect, now_ms);
}

void reconnect_ping_now(struct reconnect *reconnect, int64_t now_ms)
{
	if (reconnect->state == RECONNECT_UP && reconnect->ping_sent_ms == 0 &&
	    reconnect->next_ms > now_ms)
		reconnect->next_ms = now_ms;
}

bool reconnect_answered(struct reconnect *reconnect, int64_t now_ms)
{
	bool silent = reconnect->state == RECONNECT_SILENT;

	if (!silent && reconnect->state != RECONNECT_UP)
		return false;
	reconnect->state = RECONNECT_UP;
	reconnect->ping_sent_ms = 0;
	reconnect->next_ms = now_ms + reconnect->ping_interval_ms;
	return silent;
}
