# SPDX-License-Identifier: BSD-2-Clause
# A program or more per module, each about one subject, linked without net-snmp.
# A program without _SOURCES is the one source of its name.
AM_CPPFLAGS += $(CMOCKA_CFLAGS)
unit_libs = tests/unit/libunit.a src/libbondcarrier.a $(CMOCKA_LIBS) \
	$(LIBNL_LIBS)
service_libs = agent/libbcservice.a $(unit_libs)
unit_tests =

# What tests share.
EXTRA_LIBRARIES = tests/unit/libunit.a tests/unit/libmonitor.a \
	tests/unit/libtracker.a tests/unit/libjudge.a
tests_unit_libunit_a_SOURCES = \
	tests/unit/byte_order.h \
	tests/unit/full_message.c \
	tests/unit/full_message.h \
	tests/unit/has.h \
	tests/unit/link_of.c \
	tests/unit/link_of.h \
	tests/unit/linkbuild.h \
	tests/unit/linksock_fixture.c \
	tests/unit/linksock_fixture.h \
	tests/unit/named.c \
	tests/unit/named.h \
	tests/unit/named_agent.c \
	tests/unit/named_agent.h \
	tests/unit/oracle_rows.c \
	tests/unit/oracle_rows.h \
	tests/unit/range.h \
	tests/unit/record.c \
	tests/unit/record.h \
	tests/unit/sample.c \
	tests/unit/sample.h \
	tests/unit/words.h

# The monitor over a kernel that is the test's.
tests_unit_libmonitor_a_SOURCES = \
	tests/unit/fake_kernel.c \
	tests/unit/fake_kernel.h \
	tests/unit/monitor_fixture.c \
	tests/unit/monitor_fixture.h
monitor_libs = tests/unit/libmonitor.a $(unit_libs)

tests_unit_libtracker_a_SOURCES = \
	tests/unit/tracker_fixture.c \
	tests/unit/tracker_fixture.h
tracker_libs = tests/unit/libtracker.a $(unit_libs)

tests_unit_libjudge_a_SOURCES = \
	tests/unit/judge_fixture.c \
	tests/unit/judge_fixture.h
judge_libs = tests/unit/libjudge.a $(unit_libs)

if HAVE_CMOCKA
check_PROGRAMS += $(unit_tests)
TESTS += $(unit_tests)

# What a package's build runs: it takes seconds, and needs nothing but cmocka.
#: check-unit: build and run the unit tests alone
check-unit:
	$(MAKE) $(AM_MAKEFLAGS) check TESTS='$(unit_tests)'
endif

unit_tests += tests/unit/test_linkmsg
tests_unit_test_linkmsg_LDADD = $(unit_libs)

unit_tests += tests/unit/test_linkmsg_links
tests_unit_test_linkmsg_links_LDADD = $(unit_libs)

unit_tests += tests/unit/test_linkmsg_malformed
tests_unit_test_linkmsg_malformed_LDADD = $(unit_libs)

unit_tests += tests/unit/test_column_claim
tests_unit_test_column_claim_LDADD = $(service_libs)

unit_tests += tests/unit/test_host_links
tests_unit_test_host_links_LDADD = $(service_libs)

unit_tests += tests/unit/test_listen_address
tests_unit_test_listen_address_LDADD = $(service_libs)

unit_tests += tests/unit/test_capture
tests_unit_test_capture_SOURCES = \
	tests/unit/capture_image.c \
	tests/unit/capture_image.h \
	tests/unit/test_capture.c
tests_unit_test_capture_LDADD = cli/libcapture.a $(unit_libs) $(PCAP_LIBS)

unit_tests += tests/unit/test_capture_foreign
tests_unit_test_capture_foreign_SOURCES = \
	tests/unit/capture_image.c \
	tests/unit/capture_image.h \
	tests/unit/test_capture_foreign.c
tests_unit_test_capture_foreign_LDADD = \
	cli/libcapture.a $(unit_libs) $(PCAP_LIBS)

unit_tests += tests/unit/test_replay
tests_unit_test_replay_SOURCES = \
	tests/unit/replay_fixture.c \
	tests/unit/replay_fixture.h \
	tests/unit/test_replay.c
tests_unit_test_replay_LDADD = cli/libcapture.a $(unit_libs) $(PCAP_LIBS)

unit_tests += tests/unit/test_replay_odd
tests_unit_test_replay_odd_SOURCES = \
	tests/unit/replay_fixture.c \
	tests/unit/replay_fixture.h \
	tests/unit/test_replay_odd.c
