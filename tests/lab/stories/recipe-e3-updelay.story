# Recipe e'': a slave in its updelay does not count. The kernel skips the delay
# if there is no other slave to use (active-backup, xor), but not in
# round-robin. The story does not wait for the end of the long delays.
start_agents "discrepancyGrace $LONG_GRACE"
cable v0 v1 v2
bond rr mode balance-rr miimon 100 updelay 600000
bond short mode balance-rr miimon 100 updelay 2000
bond ab mode active-backup miimon 100 updelay 600000
enslave rr v0
enslave short v1
enslave ab v2
kernel_says rr running=no
kernel_says v0 mii=down
kernel_says v1 mii=down
kernel_says v2 mii=down

say "round-robin waits"
plug v0
kernel_says v0 lower_up=yes "mii=going back"
kernel_says rr running=no
agent_says rr/v0 bondSlaveLowerUp=true bondSlaveMiiStatus=goingBack \
	bondSlaveCorrectedLink=down
agent_says rr bondEffectiveCarrier=down bondEffectiveReason=noSlaveUp \
	bondDiscrepancies= bondPending=slaveFalseDown bondUpDelay=600000
# Nor is that raised with any grace: it has the whole of updelay.
grace 0
agent_keeps 3 rr bondEffectiveCarrier=down bondDiscrepancies= \
	bondPending=slaveFalseDown
kernel_says v0 "mii=going back"
kernel_says rr running=no
grace $LONG_GRACE

say "and comes up when it has waited"
plug v1
kernel_says v1 mii=up
kernel_says short running=yes
agent_says short bondEffectiveCarrier=up bondRunning=true \
	bondDiscrepancies= bondPending=

say "active-backup without another slave does not wait"
plug v2
kernel_says v2 mii=up
kernel_says ab running=yes
agent_says ab bondEffectiveCarrier=up bondDiscrepancies= bondPending=
