# The agent starts before snmpd, and stays when snmpd goes.
cable v0
bond bond0 mode active-backup miimon 0
enslave bond0 v0
start_snmptrapd

say "no master: the agent waits, and logs that once"
start_bondcarrierd
wait_until "$DEADLINE" [ -s /run/lab/bondcarrierd.out.log ] ||
	fail "the agent says nothing of the missing master"
holds 4 running bondcarrierd || fail "the agent did not wait"
expect "lines said meanwhile" 1 "$(grep -c . /run/lab/bondcarrierd.out.log)"

say "a master starts"
start_snmpd
agent_says bond0 bondRunning=true bondEffectiveCarrier=down \
	bondDiscrepancies=falseUp,slaveFalseUp
trap_arrives bondDiscrepancyRaised bondEventKind=falseUp

say "it stops; meanwhile the cable is plugged"
stop snmpd
plug v0
kernel_says v0 lower_up=yes
holds 3 running bondcarrierd || fail "the agent went with its master"

say "it starts again, and gets what it missed"
start_snmpd
agent_says bond0 bondEffectiveCarrier=up bondDiscrepancies=
trap_arrives bondDiscrepancyCleared bondEventKind=falseUp

say "killed, and started once more"
stop snmpd KILL
rm -f "$agentx"
start_snmpd
agent_says bond0 bondEffectiveCarrier=up
walk >/run/lab/walked
expect "bonds in the walk" 1 "$(grep -c '^bondName' /run/lab/walked)"

say "SIGTERM ends the agent cleanly"
stop bondcarrierd TERM
expect "its exit status" 0 "$status"
