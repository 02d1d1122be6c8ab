# SPDX-License-Identifier: BSD-2-Clause
# The developers' own tools: see dev/local.mk.
TESTS += tests/dev/test_analyze.sh tests/dev/test_compile_commands.sh \
	tests/dev/test_help.sh
tests/dev/test_compile_commands.log: compile_commands.json
EXTRA_DIST += tests/dev/test_analyze.sh tests/dev/test_compile_commands.sh \
	tests/dev/test_help.sh
