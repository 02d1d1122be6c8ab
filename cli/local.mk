# SPDX-License-Identifier: BSD-2-Clause
# bondcarrier: its renderers in a library, so that the unit tests link them.
noinst_LIBRARIES += cli/libbccli.a
cli_libbccli_a_SOURCES = \
	cli/check.c \
	cli/check.h \
	cli/check_text.c \
	cli/check_text.h \
	cli/json_part.c \
	cli/json_part.h \
	cli/json_slave.c \
	cli/kinds.c \
	cli/kinds.h \
	cli/look.c \
	cli/look.h \
	cli/options.c \
	cli/options.h \
	cli/output.c \
	cli/output.h \
	cli/page.c \
	cli/page.h \
	cli/said.c \
	cli/said.h \
	cli/show.c \
	cli/show.h \
	cli/show_findings.c \
	cli/show_json.c \
	cli/show_parts.h \
	cli/show_slaves.c \
	cli/summary.c \
	cli/summary.h \
	cli/waiting.c \
	cli/waiting.h \
	cli/watch.c \
	cli/watch.h
cli_libbccli_a_CPPFLAGS = $(AM_CPPFLAGS) $(JANSSON_CFLAGS)

sbin_PROGRAMS += cli/bondcarrier
cli_bondcarrier_SOURCES = \
	cli/cmd_capture.c \
	cli/cmd_check.c \
	cli/cmd_show.c \
	cli/cmd_watch.c \
	cli/command.h \
	cli/main.c \
	cli/request.c \
	cli/request.h
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
	cli/capture_file.c \
	cli/capture_file.h \
	cli/replay.c \
	cli/replay.h
cli_libcapture_a_CPPFLAGS = $(AM_CPPFLAGS) $(PCAP_CFLAGS)
