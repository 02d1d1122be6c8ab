# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=sh
# For the tests of bondcarrier's command line: runs it, and says what it wrote
# where something is amiss. To be read with "."; a test ends with
#
#     exit $((failures != 0))
#
# shellcheck disable=SC2034 # for who reads this
fixtures=${srcdir:-.}/tests/fixtures
bondcarrier=${builddir:-.}/cli/bondcarrier
work=$(mktemp -d) || exit 99
out=$work/out
err=$work/err
failures=0
trap 'rm -rf "$work"' EXIT

fail()
{
	echo "FAIL: $*"
	sed 's/^/  stdout: /' "$out"
	sed 's/^/  stderr: /' "$err"
	failures=$((failures + 1))
}

# expect_of STATUS ARGUMENT...
expect_of()
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
