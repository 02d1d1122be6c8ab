# The only folder that includes net-snmp. All but main.c is a library, so
# that tests can link it.
agent_cppflags = $(AM_CPPFLAGS) $(NETSNMP_CFLAGS)
agent_libs = agent/libbcagent.a src/libbondcarrier.a $(NETSNMP_LIBS) \
	$(LIBNL_LIBS)

noinst_LIBRARIES += agent/libbcagent.a
agent_libbcagent_a_CPPFLAGS = $(agent_cppflags)
agent_libbcagent_a_SOURCES = \
	agent/bond_columns.c \
	agent/build.c \
	agent/build.h \
	agent/columns.h \
	agent/discrepancy_columns.c \
	agent/event_columns.c \
	agent/mib.c \
	agent/mib.h \
	agent/model.c \
	agent/model.h \
	agent/scalars.c \
	agent/slave_columns.c \
	agent/table.c \
	agent/table.h \
	agent/value.c \
	agent/value.h
