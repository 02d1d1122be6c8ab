# Zabbix with contrib/zabbix over snmpd, snmptrapd and bondcarrierd: discovery,
# polling, alerts and traps. Only the times are the story's.
DEADLINE=240
. "$LAB/../nms/zabbix-lab.sh"

say "three bonds: one without a link monitor, one good, one in 802.3ad"
start_trap_handler
start_snmpd
start_bondcarrierd "discrepancyGrace 1000"
agent_says . bondAgentStatus=synchronised
cable v0 v1 v2 v3
bond bond0 mode active-backup miimon 0
enslave bond0 v0
bond bond1 mode active-backup miimon 100
enslave bond1 v1 v2
bond bond2 mode 802.3ad miimon 100 lacp_rate fast
enslave bond2 v3
plug v0 v1 v2
agent_says bond0 bondEffectiveCarrier=up bondDiscrepancies=
agent_says bond1 bondEffectiveCarrier=up bondDiscrepancies= bondWarnings=
every="snmptrap[\"[.]$MIB_ROOT[.]0[.][0-9]\"]"
of_bond0="snmptrap[\"[.]$MIB_ROOT.1.4.1.2.$(ifindex bond0)[^0-9.]\"]"
of_bond1="snmptrap[\"[.]$MIB_ROOT.1.4.1.2.$(ifindex bond1)[^0-9.]\"]"
unmonitored="warning: bond0 does not watch its links"
alone="average: bond0 is up without its redundancy"
lie="falseUp: bond0 is RUNNING, but cannot carry traffic"
no_link="high: bond2 has no carrier"

say "Zabbix beside them"
start_zabbix
polled bondCount 3
polled 'bondEffectiveCarrier[bond0]' 1
polled 'bondWarnings[bond0]' unmonitored
polled 'bondEffectiveCarrier[bond1]' 1
polled 'bondDiscrepancies[bond1]' none
polled 'bondSlaveCorrectedLink[bond1,v2]' 1
polled 'bondEffectiveCarrier[bond2]' 2
become "$unmonitored" "$alone" "$no_link"

say "each item has a value: Zabbix understood the whole template"
wait_until "$DEADLINE" all_have_values || fail "without a value:
$(cat "$here/empty.now")"
expect "items that are not supported" "" "$(ask unsupported)"
expect "of a bond without LACP" "" \
	"$(ask items | grep 'Partner.*bond[01]' || :)"
expect "of a mode without an active slave" "" \
	"$(ask items | grep 'ActiveSlave\[bond2' || :)"
polled 'bondActiveSlave[bond1]' "$(ifindex v1)"
polled 'bond.carries[bond1]' 1
echo "   $(ask items | wc -l) items"
capture_polls

say "a cable of the unmonitored one is pulled: one alarm, and its trap"
unplug v0
become "disaster: bond0 lies about being up" "$unmonitored" "$no_link"
polled 'bondDiscrepancies[bond0]' 'falseUp, slaveFalseUp'
trap_comes "$every" "bondDiscrepancyRaised: $lie"
trap_comes "$of_bond0" "bondDiscrepancyRaised: $lie"
expect "of another bond" "" "$(ask values "$of_bond1" | grep bond0 || :)"
keep 'bondEffectiveCarrier[bond0]' \
	"disaster: bond0 lies about being up" "$unmonitored" "$no_link"
say "one request polls everything"
polls_are "$(ask items | grep -cv ' bond[.]\| snmptrap')"
say "and plugged in again"
plug v0
become "$unmonitored" "$alone" "$no_link"
trap_comes "$of_bond0" "bondDiscrepancyCleared: cleared: falseUp on bond0"

expect "nor was it ever said for a moment that bond0 has no carrier" "" \
	"$(ask ever | grep 'bond0 has no carrier' || :)"

say "one cable of two: redundancy; both: down; none: fine"
unplug v1
become "$unmonitored" "$alone" "$no_link" \
	"average: bond1 is up without its redundancy"
unplug v2
become "$unmonitored" "$alone" "$no_link" "high: bond1 has no carrier"
keep 'bondEffectiveCarrier[bond1]' \
	"$unmonitored" "$alone" "$no_link" "high: bond1 has no carrier"
say "down as the administrator intends: no alarm"
ip link set bond1 down
become "$unmonitored" "$alone" "$no_link"
ip link set bond1 up
plug v1 v2
become "$unmonitored" "$alone" "$no_link"

say "no LACP partner answers"
plug v3
become "$unmonitored" "$alone" "high: bond2 has no LACP partner" \
	"average: bond2 is up without its redundancy"
before="$unmonitored;$alone;high: bond2 has no LACP partner"
before="$before;average: bond2 is up without its redundancy"

# stays [ALARM]: the alarms so far, and that one.
stays()
{
	IFS=';'
	# shellcheck disable=SC2086 # a list
	set -- $before "$@"
	unset IFS
	become "$@"
	keep bondAgentStatus "$@"
}
lost="high: The state of the bonds of bonds is unknown"

say "bondcarrierd is gone: the only new alarm, and no bond is forgotten"
there=$(ask items | wc -l)
stop bondcarrierd
expect "its end" 0 "$status"
polled bondAgentStatus 0
stays "$lost"
ask discover
wait_until "$DEADLINE" discovery_fails || fail "a walk of nothing is taken"
expect "items" "$there" "$(ask items | wc -l)"
unplug v0
stays "$lost"
plug v0
start_bondcarrierd "discrepancyGrace 1000"
stays
polled bondAgentStatus 1

say "a bond is gone: so is its alarm, while Zabbix still has its items"
ip link del bond2
become "$unmonitored" "$alone"
polled 'bondAdminStatus[bond2]' 0

say "a bond with a name that Zabbix has to quote"
bond 'o,"]d' mode active-backup miimon 100
ask discover
become "$unmonitored" "$alone" 'high: o,"]d has no carrier'
ip link del 'o,"]d'
become "$unmonitored" "$alone"

say "a trap that is crafted to look like two"
forged='00:00:00 2020/01/01 ZBXTRAP 192.0.2.7 $(id)'
snmptrap -v2c -c public "$traps_at" "" ".$MIB_ROOT.0.1" \
	".$MIB_ROOT.1.4.1.2.9" s "$(printf 'x\n%s\nfake' "$forged")" \
	".$MIB_ROOT.1.7.1.11.9" s "$forged"
trap_comes "$every" "bondDiscrepancyRaised: $(echo "$forged" | tr A-Z a-z)"
expect "traps of others" "" \
	"$(grep ZBXTRAP "$zabbix/traps" | grep -v ' ZBXTRAP 127.0.0.1$' || :)"

say "snmpd is gone"
before="$unmonitored;$alone"
stop snmpd
become "$unmonitored" "$alone" "$lost"
start_snmpd
become "$unmonitored" "$alone"
say "all items work again; Zabbix drops those of removed bonds later"
supported_of_what_is_there()
{
	ask unsupported >"$here/unsupported.now" && ! grep -v \
		-e '\[bond2[],]' -e '\["o,' "$here/unsupported.now"
}
wait_until "$DEADLINE" supported_of_what_is_there || fail "not supported:
$(cat "$here/unsupported.now")"
