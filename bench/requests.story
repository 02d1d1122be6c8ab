# Requests: GET, walks of few and of many rows, standalone, and peers.
. "$LAB/../../bench/lib.sh"
BONDS=${BONDS:-1000} SLAVES=${SLAVES:-8} # of the big table
GETS=${GETS:-2000}
column()
{
	echo ".$MIB_ROOT.1.5.1.$1"
}
# The columns of bondSlaveTable that every slave of a bond has.
columns="2 3 4 5 6 7 8 9 10 11 12 13"
floor_root=.1.3.6.1.4.1.8072.9999.9998

cat >"$here/pass.conf" <<-END
	pass_persist .1.3.6.1.4.1.8072.9999.9997 $BENCH/peer/pass_persist.py
END
walk_rate() # MEASURE WHO REPETITIONS OID...
{
	wr_measure=$1 wr_who=$2
	shift 2
	# shellcheck disable=SC2086 # two numbers
	set -- $("$probe" walk "$snmpd_at" "$@")
	result "$wr_measure" "$wr_who" varbinds/s "$(calc "$1 / $2")"
	result "$wr_measure, varbinds" "$wr_who" n "$1"
}

say "one bond"
cable v0 v1
bond bond0 mode active-backup miimon 100
enslave bond0 v0 v1
plug v0 v1
start_snmpd "pass_persist .1.3.6.1.4.1.8072.9999.9997 $BENCH/peer/pass_persist.py" \
	"extend bond /bin/sh -c 'cat /sys/class/net/bond0/operstate'" \
	"agentXTimeout 30"
start_bondcarrierd "notify none"
start_floor floor_subagent "$floor/floor_subagent" "$agentx" 10 8 12
agent_says . bondAgentStatus=synchronised
settled "$pid_bondcarrierd"
result "resident memory at one bond" this KiB "$(rss_kib "$pid_bondcarrierd")"
result "resident memory at one bond" floor KiB "$(rss_kib "$pid_floor_subagent")"

say "GET, by turns"
"$probe" get "$snmpd_at" "$GETS" \
	this="$(oids "$(ifindex bond0)" bondEffectiveCarrier)" \
	floor=$floor_root.1.0 \
	"IF-MIB=.1.3.6.1.2.1.2.2.1.8.$(ifindex bond0)" \
	pass_persist=.1.3.6.1.4.1.8072.9999.9997.3.1 >"$here/gets"
while read -r who p50 p99; do
	result "GET of bondEffectiveCarrier, p50" "$who" us "$p50"
	result "GET of bondEffectiveCarrier, p99" "$who" us "$p99"
done <"$here/gets"

say "$BONDS bonds of $SLAVES slaves"
{
	b=1
	while [ $b -le "$BONDS" ]; do
		echo "link add big$b type bond mode active-backup miimon 60000"
		s=1
		while [ $s -le "$SLAVES" ]; do
			echo "link add s$b.$s type dummy"
			echo "link set s$b.$s master big$b"
			s=$((s + 1))
		done
		b=$((b + 1))
	done
} >"$here/many"
walks()
{
	first=
	for c in $columns; do first="$first $(column "$c")"; done
	floors=
	for c in 1 2 3 4 5 6 7 8 9 10 11 12; do
		floors="$floors $floor_root.2.1.$c"
	done
	walk_rate "walk of $1 slaves, one column" this 10 "$(column 6)"
	walk_rate "walk of $1 slaves, one column" floor 10 $floor_root.2.1.1
	# shellcheck disable=SC2086 # lists
	walk_rate "walk of $1 slaves, 12 columns" this 10 $first
	# shellcheck disable=SC2086
	walk_rate "walk of $1 slaves, 12 columns" floor 10 $floors
}
{
	for n in 1 2 3 4 5 6 7 8 9; do
		echo "link add few$n type bond mode active-backup miimon 60000"
		for s in 1 2 3 4 5 6 7 8; do
			echo "link add f$n.$s type dummy"
			echo "link set f$n.$s master few$n"
		done
	done
} | batch
agent_says . bondSlaveTotal=74
settled "$pid_bondcarrierd"
few=$(rss_kib "$pid_bondcarrierd")
walks few
sed 's/ type bond mode active-backup miimon 60000/ type bond mode 1/' "$here/many" >/dev/null
batch <"$here/many"
DEADLINE=300
agent_says . "bondSlaveTotal=$((74 + BONDS * SLAVES))"
stop floor_subagent
start_floor floor_subagent "$floor/floor_subagent" "$agentx" "$BONDS" "$SLAVES" 12
settled "$pid_bondcarrierd"
result "resident memory, per further slave" this bytes \
	"$(calc "($(rss_kib "$pid_bondcarrierd") - $few) * 1024 / ($BONDS * $SLAVES)")"
walks many
walk_rate "walk of many slaves, one column" pass_persist 10 \
	.1.3.6.1.4.1.8072.9999.9997.2
walk_rate "snmpd's own ifTable, one column" IF-MIB 10 .1.3.6.1.2.1.2.2.1.8
