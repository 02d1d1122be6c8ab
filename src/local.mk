# SPDX-License-Identifier: BSD-2-Clause
# The core library: no net-snmp in it, and nothing of agent/ or cli/.
noinst_LIBRARIES += src/libbondcarrier.a
src_libbondcarrier_a_CPPFLAGS = $(AM_CPPFLAGS) -D_TIME_BITS=64
src_libbondcarrier_a_SOURCES = \
	src/base/array.h \
	src/base/pairs.c \
	src/base/pairs.h \
	src/base/clock.c \
	src/base/clock.h \
	src/bond/bond.h \
	src/bond/bond_set.c \
	src/bond/bond_set.h \
	src/bond/discrepancy.h \
	src/bond/event.c \
	src/bond/event.h \
	src/bond/if_stack.h \
	src/bond/slave_index.c \
	src/bond/uapi.h \
	src/decision/carrier.c \
	src/decision/carrier.h \
	src/decision/carrier_internal.h \
	src/decision/carrier_lacp.c \
	src/decision/discrepancy_step.c \
	src/decision/finding.c \
	src/decision/judge.c \
	src/decision/judge.h \
	src/explain/explain.c \
	src/explain/explain.h \
	src/explain/explain_event.c \
	src/explain/explain_names.c \
	src/explain/explain_remedy.c \
	src/explain/explain_text.c \
	src/explain/explain_text.h \
	src/explain/explain_warning.c \
	src/netlink/lacp_stats.c \
	src/netlink/lacp_stats.h \
	src/netlink/link_batch.c \
	src/netlink/linkfilter.c \
	src/netlink/linkfilter.h \
	src/netlink/linkmsg.c \
	src/netlink/linkmsg.h \
	src/netlink/linkmsg_attr.h \
	src/netlink/linkmsg_bond.c \
	src/netlink/linksock.c \
	src/netlink/linksock.h \
	src/netlink/linksock_dump.c \
	src/netlink/linksock_internal.h \
	src/netlink/linksock_lacp_stats.c \
	src/sync/filter_sync.c \
	src/sync/filter_sync.h \
	src/sync/monitor.c \
	src/sync/monitor.h \
	src/sync/monitor_internal.h \
	src/sync/monitor_read.c \
	src/sync/monitor_schedule.c \
	src/sync/monitor_stack.c \
	src/sync/stack_build.c \
	src/sync/tracker.c \
	src/sync/tracker.h \
	src/sync/tracker_apply.c \
	src/sync/tracker_dump.c \
	src/sync/tracker_internal.h \
	src/sync/tracker_lower.c \
	src/sync/tracker_pass.c \
	src/sync/tracker_vlan.c
