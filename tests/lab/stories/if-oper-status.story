# correctIfOperStatus: every NMS reads the truth in IF-MIB itself, in the right
# place, and the master's own value again when the agent is gone.
column=.1.3.6.1.2.1.2.2.1.8

# A second snmpd without subagents shows what the master itself would serve.
start_plain()
{
	printf '%s\n' "agentAddress udp:127.0.0.1:1161" \
		"rocommunity public 127.0.0.1" >"$here/plain.conf"
	start plain snmpd -f -C -c "$here/plain.conf" -Lf "$here/plain.log" \
		-I -smux
}

# plain COMMAND OID...: asks the second one.
plain()
{
	(snmpd_at=udp:127.0.0.1:1161 && snmp "$@")
}

# believed [BOND...]: the master's column, but with these bonds down.
believed()
{
	plain bulkwalk -Cr100 $column >"$here/believed"
	for be_bond; do
		sed -i "s/^\($column\.$(ifindex "$be_bond") = INTEGER: \)1\$/\12/" \
			"$here/believed"
	done
	cat "$here/believed"
}

# The column by GETNEXT and by GETBULK, with few and with many repetitions.
ways="walk bulkwalk,-Cr1 bulkwalk,-Cr3 bulkwalk,-Cr100"
walk_is()
{
	believed "$@" >"$here/expected"
	for wi_how in $ways; do
		# shellcheck disable=SC2086 # options are words
		snmp $(echo "$wi_how" | tr , ' ') $column >"$here/found"
		cmp -s "$here/expected" "$here/found" || return 1
	done
}

walks_show()
{
	ws_what=$1
	shift
	wait_until "$DEADLINE" walk_is "$@" || fail "$ws_what
$(diff "$here/expected" "$here/found")"
	echo "   $ws_what: $(wc -l <"$here/found") rows in each walk"
}

status_is()
{
	[ "$(snmp get "$column.$(ifindex "$1")" | sed 's/.*: //')" = "$2" ]
}

status_becomes()
{
	wait_until "$DEADLINE" status_is "$1" "$2" ||
		fail "ifOperStatus of $1 is not $2
$(snmp get "$column.$(ifindex "$1")")"
	echo "   ifOperStatus of $1: $2"
}

# Bonds with other interfaces on both sides, and between them.
cable v0 v1
bond bond0 mode active-backup miimon 0
bond bond1 mode active-backup miimon 0
cable w
bond bond2 mode active-backup miimon 100
cable x
enslave bond0 v0
enslave bond1 v1
plug v0 v1
start_plain
start_agents "correctIfOperStatus yes"

say "true values stay"
status_becomes bond0 1
status_becomes bond2 2
walks_show "nothing to correct"

say "a bond that lies is corrected, in its place"
unplug v0
kernel_says bond0 running=yes
status_becomes bond0 2
status_becomes bond1 1
walks_show "bond0 is down" bond0
plain walk .1.3.6.1.2.1.2.2 | sed 's/ =.*//' >"$here/names"
for how in walk bulkwalk; do
	snmp $how .1.3.6.1.2.1.2.2 | sed 's/ =.*//' >"$here/found"
	cmp "$here/names" "$here/found" || fail "ifTable has other names
$(diff "$here/names" "$here/found")"
done
rows=$(believed | grep -c .)
expect "rows of the same ifIndex, by GETBULK of six columns" "$rows" \
	"$(snmp bulkget -Cr"$rows" .1.3.6.1.2.1.2.2.1.1 .1.3.6.1.2.1.2.2.1.2 \
		.1.3.6.1.2.1.2.2.1.7 $column .1.3.6.1.2.1.2.2.1.9 \
		.1.3.6.1.2.1.2.2.1.10 | sed 's/ =.*//' | paste -s -d ' \n' - |
		tr ' ' '\n' | awk -F . '{ n[$NF]++ }
			END { for (i in n) rows += n[i] == 6; print rows }')"

say "administratively down is down"
plug v0
status_becomes bond0 1
ip link set bond0 down
status_becomes bond0 2
ip link set bond0 up

say "200 more, and a hundred of them are removed"
ways=bulkwalk,-Cr100
unplug v0
for n in $(seq 200); do
	printf '%s\n' "link add lie$n type bond mode active-backup miimon 0" \
		"link set lie$n up" "link add card$n type dummy" \
		"link set card$n master lie$n" "link set card$n carrier off"
done | ip -batch -
lies=$(cd /sys/class/net && echo lie*)
status_becomes lie200 2
kernel_says lie200 running=yes
# shellcheck disable=SC2086 # names
walks_show "201 are down" bond0 $lies
for n in $(seq 100); do echo "link del lie$n"; done | ip -batch -
# Net-snmp keeps the rows of removed links for five minutes.
rows_are_the_links()
{
	snmp bulkwalk $column | sed 's/ =.*//; s/.*\.//' >"$here/found"
	cat /sys/class/net/*/ifindex | sort -n >"$here/expected"
	cmp -s "$here/expected" "$here/found"
}
wait_until "$DEADLINE" rows_are_the_links || fail "other rows than links
$(diff "$here/expected" "$here/found")"
status_becomes lie200 2

say "turned off and on at run time"
is_off()
{
	status_is bond0 1 && status_is lie200 1
}
reconfigure_bondcarrierd "correctIfOperStatus no"
wait_until "$DEADLINE" is_off || fail "still corrected"
walks_show "the master's own"
reconfigure_bondcarrierd "correctIfOperStatus yes"
status_becomes bond0 2

say "killed: the master's own value, in walks too; then corrected again"
stop bondcarrierd KILL
wait_until "$DEADLINE" is_off || fail "still corrected"
walks_show "the master's own"
start_bondcarrierd "correctIfOperStatus yes"
status_becomes bond0 2
say "ended by a signal: the same"
stop bondcarrierd
expect "its exit status" 0 "$status"
wait_until "$DEADLINE" is_off || fail "still corrected"
walks_show "the master's own"

say "a restarted snmpd with another default timeout is corrected as well"
start_bondcarrierd "correctIfOperStatus yes"
status_becomes bond0 2
stop snmpd
start_snmpd "agentXTimeout 1"
status_becomes bond0 2
stop plain
start_plain # it has rows of removed links, which a new snmpd has not

say "hung: the first request fails, then the master's own value is back"
kill -STOP "$pid_bondcarrierd"
first=$(snmpget -v2c -c public -On -t "$DEADLINE" -r 0 "$snmpd_at" \
	$column.1 2>&1 || :)
expect "what the first one hears" genError "$(echo "$first" | grep -o genError)"
wait_until "$DEADLINE" is_off || fail "still corrected"
walks_show "the master's own"
kill -CONT "$pid_bondcarrierd"
status_becomes bond0 2

say "excluded or unknown bonds keep the kernel's value"
bond hidden mode active-backup miimon 0
bond outer mode active-backup miimon 0
cable y
enslave hidden y
plug y
enslave outer hidden
status_becomes outer 1
unplug y
status_becomes hidden 2
status_becomes outer 2
reconfigure_bondcarrierd "correctIfOperStatus yes" "exclude hidden"
agent_says outer bondEffectiveCarrier=unknown bondRunning=true
status_becomes hidden 1
status_becomes outer 1
status_becomes bond0 2
stop plain
