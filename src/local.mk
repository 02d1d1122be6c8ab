# SPDX-License-Identifier: BSD-2-Clause
# The core library: no net-snmp in it, so that the unit tests link without.
noinst_LIBRARIES += src/libbondcarrier.a
src_libbondcarrier_a_CPPFLAGS = $(AM_CPPFLAGS) \
	-DSTATE_FILE='"$(state_folder)/state"'
src_libbondcarrier_a_SOURCES = \
	src/bond.h \
	src/bond_set.c \
	src/bond_set.h \
	src/carrier.c \
	src/carrier.h \
	src/discrepancy.c \
	src/discrepancy.h \
	src/event.c \
	src/event.h \
	src/event_log.c \
	src/event_log.h \
	src/explain.c \
	src/explain.h \
	src/explain_event.c \
	src/explain_names.c \
	src/explain_remedy.c \
	src/explain_text.c \
	src/explain_text.h \
	src/explain_warning.c \
	src/finding.c \
	src/if_stack.c \
	src/if_stack.h \
	src/judge.c \
	src/judge.h \
	src/ledger.c \
	src/ledger.h \
	src/link_batch.c \
	src/linkdump.c \
	src/linkfilter.c \
	src/linkfilter.h \
	src/linkmsg.c \
	src/linkmsg.h \
	src/linkmsg_attr.h \
	src/linkmsg_bond.c \
	src/listen_address.c \
	src/listen_address.h \
	src/linksock.c \
	src/linksock.h \
	src/linksock_internal.h \
	src/linkstats.c \
	src/linkstats.h \
	src/linkstats_ask.c \
	src/linkwatch.c \
	src/linkwatch.h \
	src/monitor.c \
	src/monitor.h \
	src/outbox.c \
	src/outbox.h \
	src/reconnect.c \
	src/reconnect.h \
	src/settings.c \
	src/settings.h \
	src/settings_value.c \
	src/settings_value.h \
	src/state_disk.c \
	src/state_file.c \
	src/state_file.h \
	src/throttle.c \
	src/throttle.h \
	src/track.c \
	src/track.h \
	src/track_file.c \
	src/track_file.h \
	src/tracker.c \
	src/tracker.h \
	src/tracker_apply.c \
	src/tracker_dump.c \
	src/tracker_internal.h \
	src/tracker_vlan.c \
	src/uapi.h \
	src/watchdog.c \
	src/watchdog.h
