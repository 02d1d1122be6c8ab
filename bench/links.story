# Link messages: of no interest, of slaves; the start; among many bonds.
. "$LAB/../../bench/lib.sh"
OTHERS=${OTHERS:-10000} CHURN=${CHURN:-100000}

cable v0 v1
bond bond0 mode active-backup miimon 60000
enslave bond0 v0 v1
plug v0 v1
start_snmpd
{
	n=1
	while [ $n -le $((OTHERS / 2)) ]; do
		echo "link add a$n type veth peer name b$n"
		n=$((n + 1))
	done
} | batch
start_bondcarrierd "notify none" "discrepancyGrace 3600000"
agent_says . bondAgentStatus=synchronised
settled "$pid_bondcarrierd"

churn_cost() # MEASURE COUNT PAUSE_US LINK...
{
	cc_measure=$1
	shift
	ip monitor link >/dev/null &
	pid_monitor=$!
	sleep 1
	mine=$(cpu_ns "$pid_bondcarrierd")
	theirs=$(cpu_ns "$pid_monitor")
	"$probe" churn "$@" >/dev/null
	settled "$pid_bondcarrierd"
	result "$cc_measure" this ms \
		"$(calc "($(cpu_ns "$pid_bondcarrierd") - $mine) / 1e6")"
	result "$cc_measure" "ip monitor link" ms \
		"$(calc "($(cpu_ns "$pid_monitor") - $theirs) / 1e6")"
	kill "$pid_monitor"
	wait "$pid_monitor" || :
}
say "$CHURN messages, none of our business"
# shellcheck disable=SC2046 # a list
churn_cost "processor time, $CHURN messages of others" "$CHURN" 0 \
	$(seq -f a%g 1 100)
say "$CHURN messages of slaves"
churn_cost "processor time, $CHURN messages of slaves" "$CHURN" 0 v0 v1

say "start to the first right answer, $OTHERS other links"
stop bondcarrierd
for n in 1 2 3; do
	result "start to first answer, $OTHERS links" this ms "$("$probe" start \
		"$snmpd_at" "$(oids "$(ifindex bond0)" bondEffectiveCarrier)" \
		"$BUILDDIR/bondcarrierd" -f -x "$agentx" -C "$here/bondcarrierd.conf" -L e 2>/dev/null)"
	floor_ms=$("$probe" start "$snmpd_at" .1.3.6.1.4.1.8072.9999.9998.1.0 \
		"$floor/floor_subagent" "$agentx" 10 8 12)
	began=$(cut -d' ' -f1 /proc/uptime)
	for i in 1 2 3 4 5; do ip -d link show type bond >/dev/null; done
	ended=$(cut -d' ' -f1 /proc/uptime)
	result "start to first answer, $OTHERS links" floor ms \
		"$(calc "$floor_ms + ($ended - $began) * 1000 / 5")"
done
