#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# doc/discrepancies.md is complete and true: it has each kind and each warning
# of the MIB and of the programs, with its number and bit, the sentence that
# `bondcarrier show` says of a kind, and the defaults of the graces.
# `bondcarrier check --help` has all their names, too, and the lists that
# dev/list-kinds writes are those in the source.
srcdir=${srcdir:-.}
page=$srcdir/doc/discrepancies.md
mib=$srcdir/mibs/BOND-CARRIER-MIB.in
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
failures=0

fail()
{
	echo "FAIL: $*"
	failures=$((failures + 1))
}

# same WHAT: the expected and the found are files.
same()
{
	[ -s "$work/expected" ] || fail "$1: nothing to compare with"
	diff -u "$work/expected" "$work/found" || fail "$1 differ"
}

# mib_bits NAME: the bits of its SYNTAX, as "name number".
mib_bits()
{
	awk -v name="$1" '
		$1 == name { inside = 1 }
		inside && $NF == "{" && /BITS/ { list = 1; next }
		list && /}/ { exit }
		list { gsub(/[(),]/, " "); print $1, $2 }' "$mib"
}

# headings CHAPTER: the third-level headings in it.
headings()
{
	awk -v chapter="## $1" '
		/^## / { inside = $0 == chapter }
		inside && /^### / { print $2 }' "$page"
}

# section NAME: on one line, with single spaces.
section()
{
	awk -v heading="### $1" '
		/^##/ { inside = $0 == heading; next }
		inside' "$page" | tr -s ' \n\t' ' '
}

# has NAME WORDS...: each is in its section.
has()
{
	of=$1
	shift
	for words; do
		case $(section "$of") in
		*"$words"*) ;;
		*) fail "$of lacks '$words'" ;;
		esac
	done
}

# octets BIT COUNT: what snmpget prints of that bit alone.
octets()
{
	awk -v bit="$1" -v count="$2" 'BEGIN {
		for (i = 0; i < count; i++)
			printf "%s%02X", i ? " " : "",
				int(bit / 8) == i ? 2 ^ (7 - bit % 8) : 0
	}'
}

tests/unit/list_kinds >"$work/listed" || fail "list_kinds"

for chapter in "Kinds of discrepancy:kind:BondDiscrepancyBits:2" \
	"Warnings:warning:bondWarnings:1"; do
	IFS=: read -r title what bits count <<-END
		$chapter
	END
	headings "$title" >"$work/found"
	awk -v what="$what" '$1 == what { print $3 }' "$work/listed" \
		>"$work/expected"
	same "'$title' of the page and of the programs"
	mib_bits "$bits" | cut -d ' ' -f 1 >"$work/expected"
	same "'$title' of the page and of the MIB"
	mib_bits "$bits" >"$work/bits"
	while read -r name bit; do
		has "$name" "**Causes**: " "**What to do**: " \
			"**Grace**: " "**In the MIB**: " "bit $bit, octet" \
			" $(octets "$bit" "$count")"
		[ "$count" = 1 ] || has "$name" "kind $((bit + 1));"
	done <"$work/bits"
done

# Where else people find the names of all kinds and warnings.
cli/bondcarrier check --help | tr -s ' \t,.' '\n' >"$work/help"
# shellcheck disable=SC2013 # they are words
for name in $(awk '$1 == "kind" || $1 == "warning" { print $3 }' \
	"$work/listed"); do
	grep -qx -- "$name" "$work/help" || fail "check --help lacks $name"
done
sh "$srcdir/dev/list-kinds" "$srcdir" "$work/lists" || fail "list-kinds"
for file in doc/bondcarrier.8 contrib/opennms/bondcarrier.events.xml.in; do
	diff -u "$srcdir/$file" "$work/lists/$file" ||
		fail "$file is not up to date: make templates"
done

while read -r what name words; do
	[ "$what" = words ] || continue
	[ -n "$words" ] || fail "no words for $name"
	has "$name" "$words"
done <"$work/listed"

while read -r what number name grace; do
	[ "$what" = kind ] || continue
	case $grace in
	discrepancyGrace)
		has "$name" "**Grace**: \`discrepancyGrace\` and the monitor"
		;;
	lacpPartnerGrace) has "$name" "**Grace**: \`lacpPartnerGrace\`." ;;
	*) fail "no setting changes the grace of $name, kind $number" ;;
	esac
done <"$work/listed"

# shellcheck disable=SC2016 # Markdown
sed -n 's/^default \([a-zA-Z]*\) /| `\1` | /p' "$work/listed" |
	sed 's/$/ |/' >"$work/expected"
grep '^| .[a-zA-Z]*Grace. | [0-9 ]* |$' "$page" >"$work/found"
same "the defaults of the page and of the programs"

[ $failures -eq 0 ]
