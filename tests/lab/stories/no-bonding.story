# A kernel without bonding but with other links: filtered dumps then contain
# links of every kind, and none of them is a bond.
modprobe -d /run/modules -r bonding
cable v0 v1
plug v0
[ ! -e /proc/net/bonding ] || fail "bonding is still there"
start_agents
agent_says . bondCount=0 bondSlaveTotal=0 bondAgentStatus=synchronised

say "the commands report it in one line"
"$BUILDDIR/cli/bondcarrier" show >/run/lab/shown 2>&1 || fail "show: status $?
$(cat /run/lab/shown)"
expect "lines" 1 "$(grep -c . /run/lab/shown)"
cat /run/lab/shown

say "bonding is loaded later"
modprobe -d /run/modules bonding max_bonds=0
bond bond0 mode active-backup miimon 100
enslave bond0 v0
agent_says bond0 bondName=bond0 bondEffectiveCarrier=up
agent_says . bondCount=1
