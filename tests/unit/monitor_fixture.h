/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A monitor with the real tracker and judge over a fake kernel. Time is what
 * the test says. Short names: they are the words of the tests. To be included
 * behind cmocka.h.
 */
#ifndef BONDCARRIER_TESTS_MONITOR_FIXTURE_H
#define BONDCARRIER_TESTS_MONITOR_FIXTURE_H

#include "fake_kernel.h"
#include "link_of.h"
#include "named.h"
#include "record.h"
#include "sync/monitor.h"

#define T0 1000000

struct fixture {
	struct monitor *monitor;
	struct monitor_options options; /* may be changed before it is opened */
	struct record record;
};

int setup(void **state);
int teardown(void **state);
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

struct link_event *put_bond(struct link_batch *batch, int ifindex, uint8_t mode,
			    uint32_t miimon_ms);
struct link_event *put_slave(struct link_batch *batch, int ifindex, int master,
			     unsigned int flags, int mii_status);

/* Opens the monitor, which reads everything once and tells of nothing. */
void open_at(struct fixture *f, int64_t now_ms);
/* ... at T0, with a round-robin bond (10) with one slave (1), all in order. */
void open_healthy(struct fixture *f);
/* ... with a bond that lies: RUNNING, its slave (1) without a link, and not
   monitored. */
void open_lying(struct fixture *f);

void run(struct fixture *f, int64_t now_ms);
const struct bond *bond10(struct fixture *f);

#endif
