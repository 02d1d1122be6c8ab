# Recipe j: the carrier of a bond or a veth can't be set by hand; that of a
# dummy can, and the agent follows it.
start_agents "discrepancyGrace $LONG_GRACE"
cable v0
plug v0
ip link add d0 type dummy
bond bond0 mode active-backup miimon 100
enslave bond0 v0
bond bond1 mode active-backup miimon 100
enslave bond1 d0
kernel_says bond0 running=yes
kernel_says bond1 running=yes
for link in bond0 v0; do
	ip link set $link carrier off 2>/dev/null &&
		fail "the kernel let $link's carrier be set"
done
kernel_keeps 1 bond0 running=yes
agent_says bond0 bondEffectiveCarrier=up

ip link set d0 carrier off
kernel_says bond1 running=no
agent_says bond1 bondEffectiveCarrier=down bondRunning=false
ip link set d0 carrier on
kernel_says bond1 running=yes
agent_says bond1 bondEffectiveCarrier=up bondRunning=true \
	bondDiscrepancies= bondPending=
