# Recipe h'': a bond can't be moved to another namespace; a slave can, and is
# released.
start_agents
cable v0 v1
plug v0 v1
bond bond0 mode active-backup miimon 100
enslave bond0 v0 v1
slave=$(ifindex v0)
agent_says bond0 bondSlaveCount=2
ip netns add elsewhere
ip link set bond0 netns elsewhere 2>/run/lab/refused &&
	fail "the kernel moved the bond"
# Kernel 7.2 gives the reason instead of an error number.
grep -q 'Invalid argument\|netns is immutable' /run/lab/refused ||
	fail "$(cat /run/lab/refused)"
ip link set v0 netns elsewhere
kernel_says bond0 bonding/slaves=v1
agent_says bond0 bondSlaveCount=1 bondEffectiveCarrier=up bondDiscrepancies=
agent_says "bond0/$slave" bondSlaveName=absent
