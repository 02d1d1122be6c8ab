#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Runs test_zabbix.py on the template with this build's root.
set -eu
command -v python3 >/dev/null || {
	echo "SKIP: no python3"
	[ "${BONDCARRIER_REQUIRE:-0}" != 1 ] || exit 1
	exit 77
}
cd "${abs_top_builddir:?}"
root=$(sed -n 's/^#define BOND_MIB_ROOT_TEXT "\(.*\)"/\1/p' config.h)
exec python3 -B "${abs_top_srcdir:?}/tests/nms/test_zabbix.py" \
	contrib/zabbix/bondcarrier.yaml mibs/BOND-CARRIER-MIB "$root" \
	"$abs_top_srcdir/tests/agent/mib_names.txt" \
	"$abs_top_srcdir/contrib/prometheus/bondcarrier.rules.yml"
