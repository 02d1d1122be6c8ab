# Slaves and bonds are added, removed, renamed, deleted and created again while
# the agent runs; the tables follow.
start_agents
agent_says . bondCount=0 bondSlaveTotal=0

say "a bond, and a slave"
cable v0 v1
plug v0 v1
bond bond0 mode active-backup miimon 100
agent_says bond0 bondName=bond0 bondSlaveCount=0 bondEffectiveCarrier=down \
	bondEffectiveReason=noSlaves
enslave bond0 v0
agent_says bond0/v0 bondSlaveName=v0 bondSlaveLowerUp=true
agent_says bond0 bondSlaveCount=1 bondEffectiveCarrier=up
first=$(ifindex bond0)

say "a second slave, and the first one leaves"
enslave bond0 v1
agent_says . bondCount=1 bondSlaveTotal=2
ip link set v0 nomaster
agent_says "$first/$(ifindex v0)" bondSlaveName=absent bondSlaveLowerUp=absent
agent_says bond0 bondSlaveCount=1
agent_says bond0/v1 bondSlaveName=v1

say "both are renamed"
other='up"link'
rename v1 "$other"
rename bond0 trunk
kernel_says trunk bonding/slaves="$other" running=yes
agent_says "$first" bondName=trunk
agent_says "$first/$(ifindex "$other")" "bondSlaveName=$other"

say "a slave is deleted"
ip link del v0
ip link del "$other"
agent_says "$first" bondSlaveCount=0 bondEffectiveReason=noSlaves
agent_says . bondSlaveTotal=0

say "the bond is deleted: its row is gone"
ip link del trunk
agent_says . bondCount=0
agent_says "$first" bondName=absent bondEffectiveCarrier=absent

say "created again, with another name and another mode"
cable v2
plug v2
bond bond0 mode balance-rr miimon 100
enslave bond0 v2
agent_says bond0 bondName=bond0 bondMode=balanceRr bondSlaveCount=1 \
	bondEffectiveCarrier=up
agent_says "$first" bondName=absent

say "and again with the ifindex it had before"
ip link del bond0
ip link add bond0 index "$first" type bond mode broadcast miimon 100
agent_says "$first" bondName=bond0 bondMode=broadcast bondSlaveCount=0 \
	bondEffectiveTransitions=0
agent_says . bondCount=1 bondDiscrepancyCount=0
walk >/run/lab/walked
expect "bonds in the walk" "bondName.$first=bond0" \
	"$(grep '^bondName' /run/lab/walked)"

# events_of NAME [TYPE]: the number of the agent's events of bonds of that name.
events_of()
{
	walk | awk -F '[.=]' -v name="$1" -v type="${2-}" '
		$1 == "bondEventType" { types[$2] = $3 }
		$1 == "bondEventBondName" && $3 == name { events[$2] }
		END {
			for (event in events)
				count += type == "" || types[event] == type
			print count + 0
		}'
}

say "one goes; the others report nothing"
for n in 0 1; do
	cable w$n
	plug w$n
	bond rest$n mode active-backup miimon 100
	enslave rest$n w$n
	agent_says rest$n bondSlaveCount=1 bondEffectiveCarrier=up
done
rest0=$(events_of rest0) rest1=$(events_of rest1)
ip link del bond0
agent_says . bondCount=2
agent_says rest1 bondName=rest1 bondEffectiveCarrier=up
expect "events of rest0" "$rest0" "$(events_of rest0)"
expect "events of rest1" "$rest1" "$(events_of rest1)"

say "replaced by another one at once: the end is under the old name"
number=$(ifindex rest1)
ip -batch - <<-EOF
	link del rest1
	link add other index $number type bond mode balance-rr miimon 100
EOF
agent_says "$number" bondName=other bondSlaveCount=0 bondEffectiveTransitions=0
agent_says . bondCount=2
# The ends of its last slave and of itself; its slave's link may go first.
for type in slaveRemoved bondRemoved; do
	expect "$type of rest1" 1 "$(events_of rest1 $type)"
done
expect "events of other" 1 "$(events_of other)"
expect "events of rest0" "$rest0" "$(events_of rest0)"
