# SPDX-License-Identifier: BSD-2-Clause
# Two libraries, so that tests can link them: what needs no net-snmp, and what
# does, which is the only code that may include it.
noinst_LIBRARIES += agent/libbcservice.a
agent_libbcservice_a_CPPFLAGS = $(AM_CPPFLAGS) -D_GNU_SOURCE \
	-D_TIME_BITS=64 -DSTATE_FILE='"$(state_folder)/state"'
agent_libbcservice_a_SOURCES = \
	agent/agentx/column_claim.c \
	agent/agentx/column_claim.h \
	agent/agentx/host_links.c \
	agent/agentx/host_links.h \
	agent/agentx/reconnect.c \
	agent/agentx/reconnect.h \
	agent/agentx/transport.h \
	agent/agentx/transport_connect.c \
	agent/config/listen_address.c \
	agent/config/listen_address.h \
	agent/config/settings.c \
	agent/config/settings.h \
	agent/config/settings_value.c \
	agent/config/settings_value.h \
	agent/config/text_file.c \
	agent/config/text_file.h \
	agent/keepalived/track_file.c \
	agent/keepalived/track_file.h \
	agent/keepalived/track_keep.c \
	agent/keepalived/track_keep.h \
	agent/keepalived/track_plan.c \
	agent/keepalived/track_plan.h \
	agent/keepalived/track_thread.c \
	agent/keepalived/track_thread.h \
	agent/kernel_pass.c \
	agent/kernel_pass.h \
	agent/kernel_thread.c \
	agent/kernel_thread.h \
	agent/mib/lag.c \
	agent/mib/lag.h \
	agent/process/build_info.c \
	agent/process/build_info.h \
	agent/process/paths.c \
	agent/process/paths.h \
	agent/process/thread.c \
	agent/process/thread.h \
	agent/process/watchdog.c \
	agent/process/watchdog.h \
	agent/state/delivery.c \
	agent/state/delivery.h \
	agent/state/event_log.c \
	agent/state/event_log.h \
	agent/state/event_router.c \
	agent/state/event_router.h \
	agent/state/ledger.c \
	agent/state/ledger.h \
	agent/state/outbox.c \
	agent/state/outbox.h \
	agent/state/restore.c \
	agent/state/restore.h \
	agent/state/shared.c \
	agent/state/shared.h \
	agent/state/state_file.c \
	agent/state/state_file.h \
	agent/state/state_text.c \
	agent/state/state_text.h \
	agent/state/store_internal.h \
	agent/state/store_plan.c \
	agent/state/store_plan.h \
	agent/state/store_write.c \
	agent/state/throttle.c \
	agent/state/throttle.h \
	agent/state/uptime.c \
	agent/state/uptime.h

# config.h, which would define it, does not go with net-snmp-config.h.
agent_cppflags = $(AM_CPPFLAGS) -D_GNU_SOURCE $(NETSNMP_CFLAGS)
agent_libs = agent/libbcagent.a agent/libbcservice.a src/libbondcarrier.a \
	$(NETSNMP_LIBS) $(LIBNL_LIBS)

noinst_LIBRARIES += agent/libbcagent.a
agent_libbcagent_a_CPPFLAGS = $(agent_cppflags) \
	-DCONFIG_FOLDER='"$(sysconfdir)/snmp"' \
	-DPERSISTENT_DIR='"$(state_folder)/snmp"'
agent_libbcagent_a_SOURCES = \
	agent/agentx/agentx.h \
	agent/agentx/agentx_notify.c \
	agent/agentx/agentx_notify.h \
	agent/agentx/if_oper_status.c \
	agent/agentx/if_oper_status.h \
	agent/agentx/if_oper_status_claim.c \
	agent/agentx/pdu.h \
	agent/agentx/pdu_read.c \
	agent/agentx/pdu_write.c \
	agent/agentx/requests.c \
	agent/agentx/requests.h \
	agent/agentx/requests_get.c \
	agent/agentx/requests_internal.h \
	agent/agentx/session.c \
	agent/agentx/session.h \
	agent/agentx/session_internal.h \
	agent/agentx/session_pdu.c \
	agent/agentx/session_receive.c \
	agent/agentx/session_request.c \
	agent/agentx/set_transaction.c \
	agent/agentx/set_transaction.h \
	agent/agentx/transport.c \
	agent/config/config_file.c \
	agent/config/config_file.h \
	agent/config/snmp_directives.c \
	agent/config/snmp_directives.h \
	agent/mib/columns.h \
	agent/mib/columns_bond.c \
	agent/mib/columns_discrepancy.c \
	agent/mib/columns_event.c \
	agent/mib/columns_lag.c \
	agent/mib/columns_lag.h \
	agent/mib/columns_lag_debug.c \
	agent/mib/columns_lag_port.c \
	agent/mib/columns_lag_stats.c \
	agent/mib/columns_scalars.c \
	agent/mib/columns_slave.c \
	agent/mib/columns_stack.c \
	agent/mib/if_mib.h \
	agent/mib/mib.c \
	agent/mib/mib.h \
	agent/mib/mib_tree.c \
	agent/mib/mib_tree.h \
	agent/mib/notify_variables.c \
	agent/mib/notify_variables.h \
	agent/mib/table.c \
	agent/mib/table.h \
	agent/mib/value.c \
	agent/mib/value.h \
	agent/options.c \
	agent/options.h \
	agent/process/daemon.c \
	agent/process/daemon.h \
	agent/process/log_file.c \
	agent/process/log_file.h \
	agent/process/logging.c \
	agent/process/logging.h \
	agent/process/systemd.c \
	agent/process/systemd.h \
	agent/service.c \
	agent/service.h \
	agent/service_agentx.c \
	agent/service_config.c \
	agent/service_internal.h \
	agent/service_log.c \
	agent/service_standalone.c \
	agent/service_status.c \
	agent/standalone/directives_check.c \
	agent/standalone/directives_check.h \
	agent/standalone/standalone.c \
	agent/standalone/standalone.h \
	agent/standalone/system_groups.c \
	agent/standalone/system_groups.h \
	agent/standalone/system_values.c \
	agent/standalone/system_values.h \
	agent/standalone/trap_sink.c \
	agent/standalone/trap_sink.h \
	agent/standalone/trap_sinks.c \
	agent/standalone/trap_sinks.h \
	agent/state/store.c \
	agent/state/store.h

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
