#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# `make help` has every target that a person may ask for, each once, and none
# that make does not know.
set -u
top=${abs_top_srcdir:?}
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
failed=0
fail()
{
	echo "FAIL: $*"
	failed=1
}

sh "$top/dev/help" "$top" >"$work/help" || fail "dev/help"
awk 'length > 80' "$work/help" | grep . && fail "lines of more than 80 columns"
awk 'NF < 3' "$work/help" | grep . && fail "targets without words"
cut -d ' ' -f 1 "$work/help" | sort >"$work/listed"
uniq -d "$work/listed" | grep . && fail "listed twice"

# The rules with a plain name, that automake does not call by itself.
cd "$top" || exit 99
# shellcheck disable=SC2046 # names without blanks
cat Makefile.am $(sed -n 's/^include //p' Makefile.am) |
	sed -n 's/^\([a-z][a-z0-9 -]*\):\([^=].*\)*$/\1/p' | tr ' ' '\n' |
	grep -v -e '-local$' -e '-hook$' -e '^clean-' | sort -u >"$work/rules"
[ "$(wc -l <"$work/rules")" -gt 20 ] || fail "where are the rules?"
comm -23 "$work/rules" "$work/listed" | grep . &&
	fail "no line \"#: target: words\" above the rule"

comm -13 "$work/rules" "$work/listed" | while read -r target; do
	grep -q "^${target}[ :]" "${abs_top_builddir:?}/Makefile" || echo "$target"
done | grep . && fail "no such target"
exit $failed
