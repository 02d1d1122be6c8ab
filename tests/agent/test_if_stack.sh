#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The fixture's ifStackTable, through a real snmpd, against IF-MIB's syntax.
set -u

srcdir=${srcdir:-.}
# shellcheck source=tests/lib/snmpd.sh
. "$srcdir/tests/lib/snmpd.sh"
imported=$PWD/mibs/imported
PATH=$PATH:/usr/sbin:/sbin

skip() {
	echo "SKIP: $*"
	[ "${BONDCARRIER_REQUIRE-}" = 1 ] && exit 1
	exit 77
}

for tool in snmpd snmpbulkwalk snmpset smidump python3; do
	command -v $tool >/dev/null || skip "$tool is not installed"
done
sh "$srcdir/mibs/imports" "$imported" || skip "IF-MIB cannot be had"

agent=
work=$(mktemp -d)
finish() {
	[ -z "$agent" ] || kill "$agent"
	snmpd_stop
	rm -rf "$work"
}
trap finish EXIT

against_syntax() { # of a walk, and one line more or less
	python3 "$srcdir/tests/agent/walk_syntax.py" "$imported" IF-MIB
}

walk() { # OID
	snmpbulkwalk -v2c -c public -t 30 -On -Ox -Ot -Oe "$SNMPD_ADDRESS" "$1"
}

snmpd_start "$work" || exit 99
tests/agent/fixtured "$SNMPD_SOCKET" >"$work/began" 2>"$work/agent.log" &
agent=$!
wait_until 120 test -s "$work/began" || {
	cat "$work"/*.log
	exit 99
}
table=.1.3.6.1.2.1.31.1.2
walk $table >"$work/walk"
walk .1.3.6.1.2.1.31.1.6 >>"$work/walk"
failed=0
against_syntax <"$work/walk" || failed=1

# One row for each slave of bondSlaveTable, and no others with both numbers: the
# fixture has neither VLANs nor lower devices of slaves.
root=.$(sed -n 's/^#define BOND_MIB_ROOT_TEXT "\(.*\)"/\1/p' config.h)
walk "$root.1.5.1.2" | # a long name has lines of its own
	sed -n "s/^$root\.1\.5\.1\.2\.\([0-9.]*\) = .*/\1/p" >"$work/slaves"
[ "$(wc -l <"$work/slaves")" -gt 5 ] || {
	echo "FAIL: there are few slaves"
	failed=1
}
sed -n "s/^$table\.1\.3\.\([1-9][0-9]*\.[1-9][0-9]*\) = .*/\1/p" \
	"$work/walk" | diff -u "$work/slaves" - || failed=1

echo "== it is not to be set"
snmpset -v2c -c private -t 30 -On "$SNMPD_ADDRESS" \
	"$table.1.3.$(head -n 1 "$work/slaves")" i 6 >"$work/set" 2>&1
grep "notWritable" "$work/set" || {
	cat "$work/set"
	failed=1
}

echo "== what would be wrong is found"
refused() { # SED-EXPRESSION: makes it wrong
	sed "$1" "$work/walk" | against_syntax >"$work/said"
	grep FAIL "$work/said" && return
	echo "not found: $1"
	failed=1
}
refused '1s/INTEGER: 1$/INTEGER: 7/'  # no RowStatus
refused '1s/INTEGER/Gauge32/'
refused '1s/ = /.5 = /'	    # three numbers of index
refused '1s/\.1\.3\.0\./.1.3.2147483648./' # no InterfaceIndexOrZero
refused '1s/\.1\.3\.0\./.1.2.0./'   # ifStackLowerLayer
refused '1s/\.1\.3\.0\./.1.9.0./'   # no column
refused '$s/ = .*/ = INTEGER: 4/'   # no TimeTicks
refused '$s/\.6\.0 /.6.1 /'	    # no instance of a scalar
refused 'h;1d;$G'		    # out of order
exit $failed
