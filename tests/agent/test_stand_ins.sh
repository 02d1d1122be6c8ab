#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The stand-ins of tests/lab/mibs, with which the demo prints names without the
# IETF's modules: net-snmp loads BOND-CARRIER-MIB with them without a word, and
# understands it as it does with the real ones, where these can be had.
set -u

srcdir=${srcdir:-.}
stand_ins=$srcdir/tests/lab/mibs
work=$(mktemp -d)
failed=0
trap 'rm -rf "$work"' EXIT
mkdir "$work/cert_indexes"
unset MIBS MIBDIRS
SNMPCONFPATH=$work
SNMP_PERSISTENT_DIR=$work
export SNMPCONFPATH SNMP_PERSISTENT_DIR

command -v snmptranslate >/dev/null || {
	echo "SKIP: snmptranslate is not installed"
	[ "${BONDCARRIER_REQUIRE-}" = 1 ] && exit 1
	exit 77
}

fail()
{
	echo "FAIL: $*"
	failed=1
}

# Names, syntaxes, enumerations, ranges and indexes of the whole module.
tree() # FOLDER
{
	snmptranslate -M "mibs:$1" -m BOND-CARRIER-MIB -Tp \
		BOND-CARRIER-MIB::bondCarrierMIB
}

tree "$stand_ins" >"$work/tree" 2>"$work/err"
[ ! -s "$work/err" ] || fail "snmptranslate: $(cat "$work/err")"
grep -A 2 'bondRunning(6)' "$work/tree" | grep -q 'true(1), false(2)' ||
	fail "bondRunning has no labels"
grep -A 1 'bondName(2)' "$work/tree" | grep -q 'DisplayString' ||
	fail "bondName is no text"
grep -q 'Index: bondSlaveBond, bondSlaveIfIndex\|Index: bondIfIndex, ' \
	"$work/tree" || fail "bondSlaveTable has no index of two"

if sh "$srcdir/mibs/imports" mibs/imported 2>"$work/why"; then
	tree mibs/imported >"$work/real" 2>&1
	diff -u "$work/real" "$work/tree" ||
		fail "the IETF's modules give another tree"
	for name in DisplayString MacAddress DateAndTime SnmpAdminString; do
		for folder in "$stand_ins" mibs/imported; do
			grep -h -A 1 "^$name ::= TEXT" "$folder"/* |
				sed -n 's/.*DISPLAY-HINT *//p'
		done | uniq | wc -l | grep -qx 1 ||
			fail "$name has another display hint"
	done
else
	echo "not compared with the IETF's modules: $(cat "$work/why")"
fi
exit $failed
