# The cost of one event, alone and among many bonds.
. "$LAB/../../bench/lib.sh"
BONDS=${BONDS:-1000} EVENTS=${EVENTS:-20000} REJOINS=${REJOINS:-300}
ROUNDS=${ROUNDS:-2}
snmpd_modules=system_mib,vacm_conf

# A thousand bonds' routes would be most of the kernel's work.
sysctl -qw net.ipv6.conf.all.disable_ipv6=1 \
	net.ipv6.conf.default.disable_ipv6=1
cable v0 v1
bond bond0 mode active-backup miimon 60000
enslave bond0 v0 v1
plug v0 v1
start_snmpd

# How much longer the kernel's own work takes with the agent there.
cost() # WHO
{
	for round in $(seq "$ROUNDS"); do
		least "event.$1.nobody" "$("$probe" churn "$EVENTS" v0)"
		least "rejoin.$1.nobody" "$("$probe" rejoin "$REJOINS" bond0 v0)"
		start_bondcarrierd "notify none" "discrepancyGrace 3600000"
		agent_says . bondAgentStatus=synchronised "bondCount=$bonds"
		settled "$pid_bondcarrierd"
		least "event.$1.this" "$("$probe" churn "$EVENTS" v0)"
		least "rejoin.$1.this" "$("$probe" rejoin "$REJOINS" bond0 v0)"
		stop bondcarrierd
	done
	result "processor time of one event" "$2" us "$(calc \
		"($(least_of "event.$1.this") - \
		$(least_of "event.$1.nobody")) * 1e6 / $EVENTS")"
	result "processor time when a slave leaves and joins" "$2" us "$(calc \
		"($(least_of "rejoin.$1.this") - \
		$(least_of "rejoin.$1.nobody")) * 1e6 / $REJOINS")"
}
bonds=1
cost one "at one bond"
say "$BONDS bonds more"
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
bonds=$((BONDS + 1))
cost many this
at_most "processor time of one event" "at one bond" 2
