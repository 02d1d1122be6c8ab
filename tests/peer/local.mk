# The agent and masters that fail it. (tests/lib/snmpd.sh is in tests/agent.)
peer_files = \
	tests/peer/agentx.py \
	tests/peer/faults.py \
	tests/peer/master.py \
	tests/peer/running.py \
	tests/peer/snmpd.py \
	tests/peer/test_end.py \
	tests/peer/test_faults.py \
	tests/peer/test_snmpd.py
EXTRA_DIST += tests/peer/run.sh $(peer_files) \
	tests/peer/end.sh tests/peer/faults.sh tests/peer/snmpd.sh
TESTS += tests/peer/end.sh tests/peer/faults.sh tests/peer/snmpd.sh

check_PROGRAMS += tests/peer/flood
tests_peer_flood_CPPFLAGS = $(agent_cppflags) -I$(srcdir)/agent
tests_peer_flood_LDADD = $(agent_libs)
tests_peer_flood_SOURCES = tests/peer/flood.c

# All faults at length, and a table of what was lost (nothing).
.PHONY: faults-long
faults-long: all tests/peer/flood
	abs_top_builddir=$(abs_top_builddir) LONG=1 \
		$(top_srcdir)/tests/peer/snmpd.sh
