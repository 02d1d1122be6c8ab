# Wake-ups while nothing happens, beside a subagent that does nothing.
. "$LAB/../../bench/lib.sh"
SECONDS_IDLE=${SECONDS_IDLE:-120}
cable v0 v1
bond bond0 mode active-backup miimon 100
enslave bond0 v0 v1
plug v0 v1
start_snmpd
start_floor floor_subagent "$floor/floor_subagent" "$agentx" 10 8 12
idle() # BOND MEASURE
{
	start_bondcarrierd
	agent_says . bondAgentStatus=synchronised
	agent_says "$1" bondEffectiveCarrier=up bondPending= bondDiscrepancies=
	shift
	sleep 10
	id_mine=$(wakeups "$pid_bondcarrierd")
	id_floor=$(wakeups "$pid_floor_subagent")
	sleep "$SECONDS_IDLE"
	id_mine=$(($(wakeups "$pid_bondcarrierd") - id_mine))
	id_floor=$(($(wakeups "$pid_floor_subagent") - id_floor))
	result "$1" this n/min "$(calc "$id_mine * 60 / $SECONDS_IDLE")"
	result "$1" floor n/min "$(calc "$id_floor * 60 / $SECONDS_IDLE")"
	stop bondcarrierd
}
idle bond0 "wake-ups while idle, a MII-monitored bond"
ip link del bond0

# With a partner, in a namespace of its own: without one there is soon something
# to tell.
mkdir -p /run/netns
ip netns add far
cable v2 v3
bond bond1 mode 802.3ad miimon 100 lacp_rate fast
enslave bond1 v2 v3
ip link set v2-far netns far
ip link set v3-far netns far
ip -n far link add bond1 type bond mode 802.3ad miimon 100 lacp_rate fast
ip -n far link set v2-far master bond1
ip -n far link set v3-far master bond1
ip -n far link set bond1 up
idle bond1 "wake-ups while idle, an 802.3ad bond"
# One in 30 s; one in 5 s.
at_most "wake-ups while idle, a MII-monitored bond" - 2
at_most "wake-ups while idle, an 802.3ad bond" - 12
