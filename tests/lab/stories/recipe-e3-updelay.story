# Recipe e'': a slave in its updelay does not count; the kernel skips the
# delay where there is no other slave to use (active-backup, xor), and does
# not in round-robin.
start_agents "discrepancyGrace 1000"
cable v0 v1
bond rr mode balance-rr miimon 100 updelay 8000
bond ab mode active-backup miimon 100 updelay 8000
enslave rr v0
enslave ab v1
kernel_says rr running=no
kernel_says v0 mii=down
kernel_says v1 mii=down

say "round-robin waits"
plug v0
kernel_says v0 lower_up=yes "mii=going back"
kernel_says rr running=no
agent_says rr/v0 bondSlaveLowerUp=true bondSlaveMiiStatus=goingBack \
	bondSlaveCorrectedLink=down
agent_says rr bondEffectiveCarrier=down bondEffectiveReason=noSlaveUp \
	bondDiscrepancies= bondUpDelay=8000
kernel_says v0 mii=up
kernel_says rr running=yes
agent_says rr bondEffectiveCarrier=up bondRunning=true

say "active-backup without another does not"
plug v1
DEADLINE=4 kernel_says v1 mii=up
DEADLINE=4 kernel_says ab running=yes
agent_says ab bondEffectiveCarrier=up
agent_says rr bondDiscrepancies= bondDiscrepancyRaises=0
agent_says ab bondDiscrepancies= bondDiscrepancyRaises=0
