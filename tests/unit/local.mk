# SPDX-License-Identifier: BSD-2-Clause
# One program per module, linked without net-snmp.
unit_cppflags = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
unit_libs = src/libbondcarrier.a $(CMOCKA_LIBS) $(LIBNL_LIBS)
service_libs = agent/libbcservice.a $(unit_libs)
unit_tests =
EXTRA_DIST += tests/unit/byte_order.h tests/unit/range.h

if HAVE_CMOCKA
check_PROGRAMS += $(unit_tests)
TESTS += $(unit_tests)

# What a package's build runs: it takes seconds, and needs nothing but cmocka.
#: check-unit: build and run the unit tests alone
check-unit:
	$(MAKE) $(AM_MAKEFLAGS) check TESTS='$(unit_tests)'
endif

unit_tests += tests/unit/test_linkmsg
tests_unit_test_linkmsg_SOURCES = \
	tests/unit/linkbuild.h \
	tests/unit/test_linkmsg.c
tests_unit_test_linkmsg_CPPFLAGS = $(unit_cppflags)
tests_unit_test_linkmsg_LDADD = $(unit_libs)

unit_tests += tests/unit/test_column_claim
tests_unit_test_column_claim_SOURCES = tests/unit/test_column_claim.c
tests_unit_test_column_claim_CPPFLAGS = $(unit_cppflags)
tests_unit_test_column_claim_LDADD = $(service_libs)

unit_tests += tests/unit/test_host_links
tests_unit_test_host_links_SOURCES = tests/unit/test_host_links.c
tests_unit_test_host_links_CPPFLAGS = $(unit_cppflags)
tests_unit_test_host_links_LDADD = $(service_libs)

unit_tests += tests/unit/test_listen_address
tests_unit_test_listen_address_SOURCES = tests/unit/test_listen_address.c
tests_unit_test_listen_address_CPPFLAGS = $(unit_cppflags)
tests_unit_test_listen_address_LDADD = $(service_libs)

unit_tests += tests/unit/test_capture
tests_unit_test_capture_SOURCES = tests/unit/test_capture.c
tests_unit_test_capture_CPPFLAGS = $(unit_cppflags)
tests_unit_test_capture_LDADD = cli/libcapture.a $(unit_libs) $(PCAP_LIBS)

unit_tests += tests/unit/test_replay
tests_unit_test_replay_SOURCES = \
	tests/unit/linkbuild.h \
	tests/unit/test_replay.c
tests_unit_test_replay_CPPFLAGS = $(unit_cppflags)
tests_unit_test_replay_LDADD = cli/libcapture.a $(unit_libs) $(PCAP_LIBS)

unit_tests += tests/unit/test_fixtures
tests_unit_test_fixtures_SOURCES = tests/unit/test_fixtures.c
tests_unit_test_fixtures_CPPFLAGS = $(unit_cppflags) \
	-DFIXTURES='"$(abs_top_srcdir)/tests/fixtures"'
tests_unit_test_fixtures_LDADD = cli/libcapture.a $(unit_libs) $(PCAP_LIBS)

TESTS += tests/unit/test_tshark.sh
tests/unit/test_tshark.log: cli/bondcarrier
EXTRA_DIST += tests/unit/test_tshark.sh

unit_tests += tests/unit/test_linksock
tests_unit_test_linksock_SOURCES = \
	tests/unit/linkbuild.h \
	tests/unit/test_linksock.c
tests_unit_test_linksock_CPPFLAGS = $(unit_cppflags)
tests_unit_test_linksock_LDADD = $(unit_libs)

unit_tests += tests/unit/test_lag
tests_unit_test_lag_SOURCES = tests/unit/test_lag.c
tests_unit_test_lag_CPPFLAGS = $(unit_cppflags)
tests_unit_test_lag_LDADD = $(service_libs)

unit_tests += tests/unit/test_lacp_stats
tests_unit_test_lacp_stats_SOURCES = tests/unit/test_lacp_stats.c
tests_unit_test_lacp_stats_CPPFLAGS = $(unit_cppflags)
tests_unit_test_lacp_stats_LDADD = $(unit_libs)

unit_tests += tests/unit/test_oracle
tests_unit_test_oracle_SOURCES = \
	tests/unit/sample.c \
	tests/unit/sample.h \
	tests/unit/test_oracle.c
tests_unit_test_oracle_CPPFLAGS = $(unit_cppflags)
tests_unit_test_oracle_LDADD = $(unit_libs)

unit_tests += tests/unit/test_bond_set
tests_unit_test_bond_set_SOURCES = \
	tests/unit/remove_bond.h \
	tests/unit/test_bond_set.c
tests_unit_test_bond_set_CPPFLAGS = $(unit_cppflags)
tests_unit_test_bond_set_LDADD = $(unit_libs)

unit_tests += tests/unit/test_event_log
tests_unit_test_event_log_SOURCES = tests/unit/test_event_log.c
tests_unit_test_event_log_CPPFLAGS = $(unit_cppflags)
tests_unit_test_event_log_LDADD = $(service_libs)

