#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Runs test_auths.py on the files that were made for this build.
set -eu
python3 -c 'import yaml' 2>/dev/null || {
	echo "SKIP: no python3 with yaml"
	[ "${BONDCARRIER_REQUIRE:-0}" != 1 ] || exit 1
	exit 77
}
cd "${abs_top_builddir:?}/contrib/prometheus"
exec python3 -B "${abs_top_srcdir:?}/tests/nms/test_auths.py" \
	snmp.yml snmp.auths.yml \
	"$abs_top_srcdir/contrib/prometheus/generator.yml" generator.auths.yml
