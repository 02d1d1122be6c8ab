# SPDX-License-Identifier: BSD-2-Clause
# The MIB: as a file, and served to a real snmpd.
TESTS += tests/agent/test_columns.sh tests/agent/test_mib_file.sh \
	tests/agent/test_config.sh tests/agent/test_options.sh \
	tests/agent/test_stand_ins.sh
tests/agent/test_columns.log: tests/agent/list_columns mibs/BOND-CARRIER-MIB
tests/agent/test_mib_file.log tests/agent/test_stand_ins.log: \
	mibs/BOND-CARRIER-MIB
tests/agent/test_config.log: bondcarrierd tests/agent/list_settings
tests/agent/test_options.log: bondcarrierd
check_PROGRAMS += tests/agent/list_columns tests/agent/list_settings
EXTRA_DIST += \
	tests/agent/expected.txt \
	tests/agent/lag_mib.txt \
	tests/agent/mib_names.txt \
	tests/agent/test_columns.awk \
	tests/agent/test_columns.sh \
	tests/agent/test_config.sh \
	tests/agent/test_if_stack.sh \
	tests/agent/test_mib.sh \
	tests/agent/test_mib_file.sh \
	tests/agent/test_options.sh \
	tests/agent/test_set.sh \
	tests/agent/test_stand_ins.sh \
	tests/agent/test_set_phases.py \
	tests/agent/walk_syntax.py \
	tests/lib/snmpd.sh

agent_test_cppflags = $(agent_cppflags) $(CMOCKA_CFLAGS) \
	-DEXPECTED_VERSION=\"$(PACKAGE_VERSION)\"

if HAVE_CMOCKA
TESTS += tests/agent/test_if_stack.sh tests/agent/test_mib.sh \
	tests/agent/test_set.sh
check_PROGRAMS += tests/agent/fixtured tests/agent/test_mib tests/agent/test_set
tests/agent/test_if_stack.log: tests/agent/fixtured
tests/agent/test_mib.log: tests/agent/fixtured tests/agent/test_mib
tests/agent/test_set.log: bondcarrierd tests/agent/test_set
endif

tests_agent_list_columns_CPPFLAGS = $(agent_test_cppflags)
tests_agent_list_columns_LDADD = $(agent_libs)
tests_agent_list_columns_SOURCES = tests/agent/list_columns.c

tests_agent_list_settings_LDADD = agent/libbcservice.a src/libbondcarrier.a
tests_agent_list_settings_SOURCES = tests/agent/list_settings.c

tests_agent_fixtured_CPPFLAGS = $(agent_test_cppflags)
tests_agent_fixtured_LDADD = $(agent_libs)
tests_agent_fixtured_SOURCES = \
	tests/agent/fixture.h \
	tests/agent/fixture_bonds.c \
	tests/agent/fixture_events.c \
	tests/agent/fixture_slaves.c \
	tests/agent/fixture_slaves.h \
	tests/agent/fixtured.c

tests_agent_test_mib_CPPFLAGS = $(agent_test_cppflags)
tests_agent_test_mib_LDADD = $(agent_libs) $(CMOCKA_LIBS)
tests_agent_test_mib_SOURCES = \
	tests/agent/client.c \
	tests/agent/client.h \
	tests/agent/expected.c \
	tests/agent/expected.h \
	tests/agent/probes.c \
	tests/agent/probes.h \
	tests/agent/test_mib.c \
	tests/agent/test_set.c \
	tests/agent/test_set.h

tests_agent_test_set_CPPFLAGS = $(agent_test_cppflags)
tests_agent_test_set_LDADD = $(agent_libs) $(CMOCKA_LIBS)
tests_agent_test_set_SOURCES = \
	tests/agent/client.c \
	tests/agent/client.h \
	tests/agent/expected.c \
	tests/agent/expected.h \
	tests/agent/test_set.c \
	tests/agent/test_set.h \
	tests/agent/test_set_main.c

# The test plays the service manager.
TESTS += tests/agent/test_systemd.sh
tests/agent/test_systemd.log: bondcarrierd
EXTRA_DIST += tests/agent/test_systemd.py tests/agent/test_systemd.sh

TESTS += tests/agent/test_files.sh
tests/agent/test_files.log: bondcarrierd cli/bondcarrier
EXTRA_DIST += tests/agent/files_case.py tests/agent/test_files.py \
	tests/agent/test_files.sh tests/agent/test_state_files.py
