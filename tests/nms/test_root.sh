#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# After configuring another root, everything that contains a number follows: no
# old one is left in what is generated or installed, and nothing else changes.
# Documents that packages install unchanged say next to the default number how
# to find your own.
set -eu

# 32473 is the enterprise number of examples (RFC 5612).
new=1.3.6.1.4.1.32473.8023
builddir=${abs_top_builddir:?}
srcdir=${abs_top_srcdir:?}
old=$(sed -n 's/^#define BOND_MIB_ROOT_TEXT "\(.*\)"/\1/p' "$builddir/config.h")
[ "$old" != "$new" ] || new=1.3.6.1.4.1.32473.7
if [ -e "$srcdir/config.status" ]; then
	echo "SKIP: configure can't be run elsewhere, for it was in the source"
	exit 77
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail()
{
	echo "FAIL: $*"
	exit 1
}

# The same build, of the data only, which takes a second.
mkdir "$work/build"
cd "$work/build"
options=$("$builddir/config.status" --config)
eval "set -- $options"
unset MAKEFLAGS MFLAGS MAKELEVEL
if ! { "$srcdir/configure" -q "$@" --srcdir="$srcdir" --with-mib-root="$new" &&
	make install-data DESTDIR="$work/dest"; } >"$work/log" 2>&1; then
	tail -n 20 "$work/log"
	fail "not built with --with-mib-root=$new"
fi

# With dots, commas or blanks, and within the MIB's names.
pattern=$(echo "$old" | sed 's/\./[., ]/g')
names=$(sed -n 's/^    ::= { \(enterprises .*\) }$/\1/p' \
	"$builddir/mibs/BOND-CARRIER-MIB")
[ -z "$names" ] || pattern="$pattern|$(echo "$names" | sed 's/[()]/\\&/g')"
# configure records its arguments, with the first root, in a line of its own.
# The documents are checked below.
found=$(grep -rE "$pattern" "$work/dest" "$work/build" --exclude-dir=doc \
	--exclude=config.log --exclude=config.status || :)
[ -z "$found" ] || fail "the old number is left:
$found"
for place in src agent cli; do
	found=$(grep -rEn "$pattern" "$srcdir/$place" || :)
	[ -z "$found" ] || fail "the default's number stands in the source:
$found"
done

# The documents in the packages: each paragraph with the default number says
# that it is the default, or how to find your own.
default=$(sed -n 's/.*\[MIB_ROOT=\([0-9.]*\)\].*/\1/p' "$srcdir/configure.ac")
[ -n "$default" ] || fail "configure.ac has no default"
documents=$(cd "$srcdir" && {
	cat debian/*.docs 2>/dev/null || : # not in the tarball
	sed -n 's/^%doc //p' contrib/rpm/bondcarrier.spec
} | tr ' ' '\n' | sort -u)
[ -n "$documents" ] || fail "packages have no documents"
for document in $documents; do
	[ -e "$srcdir/$document" ] || fail "$document: packaged, and not there"
	find "$srcdir/$document" -type f | while read -r file; do
		awk -v RS= -v number="$(echo "$default" | sed 's/\./[., ]/g')" '
			$0 ~ number && !/The default,/ && !/bondcarrierd -V/' \
			"$file"
	done >"$work/stale"
	[ ! -s "$work/stale" ] || fail "$document: as if all had that number:
$(cat "$work/stale")"
done

# Each file has as many new numbers as it had old ones, and no other change.
old_again=$(echo "$new" | sed 's/\./\\./g')
count=0
for file in \
	contrib/nagios/bondcarrier.cfg \
	contrib/nagios/bondcarrier.icinga2.conf \
	contrib/opennms/bondcarrier.events.xml \
	contrib/prometheus/snmp.auths.yml \
	contrib/prometheus/snmp.yml \
	contrib/snmpd/bondcarrier.conf \
	contrib/snmptrapd/bondtrap \
	contrib/snmptrapd/snmptrapd.conf \
	contrib/snmptt/snmptt.conf \
	contrib/zabbix/bondcarrier.yaml \
	contrib/zabbix/zabbixtrap; do
	grep -qF "$new" "$file" || fail "$file has no number"
	grep -qF "@MIB" "$file" && fail "$file is half a template"
	sed "s/$old_again/$old/g" "$file" | cmp - "$builddir/$file" ||
		fail "$file: more than its number has changed"
	name=${file##*/}
	[ -n "$(find "$work/dest" -name "$name" -type f)" ] ||
		fail "$file is not installed"
	count=$((count + 1))
done
# Any other file that contains the number has to be in the list above.
holders=$(grep -rlF "$new" contrib | wc -l)
[ "$holders" = "$count" ] || fail "$holders files hold the number, not $count"
grep -q "^#define BOND_MIB_ROOT_TEXT \"$new\"$" config.h || fail "config.h"
grep -q "^#define BOND_MIB_ROOT $(echo $new | tr . ,)$" config.h ||
	fail "config.h: the list"
grep -qx "    ::= { enterprises bondRoot1(32473) ${new##*.} }" \
	mibs/BOND-CARRIER-MIB || fail "the MIB's own definition"
echo "$count files, the MIB and config.h moved from $old to $new"
