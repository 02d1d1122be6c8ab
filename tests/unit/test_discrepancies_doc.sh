#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# doc/discrepancies.md is complete and true: it has each kind and each warning
# of the MIB and of the programs, with its number and bit, the sentence that
# `bondcarrier show` says of a kind, and the defaults of the graces.
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

# c_names ARRAY: "ENUM name" of src/explain/explain_names.c, without the first, none.
c_names()
{
	awk -v array="$1[] = {" '
		index($0, array) { inside = 1; next }
		inside && /^};/ { exit }
		inside { gsub(/[][",]/, " "); if ($3 != "none") print $1, $3 }
	' "$srcdir/src/explain/explain_names.c"
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

# said ENUM: the words that `bondcarrier show` has for that kind.
said()
{
	tr -s '\n\t ' ' ' <"$srcdir/src/explain/explain_text.c" |
		sed -n "s/.*\[$1\] = { [a-z]*, \(\"[^}]*\"\) }.*/\1/p" |
		sed 's/" "//g; s/"//g'
}

for chapter in "Kinds of discrepancy:kind_names:BondDiscrepancyBits:2" \
	"Warnings:warning_names:bondWarnings:1"; do
	IFS=: read -r title array bits count <<-END
		$chapter
	END
	headings "$title" >"$work/found"
	c_names "$array" | cut -d ' ' -f 2 >"$work/expected"
	same "'$title' of the page and of $array"
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

c_names kind_names >"$work/kinds"
while read -r enum name; do
	words=$(said "$enum")
	[ -n "$words" ] || fail "no words for $enum in src/explain/explain_text.c"
	has "$name" "$words"
done <"$work/kinds"

# The kinds that finding_grace_ms() makes exceptions of.
awk '/^uint32_t finding_grace_ms/ { inside = 1 } inside
	inside && /^}/ { exit }' "$srcdir/src/decision/finding.c" |
	grep -o 'kind == DISCREPANCY_[A-Z_]*' | sed 's/.* //' >"$work/lacp"
[ -s "$work/lacp" ] || fail "no kind has a grace of its own"
while read -r enum name; do
	if grep -qx "$enum" "$work/lacp"; then
		has "$name" "**Grace**: \`lacpPartnerGrace\`."
	else
		has "$name" "**Grace**: \`discrepancyGrace\` and the monitor"
	fi
done <"$work/kinds"

default()
{
	sed -n "/judge_policy_defaults/,/^}/s/.*\.$1 = \([0-9]*\).*/\1/p" \
		"$srcdir/src/decision/judge.c"
}
{
	echo "| \`discrepancyGrace\` | $(default grace_base_ms) |"
	echo "| \`lacpPartnerGrace\` | $(default lacp_grace_fast_ms)" \
		"$(default lacp_grace_slow_ms) |"
} >"$work/expected"
grep '^| .[a-zA-Z]*Grace. | [0-9 ]* |$' "$page" >"$work/found"
same "the defaults of the page and of judge_policy_defaults()"

[ $failures -eq 0 ]
