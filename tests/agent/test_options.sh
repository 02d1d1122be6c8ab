#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# bondcarrierd's command line, wrong in every way: the exit status that the
# manual promises, one line that says what is wrong, and nothing started. And
# where a log goes to, with the time in files only.
set -u

daemon=$PWD/bondcarrierd
work=$(mktemp -d)
pid=
failed=0
finish() {
	[ -z "$pid" ] || kill "$pid" 2>/dev/null
	rm -rf "$work"
}
trap finish EXIT
cd "$work" || exit 99
work=$(pwd -P)
SNMP_PERSISTENT_DIR=$work/persistent
SNMPCONFPATH=$work/empty
export SNMP_PERSISTENT_DIR SNMPCONFPATH
unset MIBS MIBDIRS
printf 'exclude *\nstateFile none\nagentXSocket /none/of/it\n' >conf
mkfifo fifo
bad=$(printf 'a\377')
escape=$(printf 'a\033[31m')
long=$(printf '%0300d' 0)

complain() {
	echo "FAIL: $what: $1"
	sed 's/^/    said: /' said | cut -c 1-200 | head -n 12
	failed=1
}

# refuses STATUS PATTERN ARGUMENT...: one line, and usage at status 2 only.
refuses() {
	expected=$1
	pattern=$2
	shift 2
	what="$* "
	timeout 120 "$daemon" -f "$@" >out 2>said </dev/null
	status=$?
	[ $status = "$expected" ] ||
		complain "exit status $status, expected $expected"
	[ ! -s out ] || complain "something on standard output"
	grep -v '^usage: \|^   ' said >lines
	[ "$(wc -l <lines)" = 1 ] || complain "not one line"
	grep -q -- "$pattern" lines || complain "no word of '$pattern'"
	LC_ALL=C grep -q '[^ -~]' lines && complain "what is not printable"
	usage=$(grep -c '^usage: ' said)
	[ "$usage" = $((expected - 1)) ] || complain "$usage usages"
	[ $failed = 1 ] || echo "ok: $(cut -c 1-100 lines)"
}

refuses 2 "'z'" -z
refuses 2 "nonsense" --nonsense
refuses 2 "ambiguous" --con x
refuses 2 "check-config" --check-config=x
refuses 2 "nonsense" nonsense
refuses 2 "more" -t -- more
for option in x C L p u g n; do
	refuses 2 "'$option'" -$option
	refuses 2 "-$option" -$option ""
done

refuses 2 "argument 'a.x1b" "$escape"
refuses 2 "-L.*'a.x1b" -L "$escape"
refuses 1 "'f none/a.x1b" -L "f none/$escape"
refuses 1 "none/a.x1b.*No such" -C "none/$escape"
refuses 1 "none/a.x1b.*No such" -C conf -p "none/$escape"
refuses 2 "-S.*a.x1b" "-Sudp:$escape:161"
refuses 2 "-L.*'ex'" -L ex
refuses 2 "-L.*'z'" -L z
refuses 2 "-L.*'f'" -L f
refuses 2 "-L.*'f '" -L "f "
refuses 2 "-L.*'sx'" -L sx
refuses 2 "-L.*'s daemon'" -L "s daemon"
refuses 2 "-L.*'E'" -L E
refuses 2 "-L.*'f $work" -L "f $work/$long$long$long$long"
refuses 1 "'f none/log'.*No such" -L "f none/log"
refuses 1 "'f $work'.*directory" -L f "$work"
refuses 1 "'f fifo'" -L "f fifo"

refuses 2 "-n.*'$long'\|-n.*'0000" -n "$long"
refuses 2 "-n.*'a.xff'" -n "$bad"
refuses 2 "-n.*'a.x1b" -n "$escape"
refuses 2 "-n" -n 012345678901234567890123456789012

refuses 1 "-x.*'unix:'" -C conf -x unix:
refuses 1 "-x.*'tcp:'" -C conf -x tcp:
refuses 1 "-x.*'tcp:host:'" -C conf -x tcp:host:
refuses 1 "-x.*'tcp:host:65536'" -C conf -x tcp:host:65536
refuses 1 "-x.*'tcp:host:agentx'" -C conf -x tcp:host:agentx
refuses 1 "-x.*'udp:host:705'" -C conf -x udp:host:705
refuses 1 "-x.*107" -C conf -x "/$(printf '%0107d' 0)"
refuses 1 "-x.*'/0000" -C conf -x "/$long"
refuses 1 "-x" -C conf -x "unix:/$escape$long"

