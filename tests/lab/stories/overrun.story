# More happens than the agent can hear: with the smallest receive buffer the
# kernel throws events away (ENOBUFS), and changes meet its dumps half-way
# (NLM_F_DUMP_INTR). The agent notices, reads everything again, is right
# afterwards, and has called nothing wrong meanwhile.
BONDS=20   # further ones: with so many, one dump asks for every link there is
LINKS=300  # a dump of so many takes many messages, and time
ROUNDS=400 # of the churn below, at most
command -v python3 >/dev/null || skip "no python3 here"

# Two that are as they should be; one of them stands on another.
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

# churn up|down: cables that come, get other names, and go. Meanwhile the
# other bonds get a slave each or lose it, and bond0's first one gets its link
# back or loses it. All of them are up, so none is looked at again by the clock.
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

# The monitors of a busy host may well need some seconds to follow the churn.
# Nor is everything read again for any other reason than an overrun.
start_agents "discrepancyGrace 20000" "receiveBuffer 2304" "resyncInterval 86400" "eventLog 100000" \
	"notify discrepancy"
agent_says . "bondCount=$((BONDS + 3))" bondSlaveTotal=4
# A host that is busy gives it little time, so that changes meet its dumps.
for task in /proc/"$pid_bondcarrierd"/task/*; do
	renice -n 19 -p "${task##*/}" >/dev/null
done

# state_number WORDS: the number before them in the state that it logs.
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

say "everything changes at once, again and again"
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

say "once more, while the agent does not listen at all"
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

say "nothing was called wrong, nor is it later"
no_false_alarm
grace 500
agent_keeps 5 . bondDiscrepancyCount=0
no_false_alarm
expect "malformed messages" 0 "$(state_number malformed)"

say "another buffer is for the next start"
echo "receiveBuffer 4096" >"$here/bondcarrierd.conf"
kill -HUP "$pid_bondcarrierd"
wait_until "$DEADLINE" grep -q 'receiveBuffer stays 2304 until' \
	"$here/bondcarrierd.out.log" || fail "the agent does not say so"
