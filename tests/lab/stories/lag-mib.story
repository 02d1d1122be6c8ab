# standardTables dot3adAgg: IEEE8023-LAG-MIB of 802.3ad bonds, compared with the
# module's syntax and with what the kernel reports elsewhere.
lag=.1.2.840.10006.300.43
command -v python3 >/dev/null || skip "no python3 here"
modprobe -d /run/modules sch_netem || skip "no netem here"

lag_py()
{
	python3 "$LAB/lag.py" "$@"
}
mib_matches()
{
	snmp bulkwalk $lag >"$here/walk.new"
	found=$(lag_py check "$LAB/../agent/lag_mib.txt" "$here/walk.new" \
		"$here/counters" 2>&1) || return 1
	mv "$here/walk.new" "$here/walk"
}
# mib_agrees: with the kernel; no counter is older than the call.
mib_agrees()
{
	lag_py counters >"$here/counters"
	wait_until "$DEADLINE" mib_matches || fail "IEEE8023-LAG-MIB differs
$found
$(cat "$here/walk.new")"
	echo "   the walk of $(wc -l <"$here/walk") objects is what the kernel says"
}
# value NUMBER: from the last walk, as printed.
value()
{
	sed -n "s/^$lag\.1\.$1 = //p" "$here/walk"
}
# Members of LAGs: members_are MEMBER...
members_are()
{
	expect "LibreNMS sees" "$*" "$(lag_py librenms "$here/walk")"
	expect "Observium would see" "$*" "$(lag_py observium "$here/walk")"
}
nothing_there()
{
	snmp walk $lag >"$here/none"
	grep -q "No Such Object\|No more variables" "$here/none"
}
says_none() # NUMBER WHY
{
	expect "what is said of $1" "$2" \
		"$(snmp get "$lag.1.$1" | grep -o "No Such [A-Z][a-z]*")"
}
changed()
{
	value 3.0 | sed 's/.* //'
}

cable v5 v6
bond other mode active-backup miimon 100
enslave other v5 v6

say "without the token there is no such MIB"
start_agents
nothing_there || fail "there is one: $(cat "$here/none")"

say "with it, on SIGHUP; no bond in 802.3ad, no row"
reconfigure_bondcarrierd "standardTables dot3adAgg"
mib_agrees
expect "objects" 1 "$(wc -l <"$here/walk")"

say "two bonds back to back, the last cable with large numbers"
ip link add v2 index 2048 type veth peer name w2 index 2049
lacp_pair
enslave bond0 v2
enslave far w2
ip link set bond0 up
kernel_says bond0 bonding/ad_num_ports=3
kernel_says far bonding/ad_num_ports=3
for port in v0 v1 v2 w0 w1 w2; do
	kernel_says $port bonding_slave/ad_actor_oper_port_state=63 \
		bonding_slave/ad_partner_oper_port_state=63
done
mib_agrees
bond0=$(ifindex bond0) v0=$(ifindex v0) v1=$(ifindex v1)
expect "AttachedAggID of v0" "INTEGER: $bond0" "$(value 2.1.1.13."$v0")"
# Activity, Timeout, Aggregation, Synchronization, Collecting, Distributing: the
# first bit of a BITS is the most significant of the octet.
expect "ActorOperState of v0" "Hex-STRING: FC " "$(value 2.1.1.21."$v0")"
expect "ActorAdminState of v0" "Hex-STRING: E0 " "$(value 2.1.1.20."$v0")"
expect "octets of bond0's PortList" 256 \
	"$(value 1.2.1.1."$bond0" | sed 's/.*: //' | wc -w)"
expect "far's PortList, of which w2 can be no part" "" \
	"$(value 1.2.1.1."$(ifindex far)")"
says_none 1.2.1.1."$(ifindex far)" "No Such Instance"
members_are bond0-v0 bond0-v1 bond0-v2 far-w0 far-w1 far-w2

