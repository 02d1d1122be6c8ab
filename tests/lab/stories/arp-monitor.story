# ARP monitoring: its verdict counts, since it sees further than the cable; but
# it can't turn a missing cable into a link.
start_agents "discrepancyGrace $LONG_GRACE"
cable v0 v1
plug v1
ip netns add neighbour
ip link set v0-far netns neighbour
ip -n neighbour addr add 10.9.0.2/24 dev v0-far
ip -n neighbour link set v0-far up
bond bond0 mode active-backup arp_interval 1000 arp_ip_target 10.9.0.2
ip addr add 10.9.0.1/24 dev bond0
enslave bond0 v0 v1
kernel_says bond0 running=yes bonding/active_slave=v0
kernel_says v1 lower_up=yes mii=down

say "a neighbour behind one cable only"
agent_says bond0 bondLinkMonitor=arp bondMonitorInterval=1000 \
	bondEffectiveCarrier=up bondSlavesLowerUp=2 bondSlavesUsable=1 \
	bondDiscrepancies= bondPending= bondWarnings=arpDown,degraded
agent_says bond0/v1 bondSlaveLowerUp=true bondSlaveMiiStatus=down \
	bondSlaveCorrectedLink=down bondSlaveDiscrepancies=

say "no neighbour: the slaves have links that lead nowhere"
ip -n neighbour addr del 10.9.0.2/24 dev v0-far
kernel_says bond0 running=no
kernel_says v0 lower_up=yes
agent_says bond0 bondRunning=false bondEffectiveCarrier=down \
	bondSlavesLowerUp=2 bondDiscrepancies= bondPending= \
	bondWarnings=arpDown,degraded

say "it is back; then unplugged: nothing is wrong once ARP has noticed"
ip -n neighbour addr add 10.9.0.2/24 dev v0-far
kernel_says bond0 running=yes
kernel_says v0 mii=up
agent_says bond0 bondEffectiveCarrier=up
ip -n neighbour link set v0-far down
agent_says bond0 bondEffectiveCarrier=down bondDiscrepancies=
kernel_says bond0 running=no
agent_says bond0 bondRunning=false bondEffectiveCarrier=down \
	bondDiscrepancies= bondPending=
grace 0
agent_keeps 3 bond0 bondDiscrepancies= bondPending= bondDiscrepancyRaises=0
