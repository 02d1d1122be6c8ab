# notify ifLink: linkDown and linkUp of IF-MIB, for an NMS that does not know
# BOND-CARRIER-MIB; a GET of IF-MIB agrees at that moment. With snmpd and
# without.
IF_ENTRY=.1.3.6.1.2.1.2.2.1
LINK_TRAP=.1.3.6.1.6.3.1.1.5

# The numbers of RFC 2863, for ifAdminStatus and ifOperStatus alike.
number()
{
	case $1 in
	up) echo 1 ;;
	down) echo 2 ;;
	esac
}

# objects ADMIN OPER: of bond0, as in a link trap and in a GET.
objects()
{
	ob_bond=$(ifindex bond0)
	printf '%s\n' "$IF_ENTRY.1.$ob_bond=$ob_bond" \
		"$IF_ENTRY.7.$ob_bond=$(number "$1")" \
		"$IF_ENTRY.8.$ob_bond=$(number "$2")"
}

# link_trap linkDown|linkUp ADMIN OPER: arrives, with exactly these objects.
link_trap()
{
	case $1 in
	linkDown) lt_name=$LINK_TRAP.3 ;;
	linkUp) lt_name=$LINK_TRAP.4 ;;
	esac
	# shellcheck disable=SC2046 # words
	trap_arrives "$lt_name" $(objects "$2" "$3")
	expect "its objects, in order" \
		"sysUpTime trap $(objects "$2" "$3" | sed 's/=.*//' |
			paste -s -d ' ')" "$(trap_names)"
}

# get COLUMN: of bond0, from whoever serves IF-MIB.
get()
{
	snmp get "$IF_ENTRY.$1.$(ifindex bond0)" | sed 's/.*: //'
}

admin_is()
{
	[ "$(get 7)" = "$(number "$1")" ]
}

# agrees ADMIN OPER: ifOperStatus at once. ifAdminStatus is snmpd's own, and as
# old as snmpd's last read.
agrees()
{
	expect "ifOperStatus by GET, right then" "$(number "$2")" "$(get 8)"
	wait_until "$DEADLINE" admin_is "$1" ||
		fail "ifAdminStatus is $(get 7), not that of $1"
	echo "   ifAdminStatus by GET: $1"
}

# The row of the last effectiveDown.
last_down()
{
	snmp bulkwalk "$(oids "" bondEventType | sed 's/\.$//')" | decode |
		sed -n 's/^bondEventType\.\(.*\)=effectiveDown$/\1/p' |
		tail -n 1
}

# A second manager, which also accepts SNMPv1 traps.
manager_at=udp:127.0.0.1:1162
cat >"$here/manager.conf" <<END
disableAuthorization yes
format1 %P|v1|%N|%w|%q|%v\n
format2 %P|v2|%v\n
END
start manager snmptrapd -f -C -c "$here/manager.conf" -On -Ox -Ot \
	-Lf "$here/manager.log" $manager_at
wait_until "$DEADLINE" grep -qs NET-SNMP "$here/manager.log" ||
	fail "the second snmptrapd did not start"

# manager_gets PATTERN: a line of its log since forget_manager.
manager_got()
{
	tail -n "+$((manager_from + 1))" "$here/manager.log" |
		tr '\t' '|' | grep -q -e "$1"
}
manager_gets()
{
	wait_until "$DEADLINE" manager_got "$1" || fail "no line '$1' in
$(tail -n "+$((manager_from + 1))" "$here/manager.log")"
	echo "   manager: $1"
}
forget_manager()
{
	manager_from=$(wc -l <"$here/manager.log")
}

# Regular expressions, in that order, with nothing after them.
varbinds()
{
	objects "$1" "$2" | sed 's/\./\\./g; s/=/ = INTEGER: /' |
		paste -s -d '|' | sed 's/$/$/'
}

