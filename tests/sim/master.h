/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A master agent and the managers behind it: takes notifications as notify.c
 * does, acknowledges them or not, and hands each on to `heard`.
 */
#ifndef BONDCARRIER_SIM_MASTER_H
#define BONDCARRIER_SIM_MASTER_H

#include "state/delivery.h"

#define MASTER_WINDOW 16

enum master_mood {
	MASTER_GOOD,
	MASTER_SLOW,   /* acknowledges after seconds */
	MASTER_SILENT, /* hands on, and never acknowledges */
	MASTER_DEAF,   /* neither */
	MASTER_GONE,   /* no connection */
	MASTER_REFUSES,
	MASTER_MOODS,
};

struct master_flight {
	uint32_t id;
	int64_t sent_ms, settle_ms;
	bool heard; /* by the managers */
	struct outbox_item item;
};

struct master {
	enum master_mood mood;
	struct shared *shared; /* NULL: no agent */
	bool connected;
	int64_t connect_ms;
	struct master_flight flights[MASTER_WINDOW]; /* as sent */
	size_t count;
	int64_t next_ms; /* when to call master_run(), besides after a wake */
	/* A manager has it; `again`: perhaps for the second time. */
	void (*heard)(void *ctx, const struct outbox_item *item);
	void *heard_ctx;
};

/* An agent has come; it begins with a connection. */
void master_meet(struct master *master, struct shared *shared);
/* It has gone. */
void master_part(struct master *master);
void master_set_mood(struct master *master, enum master_mood mood);
void master_run(struct master *master, int64_t now_ms);

#endif