say "what the kernel does not report, and what is not in the MIB"
says_none 1.1.1.4."$bond0" "No Such Instance"
says_none 1.1.1.11."$bond0" "No Such Instance"
says_none 2.1.1.5."$v0" "No Such Instance"
says_none 1.1.1.2."$v0" "No Such Instance"
says_none 2.1.1.13."$bond0" "No Such Instance"
says_none 2.1.1.13."$(ifindex v5)" "No Such Instance"
says_none 1.1.1.12."$bond0" "No Such Object"
says_none 2.4.1.1."$v0" "No Such Object"
expect "what a SET of ActorSystemPriority gets" notWritable \
	"$(snmp set "$lag.1.1.1.1.3.$bond0" i 5 | grep -o notWritable)"

say "a partner falls silent on one cable: its port leaves the lists"
before=$(changed)
sent=$(value 2.2.1.6."$v0")
tc qdisc add dev w1 root netem loss 100%
wait_until "$DEADLINE" kernel_is bond0 bonding/ad_num_ports=2 ||
	fail "the kernel keeps v1: $found"
mib_agrees
expect "AttachedAggID of v1" "INTEGER: 0" "$(value 2.1.1.13."$v1")"
expect "SelectedAggID of v1" "INTEGER: 0" "$(value 2.1.1.12."$v1")"
lag_py librenms "$here/walk" | grep -q "bond0-v0 bond0-v2" ||
	fail "LibreNMS sees $(lag_py librenms "$here/walk")"
[ "$(changed)" -gt "$before" ] ||
	fail "dot3adTablesLastChanged was $before, and is $(changed)"
[ "$(value 2.2.1.6."$v0" | sed 's/.* //')" -gt "${sent##* }" ] ||
	fail "LACPDUsTx of v0 was $sent, and is $(value 2.2.1.6."$v0")"

say "another cable out; only the numbers change"
ip link set w0 down
kernel_says v0 mii=down
mib_agrees

say "all is well again, and then quiet: the time of the last change stays"
ip link set w0 up
tc qdisc del dev w1 root
for port in v0 v1 v2 w0 w1 w2; do
	kernel_says $port bonding_slave/ad_actor_oper_port_state=63 \
		bonding_slave/ad_partner_oper_port_state=63
done
mib_agrees
before=$(changed)
mib_agrees
expect "dot3adTablesLastChanged" "$before" "$(changed)"

say "an actor system of its own, which its partner receives"
ip link set bond0 down
ip link set bond0 type bond ad_actor_system 02:00:00:00:00:99 \
	ad_actor_sys_prio 7
ip link set bond0 up
kernel_says far bonding/ad_partner_mac=02:00:00:00:00:99
mib_agrees
expect "ActorSystemID of bond0" "Hex-STRING: 02 00 00 00 00 99 " \
	"$(value 1.1.1.4."$bond0")"
expect "PartnerSystemID of far" "Hex-STRING: 02 00 00 00 00 99 " \
	"$(value 1.1.1.8."$(ifindex far)")"

say "without privileges, and without a master agent"
stop bondcarrierd
configure_bondcarrierd "stateFile none" "standardTables dot3adAgg" \
	"rocommunity public 127.0.0.1" "persistentDir $here/keys"
start bondcarrierd "$BUILDDIR/bondcarrierd" -f -S 127.0.0.1:1161 -u nobody \
	-C "$here/bondcarrierd.conf" -L e
by_master=$snmpd_at
snmpd_at=127.0.0.1:1161
sees_far()
{
	snmp get "$lag.1.1.1.1.8.$(ifindex far)" >"$here/none" &&
		grep -q "STRING: 02 00 00 00 00 99" "$here/none"
}
wait_until "$DEADLINE" sees_far || fail "no answer: $(cat "$here/none")"
says_none 1.1.1.3."$bond0" "No Such Instance"
says_none 1.1.1.4."$bond0" "No Such Instance"
says_none 2.1.1.2."$v0" "No Such Instance"
stop bondcarrierd
snmpd_at=$by_master
start_bondcarrierd "standardTables dot3adAgg"

say "no bond in 802.3ad, no row; without the token, no MIB"
ip link del bond0
ip link del far
mib_agrees
expect "objects" 1 "$(wc -l <"$here/walk")"
reconfigure_bondcarrierd
wait_until "$DEADLINE" nothing_there || fail "it stays: $(cat "$here/none")"
