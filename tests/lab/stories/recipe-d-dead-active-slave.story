# Recipe d: active-backup with miimon 0 stays on a dead active slave while
# the backup has a link.
start_agents "discrepancyGrace $LONG_GRACE"
cable v0 v1
plug v0
bond bond0 mode active-backup miimon 0
enslave bond0 v0 v1
kernel_says bond0 running=yes bonding/active_slave=v0
agent_says bond0 bondEffectiveCarrier=up \
	"bondActiveSlave=$(ifindex v0)"

say "the active slave's cable is moved to the backup"
unplug v0
plug v1
kernel_says v1 lower_up=yes
raised_after_grace bond0 activeSlaveDown,slaveFalseUp \
	bondEffectiveCarrier=up
kernel_keeps 1 bond0 running=yes bonding/active_slave=v0
agent_says bond0/v0 bondSlaveDiscrepancies=activeSlaveDown,slaveFalseUp \
	bondSlaveState=active
agent_says bond0/v1 bondSlaveDiscrepancies= bondSlaveState=backup

say "miimon lets it fail over"
bond_option bond0 miimon 100
kernel_says bond0 running=yes bonding/active_slave=v1
agent_says bond0 bondEffectiveCarrier=up bondDiscrepancies= \
	"bondActiveSlave=$(ifindex v1)"
