# Traps in other programs: snmptrapd passes them to contrib/snmptrapd's bondtrap
# and to snmptt with the snmptt.conf that snmpttconvertmib generated.
for tool in snmptrapd snmptt; do
	command -v $tool >/dev/null || skip "no $tool here"
done
config=$BUILDDIR/contrib/snmptrapd/snmptrapd.conf

say "a real snmptrapd with our lines, and Debian's snmptt.ini"
sed -e "s,^\(log_file\|log_system_file\) = .*,\1 = $here/snmptt.log," \
	-e 's,^\(syslog_enable\|syslog_system_enable\) = 1,\1 = 0,' \
	-e "s,^/etc/snmptt/snmptt.conf$,$BUILDDIR/contrib/snmptt/snmptt.conf\n$here/lies.conf," \
	/etc/snmp/snmptt.ini >"$here/snmptt.ini"
grep -qx "$BUILDDIR/contrib/snmptt/snmptt.conf" "$here/snmptt.ini" ||
	fail "snmptt.ini was not understood"
# The same again, for falseUp only, with the line in doc/monitoring.md.
match=$(sed -n 's/.*`\(MATCH [^`]*\)`.*/\1/p' "$LAB/../../doc/monitoring.md")
sed -n '/^EVENT bondDiscrepancyRaised /,/^EDESC/p' \
	"$BUILDDIR/contrib/snmptt/snmptt.conf" | awk -v match_line="$match" '
	/^FORMAT/ { print "FORMAT lies: $2: $11"; print match_line; next }
	{ print }' >"$here/lies.conf"
# snmptt's line is a comment in the example, and for traps that no other line
# handles; here both get all of them.
{
	sed -e "s,[^ ]*/bondtrap logger.*,$BUILDDIR/contrib/snmptrapd/bondtrap tee -a $here/lines.log," \
		-e "s,^#\(traphandle\) default \(.*/snmptt\)$,\1 .$MIB_ROOT.0.* \2 --ini=$here/snmptt.ini," \
		"$config"
	echo "doNotLogTraps yes"
} >"$here/handlers.conf"
grep -c '^traphandle' "$here/handlers.conf" | grep -qx 2 ||
	fail "the example has no two traphandles"
start snmptrapd snmptrapd -f -C -c "$here/handlers.conf" -On \
	-Lf "$here/snmptrapd.log" "$traps_at"
wait_until "$DEADLINE" grep -qs NET-SNMP "$here/snmptrapd.log" ||
	fail "snmptrapd did not start"
start_snmpd
start_bondcarrierd "notify discrepancy effective activeSlave" \
	"discrepancyGrace 1000"
agent_says . bondAgentStatus=synchronised

arrives() # FILE PATTERN
{
	wait_until "$DEADLINE" grep -qs "$2" "$here/$1" || fail "$1: no $2
$(cat "$here/$1")"
	echo "   $1: $(grep "$2" "$here/$1" | tail -n 1)"
}

say "a bond that lies"
cable v0 v1
bond bond0 mode active-backup miimon 0
enslave bond0 v0 v1
kernel_says bond0 running=yes
arrives lines.log ': bondDiscrepancyRaised: bond0: .*bond0'
arrives snmptt.log 'bondDiscrepancyRaised\|0\.1 Critical .*bond0: .*bond0'
arrives snmptt.log '0\.1 Critical .* lies: bond0: falseUp: '
arrives snmptt.log '0\.1 Critical .* - bond0: slaveFalseUp: '

say "no longer"
plug v0
arrives lines.log ': bondEffectiveCarrierUp: bond0: .*bond0'
arrives lines.log ': bondDiscrepancyCleared: bond0: .*bond0'
arrives snmptt.log '0\.4 Normal .*bond0: .*bond0'
arrives snmptt.log '0\.2 Normal .*bond0: .*bond0'

say "down, and another slave"
unplug v0
arrives lines.log ': bondEffectiveCarrierDown: bond0: .*bond0'
arrives snmptt.log '0\.3 Critical .*bond0: .*bond0'
plug v0 v1
bond_option bond0 miimon 100
agent_says bond0 bondEffectiveCarrier=up
bond_option bond0 active_slave v1
arrives lines.log ': bondActiveSlaveChanged: bond0: .*v1'
arrives snmptt.log '0\.5 Warning .*bond0: .*v1'

expect "other kinds among the lies" "" \
	"$(grep 'lies: ' "$here/snmptt.log" | grep -v ' lies: bond0: falseUp: ' ||
		:)"

say "whatever a sender writes stays one line of text"
expect "lines that are none" "" \
	"$(grep -v '^[^ ]*: bond[A-Za-z]*: bond0: ' "$here/lines.log" || :)"
snmptrap -v2c -c public "$traps_at" "" ".$MIB_ROOT.0.1" \
	".$MIB_ROOT.1.4.1.2.9" s "$(printf 'x\033[2J\nfake: bondEffectiveCarrierUp: bond0: \377')" \
	".$MIB_ROOT.1.7.1.11.9" s '$(touch '"$here"'/pwned) `id`; %s\n'
arrives lines.log 'bondDiscrepancyRaised: .*touch'
[ ! -e "$here/pwned" ] || fail "a trap's text was carried out"
expect "lines with what cannot be printed" 0 \
	"$(LC_ALL=C grep -c '[^ -~]' "$here/lines.log" || :)"
expect "lines that were faked" "" \
	"$(grep '^fake' "$here/lines.log" || :)"