# manager_gets_link v1|v2 WORDS linkDown|linkUp ADMIN OPER. RFC 3584, 3.2: in
# SNMPv1, generic-trap 2 and 3 of the enterprise snmpTraps (net-snmp's snmpd
# uses its own).
enterprise='[.0-9]*'
manager_gets_link()
{
	case $1/$3 in
	v1/linkDown) mg_head="v1|$enterprise|2|0|" ;;
	v1/linkUp) mg_head="v1|$enterprise|3|0|" ;;
	v2/linkDown) mg_head="v2|.*OID: \.1\.3\.6\.1\.6\.3\.1\.1\.5\.3|" ;;
	v2/linkUp) mg_head="v2|.*OID: \.1\.3\.6\.1\.6\.3\.1\.1\.5\.4|" ;;
	esac
	manager_gets "^$2|$mg_head$(varbinds "$4" "$5")"
}

cable v0
plug v0
bond bond0 mode active-backup miimon 0
enslave bond0 v0
start_snmptrapd
start_snmpd "trapsink $manager_at old"
start_bondcarrierd "notify ifLink" "notifyThrottle 0" "correctIfOperStatus yes"
agent_says . bondAgentStatus=synchronised
agent_says bond0 bondEffectiveCarrier=up
forget_traps
forget_manager

say "a cable is unplugged: the kernel does not notice, linkDown arrives"
unplug v0
link_trap linkDown up down
agrees up down
kernel_says bond0 running=yes
agent_says "$(last_down)" bondEventNotified=acknowledged
agent_says . bondAgentNotificationsSent=1 bondAgentNotificationsQueued=0
manager_gets_link v1 "TRAP, SNMP v1, community old" linkDown up down

say "and plugged"
plug v0
link_trap linkUp up up
agrees up up
manager_gets_link v1 "TRAP, SNMP v1, community old" linkUp up up

say "administratively down, and up"
ip link set bond0 down
link_trap linkDown down down
agrees down down
ip link set bond0 up
link_trap linkUp up up
agrees up up
no_more_traps

say "with effective too, both arrive, our own first"
reconfigure_bondcarrierd "notify effective ifLink" "notifyThrottle 0" \
	"correctIfOperStatus yes"
wait_until "$DEADLINE" grep -q "configuration reloaded" \
	"$here/bondcarrierd.out.log" || fail "SIGHUP does nothing"
sent=$(agent_value . bondAgentNotificationsSent)
unplug v0
link_trap linkDown up down
trap_arrives bondEffectiveCarrierDown bondName=bond0 bondEffectiveCarrier=down
event=$(trap_value bondEventLastIndex)
expect "in that order" "bondEffectiveCarrierDown $LINK_TRAP.3" \
	"$(all_traps | tail -n 2 | tr '|' '\n' | sed -n 's/^trap=//p' |
		paste -s -d ' ')"
agent_says . bondAgentNotificationsSent=$((sent + 2))
expect "both have the time of the event" 1 "$(all_traps | tail -n 2 |
	tr '|' '\n' | grep '^sysUpTime=' | sort -u | wc -l)"
agent_says "$event" bondEventNotified=acknowledged
no_more_traps

say "a configuration that contradicts itself is refused as a whole"
reconfigure_bondcarrierd "notify ifLink" "notifyThrottle 0"
wait_until "$DEADLINE" grep -q \
	"bondcarrierd.conf: line 2: notify: ifLink needs correctIfOperStatus yes" \
	"$here/bondcarrierd.out.log" || fail "the line is not named"
wait_until "$DEADLINE" grep -q "invalid configuration rejected, keeping the old" \
	"$here/bondcarrierd.out.log" || fail "not rejected"
plug v0
link_trap linkUp up up
trap_arrives bondEffectiveCarrierUp bondName=bond0
no_more_traps

say "snmpd is away: what happens meanwhile arrives later, in order, and agrees"
configure_bondcarrierd "notify ifLink" "notifyThrottle 0" \
	"correctIfOperStatus yes"
