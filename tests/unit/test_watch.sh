#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# bondcarrier watch: what happened in a capture, in its order; and the ways in
# which a watch of the kernel ends.
. "${srcdir:-.}/tests/unit/cli.sh"
pid=
trap '[ -z "$pid" ] || kill -9 "$pid" 2>/dev/null; rm -rf "$work"' EXIT

# expect STATUS ARGUMENT...
expect()
{
	wanted=$1
	shift
	expect_of "$wanted" watch "$@"
}

# in_order PATTERN...: each matches a line below that of the one before.
in_order()
{
	line=0
	for pattern in "$@"; do
		found=$(tail -n +$((line + 1)) "$out" | grep -n -m 1 -e "$pattern")
		if [ -z "$found" ]; then
			fail "no '$pattern' behind line $line"
			return
		fi
		line=$((line + ${found%%:*}))
	done
}

# Recipe d: miimon 0; the active slave is unplugged, the other one plugged.
expect 0 --from "$fixtures/d-dead-active-slave.pcap"
quiet
in_order 'bond0 was added$' \
	'bond0 is down: it is administratively down' \
	'slave v0 of bond0 was enslaved$' \
	'slave v0 of bond0 has lost its link$' \
	'effective carrier of bond0 is down' \
	'slave v1 of bond0 has a link' \
	'effective carrier of bond0 is up' \
	'activeSlaveDown: slave v0 of bond0'
grep -vqE '^[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9](:[0-5][0-9]){2}\.[0-9]{3}[+-][0-9]{2}:[0-9]{2} [a-z]' \
	"$out" && fail "a line without its time"
expect 0 --json --from "$fixtures/d-dead-active-slave.pcap"
in_order '"type":"bondAdded"' '"type":"state"' '"type":"effectiveDown"' \
	'"kind":"activeSlaveDown"'

# The zone's offset is the reader's.
TZ=XXX-5:30 "$bondcarrier" watch --from "$fixtures/d-dead-active-slave.pcap" \
	>"$out.zone" 2>"$err"
"$bondcarrier" watch --from "$fixtures/d-dead-active-slave.pcap" >"$out" 2>"$err"
head -n 1 "$out.zone" | grep -q '+05:30 ' || fail "no +05:30"
[ "$(date -d "$(head -n 1 "$out.zone" | cut -d' ' -f1)" +%s)" -eq \
	"$(date -d "$(head -n 1 "$out" | cut -d' ' -f1)" +%s)" ] ||
	fail "another time in another zone"

# LACP strict or not, and says so.
expect 0 --json --strict-lacp --from "$fixtures/c-no-partner.pcap"
grep -q '"state".*"strictLacp": *true' "$out" || fail "does not say it is strict"
grep -q '"effectiveUp"' "$out" && fail "not strict"
expect 0 --json --from "$fixtures/c-no-partner.pcap"
grep -q '"state".*"strictLacp": *false' "$out" || fail "is it strict?"
grep -q '"effectiveUp"' "$out" || fail "strict unasked"

# Only what was asked for.
expect 0 --from "$fixtures/e3-updelay.pcap" bond1
grep -q bond0 "$out" && fail "bond0 was not asked for"
in_order 'bond1 was added$'
expect 0 --from "$fixtures/e3-updelay.pcap" bond9
[ ! -s "$out" ] || fail "something of bond9"
grep -q 'there is no bond bond9 at the end' "$err" || fail "bond9 is not missed"

# Damage: what is before it is told.
size=$(wc -c <"$fixtures/d-dead-active-slave.pcap")
head -c $((size - 100)) "$fixtures/d-dead-active-slave.pcap" >"$work/cut.pcap"
expect 1 --from "$work/cut.pcap"
in_order 'bond0 was added$'
grep -q "^bondcarrier: $work/cut.pcap: record .* truncated" "$err" ||
	fail "the damage is not said"
expect 1 --from /nonexistent/file
expect 2 --jsn
grep -q '^Usage: bondcarrier watch' "$err" || fail "no usage"
expect 2 --from
expect 0 --help

# Nobody reads any more: that is no failure, and nothing is said of it.
"$bondcarrier" watch --from "$fixtures/m-everything-goes.pcap" 2>"$err" |
	true
[ ! -s "$err" ] || fail "a closed pipe is complained of"
if [ -c /dev/full ]; then
	"$bondcarrier" watch --from "$fixtures/d-dead-active-slave.pcap" \
		>/dev/full 2>"$err"
	[ $? -eq 1 ] || fail "a full disk looks like success"
	grep -q "cannot write the output: No space" "$err" ||
		fail "a full disk is not named"
fi

# Of the kernel's: until it is told to end. A name that is not there shows
# that it has begun.
begin()
{
	: >"$err"
	"$bondcarrier" watch no-such/bond 2>"$err" >"$1" &
	pid=$!
	tries=0
	until grep -q '; waiting' "$err" || [ $tries -eq 600 ]; do
		tries=$((tries + 1))
		sleep 0.1
	done
	[ $tries -lt 600 ] || fail "it does not begin"
}

# The exit status in `status`; 137 where it had to be killed.
ended()
{
	tries=0
	while kill -0 "$pid" 2>/dev/null && [ $tries -lt 600 ]; do
		tries=$((tries + 1))
		sleep 0.1
	done
	[ $tries -lt 600 ] || kill -9 "$pid"
	wait "$pid"
	status=$?
	pid=
}

for signal in INT TERM HUP; do
	begin "$out"
	kill -$signal "$pid"
	ended
	[ $status -eq 0 ] || fail "$signal: status $status"
	[ "$(wc -l <"$err")" -eq 1 ] || fail "$signal: more is said"
done

# ... or nobody reads any more, though nothing happens.
mkfifo "$work/fifo"
cat <"$work/fifo" >/dev/null &
reader=$!
begin "$work/fifo"
kill "$reader"
ended
[ $status -eq 0 ] || fail "the output was closed: status $status"

[ "$failures" -eq 0 ] && echo "all as it should be"
exit $((failures > 0))
