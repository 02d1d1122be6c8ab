# SPDX-License-Identifier: BSD-2-Clause
# The only folder that includes net-snmp. All but main.c is a library, so
# that tests can link it.
# config.h, which would define it, does not go with net-snmp-config.h.
agent_cppflags = $(AM_CPPFLAGS) -D_GNU_SOURCE $(NETSNMP_CFLAGS)
agent_libs = agent/libbcagent.a src/libbondcarrier.a $(NETSNMP_LIBS) \
	$(LIBNL_LIBS)

noinst_LIBRARIES += agent/libbcagent.a
agent_libbcagent_a_CPPFLAGS = $(agent_cppflags) \
	-DCONFIG_FOLDER='"$(sysconfdir)/snmp"' \
	-DPERSISTENT_DIR='"$(state_folder)/snmp"'
agent_libbcagent_a_SOURCES = \
	agent/agentx.h \
	agent/answer.c \
	agent/answer.h \
	agent/bond_columns.c \
	agent/build.c \
	agent/build.h \
	agent/columns.h \
	agent/conf_file.c \
	agent/conf_file.h \
	agent/conf_load.c \
	agent/conf_load.h \
	agent/connect.c \
	agent/daemon.c \
	agent/daemon.h \
	agent/delivery.c \
	agent/delivery.h \
	agent/discrepancy_columns.c \
	agent/event_columns.c \
	agent/groups.c \
	agent/groups.h \
	agent/groups_values.c \
	agent/groups_values.h \
	agent/if_mib.h \
	agent/if_oper_status.c \
	agent/if_oper_status.h \
	agent/if_oper_status_claim.c \
	agent/kernel_pass.c \
	agent/kernel_pass.h \
	agent/kernel_thread.c \
	agent/kernel_thread.h \
	agent/lag_columns.c \
	agent/lag_columns.h \
	agent/lag_debug_columns.c \
	agent/lag_port_columns.c \
	agent/lag_stats_columns.c \
	agent/logging.c \
	agent/logging.h \
	agent/logbook.c \
	agent/logbook.h \
	agent/mib.c \
	agent/mib.h \
	agent/mib_tree.c \
	agent/mib_tree.h \
	agent/model.c \
	agent/model.h \
	agent/notify.c \
	agent/notify.h \
	agent/notify_variables.c \
	agent/options.c \
	agent/options.h \
	agent/paths.c \
	agent/paths.h \
	agent/restore.c \
	agent/restore.h \
	agent/scalars.c \
	agent/service.c \
	agent/service.h \
	agent/service_internal.h \
	agent/service_reload.c \
	agent/service_watch.c \
	agent/session.c \
	agent/session.h \
	agent/session_leave.c \
	agent/session_receive.c \
	agent/session_request.c \
	agent/session_request.h \
	agent/sinks.c \
	agent/sinks.h \
	agent/sinks_send.c \
	agent/sinks_send.h \
	agent/slave_columns.c \
	agent/stack_columns.c \
	agent/status.c \
	agent/status.h \
	agent/standalone.c \
	agent/standalone.h \
	agent/store.c \
	agent/store.h \
	agent/store_internal.h \
	agent/store_plan.c \
	agent/store_plan.h \
	agent/store_write.c \
	agent/supervisor.c \
	agent/supervisor.h \
	agent/table.c \
	agent/table.h \
	agent/thread.c \
	agent/thread.h \
	agent/track_keep.c \
	agent/track_keep.h \
	agent/track_thread.c \
	agent/track_thread.h \
	agent/tokens.c \
	agent/tokens.h \
	agent/tokens_check.c \
	agent/tokens_internal.h \
	agent/transport.c \
	agent/transport.h \
	agent/uptime.c \
	agent/uptime.h \
	agent/value.c \
	agent/value.h

sbin_PROGRAMS += bondcarrierd
bondcarrierd_CPPFLAGS = $(agent_cppflags)
bondcarrierd_SOURCES = agent/main.c
bondcarrierd_LDADD = $(agent_libs)

# Where `stateFile` is by default.
state_folder = $(localstatedir)/lib/bondcarrier
install-data-local:
	$(MKDIR_P) "$(DESTDIR)$(state_folder)"
uninstall-local:
	-rmdir "$(DESTDIR)$(state_folder)"
