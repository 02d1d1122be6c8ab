#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Compares the agent's columns and enumerations with the MIB, and those of
# IEEE8023-LAG-MIB, which are read-only, with a list of its objects.
set -u

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

tests/agent/list_columns | sort >"$work/agent" || exit 1
awk -f "${srcdir:-.}/tests/agent/test_columns.awk" mibs/BOND-CARRIER-MIB |
	sort >"$work/mib" || exit 1
grep -c . "$work/mib"
[ "$(grep -c '^object' "$work/mib")" -gt 80 ] || exit 1
diff -u "$work/mib" "$work/agent" || exit 1

tests/agent/list_columns lag >"$work/agent" || exit 1
sed -n 's/^\([0-9.]* [A-Za-z0-9]* [a-z]*\) .*/1.2.840.10006.300.43.1.\1 read-only/p' \
	"${srcdir:-.}/tests/agent/lag_mib.txt" >"$work/mib"
grep -c . "$work/mib"
diff -u "$work/mib" "$work/agent"
