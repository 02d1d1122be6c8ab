#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# bondcarrier's options, exit statuses and streams, on whatever host this is.
. "${srcdir:-.}/tests/unit/cli.sh"

# expect STATUS ARGUMENT...
expect()
{
	expect_of "$@"
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

# wrong WHY ARGUMENT...: the reason, the usage, and nothing else.
wrong()
{
	why=$1
	shift
	expect 2 "$@"
	head -n 1 "$err" | grep -qxF -- "bondcarrier: $why" ||
		fail "$*: not said: $why"
	sed -n 2p "$err" | grep -q '^Usage: bondcarrier ' || fail "$*: no usage"
	[ ! -s "$out" ] || fail "$*: something on standard output"
}

wrong "unknown option --nonsense" --nonsense
wrong "unknown option -x" -x
wrong "unknown option -q" --json show -q
wrong "unknown option -q" show -qh
wrong "option --json takes no value" show --json=1
wrong "option --from needs a value" --from
wrong "unknown option --\\x1b[2J" "$(printf -- '--\033[2J')"
wrong "FILE is missing" capture
wrong "FILE is missing" capture -n 1
wrong "only one FILE allowed" capture x y
wrong "-n needs a positive number, got '0'" capture -n 0 x
wrong "-n needs a positive number, got '-1'" capture -n -1 x
wrong "-n needs a positive number, got ''" capture --count= x
wrong "-n needs a positive number, got '99999999999999999999'" \
	capture -n 99999999999999999999 x
wrong "-d needs 1 to 1000000000 seconds, got '1s'" capture -d 1s x
wrong "option -d needs a value" capture -d
wrong "option --duration needs a value" capture --duration
wrong "unknown option --json" capture --json x

# A bond that can't be there: too long a name, and a slash in it.
expect 1 show no/such-bond-as-this
grep -q 'there is no bond no/such-bond-as-this$' "$err" || fail "not named"
one_line
expect 1 chek
grep -q 'no bond chek, and no such command$' "$err" ||
	fail "a wrong command is not named"
expect 1 -- show
grep -q 'no bond show$' "$err" || fail "'--' does not end the options"
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

# A capture instead of the kernel; damaged: what is there, and a word.
fixtures=${srcdir:-.}/tests/fixtures
expect 0 --from "$fixtures/d-dead-active-slave.pcap" bond0
quiet
grep -q 'activeSlaveDown: ' "$out" || fail "a capture is not shown"
# The time of its last record, which `tcpdump -tttt` shows.
TZ=UTC expect 0 --from "$fixtures/d-dead-active-slave.pcap" bond0
grep -qF "(at 2026-11-22T20:37:00.958+00:00, the capture's end)" "$out" ||
	fail "the time of the capture is not said"
grep -q 'this moment' "$out" && fail "a capture is of this moment"
expect 0 show --strict-lacp --from "$fixtures/c-no-partner.pcap"
quiet
grep -q '(notDistributing)' "$out" || fail "not strict"
expect 0 --strict-lacp show --json --from "$fixtures/c-no-partner.pcap"
quiet
grep -q '"strictLacp": true' "$out" || fail "does not say that it is strict"
grep -q '"notDistributing"' "$out" || fail "not strict in JSON"
expect 0 show --json --from "$fixtures/b-no-slaves.pcap"
quiet
grep -q '"noSlaves"' "$out" || fail "a capture is no JSON"
expect 1 --from "$fixtures/b-no-slaves.pcap" bond7
one_line
head -c 5000 "$fixtures/b-no-slaves.pcap" >"$out.cut"
expect 1 --from "$out.cut"
grep -q '^bond0: ' "$out" || fail "a damaged capture is not shown"
grep -q "^bondcarrier: $out.cut: record .* truncated" "$err" ||
	fail "the damage is not said"
head -c 24 "$fixtures/b-no-slaves.pcap" >"$out.cut"
expect 0 --from "$out.cut"
quiet
grep -q 'no bonds in this capture' "$out" || fail "nothing said of no bonds"
echo "no capture" >"$out.cut"
expect 1 --from "$out.cut"
one_line
rm "$out.cut"
expect 1 --from /nonexistent/file
one_line

# A capture of this host's own, which ends by itself.
expect 1 capture /nonexistent/file
one_line
expect 0 capture -n 1 "$out.pcap"
grep -q '^1 datagrams recorded' "$err" || fail "not said what was recorded"
expect 0 --from "$out.pcap"
expect 0 capture -d 1 "$out.pcap"
expect 0 --from "$out.pcap"
quiet
rm "$out.pcap"

expect 1 capture "$(printf '/nonexistent/\033[2J')"
one_line
grep -qF '/nonexistent/\x1b[2J: No such file' "$err" || fail "a raw escape"

# unwritten STATUS WHY ARGUMENT...: what can't be written is said in one line,
# with the reason of the write.
unwritten()
{
	wanted=$1
	why=$2
	shift 2
	: >"$out"
	[ $status -eq "$wanted" ] || fail "$*: status $status, not $wanted"
	grep -q "writ.*: $why\$" "$err" || fail "$*: not said: $why"
	[ "$(wc -l <"$err")" -eq 1 ] || fail "$*: more is said"
}

# More than one of stdio's buffers, and less.
long=$fixtures/a-unmonitored.pcap
short=$fixtures/b-no-slaves.pcap
[ "$("$bondcarrier" --json --from "$long" | wc -c)" -gt 8192 ] ||
	fail "not a long output"
for file in "$long" "$short"; do
	for arguments in --help --version show "show --json" \
		"show --from $file" "show --json --from $file" \
		"watch --from $file" "watch --json --from $file" \
		"capture -n 1 -" "check --from $file"; do
		status=1
		[ "$arguments" = "${arguments#check}" ] || status=3
		expected=$status
		# shellcheck disable=SC2086
		"$bondcarrier" $arguments >&- 2>"$err"
		status=$?
		# shellcheck disable=SC2086
		unwritten $expected "Bad file descriptor" $arguments
		[ -c /dev/full ] || continue
		# shellcheck disable=SC2086
		"$bondcarrier" $arguments >/dev/full 2>"$err"
		status=$?
		# shellcheck disable=SC2086
		unwritten $expected "No space left on device" $arguments
	done
done

[ "$failures" -eq 0 ] && echo "all as it should be"
exit $((failures > 0))
