# Recipe h: slaves that are administratively down, with miimon 0: RUNNING.
start_agents "discrepancyGrace $LONG_GRACE"
cable v0 v1
plug v0 v1
bond bond0 mode active-backup miimon 0
enslave bond0 v0 v1
kernel_says bond0 running=yes
agent_says bond0 bondEffectiveCarrier=up bondDiscrepancies=

ip link set v0 down
ip link set v1 down
kernel_says v0 up=no lower_up=no mii=up
raised_after_grace bond0 falseUp,slaveFalseUp bondEffectiveCarrier=down \
	bondRunning=true
kernel_keeps 1 bond0 running=yes
agent_says bond0/v0 bondSlaveAdminStatus=down bondSlaveCorrectedLink=down

say "the bond itself is set down: all is as the administrator intends"
ip link set bond0 down
agent_says bond0 bondAdminStatus=down bondEffectiveCarrier=down \
	bondEffectiveReason=adminDown bondDiscrepancies= bondPending=
