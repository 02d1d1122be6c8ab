# SPDX-License-Identifier: BSD-2-Clause
# bondcarrier: its renderers in a library, so that the unit tests link them.
noinst_LIBRARIES += cli/libbccli.a
cli_libbccli_a_SOURCES = \
	cli/input/options.c \
	cli/input/options.h \
	cli/input/request.c \
	cli/input/request.h \
	cli/input/signals.c \
	cli/input/signals.h \
	cli/input/source.c \
	cli/input/source.h \
	cli/input/usage.c \
	cli/input/usage.h \
	cli/output/advice.c \
	cli/output/advice.h \
	cli/output/check.c \
	cli/output/check.h \
	cli/output/check_text.c \
	cli/output/check_text.h \
	cli/output/json_bond.c \
	cli/output/json_bond.h \
	cli/output/json_part.c \
	cli/output/json_part.h \
	cli/output/json_slave.c \
	cli/output/json_slave.h \
	cli/output/output.c \
	cli/output/output.h \
	cli/output/page.c \
	cli/output/page.h \
	cli/output/problem_set.c \
	cli/output/problem_set.h \
	cli/output/show.c \
	cli/output/show.h \
	cli/output/show_findings.c \
	cli/output/show_internal.h \
	cli/output/show_slaves.c \
	cli/output/summary.c \
	cli/output/summary.h \
	cli/output/watch.c \
	cli/output/watch.h
cli_libbccli_a_CPPFLAGS = $(AM_CPPFLAGS) $(JANSSON_CFLAGS)

sbin_PROGRAMS += cli/bondcarrier
cli_bondcarrier_SOURCES = \
	cli/commands/command_capture.c \
	cli/commands/command_check.c \
	cli/commands/command_show.c \
	cli/commands/command_watch.c \
	cli/commands/command.h \
	cli/main.c
cli_bondcarrier_CPPFLAGS = $(AM_CPPFLAGS) $(JANSSON_CFLAGS)
cli_bondcarrier_LDADD = \
	cli/libbccli.a \
	cli/libcapture.a \
	src/libbondcarrier.a \
	$(JANSSON_LIBS) \
	$(LIBNL_LIBS) \
	$(PCAP_LIBS)

# Captures and their replay, for bondcarrier and the tests; needs libpcap.
noinst_LIBRARIES += cli/libcapture.a
cli_libcapture_a_SOURCES = \
	cli/capture/capture.c \
	cli/capture/capture.h \
	cli/capture/replay.c \
	cli/capture/replay.h
cli_libcapture_a_CPPFLAGS = $(AM_CPPFLAGS) $(PCAP_CFLAGS)
