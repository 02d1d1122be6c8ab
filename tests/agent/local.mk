# The MIB: as a file, and served to a real snmpd.
agent_tests = tests/agent/test_mib_file.sh

TESTS += $(agent_tests)
EXTRA_DIST += $(agent_tests) tests/agent/mib_names.txt
