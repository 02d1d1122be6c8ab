# snmpd hangs (SIGSTOP) while cables come and go: every change is noticed and
# logged when it happens, the track file follows, and everything that was queued
# arrives afterwards, in order and once. `long`: for a minute.
. "$LAB/lib/faults.sh"
command -v python3 >/dev/null || skip "no python3 here"
RATE=5
STOPPED=${long:+60} # s
STOPPED=${STOPPED:-8}
CHANGES=$((RATE * STOPPED / 2 / 2 * 2)) # in the first half of it

cable v0
plug v0
bond bond0 mode active-backup miimon 0
enslave bond0 v0
start_agents "notify effective" "notifyThrottle 0" "agentXPingInterval 1" \
	"trackDirectory $here/track"
agent_says bond0 bondEffectiveCarrier=up
first=$(agent_value . bondEventLastIndex)

flap()
{
	python3 "$LAB/flap.py" v0-far $RATE $CHANGES "$here/track/bond0" \
		>"$here/$1"
}

all_acknowledged()
{
	[ "$(agent_value . bondAgentNotificationsSent)" -ge "$1" ]
}

trap_count()
{
	bond_traps | wc -l
}

traps_are()
{
	[ "$(trap_count)" -ge "$1" ]
}

say "$CHANGES changes with a healthy snmpd"
flap healthy
wait_until "$DEADLINE" traps_are $CHANGES || fail "$(trap_count) traps came"

say "$CHANGES changes while it is stopped for $STOPPED s"
stop_ms=$(now_ms)
kill -STOP "$pid_snmpd"
flap stopped
flapped_ms=$(now_ms)
agent_logs 1 "is not responding"
while [ $(($(now_ms) - stop_ms)) -lt $((STOPPED * 1000)) ] ||
	[ $(($(now_ms) - flapped_ms)) -lt 3000 ]; do
	sleep 0.5 # the fault itself
done
expect "traps that came meanwhile" $CHANGES "$(trap_count)"
cont_ms=$(now_ms)
kill -CONT "$pid_snmpd"
wait_until "$DEADLINE" traps_are $((2 * CHANGES)) ||
	fail "$(trap_count) traps came"
stall=$(($(now_ms) - cont_ms))
agent_logs 1 "is responding again"

say "in order, and once"
bond_traps | tr '|' '\n' |
	sed -n 's/^bondEventLastIndex\.0=//p' >"$here/indexes"
for column in bondEventType bondEventTime bondEventNotified; do
	snmp bulkwalk "$(oids "" $column | sed 's/\.$//')"
done | decode >"$here/events"
python3 "$LAB/delays.py" "$first" "$cont_ms" "$here" || fail "see above"
running bondcarrierd || fail "bondcarrierd is gone"
came=$(wc -l <"$here/indexes")
once=$(sort -u "$here/indexes" | wc -l)
[ -z "$long" ] || row "snmpd stopped for $STOPPED s" $((2 * CHANGES)) \
	"$once" $((2 * CHANGES - once)) $((came - once)) \
	$((cont_ms - stop_ms + stall))
