/* SPDX-License-Identifier: BSD-2-Clause */
/* What the probe's commands share. They end the program on any error. */
#ifndef BONDCARRIER_BENCH_PROBE_H
#define BONDCARRIER_BENCH_PROBE_H

#include <stddef.h>
#include <stdint.h>

int64_t probe_now_ns(void); /* CLOCK_MONOTONIC */
long probe_number(const char *text);

/* Prints "NAME P50 P99" in microseconds; sorts the samples. */
void probe_print(const char *name, int64_t *samples_ns, size_t count);

/* Sets an interface up or down, or its MTU. */
void probe_set_up(const char *link, int up);
void probe_set_mtu(const char *link, int mtu);

int probe_get(int argc, char *argv[]);
int probe_walk(int argc, char *argv[]);
int probe_react(int argc, char *argv[]);
int probe_churn(int argc, char *argv[]);
int probe_start(int argc, char *argv[]);

#endif
