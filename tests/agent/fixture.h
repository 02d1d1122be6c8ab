/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Synthetic bonds: every column of BOND-CARRIER-MIB with a value, with an
 * extreme one, and without one. expected.txt has the expected instances.
 */
#ifndef BONDCARRIER_TESTS_AGENT_FIXTURE_H
#define BONDCARRIER_TESTS_AGENT_FIXTURE_H

#include "bond/bond_set.h"
#include "state/event_log.h"
#include "state/outbox.h"

/* Call once: converts the times of the set from ages in milliseconds to times
   before `now_ms`. Nothing of the result needs to be freed. */
struct bond_set *fixture_bonds(int64_t now_ms);

/* A log of five rows, up to the highest possible index; NULL: no memory. */
struct event_log *fixture_events(int64_t now_ms);

/* Puts two notifications into the queue. 0 or -errno. */
int fixture_queue(struct outbox *outbox, const struct bond *bond);

#endif
