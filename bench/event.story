# The cost of one event, alone and among many bonds.
. "$LAB/../../bench/lib.sh"
BONDS=${BONDS:-1000} EVENTS=${EVENTS:-300}
cable v0 v1
bond bond0 mode active-backup miimon 60000
enslave bond0 v0 v1
plug v0 v1
start_snmpd
start_bondcarrierd "notify none" "discrepancyGrace 3600000"
agent_says . bondAgentStatus=synchronised
one_event() # MEASURE WHO
{
	settled "$pid_bondcarrierd"
	oe_before=$(cpu_ns "$pid_bondcarrierd")
	"$probe" churn "$EVENTS" 70000 v0 >/dev/null
	result "$1" "$2" us "$(calc \
		"($(cpu_ns "$pid_bondcarrierd") - $oe_before) / 1e3 / $EVENTS")"
}
one_event "processor time of one event with its re-read" "at one bond"
{
	n=1
	while [ $n -le "$BONDS" ]; do
		echo "link add big$n type bond mode active-backup miimon 60000"
		echo "link add s$n type dummy"
		echo "link set s$n master big$n"
		echo "link set big$n up"
		n=$((n + 1))
	done
} | batch
DEADLINE=120
agent_says . "bondCount=$((BONDS + 1))"
one_event "processor time of one event with its re-read" this
