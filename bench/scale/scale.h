/* SPDX-License-Identifier: BSD-2-Clause */
/* What the measurements of bench_scale share. */
#ifndef BENCH_SCALE_H
#define BENCH_SCALE_H

/* Milliseconds of this process: the machine has other work. */
double scale_now(void);
/* The least of several rounds; 0: none yet. */
void scale_least(double *best, double taken);
/* A line for bench/report.py. */
void scale_result(const char *measure, const char *who, const char *unit,
		  double value);
/* Ends the program with an error. */
void scale_must(int error);

/* All 802.3ad bonds lose their active port at once, and none of the other
   ports' aggregators is known: milliseconds until all are judged. */
double scale_lose_switch(int bonds);

#endif
