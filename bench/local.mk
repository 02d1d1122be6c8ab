# SPDX-License-Identifier: BSD-2-Clause
# Benchmarks: built and run by `make bench` alone. See doc/PERFORMANCE.md.
bench_programs = \
	bench/bench_probe \
	bench/bench_scale \
	bench/floor_notifier \
	bench/floor_renamer \
	bench/floor_subagent
EXTRA_PROGRAMS += $(bench_programs)
CLEANFILES += $(bench_programs)

bench_bench_probe_CPPFLAGS = $(AM_CPPFLAGS) -D_GNU_SOURCE $(NETSNMP_CFLAGS)
bench_bench_probe_LDADD = $(NETSNMP_LIBS)
bench_bench_probe_SOURCES = \
	bench/probe/links.c \
	bench/probe/main.c \
	bench/probe/probe.h \
	bench/probe/requests.c

bench_bench_scale_CPPFLAGS = $(AM_CPPFLAGS) -D_GNU_SOURCE
bench_bench_scale_LDADD = \
	cli/libcapture.a src/libbondcarrier.a $(LIBNL_LIBS) $(PCAP_LIBS)
bench_bench_scale_SOURCES = \
	bench/scale/lose_switch.c \
	bench/scale/scale.c \
	bench/scale/scale.h

bench_floor_notifier_CPPFLAGS = $(AM_CPPFLAGS) $(NETSNMP_CFLAGS)
bench_floor_notifier_LDADD = $(NETSNMP_LIBS)
bench_floor_notifier_SOURCES = \
	bench/floor/links.c \
	bench/floor/links.h \
	bench/floor/notifier.c

bench_floor_renamer_SOURCES = \
	bench/floor/links.c \
	bench/floor/links.h \
	bench/floor/renamer.c

bench_floor_subagent_CPPFLAGS = $(AM_CPPFLAGS) $(NETSNMP_CFLAGS)
bench_floor_subagent_LDADD = $(NETSNMP_LIBS)
bench_floor_subagent_SOURCES = bench/floor/subagent.c

EXTRA_DIST += \
	bench/alone.story \
	bench/event.story \
	bench/idle.story \
	bench/lib.sh \
	bench/links.story \
	bench/peer/pass_persist.py \
	bench/react.story \
	bench/report.py \
	bench/requests.story \
	bench/run \
	bench/scrape.story \
	bench/walks.story

#: bench: run the benchmarks of doc/PERFORMANCE.md
.PHONY: bench
bench: all $(bench_programs)
	abs_top_builddir=$(abs_top_builddir) $(SHELL) $(top_srcdir)/bench/run
