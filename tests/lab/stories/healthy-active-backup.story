# A healthy bond: the agent follows everything that happens to its cables, and
# never reports a discrepancy.
start_agents "notifyThrottle 0" "discrepancyGrace $LONG_GRACE" \
	"notify discrepancy effective activeSlave"
cable v0 v1
plug v0 v1
bond bond0 mode active-backup miimon 100
enslave bond0 v0 v1
kernel_says bond0 running=yes bonding/active_slave=v0
kernel_says v1 mii=up

say "both cables in"
agent_says bond0 bondMode=activeBackup bondRunning=true \
	bondEffectiveCarrier=up bondEffectiveReason=linkUp \
	bondSlaveCount=2 bondSlavesLowerUp=2 bondSlavesUsable=2 \
	"bondActiveSlave=$(ifindex v0)" bondLinkMonitor=mii \
	bondMonitorInterval=100 bondWarnings=
forget_traps
transitions=$(agent_value bond0 bondEffectiveTransitions)

say "failover: the active one's cable out"
unplug v0
kernel_says bond0 running=yes bonding/active_slave=v1
kernel_says v0 mii=down
agent_says bond0 "bondActiveSlave=$(ifindex v1)" bondEffectiveCarrier=up \
	bondSlavesUsable=1 bondWarnings=degraded \
	"bondEffectiveTransitions=$transitions"
trap_arrives bondActiveSlaveChanged bondEventSlaveName=v1

say "the last cable out"
unplug v1
kernel_says bond0 running=no
agent_says bond0 bondRunning=false bondEffectiveCarrier=down \
	bondEffectiveReason=noSlaveUp bondSlavesLowerUp=0 \
	"bondEffectiveTransitions=$((transitions + 1))"
trap_arrives bondEffectiveCarrierDown bondName=bond0 \
	bondEffectiveCarrier=down bondDiscrepancies=

say "and in again"
plug v0
kernel_says bond0 running=yes bonding/active_slave=v0
agent_says bond0 bondRunning=true bondEffectiveCarrier=up \
	"bondActiveSlave=$(ifindex v0)" \
	"bondEffectiveTransitions=$((transitions + 2))"
trap_arrives bondEffectiveCarrierUp bondName=bond0 bondEffectiveCarrier=up

say "once settled, nothing is wrong, and without a grace nothing is raised"
agent_says bond0 bondDiscrepancies= bondPending=
grace 0
agent_keeps 3 bond0 bondDiscrepancies= bondDiscrepancyRaises=0
expect "raises and clears that came" "" \
	"$(all_traps | grep bondDiscrepancy || :)"
