#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# BOND-CARRIER-MIB as a file: smilint reports nothing, every name has its
# number, and common tools can read it; the same under another root.
set -u

srcdir=${srcdir:-.}
names=$srcdir/tests/agent/mib_names.txt
imported=$PWD/mibs/imported
failed=0

skip() {
	echo "SKIP: $*"
	[ "${BONDCARRIER_REQUIRE-}" = 1 ] && exit 1
	exit 77
}

fail() {
	echo "FAIL: $*"
	failed=1
}

for tool in smilint smidump snmptranslate mibdump; do
	command -v $tool >/dev/null || skip "$tool is not installed"
done
sh "$srcdir/mibs/imports" "$imported" ||
	skip "the modules that the MIB imports cannot be had"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/cert_indexes" "$work/empty" "$work/python"
unset MIBS MIBDIRS
SNMPCONFPATH=$work
SNMP_PERSISTENT_DIR=$work
export SNMPCONFPATH SNMP_PERSISTENT_DIR

translate() { # mib folder, arguments of snmptranslate
	folder=$1
	shift
	snmptranslate -M "$folder:$imported" -m BOND-CARRIER-MIB "$@" 2>&1 |
		sed '/^$/d'
}

check_lint() { # mib file
	SMIPATH=$imported smilint -l 6 "$1" >"$work/lint" 2>&1
	[ -s "$work/lint" ] && fail "smilint:" && cat "$work/lint"
}

check_numbers() { # mib folder, root
	sed -n "s/^\(bond[A-Za-z0-9]*\) \([0-9.]*\)$/\1 .$2.\2/p" "$names" \
		>"$work/expected"
	cut -d' ' -f1 "$work/expected" >"$work/name"
	cut -d' ' -f2 "$work/expected" >"$work/number"
	[ "$(wc -l <"$work/name")" -gt 100 ] || fail "the table of names is short"

	# shellcheck disable=SC2046 # words
	translate "$1" -On $(sed 's/^/BOND-CARRIER-MIB::/' "$work/name") |
		diff -u "$work/number" - || fail "names have other numbers"
	# shellcheck disable=SC2046
	translate "$1" -Os $(cat "$work/number") |
		diff -u "$work/name" - || fail "numbers have other names"
}

check_nothing_else() { # mib file
	{
		echo bondCarrierMIB
		cut -d' ' -f1 "$work/expected"
	} | sort >"$work/sorted"
	SMIPATH=$imported smidump -f identifiers "$1" 2>&1 |
		awk '$2 ~ /^bond/ && $2 !~ /^bondRoot/ && $3 != "type" {
			print $2 }' | sort |
		diff -u "$work/sorted" - || fail "the MIB has other names"
}

check_smidump() { # mib file, root
	SMIPATH=$imported smidump -f python "$1" >"$work/dump.py" \
		2>"$work/dump.log" || fail "smidump cannot read it"
	[ -s "$work/dump.log" ] && fail "smidump:" && cat "$work/dump.log"
	grep -q "\"$2\"" "$work/dump.py" || fail "smidump has no root $2"
}

# pysmi 0.3.4 uses parts of importlib that it does not import, and without them
# falls back to a module that Python 3.12 removed.
echo "import importlib.machinery, importlib.util" \
	>"$work/python/sitecustomize.py"

check_pysmi() { # mib folder, root
	for format in json pysnmp; do
		PYTHONPATH="$work/python" mibdump --rebuild \
			--no-python-compile \
			--mib-source="file://$1" --mib-source="file://$imported" \
			--mib-borrower="file://$work/empty" \
			--destination-format=$format \
			--destination-directory="$work/$format" \
			BOND-CARRIER-MIB >"$work/pysmi" 2>&1 ||
			fail "mibdump to $format"
		grep -q '^Created.*BOND-CARRIER-MIB' "$work/pysmi" ||
			fail "pysmi to $format" "$(cat "$work/pysmi")"
		grep -Eq '^(Missing source|Failed) MIBs: [^[:space:]]' \
			"$work/pysmi" &&
			fail "pysmi to $format:" "$(cat "$work/pysmi")"
	done
	grep -q "\"oid\": \"$2.1.7.1.11\"" "$work/json/BOND-CARRIER-MIB.json" ||
		fail "pysmi does not see bondEventText"
}

check_all() { # mib folder, root
	check_lint "$1/BOND-CARRIER-MIB"
	check_numbers "$1" "$2"
	check_nothing_else "$1/BOND-CARRIER-MIB"
	check_smidump "$1/BOND-CARRIER-MIB" "$2"
	check_pysmi "$1" "$2"
}

# The MIB file must have the same root as the agent.
root=$(sed -n 's/^#define BOND_MIB_ROOT_TEXT "\(.*\)"$/\1/p' config.h)
echo "# root $root"
check_all "$PWD/mibs" "$root"

for root in 1.3.6.1.4.1.32473.1 1.3.6.1.4.1.32473.5.4.3.2; do
	echo "# root $root"
	mkdir "$work/$root"
	sh "$srcdir/mibs/set-root" $root <"$srcdir/mibs/BOND-CARRIER-MIB.in" \
		>"$work/$root/BOND-CARRIER-MIB" || fail "set-root"
	check_all "$work/$root" $root
done

exit $failed
