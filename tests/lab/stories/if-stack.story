# ifStackTable and ifStackLastChange: bonds, slaves, VLANs, bridges, and no
# VRFs, as they come and go; with a master agent and without.
OTHER_PORT=127.0.0.1:1161
modprobe -d /run/modules -a 8021q bridge vrf ||
	skip "this kernel has no VLANs, no bridges or no VRFs"
table=.1.3.6.1.2.1.31.1.2
last_change=.1.3.6.1.2.1.31.1.6.0

# The rows, as names: "bond0-v0 0-bond0".
name_of()
{
	[ "$1" = 0 ] && echo 0 && return
	for na_link in /sys/class/net/*/ifindex; do
		[ "$(cat "$na_link")" = "$1" ] || continue
		na_link=${na_link%/ifindex}
		echo "${na_link##*/}"
		return
	done
	echo "?$1"
}
rows()
{
	snmp bulkwalk $table >"$here/stack"
	sed -n "s/^$table\.1\.3\.\([0-9]*\)\.\([0-9]*\) = INTEGER: 1$/\1 \2/p" \
		"$here/stack" | while read -r ro_higher ro_lower; do
		echo "$(name_of "$ro_higher")-$(name_of "$ro_lower")"
	done | sort | paste -s -d ' '
}
stack_is()
{
	found=$(rows)
	[ "$found" = "$wanted" ]
}
# stack_says ROW...: exactly these, and nothing else in the table.
stack_says()
{
	wanted=$(printf '%s\n' "$@" | sort | paste -s -d ' ')
	wait_until "$DEADLINE" stack_is || fail "the stack
  expected: $wanted
  found:    $found
  walked:   $(cat "$here/stack")"
	expect "rows walked" $# "$(grep -c . "$here/stack")"
	echo "   stack: $wanted"
}
# TimeTicks, as numbers. A stamp follows the master's sysUpTime, and is only as
# exact as the difference of the two clocks: within half a second is equal.
ticks()
{
	snmp_options=-Oqv snmp get "$1"
}
is_later()
{
	[ "$(ticks .1.3.6.1.2.1.1.3.0)" -gt $((before + 100)) ]
}
remember()
{
	before=$(ticks $last_change)
	wait_until "$DEADLINE" is_later || fail "time stands still"
}
stays()
{
	st_now=$(ticks $last_change)
	[ "$st_now" -gt $((before - 50)) ] &&
		[ "$st_now" -lt $((before + 50)) ] ||
		fail "ifStackLastChange is $st_now, before it was $before"
}
moves()
{
	mo_now=$(ticks $last_change)
	[ "$mo_now" -gt $((before + 50)) ] ||
		fail "ifStackLastChange is $mo_now, before it was $before"
	remember
}
nothing_there()
{
	snmp walk $table >"$here/stack"
	grep -q "No Such Object\|No more variables" "$here/stack"
}

cable v0 v1 stranger
bond bond0 mode active-backup miimon 100
bond bond1 mode active-backup miimon 100
enslave bond0 v0 v1
ip link add link bond0 name bond0.7 type vlan id 7
ip link add link bond0.7 name inner type vlan id 8
ip link add link stranger name stranger.7 type vlan id 7
ip link add br0 type bridge
ip link set bond1 master br0
ip link add vrf0 type vrf table 10
ip link set vrf0 up
ip link set bond0 master vrf0
ip link set bond0.7 master vrf0

say "without the token there is no such table"
start_agents
nothing_there || fail "there is a table: $(cat "$here/stack")"

say "with it, on SIGHUP, everything above or below a bond"
reconfigure_bondcarrierd "standardTables ifStack" "resyncInterval 1"
set -- bond0-v0 bond0-v1 v0-0 v1-0 bond0.7-bond0 inner-bond0.7 0-inner \
	br0-bond1 bond1-0
stack_says "$@"
remember
snmp walk .1.3.6.1.2.1.31.1 >"$here/if-mib"
grep -q "^\.1\.3\.6\.1\.2\.1\.31\.1\.1\.1\.1\." "$here/if-mib" ||
	fail "the master's own ifXTable is not there"
