/* SPDX-License-Identifier: BSD-2-Clause */
/* What the probe's commands share. They end the program on any error. */
#ifndef BONDCARRIER_BENCH_PROBE_H
#define BONDCARRIER_BENCH_PROBE_H

#include <stddef.h>
#include <stdint.h>

int64_t probe_now_ns(void); /* CLOCK_MONOTONIC */
long probe_number(const char *text);

/* The middle one; sorts the samples. */
double probe_middle(int64_t *samples_ns, size_t count);
/* Prints "NAME P50 P99" in microseconds; sorts the samples. */
void probe_print(const char *name, int64_t *samples_ns, size_t count);

/* Sets an interface up or down; the length of its queue, which the kernel tells
   of, and nobody minds; makes it join or leave a bond. */
void probe_set_up(const char *link, int up);
void probe_set_queue(const char *link, int length);
void probe_set_master(const char *bond, const char *link, int joins);

int probe_get(int argc, char *argv[]);
int probe_walk(int argc, char *argv[]);
int probe_react(int argc, char *argv[]);
int probe_churn(int argc, char *argv[]);
int probe_rejoin(int argc, char *argv[]);
int probe_start(int argc, char *argv[]);

#endif