unit_tests += tests/unit/test_outbox
tests_unit_test_outbox_SOURCES = tests/unit/test_outbox.c
tests_unit_test_outbox_CPPFLAGS = $(unit_cppflags)
tests_unit_test_outbox_LDADD = $(service_libs)

unit_tests += tests/unit/test_explain
tests_unit_test_explain_SOURCES = tests/unit/test_explain.c
tests_unit_test_explain_CPPFLAGS = $(unit_cppflags)
tests_unit_test_explain_LDADD = $(unit_libs)

unit_tests += tests/unit/test_throttle
tests_unit_test_throttle_SOURCES = tests/unit/test_throttle.c
tests_unit_test_throttle_CPPFLAGS = $(unit_cppflags)
tests_unit_test_throttle_LDADD = $(service_libs)

unit_tests += tests/unit/test_reconnect
tests_unit_test_reconnect_SOURCES = tests/unit/test_reconnect.c
tests_unit_test_reconnect_CPPFLAGS = $(unit_cppflags)
tests_unit_test_reconnect_LDADD = $(service_libs)

unit_tests += tests/unit/test_settings
tests_unit_test_settings_SOURCES = tests/unit/test_settings.c
tests_unit_test_settings_CPPFLAGS = $(unit_cppflags)
tests_unit_test_settings_LDADD = $(service_libs)

unit_tests += tests/unit/test_tracker
tests_unit_test_tracker_SOURCES = tests/unit/test_tracker.c
tests_unit_test_tracker_CPPFLAGS = $(unit_cppflags)
tests_unit_test_tracker_LDADD = $(unit_libs)

unit_tests += tests/unit/test_tracker_model
tests_unit_test_tracker_model_SOURCES = tests/unit/test_tracker_model.c
tests_unit_test_tracker_model_CPPFLAGS = $(unit_cppflags)
tests_unit_test_tracker_model_LDADD = $(unit_libs)

unit_tests += tests/unit/test_pairs
tests_unit_test_pairs_SOURCES = tests/unit/test_pairs.c
tests_unit_test_pairs_CPPFLAGS = $(unit_cppflags)
tests_unit_test_pairs_LDADD = $(unit_libs)

unit_tests += tests/unit/test_monitor
tests_unit_test_monitor_SOURCES = tests/unit/test_monitor.c
tests_unit_test_monitor_CPPFLAGS = $(unit_cppflags)
tests_unit_test_monitor_LDADD = $(unit_libs)

unit_tests += tests/unit/test_show
tests_unit_test_show_SOURCES = \
	tests/unit/sample.c \
	tests/unit/sample.h \
	tests/unit/test_show.c
tests_unit_test_show_CPPFLAGS = $(unit_cppflags) $(JANSSON_CFLAGS)
tests_unit_test_show_LDADD = cli/libbccli.a $(unit_libs) $(JANSSON_LIBS)

unit_tests += tests/unit/test_source
tests_unit_test_source_SOURCES = \
	cli/commands/command_check.c \
	tests/unit/quiet_linksock.c \
	tests/unit/test_source.c
tests_unit_test_source_CPPFLAGS = $(unit_cppflags)
tests_unit_test_source_LDADD = \
	cli/libbccli.a cli/libcapture.a $(unit_libs) $(PCAP_LIBS)

TESTS += tests/unit/test_cli.sh
tests/unit/test_cli.log: cli/bondcarrier
EXTRA_DIST += tests/unit/cli.sh tests/unit/test_cli.sh

TESTS += tests/unit/test_discrepancies_doc.sh
tests/unit/test_discrepancies_doc.log: tests/unit/list_kinds cli/bondcarrier
EXTRA_DIST += tests/unit/test_discrepancies_doc.sh
check_PROGRAMS += tests/unit/list_kinds
tests_unit_list_kinds_SOURCES = tests/unit/list_kinds.c
tests_unit_list_kinds_LDADD = src/libbondcarrier.a $(LIBNL_LIBS)

unit_tests += tests/unit/test_carrier
tests_unit_test_carrier_SOURCES = \
	tests/unit/sample.c \
	tests/unit/sample.h \
	tests/unit/test_carrier.c
tests_unit_test_carrier_CPPFLAGS = $(unit_cppflags)
tests_unit_test_carrier_LDADD = $(unit_libs)

unit_tests += tests/unit/test_discrepancy
tests_unit_test_discrepancy_SOURCES = \
	tests/unit/sample.c \
	tests/unit/sample.h \
	tests/unit/test_discrepancy.c
tests_unit_test_discrepancy_CPPFLAGS = $(unit_cppflags)
tests_unit_test_discrepancy_LDADD = $(unit_libs)

unit_tests += tests/unit/test_judge
tests_unit_test_judge_SOURCES = \
	tests/unit/remove_bond.h \
	tests/unit/sample.c \
	tests/unit/sample.h \
	tests/unit/test_judge.c
