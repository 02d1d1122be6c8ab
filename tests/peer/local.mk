# SPDX-License-Identifier: BSD-2-Clause
# The agent and masters that fail it. (tests/lib/snmpd.sh is in tests/agent.)
peer_files = \
	tests/peer/agentx.py \
	tests/peer/faults.py \
	tests/peer/master.py \
	tests/peer/peer_case.py \
	tests/peer/running.py \
	tests/peer/snmpd.py \
	tests/peer/set_uptime.c \
	tests/peer/suite.py \
	tests/peer/test_end.py \
	tests/peer/test_faults.py \
	tests/peer/test_memory.py \
	tests/peer/test_procedure.py \
	tests/peer/test_requests.py \
	tests/peer/test_session.py \
	tests/peer/test_snmpd.py \
	tests/peer/test_time.py
EXTRA_DIST += tests/peer/run.sh $(peer_files) \
	tests/peer/end.sh tests/peer/faults.sh tests/peer/snmpd.sh
TESTS += tests/peer/end.sh tests/peer/faults.sh tests/peer/snmpd.sh
tests/peer/end.log tests/peer/faults.log tests/peer/snmpd.log: \
	bondcarrierd tests/peer/flood

check_PROGRAMS += tests/peer/flood
tests_peer_flood_CPPFLAGS = $(agent_cppflags) -I$(srcdir)/agent
tests_peer_flood_LDADD = $(agent_libs)
tests_peer_flood_SOURCES = tests/peer/flood.c

if HAVE_CMOCKA
check_PROGRAMS += tests/peer/test_transport
TESTS += tests/peer/test_transport
tests_peer_test_transport_CPPFLAGS = $(agent_cppflags) $(CMOCKA_CFLAGS) \
	-I$(srcdir)/agent
tests_peer_test_transport_LDADD = $(agent_libs) $(CMOCKA_LIBS)
tests_peer_test_transport_SOURCES = tests/peer/test_transport.c
endif

peer_all = abs_top_builddir=$(abs_top_builddir) \
	$(SHELL) $(top_srcdir)/tests/peer/run.sh \
	test_end test_faults test_session test_requests test_procedure \
	test_time
peer_tools = -- snmpd snmptrapd snmpget

# All faults at length, with a table of what was lost (nothing), and the
# memory after 10 000 reconnects.
#: faults-long: every fault of a master at length, with a table
.PHONY: faults-long
faults-long: all tests/peer/flood
	LONG=1 $(peer_all) test_snmpd test_memory $(peer_tools)

# All faults in short under valgrind.
#: faults-valgrind: the same in short, under valgrind
.PHONY: faults-valgrind
faults-valgrind: all tests/peer/flood
	VALGRIND=1 $(peer_all) test_snmpd $(peer_tools) valgrind
