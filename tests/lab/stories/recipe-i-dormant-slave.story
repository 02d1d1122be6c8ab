# Recipe i: slaves that are dormant or testing: they have a link but are not
# operational; the bond uses them all the same.
start_agents "discrepancyGrace $LONG_GRACE"
cable v0 v1
plug v0 v1
bond bond0 mode active-backup miimon 100
enslave bond0 v0
bond bond1 mode active-backup miimon 100
enslave bond1 v1
kernel_says bond0 running=yes
agent_says bond0 bondEffectiveCarrier=up bondDiscrepancies= bondPending=

ip link set v0 mode dormant
ip link set v0 state dormant
ip link set v1 state testing
kernel_says v0 lower_up=yes running=no mii=up operstate=dormant
kernel_says v1 lower_up=yes running=no mii=up operstate=testing
raised_after_grace bond0 slaveNotOperational bondEffectiveCarrier=up \
	bondRunning=true
kernel_keeps 1 bond0 running=yes
agent_says bond0/v0 bondSlaveOperStatus=dormant bondSlaveLowerUp=true \
	bondSlaveRunning=false bondSlaveDiscrepancies=slaveNotOperational
agent_says bond1 bondEffectiveCarrier=up \
	bondDiscrepancies=slaveNotOperational
agent_says bond1/v1 bondSlaveOperStatus=testing

say "operational again"
ip link set v0 mode default
ip link set v0 state up
kernel_says v0 running=yes
agent_says bond0 bondDiscrepancies=