tests_unit_test_replay_odd_LDADD = cli/libcapture.a $(unit_libs) $(PCAP_LIBS)

unit_tests += tests/unit/test_fixtures
tests_unit_test_fixtures_CPPFLAGS = $(AM_CPPFLAGS) \
	-DFIXTURES='"$(abs_top_srcdir)/tests/fixtures"'
tests_unit_test_fixtures_LDADD = cli/libcapture.a $(unit_libs) $(PCAP_LIBS)

TESTS += tests/unit/test_tshark.sh
tests/unit/test_tshark.log: cli/bondcarrier
EXTRA_DIST += tests/unit/test_tshark.sh

unit_tests += tests/unit/test_linksock
tests_unit_test_linksock_LDADD = $(unit_libs)

unit_tests += tests/unit/test_linksock_kernel
tests_unit_test_linksock_kernel_LDADD = $(unit_libs)

unit_tests += tests/unit/test_linksock_dump
tests_unit_test_linksock_dump_LDADD = $(unit_libs)

unit_tests += tests/unit/test_lag
tests_unit_test_lag_LDADD = $(service_libs)

unit_tests += tests/unit/test_lacp_stats
tests_unit_test_lacp_stats_LDADD = $(unit_libs)

unit_tests += tests/unit/test_oracle
tests_unit_test_oracle_LDADD = $(unit_libs)

unit_tests += tests/unit/test_bond_set
tests_unit_test_bond_set_LDADD = $(unit_libs)

unit_tests += tests/unit/test_bond_indexes
tests_unit_test_bond_indexes_LDADD = $(unit_libs)

unit_tests += tests/unit/test_event_log
tests_unit_test_event_log_LDADD = $(service_libs)

unit_tests += tests/unit/test_outbox
tests_unit_test_outbox_LDADD = $(service_libs)

unit_tests += tests/unit/test_explain
tests_unit_test_explain_SOURCES = \
	tests/unit/explain_fixture.c \
	tests/unit/explain_fixture.h \
	tests/unit/test_explain.c
tests_unit_test_explain_LDADD = $(unit_libs)

unit_tests += tests/unit/test_explain_names
tests_unit_test_explain_names_SOURCES = \
	tests/unit/explain_fixture.c \
	tests/unit/explain_fixture.h \
	tests/unit/test_explain_names.c
tests_unit_test_explain_names_LDADD = $(unit_libs)

unit_tests += tests/unit/test_explain_warning
tests_unit_test_explain_warning_SOURCES = \
	tests/unit/explain_fixture.c \
	tests/unit/explain_fixture.h \
	tests/unit/test_explain_warning.c
tests_unit_test_explain_warning_LDADD = $(unit_libs)

unit_tests += tests/unit/test_explain_room
tests_unit_test_explain_room_SOURCES = \
	tests/unit/explain_fixture.c \
	tests/unit/explain_fixture.h \
	tests/unit/test_explain_room.c
tests_unit_test_explain_room_LDADD = $(unit_libs)

unit_tests += tests/unit/test_throttle
tests_unit_test_throttle_LDADD = $(service_libs)

unit_tests += tests/unit/test_reconnect
tests_unit_test_reconnect_LDADD = $(service_libs)

unit_tests += tests/unit/test_settings
tests_unit_test_settings_SOURCES = \
	tests/unit/settings_line.c \
	tests/unit/settings_line.h \
	tests/unit/test_settings.c
tests_unit_test_settings_LDADD = $(service_libs)

unit_tests += tests/unit/test_settings_text
tests_unit_test_settings_text_SOURCES = \
	tests/unit/settings_line.c \
	tests/unit/settings_line.h \
	tests/unit/test_settings_text.c
tests_unit_test_settings_text_LDADD = $(service_libs)

unit_tests += tests/unit/test_tracker
tests_unit_test_tracker_LDADD = $(tracker_libs)

unit_tests += tests/unit/test_tracker_members
tests_unit_test_tracker_members_LDADD = $(tracker_libs)

unit_tests += tests/unit/test_tracker_names
tests_unit_test_tracker_names_LDADD = $(tracker_libs)

unit_tests += tests/unit/test_tracker_active_slave
tests_unit_test_tracker_active_slave_LDADD = $(tracker_libs)

unit_tests += tests/unit/test_tracker_times
tests_unit_test_tracker_times_LDADD = $(tracker_libs)

unit_tests += tests/unit/test_tracker_lowers
tests_unit_test_tracker_lowers_LDADD = $(tracker_libs)

