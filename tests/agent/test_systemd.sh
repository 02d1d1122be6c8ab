#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Runs test_systemd.py, which acts as the service manager.
command -v python3 >/dev/null || {
	echo "SKIP: no python3"
	[ "${BONDCARRIER_REQUIRE:-0}" != 1 ] || exit 1
	exit 77
}
exec python3 "${abs_top_srcdir:-..}/tests/agent/test_systemd.py"
