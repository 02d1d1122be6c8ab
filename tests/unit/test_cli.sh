#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# bondcarrier's options, exit statuses and streams, on whatever host this is.
bondcarrier=${builddir:-.}/cli/bondcarrier
out=$(mktemp) || exit 99
err=$(mktemp) || exit 99
trap 'rm -f "$out" "$err"' EXIT
failures=0

fail()
{
	echo "FAIL: $*"
	sed 's/^/  stdout: /' "$out"
	sed 's/^/  stderr: /' "$err"
	failures=$((failures + 1))
}

# expect STATUS ARGUMENT...
expect()
{
	wanted=$1
	shift
	"$bondcarrier" "$@" >"$out" 2>"$err"
	status=$?
	[ "$status" -eq "$wanted" ] ||
		fail "bondcarrier $*: status $status, not $wanted"
}

quiet()
{
	[ ! -s "$err" ] || fail "something on standard error"
}

one_line()
{
	[ "$(wc -l <"$err")" -eq 1 ] || fail "not one line on standard error"
	[ ! -s "$out" ] || fail "something on standard output"
}

for option in -h --help; do
	expect 0 "$option"
	quiet
	grep -q '^Usage: bondcarrier' "$out" || fail "$option: no usage"
	expect 0 show "$option"
	quiet
done
for option in -V --version; do
	expect 0 "$option"
	quiet
	grep -q '^bondcarrier [0-9]' "$out" || fail "$option: no version"
done

for arguments in --nonsense -x "show --json=1" "--json show -q"; do
	# shellcheck disable=SC2086
	expect 2 $arguments
	[ -s "$err" ] || fail "$arguments: nothing said"
	[ ! -s "$out" ] || fail "$arguments: something on standard output"
done

# A bond that can't be there: too long a name, and a slash in it.
expect 1 show no/such-bond-as-this
grep -q 'there is no bond no/such-bond-as-this$' "$err" || fail "not named"
one_line
expect 1 "$(printf 'a\033[2Jb')"
grep -qF 'there is no bond a\x1b[2Jb' "$err" || fail "a raw escape"

for arguments in "" show; do
	# shellcheck disable=SC2086
	expect 0 $arguments
	quiet
	[ -s "$out" ] || fail "nothing shown"
done
for arguments in --json "show --json" "--json show"; do
	# shellcheck disable=SC2086
	expect 0 $arguments
	quiet
	if command -v python3 >/dev/null; then
		python3 -c '
import json, sys
bonds = json.load(open(sys.argv[1]))["bonds"]
assert isinstance(bonds, list)' "$out" 2>>"$err" || fail "$arguments: no JSON"
	fi
done

if [ -c /dev/full ]; then
	"$bondcarrier" >/dev/full 2>"$err"
	[ $? -eq 1 ] || fail "a full disk looks like success"
	grep -q "can't write" "$err" || fail "a full disk is not named"
fi

[ "$failures" -eq 0 ] && echo "all as it should be"
exit $((failures > 0))