unit_tests += tests/unit/test_tracker_lag
tests_unit_test_tracker_lag_LDADD = $(tracker_libs)

unit_tests += tests/unit/test_tracker_stack
tests_unit_test_tracker_stack_LDADD = $(tracker_libs)

unit_tests += tests/unit/test_tracker_model
tests_unit_test_tracker_model_LDADD = $(unit_libs)

unit_tests += tests/unit/test_pairs
tests_unit_test_pairs_LDADD = $(unit_libs)

unit_tests += tests/unit/test_monitor
tests_unit_test_monitor_LDADD = $(monitor_libs)

unit_tests += tests/unit/test_monitor_asks
tests_unit_test_monitor_asks_LDADD = $(monitor_libs)

unit_tests += tests/unit/test_monitor_bonds
tests_unit_test_monitor_bonds_LDADD = $(monitor_libs)

unit_tests += tests/unit/test_monitor_filter
tests_unit_test_monitor_filter_LDADD = $(monitor_libs)

unit_tests += tests/unit/test_monitor_lacp_stats
tests_unit_test_monitor_lacp_stats_LDADD = $(monitor_libs)

unit_tests += tests/unit/test_monitor_lost
tests_unit_test_monitor_lost_LDADD = $(monitor_libs)

unit_tests += tests/unit/test_monitor_overrun
tests_unit_test_monitor_overrun_LDADD = $(monitor_libs)

unit_tests += tests/unit/test_monitor_raise
tests_unit_test_monitor_raise_LDADD = $(monitor_libs)

unit_tests += tests/unit/test_monitor_silent
tests_unit_test_monitor_silent_LDADD = $(monitor_libs)

unit_tests += tests/unit/test_monitor_stack
tests_unit_test_monitor_stack_LDADD = $(monitor_libs)

unit_tests += tests/unit/test_show
tests_unit_test_show_SOURCES = \
	tests/unit/show_fixture.c \
	tests/unit/show_fixture.h \
	tests/unit/test_show.c
tests_unit_test_show_CPPFLAGS = $(AM_CPPFLAGS) $(JANSSON_CFLAGS)
tests_unit_test_show_LDADD = cli/libbccli.a $(unit_libs) $(JANSSON_LIBS)

unit_tests += tests/unit/test_show_json
tests_unit_test_show_json_SOURCES = \
	tests/unit/show_fixture.c \
	tests/unit/show_fixture.h \
	tests/unit/test_show_json.c
tests_unit_test_show_json_CPPFLAGS = $(AM_CPPFLAGS) $(JANSSON_CFLAGS)
tests_unit_test_show_json_LDADD = cli/libbccli.a $(unit_libs) $(JANSSON_LIBS)

unit_tests += tests/unit/test_source
tests_unit_test_source_SOURCES = \
	cli/commands/command_check.c \
	tests/unit/quiet_linksock.c \
	tests/unit/test_source.c
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
tests_unit_test_carrier_LDADD = $(unit_libs)

unit_tests += tests/unit/test_carrier_times
tests_unit_test_carrier_times_LDADD = $(unit_libs)

unit_tests += tests/unit/test_carrier_lacp
tests_unit_test_carrier_lacp_LDADD = $(unit_libs)

unit_tests += tests/unit/test_carrier_kernel
tests_unit_test_carrier_kernel_LDADD = $(unit_libs)

unit_tests += tests/unit/test_discrepancy
tests_unit_test_discrepancy_SOURCES = \
	tests/unit/discrepancy_fixture.c \
	tests/unit/discrepancy_fixture.h \
	tests/unit/test_discrepancy.c
tests_unit_test_discrepancy_LDADD = $(unit_libs)

unit_tests += tests/unit/test_discrepancy_grace
tests_unit_test_discrepancy_grace_SOURCES = \
	tests/unit/discrepancy_fixture.c \
	tests/unit/discrepancy_fixture.h \
	tests/unit/test_discrepancy_grace.c
tests_unit_test_discrepancy_grace_LDADD = $(unit_libs)

unit_tests += tests/unit/test_judge
tests_unit_test_judge_LDADD = $(judge_libs)

unit_tests += tests/unit/test_judge_raise
tests_unit_test_judge_raise_LDADD = $(judge_libs)

unit_tests += tests/unit/test_judge_updelay
tests_unit_test_judge_updelay_LDADD = $(judge_libs)

unit_tests += tests/unit/test_judge_nested
tests_unit_test_judge_nested_LDADD = $(judge_libs)