tests_unit_test_judge_CPPFLAGS = $(unit_cppflags)
tests_unit_test_judge_LDADD = $(unit_libs)

unit_tests += tests/unit/test_finding
tests_unit_test_finding_SOURCES = \
	tests/unit/sample.c \
	tests/unit/sample.h \
	tests/unit/test_finding.c
tests_unit_test_finding_CPPFLAGS = $(unit_cppflags)
tests_unit_test_finding_LDADD = $(unit_libs)

unit_tests += tests/unit/test_ledger
tests_unit_test_ledger_SOURCES = tests/unit/test_ledger.c
tests_unit_test_ledger_CPPFLAGS = $(unit_cppflags)
tests_unit_test_ledger_LDADD = $(service_libs)

unit_tests += tests/unit/test_state_text
tests_unit_test_state_text_SOURCES = tests/unit/test_state_text.c
tests_unit_test_state_text_CPPFLAGS = $(unit_cppflags)
tests_unit_test_state_text_LDADD = $(service_libs)

unit_tests += tests/unit/test_restore
tests_unit_test_restore_SOURCES = \
	tests/unit/sample.c \
	tests/unit/sample.h \
	tests/unit/test_restore.c
tests_unit_test_restore_CPPFLAGS = $(unit_cppflags)
tests_unit_test_restore_LDADD = $(service_libs)

unit_tests += tests/unit/test_kernel_thread
tests_unit_test_kernel_thread_SOURCES = \
	tests/unit/quiet_linksock.c \
	tests/unit/test_kernel_thread.c
tests_unit_test_kernel_thread_CPPFLAGS = $(unit_cppflags) -D_GNU_SOURCE
tests_unit_test_kernel_thread_LDADD = $(service_libs)

unit_tests += tests/unit/test_linkfilter
tests_unit_test_linkfilter_SOURCES = \
	tests/unit/linkbuild.h \
	tests/unit/test_linkfilter.c
tests_unit_test_linkfilter_CPPFLAGS = $(unit_cppflags)
tests_unit_test_linkfilter_LDADD = $(unit_libs)
TESTS += tests/unit/test_check.sh
tests/unit/test_check.log: cli/bondcarrier
EXTRA_DIST += tests/unit/test_check.sh

unit_tests += tests/unit/test_track_plan
tests_unit_test_track_plan_SOURCES = \
	tests/unit/remove_bond.h \
	tests/unit/test_track_plan.c
tests_unit_test_track_plan_CPPFLAGS = $(unit_cppflags)
tests_unit_test_track_plan_LDADD = $(service_libs)

unit_tests += tests/unit/test_track_file
tests_unit_test_track_file_SOURCES = tests/unit/test_track_file.c
tests_unit_test_track_file_CPPFLAGS = $(unit_cppflags)
tests_unit_test_track_file_LDADD = $(service_libs)

TESTS += tests/unit/test_names.sh tests/unit/test_watch.sh
tests/unit/test_names.log tests/unit/test_watch.log: cli/bondcarrier
EXTRA_DIST += \
	tests/unit/json_doc.py \
	tests/unit/odd_links.py \
	tests/unit/test_names.py \
	tests/unit/test_names.sh \
	tests/unit/test_watch.sh

unit_tests += tests/unit/test_watchdog
tests_unit_test_watchdog_SOURCES = tests/unit/test_watchdog.c
tests_unit_test_watchdog_CPPFLAGS = $(unit_cppflags)
tests_unit_test_watchdog_LDADD = $(service_libs)

TESTS += tests/unit/test_completion.sh
tests/unit/test_completion.log: cli/bondcarrier
EXTRA_DIST += tests/unit/completion.bash tests/unit/test_completion.sh

TESTS += tests/unit/test_keepalived_doc.sh
EXTRA_DIST += tests/unit/test_keepalived_doc.sh

unit_tests += tests/unit/test_uptime
tests_unit_test_uptime_SOURCES = tests/unit/test_uptime.c
tests_unit_test_uptime_CPPFLAGS = $(unit_cppflags)
tests_unit_test_uptime_LDADD = $(service_libs)

unit_tests += tests/unit/test_event_router
tests_unit_test_event_router_SOURCES = tests/unit/test_event_router.c
tests_unit_test_event_router_CPPFLAGS = $(unit_cppflags)
tests_unit_test_event_router_LDADD = $(service_libs)

unit_tests += tests/unit/test_if_stack
tests_unit_test_if_stack_SOURCES = tests/unit/test_if_stack.c
tests_unit_test_if_stack_CPPFLAGS = $(unit_cppflags)
tests_unit_test_if_stack_LDADD = $(unit_libs)

unit_tests += tests/unit/test_clock
tests_unit_test_clock_SOURCES = tests/unit/test_clock.c
tests_unit_test_clock_CPPFLAGS = $(unit_cppflags) -D_TIME_BITS=64
tests_unit_test_clock_LDADD = $(unit_libs)