grep -q "^\.1\.3\.6\.1\.2\.1\.31\.1\.6\.0" "$here/if-mib" ||
	fail "the walk does not come to ifStackLastChange"
expect "what is said of a column that is none" "No Such Object" \
	"$(snmp get $table.1.4.1.2 | grep -o "No Such Object")"
expect "what is said of a row that is none" "No Such Instance" \
	"$(snmp get $table.1.3.0.0 | grep -o "No Such Instance")"

say "links go up and down, all is re-read: the stack is unchanged"
plug v0 v1
agent_says bond0 bondEffectiveCarrier=up
unplug v0
agent_says bond0/v0 bondSlaveLowerUp=false
read_again()
{
	[ "$(agent_value . bondAgentResyncs)" -ge $((resyncs + 2)) ]
}
resyncs=$(agent_value . bondAgentResyncs)
wait_until "$DEADLINE" read_again || fail "nothing is read again"
stays

# From here on only events bring changes.
reconfigure_bondcarrierd "standardTables ifStack" "resyncInterval 86400"

say "VLANs appear, on a bond and on a bond's VLAN, and an unrelated one"
ip link add link bond0 name bond0.9 type vlan id 9
ip link add link bond0.9 name inner9 type vlan id 10
ip link add link stranger name stranger.9 type vlan id 9
stack_says "$@" bond0.9-bond0 inner9-bond0.9 0-inner9
moves

say "a slave is released, a VLAN deleted"
ip link set v1 nomaster
stack_says bond0-v0 v0-0 bond0.7-bond0 inner-bond0.7 0-inner br0-bond1 \
	bond1-0 bond0.9-bond0 inner9-bond0.9 0-inner9
moves
ip link del bond0.9
stack_says bond0-v0 v0-0 bond0.7-bond0 inner-bond0.7 0-inner br0-bond1 bond1-0
moves

say "a VLAN becomes a port of a bridge, a bond stops being one"
ip link set inner master br0
ip link set bond1 nomaster
set -- bond0-v0 v0-0 bond0.7-bond0 inner-bond0.7 br0-inner 0-bond1 bond1-0
stack_says "$@"
moves

say "a bond is created with a VLAN on it; another goes with all that is on it"
bond bond2 mode active-backup miimon 100
ip link add link bond2 name bond2.3 type vlan id 3
stack_says "$@" bond2-0 bond2.3-bond2 0-bond2.3
ip link del bond0
stack_says 0-bond1 bond1-0 bond2-0 bond2.3-bond2 0-bond2.3
moves

say "the table is registered again with a new master agent"
stop snmpd KILL
rm -f "$agentx"
start_snmpd
set -- 0-bond1 bond1-0 bond2-0 bond2.3-bond2 0-bond2.3
stack_says "$@"
agent_says bond1 bondSlaveCount=0

say "SIGHUP without the token: it is gone; with it, it is back"
reconfigure_bondcarrierd
wait_until "$DEADLINE" nothing_there || fail "it stays: $(cat "$here/stack")"
reconfigure_bondcarrierd "standardTables ifStack"
stack_says "$@"

say "without a master agent"
stop bondcarrierd
stop snmpd
standalone()
{
	configure_bondcarrierd "rocommunity public 127.0.0.1" \
		"persistentDir $here/keys" "$@"
}
standalone "standardTables ifStack"
start bondcarrierd "$BUILDDIR/bondcarrierd" -f -S "$OTHER_PORT" \
	-C "$here/bondcarrierd.conf" -L e
snmpd_at=$OTHER_PORT
stack_says "$@"
standalone
kill -HUP "$pid_bondcarrierd"
wait_until "$DEADLINE" nothing_there || fail "it stays: $(cat "$here/stack")"
standalone "standardTables ifStack"
kill -HUP "$pid_bondcarrierd"
stack_says "$@"
remember
ip link del bond2.3
stack_says 0-bond1 bond1-0 0-bond2 bond2-0
moves
