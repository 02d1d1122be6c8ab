#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Runs test_opennms.py on the events with this build's root.
set -eu
command -v python3 >/dev/null || {
	echo "SKIP: no python3"
	[ "${BONDCARRIER_REQUIRE:-0}" != 1 ] || exit 1
	exit 77
}
cd "${abs_top_builddir:?}"
root=$(sed -n 's/^#define BOND_MIB_ROOT_TEXT "\(.*\)"/\1/p' config.h)
exec python3 -B "${abs_top_srcdir:?}/tests/nms/test_opennms.py" \
	contrib/opennms/bondcarrier.events.xml mibs/BOND-CARRIER-MIB "$root"
