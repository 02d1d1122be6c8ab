# SPDX-License-Identifier: BSD-2-Clause
# Fuzz programs: run on the corpus in `make check`, and for libFuzzer.
fuzz_programs = tests/fuzz/fuzz_linkmsg tests/fuzz/fuzz_capture \
	tests/fuzz/fuzz_lacp_stats tests/fuzz/fuzz_state
check_PROGRAMS += $(fuzz_programs)

fuzz_common = tests/fuzz/fuzz.h tests/fuzz/fuzz_check.c
if !FUZZING
fuzz_common += tests/fuzz/fuzz_main.c
TESTS += tests/fuzz/run-corpus.sh
tests/fuzz/run-corpus.log: $(fuzz_programs)
endif
fuzz_libs = src/libbondcarrier.a $(LIBNL_LIBS)

tests_fuzz_fuzz_linkmsg_SOURCES = $(fuzz_common) tests/fuzz/fuzz_linkmsg.c
tests_fuzz_fuzz_linkmsg_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
tests_fuzz_fuzz_linkmsg_LDADD = $(fuzz_libs)

tests_fuzz_fuzz_capture_SOURCES = $(fuzz_common) tests/fuzz/fuzz_capture.c
tests_fuzz_fuzz_capture_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
tests_fuzz_fuzz_capture_LDADD = cli/libcapture.a $(fuzz_libs) $(PCAP_LIBS)

tests_fuzz_fuzz_lacp_stats_SOURCES = $(fuzz_common) tests/fuzz/fuzz_lacp_stats.c
tests_fuzz_fuzz_lacp_stats_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
tests_fuzz_fuzz_lacp_stats_LDADD = $(fuzz_libs)

tests_fuzz_fuzz_state_SOURCES = $(fuzz_common) tests/fuzz/fuzz_state.c
tests_fuzz_fuzz_state_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
tests_fuzz_fuzz_state_LDADD = agent/libbcservice.a $(fuzz_libs)

CLEANFILES += tests/fuzz/fuzz_linkmsg.out tests/fuzz/fuzz_capture.out \
	tests/fuzz/fuzz_lacp_stats.out tests/fuzz/fuzz_state.out
EXTRA_DIST += tests/fuzz/README tests/fuzz/run-corpus.sh \
	tests/fuzz/seeds.py tests/fuzz/corpus tests/fixtures
