# Wake-ups while nothing happens.
. "$LAB/../../bench/lib.sh"
SECONDS_IDLE=${SECONDS_IDLE:-120}
cable v0 v1
bond bond0 mode active-backup miimon 100
enslave bond0 v0 v1
plug v0 v1
start_snmpd
idle() # MEASURE
{
	start_bondcarrierd
	agent_says . bondAgentStatus=synchronised
	sleep 10
	id_before=$(wakeups "$pid_bondcarrierd")
	sleep "$SECONDS_IDLE"
	result "$1" this n/min "$(calc \
		"($(wakeups "$pid_bondcarrierd") - $id_before) * 60 / $SECONDS_IDLE")"
	stop bondcarrierd
}
idle "wake-ups while idle, a MII-monitored bond"
ip link del bond0
cable v2 v3
bond bond1 mode 802.3ad miimon 100
enslave bond1 v2 v3
plug v2 v3
idle "wake-ups while idle, an 802.3ad bond"
