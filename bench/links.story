# Link messages, of no interest and of slaves, among many links; the start there.
. "$LAB/../../bench/lib.sh"
OTHERS=${OTHERS:-10000} CHURN=${CHURN:-100000} ROUNDS=${ROUNDS:-5}
each=$((CHURN / ROUNDS))
# It is to hold the session and nothing else: with so many links its own tables
# of them would take most of the time.
snmpd_modules=system_mib,vacm_conf

say "$OTHERS links"
{
	n=1
	while [ $n -le $((OTHERS / 2)) ]; do
		echo "link add a$n type veth peer name b$n"
		n=$((n + 1))
	done
} | batch
cable v0 v1
bond bond0 mode active-backup miimon 60000
enslave bond0 v0 v1
plug v0 v1
start_snmpd

# churn WHO: with that listener. The least of all rounds counts: what other
# work of the machine adds comes and goes.
churn()
{
	# shellcheck disable=SC2046 # a list
	least "others.$1" "$("$probe" churn "$each" $(seq -f a%g 1 100))"
	least "slaves.$1" "$("$probe" churn "$each" v0 v1)"
}
listen() # WHO
{
	if [ "$1" = monitor ]; then
		start monitor ip monitor link
	elif [ "$1" = this ]; then
		start_bondcarrierd "notify none" "discrepancyGrace 3600000"
		agent_says . bondAgentStatus=synchronised
		settled "$pid_bondcarrierd"
	fi
}
hear_no_more() # WHO
{
	case $1 in
	monitor) stop monitor ;;
	this) stop bondcarrierd ;;
	esac
}
say "$CHURN messages of others, and of slaves"
round=1
while [ $round -le "$ROUNDS" ]; do
	for who in nobody monitor this; do
		listen $who
		churn $who
		hear_no_more $who
	done
	round=$((round + 1))
done
for whose in others slaves; do
	for who in this monitor; do
		name=$who
		[ $who = this ] || name="ip monitor link"
		result "processor time, $CHURN messages of $whose" "$name" ms \
			"$(calc "($(least_of $whose.$who) - \
				$(least_of $whose.nobody)) * 1000 * $ROUNDS")"
	done
done

say "start to the first right answer"
# Centiseconds are what there is, so of ten.
ip_ms()
{
	began=$(now_ms)
	for i in 1 2 3 4 5 6 7 8 9 10; do
		ip -d link show type bond >/dev/null
	done
	echo $((($(now_ms) - began) / 10))
}
now_ms()
{
	echo $(($(now_cs) * 10))
}
round=1
while [ $round -le "$ROUNDS" ]; do
	least start.this "$("$probe" start "$snmpd_at" \
		"$(oids "$(ifindex bond0)" bondEffectiveCarrier)" \
		"$BUILDDIR/bondcarrierd" -f -x "$agentx" \
		-C "$here/bondcarrierd.conf" -L e 2>/dev/null)"
	least start.floor "$("$probe" start "$snmpd_at" \
		.1.3.6.1.4.1.8072.9999.9998.1.0 \
		"$floor/floor_subagent" "$agentx" 10 8 12 2>/dev/null)"
	least start.ip "$(ip_ms)"
	round=$((round + 1))
done
result "start to first answer, $OTHERS links" this ms "$(least_of start.this)"
result "start to first answer, $OTHERS links" floor ms \
	"$(calc "$(least_of start.floor) + $(least_of start.ip)")"
at_most "processor time, $CHURN messages of others" "ip monitor link" 0.05
at_most "processor time, $CHURN messages of slaves" "ip monitor link" 1
at_most "start to first answer, $OTHERS links" floor 1.3
