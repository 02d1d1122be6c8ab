#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Common mistakes: each gets one clear line and the right exit status, and where
# waiting makes sense the daemon waits and logs that once. Needs neither the lab
# nor snmpd.
set -u

daemon=$PWD/bondcarrierd
work=$(mktemp -d)
pid=
failed=0
trap '[ -z "$pid" ] || kill "$pid"; rm -rf "$work"' EXIT
chmod 755 "$work"
printf 'notifyThrottle 100\nstateFile none\n' >"$work/good.conf"
SNMP_PERSISTENT_DIR=$work/persistent
SNMPCONFPATH=$work/empty
export SNMP_PERSISTENT_DIR SNMPCONFPATH
unset MIBS MIBDIRS

complain()
{
	echo "FAIL: $what: $1"
	sed 's/^/    said: /' "$work/said"
	failed=1
}

# refuses STATUS WORDS ARGUMENT...: ends at once with that status and one line
# that matches WORDS (a pattern).
refuses()
{
	expected=$1
	words=$2
	shift 2
	timeout 120 "$daemon" -f -L e "$@" >"$work/said" 2>&1 </dev/null
	status=$?
	[ $status = "$expected" ] ||
		complain "exit status $status, expected $expected"
	[ "$(grep -c . "$work/said")" = 1 ] || complain "not one line"
	grep -q -- "$words" "$work/said" || complain "no word of '$words'"
	[ $failed = 1 ] || echo "ok: $what: $(cat "$work/said")"
}

# waits WORDS COMMAND...: keeps running, logs one line that matches WORDS, and
# ends cleanly on SIGTERM.
waits()
{
	words=$1
	shift
	"$@" >"$work/said" 2>&1 </dev/null &
	pid=$!
	tries=0
	until grep -q . "$work/said" || [ $tries = 1200 ]; do
		tries=$((tries + 1))
		sleep 0.1
	done
	# Longer than the first reconnects take, which must not be logged.
	tries=0
	while [ $tries != 40 ]; do
		tries=$((tries + 1))
		kill -0 $pid 2>/dev/null || break
		sleep 0.1
	done
	kill -0 $pid 2>/dev/null || complain "did not wait"
	[ "$(grep -c . "$work/said")" = 1 ] || complain "not one line"
	grep -q -- "$words" "$work/said" || complain "no word of '$words'"
	kill $pid 2>/dev/null
	wait $pid
	status=$?
	pid=
	[ $status = 0 ] || complain "exit status $status after SIGTERM"
	[ $failed = 1 ] || echo "ok: $what: $(head -n 1 "$work/said")"
}

what="a configuration that is not there"
refuses 1 "$work/none.conf" -C "$work/none.conf"

what="a configuration that cannot be read"
mkdir "$work/folder.conf"
refuses 1 "$work/folder.conf" -C "$work/folder.conf"

what="an unknown token"
printf '# fine\n\nnotifyTrottle 100\n' >"$work/bad.conf"
refuses 1 "bad.conf.*3.*notifyTrottle" -C "$work/bad.conf"

what="a bad value"
printf 'discrepancyGrace soon\n' >"$work/bad.conf"
refuses 1 "bad.conf.*1.*discrepancyGrace" -C "$work/bad.conf"
what="a bad value, only checked"
refuses 1 "bad.conf.*1.*discrepancyGrace" -t -C "$work/bad.conf"

what="a line for -S, with a master agent"
printf 'notifyThrottle 100\nrocommunity public\n' >"$work/bad.conf"
refuses 1 "bad.conf: line 2: rocommunity: only valid with -S" -t -C "$work/bad.conf"
# net-snmp's own lines: its text, with our file and line.
chmod 600 "$work/bad.conf"
while IFS='|' read -r line words; do
	what="-S, and the line '$line'"
	printf '#\n%s\n' "$line" >"$work/bad.conf"
	refuses 1 "bad.conf: line 2: ${line%% *}: $words" -t -S 161 \
		-C "$work/bad.conf"
done <<'END'
rocommunity|missing value
rouser joe nonsense|bad security level
rocommunity public 192.0.2.0/99|bad mask length
createUser joe SHA short|passphrase chosen is below the length
createUser joe FOO long-enough|unknown authProtocol
trap2sink -s|net-snmp cannot parse it
trap2sink -q 192.0.2.1|ignoring unknown argument
informsink 192.0.2.1:99999|cannot create sink
trapsess -v 9 192.0.2.1|Invalid version
view all perhaps .1|TYPE must be included/excluded
maxGetbulkRepeats many|expected a number
persistentDir here|expected an absolute path
agentAddress 161|not used here: give the address to -S
pass .1.3 /bin/sh|unknown setting
END
# A host that does not answer: its queue of connections is full. One attempt,
# shorter than systemd's WatchdogSec=60.
what="-S, and sinks that net-snmp waits for"
python3 -c '
import socket, time
full = socket.create_server(("127.0.0.1", 0), backlog=0)
waiting = [socket.socket() for _ in range(4)]
for sock in waiting:
    sock.setblocking(False)
    sock.connect_ex(full.getsockname())