kill -HUP "$pid_bondcarrierd"
twice_read()
{
	[ "$(grep -c "configuration reloaded" \
		"$here/bondcarrierd.out.log")" = 2 ]
}
wait_until "$DEADLINE" twice_read || fail "SIGHUP does nothing"
stop snmpd
wait_until "$DEADLINE" grep -q "lost the master agent" \
	"$here/bondcarrierd.out.log" || fail "it has not noticed"
# seen COUNT: the agent reports that many queued; only a signal can ask it.
seen()
{
	kill -USR1 "$pid_bondcarrierd"
	grep -q " $1 queued" "$here/bondcarrierd.out.log"
}
unplug v0
wait_until "$DEADLINE" seen 1 || fail "nothing waits"
plug v0
wait_until "$DEADLINE" seen 2 || fail "no two wait"
unplug v0
wait_until "$DEADLINE" seen 3 || fail "no three wait"
forget_traps
start_snmpd
link_trap linkUp up up
link_trap linkDown up down
link_trap linkDown up down
agrees up down
expect "in the order in which it happened" \
	"$LINK_TRAP.3 $LINK_TRAP.4 $LINK_TRAP.3" \
	"$(all_traps | tr '|' '\n' | grep "^trap=$LINK_TRAP\.[34]\$" |
		tail -n 3 | sed 's/^trap=//' | paste -s -d ' ')"
agent_says . bondAgentNotificationsQueued=0 bondAgentNotificationsDropped=0
expect "link traps in all, each once" $((6 + 3)) \
	"$(all_traps | grep -c "|trap=$LINK_TRAP\.[34]|")"

say "without snmpd: to SNMPv1 and v2c sinks, and informs; nothing to correct"
stop bondcarrierd
stop snmpd
plug v0
configure_bondcarrierd "notify effective ifLink" "notifyThrottle 0" \
	"rwcommunity public 127.0.0.1" "trapsink $manager_at old" \
	"trap2sink $manager_at plain" "informsink $manager_at asked" \
	"persistentDir $here/keys"
forget_manager
enterprise='\.1\.3\.6\.1\.6\.3\.1\.1\.5'
start bondcarrierd "$BUILDDIR/bondcarrierd" -f -S 161 \
	-C "$here/bondcarrierd.conf" -L e
agent_says bond0 bondEffectiveCarrier=up
unplug v0
manager_gets_link v1 "TRAP, SNMP v1, community old" linkDown up down
manager_gets_link v2 "TRAP2, SNMP v2c, community plain" linkDown up down
manager_gets_link v2 "INFORM, SNMP v2c, community asked" linkDown up down
manager_gets "^INFORM, SNMP v2c, community asked|v2|.*OID: \.$MIB_ROOT\.0\.3|"
agent_says . bondAgentNotificationsSent=2 bondAgentNotificationsQueued=0
agent_says "$(last_down)" bondEventNotified=acknowledged
plug v0
manager_gets_link v1 "TRAP, SNMP v1, community old" linkUp up up
manager_gets_link v2 "TRAP2, SNMP v2c, community plain" linkUp up up
manager_gets_link v2 "INFORM, SNMP v2c, community asked" linkUp up up
ip link set bond0 down
manager_gets_link v1 "TRAP, SNMP v1, community old" linkDown down down
manager_gets_link v2 "TRAP2, SNMP v2c, community plain" linkDown down down
manager_gets_link v2 "INFORM, SNMP v2c, community asked" linkDown down down
expect "link traps of each kind" "INFORM 3, TRAP 3, TRAP2 3" "$(tail \
	-n "+$((manager_from + 1))" "$here/manager.log" | grep -E \
	'\|v1\|[.0-9]*\|[23]\||OID: \.1\.3\.6\.1\.6\.3\.1\.1\.5\.[34]\>' |
	cut -d , -f 1 | sort | uniq -c | awk '{ print $2 " " $1 }' |
	paste -s -d , | sed 's/,/, /g')"