unit_tests += tests/unit/test_judge_below
tests_unit_test_judge_below_LDADD = $(judge_libs)

unit_tests += tests/unit/test_judge_hidden
tests_unit_test_judge_hidden_LDADD = $(judge_libs)

unit_tests += tests/unit/test_judge_names
tests_unit_test_judge_names_LDADD = $(judge_libs)

unit_tests += tests/unit/test_finding
tests_unit_test_finding_LDADD = $(unit_libs)

unit_tests += tests/unit/test_finding_time
tests_unit_test_finding_time_LDADD = $(unit_libs)

unit_tests += tests/unit/test_ledger
tests_unit_test_ledger_LDADD = $(service_libs)

unit_tests += tests/unit/test_state_text
tests_unit_test_state_text_LDADD = $(service_libs)

unit_tests += tests/unit/test_state_file
tests_unit_test_state_file_LDADD = $(service_libs)

unit_tests += tests/unit/test_restore
tests_unit_test_restore_LDADD = $(service_libs)

unit_tests += tests/unit/test_kernel_thread
tests_unit_test_kernel_thread_SOURCES = \
	tests/unit/quiet_linksock.c \
	tests/unit/test_kernel_thread.c
tests_unit_test_kernel_thread_CPPFLAGS = $(AM_CPPFLAGS) -D_GNU_SOURCE
tests_unit_test_kernel_thread_LDADD = $(service_libs)

unit_tests += tests/unit/test_linkfilter
tests_unit_test_linkfilter_LDADD = $(unit_libs)
TESTS += tests/unit/test_check.sh
tests/unit/test_check.log: cli/bondcarrier
EXTRA_DIST += tests/unit/test_check.sh

unit_tests += tests/unit/test_track_plan
tests_unit_test_track_plan_LDADD = $(service_libs)

unit_tests += tests/unit/test_track_file
tests_unit_test_track_file_SOURCES = \
	tests/unit/track_folder.c \
	tests/unit/track_folder.h \
	tests/unit/test_track_file.c
tests_unit_test_track_file_LDADD = $(service_libs)

unit_tests += tests/unit/test_track_spares
tests_unit_test_track_spares_SOURCES = \
	tests/unit/track_folder.c \
	tests/unit/track_folder.h \
	tests/unit/test_track_spares.c
tests_unit_test_track_spares_LDADD = $(service_libs)

TESTS += tests/unit/test_names.sh tests/unit/test_watch.sh
tests/unit/test_names.log tests/unit/test_watch.log: cli/bondcarrier
EXTRA_DIST += \
	tests/unit/json_doc.py \
	tests/unit/odd_links.py \
	tests/unit/test_names.py \
	tests/unit/test_names.sh \
	tests/unit/test_watch.sh

unit_tests += tests/unit/test_watchdog
tests_unit_test_watchdog_LDADD = $(service_libs)

TESTS += tests/unit/test_completion.sh
tests/unit/test_completion.log: cli/bondcarrier
EXTRA_DIST += tests/unit/completion.bash tests/unit/test_completion.sh

TESTS += tests/unit/test_keepalived_doc.sh
EXTRA_DIST += tests/unit/test_keepalived_doc.sh

unit_tests += tests/unit/test_uptime
tests_unit_test_uptime_LDADD = $(service_libs)

unit_tests += tests/unit/test_event_router
tests_unit_test_event_router_LDADD = $(service_libs)

unit_tests += tests/unit/test_if_stack
tests_unit_test_if_stack_LDADD = $(unit_libs)

unit_tests += tests/unit/test_clock
tests_unit_test_clock_CPPFLAGS = $(AM_CPPFLAGS) -D_TIME_BITS=64
tests_unit_test_clock_LDADD = $(unit_libs)

unit_tests += tests/unit/test_safe_file
tests_unit_test_safe_file_SOURCES = tests/unit/test_safe_file.c
tests_unit_test_safe_file_CPPFLAGS = $(AM_CPPFLAGS) -D_GNU_SOURCE
tests_unit_test_safe_file_LDADD = $(unit_libs)

unit_tests += tests/unit/test_store
tests_unit_test_store_SOURCES = tests/unit/test_store.c
tests_unit_test_store_CPPFLAGS = $(AM_CPPFLAGS) -D_GNU_SOURCE
tests_unit_test_store_LDFLAGS = $(AM_LDFLAGS) \
	-Wl,--wrap=malloc -Wl,--wrap=read -Wl,--wrap=renameat
tests_unit_test_store_LDADD = $(service_libs)
