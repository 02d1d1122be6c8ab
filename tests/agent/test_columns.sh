#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The agent's arrays of columns, and its enumerations, against the MIB.
set -u

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

tests/agent/list_columns | sort >"$work/agent" || exit 1
awk -f "${srcdir:-.}/tests/agent/test_columns.awk" mibs/BOND-CARRIER-MIB |
	sort >"$work/mib" || exit 1
grep -c . "$work/mib"
[ "$(grep -c '^object' "$work/mib")" -gt 80 ] || exit 1
diff -u "$work/mib" "$work/agent"
