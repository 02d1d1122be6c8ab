# More happens than the agent can receive: with the smallest receive buffer the
# kernel drops events (ENOBUFS), and changes interrupt its dumps
# (NLM_F_DUMP_INTR). The agent notices, re-reads everything, is right
# afterwards, and has raised nothing meanwhile.
BONDS=20   # more of them: with so many, one dump asks for all links
LINKS=300  # a dump of these takes many messages, and time
ROUNDS=400 # of the churn below, at most
command -v python3 >/dev/null || skip "no python3 here"

# Two healthy ones; one of them is on top of another.
cable v0 v1 v2
plug v0 v1 v2
bond bond0 mode active-backup miimon 100
enslave bond0 v0 v1
bond inner mode balance-rr miimon 100
enslave inner v2
bond outer mode active-backup miimon 100
enslave outer inner
{
	for n in $(seq $BONDS); do
		echo "link add more$n up type bond miimon 100"
	done
	for n in $(seq $LINKS); do
		echo "link add other$n type dummy"
	done
} >"$here/more"
ip -batch "$here/more"
kernel_says bond0 running=yes bonding/active_slave=v0
kernel_says outer running=yes
kernel_says v1 mii=up

# churn up|down: cables appear, are renamed, and go. Meanwhile the other bonds
# get or lose a slave each, and bond0's first slave gets or loses its link. All
# of them are up, so no timer re-reads any of them.
churn()
{
	for n in 1 2 3 4; do
		echo "link add c$n type veth peer name d$n"
		echo "link set c$n up"
		echo "link set d$n up"
	done
	echo "link set v0-far $1"
	for n in $(seq $BONDS); do
		case $1 in
		down) echo "link set other$n master more$n" ;;
		up) echo "link set other$n nomaster" ;;
		esac
	done
	for n in 1 2 3 4; do
		echo "link set c$n down"
		echo "link set c$n name e$n"
	done
	for n in 1 2 3 4; do
		echo "link del e$n"
	done
}
churn down >"$here/there"
churn up >"$here/back"

# On a busy host the monitors may need some seconds to follow the churn. Only an
# overrun causes a full re-read.
start_agents "discrepancyGrace 20000" "receiveBuffer 2304" "resyncInterval 86400" "eventLog 100000" \
	"notify discrepancy"
agent_says . "bondCount=$((BONDS + 3))" bondSlaveTotal=4
# A busy host gives it little time, so that changes interrupt its dumps.
for task in /proc/"$pid_bondcarrierd"/task/*; do
	renice -n 19 -p "${task##*/}" >/dev/null
done

# state_number WORDS: the number before WORDS in the state that it logs.
states()
{
	grep -c 'state: ' "$here/bondcarrierd.out.log" || :
}
more_states()
{
	[ "$(states)" -gt "$1" ]
}
state_number()
{
	sn_before=$(states)
	kill -USR1 "$pid_bondcarrierd"
	wait_until "$DEADLINE" more_states "$sn_before" ||
		fail "the agent logs no state"
	sed -n "s/.* \([0-9]*\) $1.*/\1/p" "$here/bondcarrierd.out.log" |
		tail -n 1
}

lost_and_met()
{
	overruns=$(agent_value . bondAgentOverruns)
	interrupted=$(state_number "interrupted dumps")
	[ "$overruns" -gt 0 ] && [ "$interrupted" -gt 0 ]
}
model_is_right()
{
	agent_says . bondAgentStatus=synchronised
	python3 -B "$LAB/../random/agrees.py" "$BUILDDIR/config.h" \
		"$DEADLINE" || fail "agent and kernel differ"
	agent_says bond0 "bondActiveSlave=$(ifindex v1)" \
		bondEffectiveCarrier=up "bondSlavesUsable=$1" bondDiscrepancies=
	agent_says outer bondEffectiveCarrier=up bondWarnings= \
		bondDiscrepancies=
}
no_false_alarm()
{
	snmp bulkwalk "$(oids "" bondEventType | sed 's/\.$//')" | decode \
		>"$here/events"
	grep -q =slaveAdded "$here/events" || fail "no event of the churn"
	expect "discrepancies raised, of $(wc -l <"$here/events") events" "" \
		"$(grep discrepancyRaised "$here/events" || :)"
	expect "notifications of them" "" "$(all_traps | grep Discrepancy || :)"
	agent_says . bondDiscrepancyCount=0
}

say "everything changes at once, repeatedly"
began=$(agent_value . bondAgentResyncs)
ip -batch "$here/there"
round=1
until lost_and_met; do
	[ $round -lt $ROUNDS ] ||
		fail "after $round rounds: $overruns overruns," \
			"$interrupted interrupted dumps"
	ip -batch "$here/back"
	ip -batch "$here/there"
	round=$((round + 1))
done
echo "   after $round rounds: $overruns overruns," \
	"$interrupted interrupted dumps"

kernel_says bond0 running=yes bonding/active_slave=v1
model_is_right 1

say "once more, while the agent is stopped"
before=$(agent_value . bondAgentOverruns)
kill -STOP "$pid_bondcarrierd"
ip -batch "$here/back"
kernel_says v0 mii=up
kill -CONT "$pid_bondcarrierd"
lost_more()
{
	overruns=$(agent_value . bondAgentOverruns)
	[ "$overruns" -gt "$before" ]
}
wait_until "$DEADLINE" lost_more ||
	fail "no overrun was counted: $before before, $overruns now"
echo "   overruns: $before before, $overruns now"
model_is_right 2
resyncs=$(agent_value . bondAgentResyncs)
[ "$resyncs" -gt "$began" ] || fail "no re-read: $began, then $resyncs"
echo "   full re-reads: $began before, $resyncs now"

say "nothing was reported wrong, nor is later"
no_false_alarm
grace 500
agent_keeps 5 . bondDiscrepancyCount=0
no_false_alarm
expect "malformed messages" 0 "$(state_number malformed)"

say "another buffer size takes effect at the next start"
echo "receiveBuffer 4096" >"$here/bondcarrierd.conf"
kill -HUP "$pid_bondcarrierd"
wait_until "$DEADLINE" grep -q 'receiveBuffer stays 2304 until' \
	"$here/bondcarrierd.out.log" || fail "the agent does not say so"