print(full.getsockname()[1], flush=True)
time.sleep(600)' >"$work/port" &
pid=$!
tries=0
until [ -s "$work/port" ] || [ $tries = 1200 ]; do
	tries=$((tries + 1))
	sleep 0.1
done
port=$(cat "$work/port")
printf '#\ntrap2sink tcp:127.0.0.1:%s\ntrap2sink tcp:127.0.0.1:%s\n' \
	"$port" "$port" >"$work/bad.conf"
began=$(date +%s)
timeout 120 "$daemon" -t -S 161 -C "$work/bad.conf" >"$work/said" 2>&1 \
	</dev/null
status=$?
[ $status = 1 ] || complain "exit status $status, expected 1"
sed -n 1p "$work/said" | grep -q "^error: .*bad.conf: line 2: trap2sink: \
net-snmp takes too long to process it" || complain "no word of line 2"
sed -n 2p "$work/said" | grep -q "^error: .*bad.conf: line 3: .*not checked" ||
	complain "no word of line 3"
[ "$(grep -c . "$work/said")" = 2 ] || complain "not two lines"
took=$(($(date +%s) - began))
[ $took -lt 60 ] || complain "took $took s"
kill $pid
wait $pid 2>/dev/null
pid=
what="-S, and passphrases for everybody"
chmod 644 "$work/bad.conf"
printf 'createUser joe SHA long-enough\n' >"$work/bad.conf"
refuses 1 "bad.conf: line 1: createUser: other users can read" -t -S 161 \
	-C "$work/bad.conf"
what="-S and what is no address, or a master agent too"
for words in "-S *:161" "-S udp:" "-S 65536" "-t -S 161 -x /run/master"; do
	# shellcheck disable=SC2086 # words
	timeout 120 "$daemon" -f $words >"$work/said" 2>&1 </dev/null
	status=$?
	[ $status = 2 ] || complain "$words: exit status $status, expected 2"
done

what="a good configuration, only checked"
timeout 120 "$daemon" -t -C "$work/good.conf" >"$work/said" 2>&1 </dev/null ||
	complain "exit status $?"

what="a word that is no option"
timeout 120 "$daemon" -f nonsense >"$work/said" 2>&1 </dev/null
status=$?
[ $status = 2 ] || complain "exit status $status, expected 2"
what="an unknown option"
timeout 120 "$daemon" --nonsense >"$work/said" 2>&1 </dev/null
status=$?
[ $status = 2 ] || complain "exit status $status, expected 2"

what="a socket that is not there"
waits "$work/none/master" "$daemon" -f -L e -C "$work/good.conf" \
	-x "$work/none/master"

what="a socket without permission"
mkdir -m 700 "$work/private"
if [ "$(id -u)" = 0 ]; then
	chmod 711 "$work"
	waits "[Pp]ermission denied" setpriv --reuid=65534 --regid=65534 \
		--clear-groups "$daemon" -f -L e -C "$work/good.conf" \
		-x "$work/private/master"
else
	chmod 000 "$work/private"
	waits "[Pp]ermission denied" "$daemon" -f -L e -C "$work/good.conf" \
		-x "$work/private/master"
	chmod 700 "$work/private"
fi

# The daemon has dropped root by the time it has to reopen its log.
until_logged() # WORDS
{
	tries=0
	until grep -q -- "$1" "$work/logs/log" 2>/dev/null; do
		tries=$((tries + 1))
		[ $tries != 1200 ] || { complain "no '$1' in the log"; return; }
		kill -0 $pid 2>/dev/null || { complain "ended"; return; }
		sleep 0.1
	done
}

what="a state file that cannot be written"
printf 'stateFile /proc/none/state\nagentXSocket tcp:127.0.0.1:1\n' \
	>"$work/state.conf"
"$daemon" -f -q -L e -C "$work/state.conf" >"$work/said" 2>&1 </dev/null &
pid=$!
until_said()
{
	tries=0
	until grep -q "$1" "$work/said" || [ $tries = 1200 ]; do
		tries=$((tries + 1))
		sleep 0.1
	done
	[ $tries != 1200 ] || complain "no word of '$1'"
}
until_said "cannot write the state file"
kill -0 $pid || complain "ended"
kill $pid
wait $pid || complain "exit status $? after SIGTERM"
pid=
[ $failed = 1 ] || echo "ok: $what: $(grep state "$work/said")"

what="a log file, rotated"
mkdir -p "$work/logs"
: >"$work/said"
as=
if [ "$(id -u)" = 0 ]; then
	chmod 755 "$work"
	chown 65534:65534 "$work/logs"
	as="-u 65534 -g 65534"
fi
# shellcheck disable=SC2086 # words
"$daemon" -f -L "f $work/logs/log" -C "$work/good.conf" $as \
	-x "$work/none/master" >"$work/said" 2>&1 </dev/null &
pid=$!
until_logged "waiting for the master agent"
kill -HUP $pid
until_logged "configuration reloaded"
mv "$work/logs/log" "$work/logs/log.1"
kill -HUP $pid
until_logged "configuration reloaded"
kill $pid
wait $pid || complain "exit status $? after SIGTERM"
pid=
[ $failed = 1 ] || echo "ok: $what"

exit $failed