refuses 1 "$work/none/conf.*No such" -C none/conf
refuses 1 "$work.*directory" -C .
refuses 1 "$work/fifo.*regular" -C fifo
refuses 1 "$work/none/pid.*No such" -C conf -p none/pid
refuses 1 "$work.*directory" -C conf -p .
refuses 1 "/proc/version" -C conf -p /proc/version
if [ "$(id -u)" = 0 ]; then
	refuses 1 "unknown user.*no-such-user" -C conf -u no-such-user
	refuses 1 "unknown user.*4294967295" -C conf -u 4294967295
	refuses 1 "unknown user.*-1" -C conf -u -1
	refuses 1 "unknown group.*no-such-group" -C conf -g no-such-group
	refuses 1 "unknown user a.x1b" -C conf -u "$escape"
	refuses 1 "unknown group a.x1b" -C conf -g "$escape"
fi

what="a running one's pid file"
"$daemon" -f -C conf -p pid >its_log 2>&1 </dev/null &
pid=$!
tries=0
until [ -s pid ] || [ $tries = 600 ]; do
	tries=$((tries + 1))
	sleep 0.05
done
refuses 1 "$work/pid.*running" -C conf -p pid
kill $pid
wait $pid || complain "exit status $?"
pid=

# Without standard streams, detached: none of what it opens takes their place,
# or it would be replaced, and SIGTERM would not be heard.
what="no standard streams"
"$daemon" -C conf -p pid <&- >&- 2>&-
pid=$(cat pid)
tries=0
kill "$pid" || complain "it does not run"
while [ -e pid ] && [ $tries != 600 ]; do
	tries=$((tries + 1))
	sleep 0.05
done
[ $tries != 600 ] || complain "SIGTERM does not end it"
kill -KILL "$pid" 2>/dev/null
pid=

# logs FILE ARGUMENT...: runs until it has said that it waits.
logs() {
	file=$1
	shift
	what="$* "
	: >said
	"$daemon" -f -C conf "$@" >said 2>&1 </dev/null &
	pid=$!
	tries=0
	until grep -q "waiting for" "$file" 2>/dev/null || [ $tries = 600 ]; do
		tries=$((tries + 1))
		sleep 0.05
	done
	[ $tries != 600 ] || complain "nothing in $file"
}

ends() {
	kill $pid
	wait $pid || complain "exit status $? after SIGTERM"
	pid=
	[ $failed = 1 ] || echo "ok: $what: $(head -n 1 "$1")"
}

# Each line begins with a date and a time (1) or none does (0).
has_times() {
	lines=$(grep -c . "$1")
	stamped=$(grep -c '^20[0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9:]\{8\} [a-zA-Z]' \
		"$1")
	[ "$stamped" = $(($2 * lines)) ] ||
		complain "$stamped of $lines lines have the time"
}

logs log -L "f log"
kill -HUP $pid
tries=0
until grep -q "configuration reloaded" log || [ $tries = 600 ]; do
	tries=$((tries + 1))
	sleep 0.05
done
ends log
has_times log 1
[ "$(wc -l <log)" -ge 2 ] || complain "not two lines"
[ ! -s said ] || complain "something on standard error"
logs log2 -L F 5 log2
ends log2
has_times log2 1
# What an address may hold must not reach a terminal.
for where in e o E\ 5 "f log3" "F 5 log4"; do
	# shellcheck disable=SC2086 # -L F takes its value apart
	case $where in
	f*) logs log3 -L "$where" -x "$work/$escape" ;;
	F*) logs log4 -L F 5 log4 -x "$work/$escape" ;;
	E*) logs said -L E 5 -x "$work/$escape" ;;
	*) logs said -L "$where" -x "$work/$escape" ;;
	esac
	grep -q "waiting for.*/a.x1b" "$file" ||
		complain "no escaped address in $file"
	LC_ALL=C grep -q '[^ -~]' "$file" && complain "what is not printable"
	ends "$file"
done
logs said -L e
ends said
has_times said 0
logs said -L o
ends said
has_times said 0

exit $failed
