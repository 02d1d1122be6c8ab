#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# SETs of bondcarrierd's objects: through a real snmpd, phase by phase, together
# with objects of others, and across a restart of either; and of the standalone
# agent. test_set.sh ADDRESS only tests the agent at ADDRESS.
set -u

srcdir=${srcdir:-.}
# shellcheck source=tests/lib/snmpd.sh
. "$srcdir/tests/lib/snmpd.sh"

if [ $# = 1 ]; then
	exec tests/agent/test_set "$1"
fi
PATH=$PATH:/usr/sbin:/sbin
for tool in snmpd snmpget snmpset python3; do
	command -v $tool >/dev/null && continue
	echo "SKIP: $tool is not installed"
	[ "${BONDCARRIER_REQUIRE-}" = 1 ] && exit 1
	exit 77
done

root=$(sed -n 's/^#define BOND_MIB_ROOT_TEXT "\(.*\)"/\1/p' config.h)
enabled=.$root.1.3.1.0
grace=.$root.1.3.2.0
contact=.1.3.6.1.2.1.1.4.0
location=.1.3.6.1.2.1.1.6.0
agent=
failed=0
work=$(mktemp -d)
finish() {
	if [ -n "$agent" ]; then
		kill -CONT "$agent" 2>/dev/null
		kill "$agent" 2>/dev/null
		wait "$agent"
	fi
	snmpd_stop
	rm -rf "$work"
}
trap finish EXIT

complain() {
	echo "FAIL: $1"
	failed=1
}

start_agent() {
	./bondcarrierd -f -L e -C "$work/agent.conf" -x "$work/agentx" \
		>>"$work/agent.log" 2>&1 </dev/null &
	agent=$!
	wait_until 120 value_is "$grace" 2000 || complain "no answer"
}

stop_agent() {
	kill $agent
	wait $agent || complain "it ended with $?"
	agent=
}

# A number, or another value printed by snmpget.
value() {
	snmpget -v2c -c public -t 5 -r 5 -Oqv -OU "$SNMPD_ADDRESS" "$1" 2>&1 |
		tr -d '"'
}

value_is() {
	[ "$(value "$1")" = "$2" ]
}

stays() { # WHAT OID VALUE
	value_is "$2" "$3" || complain "$1: $(value "$2"), expected $3"
}

set_to() { # OID TYPE VALUE...: what snmpset says, and its status
	snmpset -v2c -c private -t "${patience:-60}" -r 0 -On -OU \
		"$SNMPD_ADDRESS" "$@" 2>&1
}

refused() { # WHAT PATTERN OID TYPE VALUE...
	what=$1
	pattern=$2
	shift 2
	said=$(set_to "$@") && complain "$what: accepted"
	echo "$said" | grep -q "$pattern" || complain "$what: $said"
}

printf '%s\n' "discrepancyGrace 2000" "exclude *" "stateFile none" \
	"agentXTimeout 5" "agentXPingInterval 1" >"$work/agent.conf"
snmpd_start "$work" "agentXTimeout 5" "agentXRetries 0" || exit 99
start_agent

tests/agent/test_set "$SNMPD_ADDRESS" || complain "test_set"

echo "== with objects of snmpd itself: all or nothing"
set_to $contact s before >/dev/null || complain "sysContact"
long=$(printf '%0300d' 7)
refused "a bad one of snmpd behind" "wrongLength" \
	"$grace" u 5000 "$enabled" i 2 $contact s "$long"
refused "a bad one of snmpd before" "wrongLength" \
	$contact s "$long" "$grace" u 5000
refused "a bad one of ours behind" "wrongValue" \
	$contact s after "$grace" u 3600001
refused "a read-only one of ours between" "notWritable" \
	"$grace" u 5000 ".$root.1.1.1.0" u 1 $contact s after
stays "the grace" "$grace" 2000
stays "enabled" "$enabled" 1
stays "sysContact" $contact before
set_to $contact s after "$grace" u 5000 "$enabled" i 2 $location s here \
	>/dev/null || complain "all good ones"
stays "the grace" "$grace" 5000
stays "enabled" "$enabled" 2
stays "sysContact" $contact after

echo "== SIGHUP brings the configuration's grace; enabled is not in it"
kill -HUP $agent
wait_until 120 value_is "$grace" 2000 || complain "after SIGHUP"
stays "enabled" "$enabled" 2

echo "== over the master's restart the values stay"
set_to "$grace" u 5000 >/dev/null || complain "the grace"
SNMPD_PORT=${SNMPD_ADDRESS##*:}
snmpd_stop
patience=1
set_to "$grace" u 6000 >/dev/null && complain "a SET without snmpd"
patience=
snmpd_start "$work" "agentXTimeout 5" "agentXRetries 0" || exit 99
wait_until 120 value_is "$grace" 5000 || complain "after snmpd's restart"
stays "enabled" "$enabled" 2

echo "== over the agent's own restart they do not"
stop_agent
refused "without the agent" "notWritable\|noAccess\|noCreation" "$grace" u 6000
start_agent
stays "enabled" "$enabled" 1

echo "== a SET that finds the agent stopped"
set_to $contact s after >/dev/null || complain "sysContact"
kill -STOP $agent
refused "nobody there" "genError\|commitFailed\|resourceUnavailable\|Timeout" \
	"$grace" u 6000 $contact s nobody
stays "sysContact" $contact after
kill -CONT $agent
wait_until 120 value_is "$grace" 2000 || complain "not back: $(value "$grace")"
wait_until 120 set_to "$grace" u 7000 "$enabled" i 2 >/dev/null ||
	complain "a SET afterwards"
stays "the grace" "$grace" 7000

echo "== and the agent ends well"
stop_agent
snmpd_stop

PYTHONPATH=$srcdir/tests/peer python3 -B "$srcdir/tests/agent/test_set_phases.py" ||
	complain "test_set_phases.py"

# If the daemon can be the SNMP agent itself.
if ./bondcarrierd -h | grep -q -- --standalone; then
	echo "== standalone"
	SNMPD_ADDRESS=127.0.0.1:$(snmpd_free_port)
	printf '%s\n' "rocommunity public 127.0.0.1" \
		"rwcommunity private 127.0.0.1" \
		"persistentDir $work/agent-persistent" >>"$work/agent.conf"
	./bondcarrierd -f -L e -C "$work/agent.conf" \
		-S "udp:$SNMPD_ADDRESS" >>"$work/agent.log" 2>&1 </dev/null &
	agent=$!
	wait_until 120 value_is "$grace" 2000 || complain "no answer"
	tests/agent/test_set "$SNMPD_ADDRESS" || complain "test_set, standalone"
	stop_agent
fi

[ $failed = 0 ] || cat "$work/agent.log" "$work/snmpd.log"
exit $failed
