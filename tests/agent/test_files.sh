#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Runs test_files.py and test_state_files.py: attacks on the files of a daemon
# that is root.
skip() {
	echo "SKIP: $1"
	[ "${BONDCARRIER_REQUIRE:-0}" != 1 ] || exit 1
	exit 77
}
command -v python3 >/dev/null || skip "no python3"
[ "$(id -u)" = 0 ] || skip "needs root"
here=${abs_top_srcdir:-..}/tests/agent
failed=0
for script in test_files.py test_state_files.py; do
	python3 -B "$here/$script" || failed=1
done
exit $failed
