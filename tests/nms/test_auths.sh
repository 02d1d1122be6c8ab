#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Runs test_auths.py on this build's files.
set -eu
# The distribution's package is for the distribution's python3, which may not be
# the first one in PATH.
for python in python3 /usr/bin/python3 none; do
	! "$python" -c 'import yaml' 2>/dev/null || break
done
if [ "$python" = none ]; then
	echo "SKIP: no python3 with yaml"
	[ "${BONDCARRIER_REQUIRE:-0}" != 1 ] || exit 1
	exit 77
fi
cd "${abs_top_builddir:?}/contrib/prometheus"
exec "$python" -B "${abs_top_srcdir:?}/tests/nms/test_auths.py" \
	snmp.yml snmp.auths.yml \
	"$abs_top_srcdir/contrib/prometheus/generator.yml" generator.auths.yml
