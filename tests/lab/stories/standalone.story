# Without snmpd: the daemon is the SNMP agent itself. SNMPv2c, and SNMPv3 with
# authentication and privacy, on loopback; root is dropped after port 161 is
# bound; traps and informs; engineBoots over restarts; nothing of the host
# except what an SNMP agent reports about itself.
ENGINE=80001f880462636c6162 # so that snmptrapd knows who signs the traps
KEYS=$here/lib/snmp
cable v0
bond bond0 mode active-backup miimon 0
enslave bond0 v0

cp /etc/passwd /etc/group "$here"
echo "carrier:x:4711:4711::/:/bin/false" >>"$here/passwd"
echo "carrier:x:4711:" >>"$here/group"
mount --bind "$here/passwd" /etc/passwd
mount --bind "$here/group" /etc/group
chmod 755 "$here"
INFORM3="trapsess -Ci -v3 -l authPriv -u informer -a SHA \
-A auth-of-informer -x AES -X priv-of-informer $traps_at"
SHA="-a SHA -A auth-of-joe -x AES -X priv-of-joe"

cat >"$here/snmptrapd.conf" <<END
disableAuthorization yes
createUser -e 0x$ENGINE trapper SHA auth-of-trapper AES priv-of-trapper
createUser informer SHA auth-of-informer AES priv-of-informer
format2 %P|%V|%v\n
[snmp] hexOutputLength 0
END
# With its own folder, so that its engine ID stays the same.
launch_snmptrapd()
{
	start snmptrapd env SNMP_PERSISTENT_DIR="$here/manager" \
		SNMPCONFPATH="$here:$here/manager" \
		snmptrapd -f -On -Ox -Ot -Lf "$here/snmptrapd.log" \
		"$traps_at"
}
launch_snmptrapd
wait_until "$DEADLINE" grep -qs NET-SNMP "$here/snmptrapd.log" ||
	fail "snmptrapd did not start"

# configure [LINE...]
configure()
{
	printf '%s\n' "stateFile $here/lib/state" "persistentDir $KEYS" \
		"exactEngineID 0x$ENGINE" "discrepancyGrace 1000" \
		"rwcommunity public 127.0.0.1" \
		"createUser joe SHA auth-of-joe AES priv-of-joe" \
		"rouser joe priv" "$@" >"$here/bondcarrierd.conf"
	chown 4711 "$here/bondcarrierd.conf"
	chmod 600 "$here/bondcarrierd.conf"
}
launch()
{
	start bondcarrierd "$BUILDDIR/bondcarrierd" -f -S 161 -u carrier \
		-C "$here/bondcarrierd.conf" -L e
}
of()
{
	sed -n "s/^$1:[[:space:]]*//p" "/proc/$pid_bondcarrierd/status" |
		tr -s ' \t' ' ' | sed 's/ $//'
}
# v3 OPTION... -- OID: as joe, unless the options say otherwise.
v3()
{
	snmpget -v3 -u joe -t 5 -r 30 -Oqv "$@" 2>&1
}
plain()
{
	snmpget -v2c -c public -t 2 -r 30 -Oqvn 127.0.0.1 "$1"
}
boots()
{
	plain .1.3.6.1.6.3.10.2.1.2.0
}

configure "trap2sink $traps_at plain" "informsink $traps_at asked" \
	"trapsink $traps_at old" \
	"trapsess -v3 -l authPriv -u trapper -a SHA -A auth-of-trapper -x AES \
-X priv-of-trapper $traps_at" \
	"$INFORM3" \
	"sysContact the operators" "authtrapenable 1"
launch
agent_says . bondAgentStatus=synchronised bondCount=1

say "root was dropped, after port 161 was bound"
expect "Uid" "4711 4711 4711 4711" "$(of Uid)"
expect "Gid" "4711 4711 4711 4711" "$(of Gid)"
expect "Groups" "4711" "$(of Groups)"
expect "CapEff" 0000000000000000 "$(of CapEff)"
expect "CapPrm" 0000000000000000 "$(of CapPrm)"
expect "the folder of keys" "700 4711" "$(stat -c '%a %u' "$KEYS")"
expect "the file of keys" "600 4711" \
	"$(stat -c '%a %u' "$KEYS/bondcarrierd.conf")"

say "SNMPv3 with authentication and privacy, and nothing less"
name=$(oids "$(ifindex bond0)" bondName)
# shellcheck disable=SC2086 # words
expect "bondName by SHA and AES" '"bond0"' "$(v3 -l authPriv $SHA \
	127.0.0.1 "$name")"
refused()
{
	re_what=$1
	re_words=$2
	shift 2
	re_said=$(v3 -r 0 "$@" 127.0.0.1 "$name") &&
		fail "$re_what is let in: $re_said"
	echo "$re_said" | grep -q "$re_words" ||
		fail "$re_what is refused otherwise: $re_said"
	echo "   $re_what: $re_said" | head -n 1
}
refused "a wrong key" "Authentication failure" -l authPriv \
	-a SHA -A auth-of-jim -x AES -X priv-of-joe
refused "a wrong privacy key" . -l authPriv \
	-a SHA -A auth-of-joe -x AES -X priv-of-jim
refused "no privacy" "uthorizationError" -l authNoPriv \
	-a SHA -A auth-of-joe
refused "no authentication" "uthorizationError" -l noAuthNoPriv
refused "a user who is none" "Unknown user name" -u jim -l noAuthNoPriv
said=$(snmpget -v2c -c private -t 1 -r 0 127.0.0.1 "$name" 2>&1) &&
	fail "a wrong community is let in: $said"
echo "   a wrong community: $said"

say "a full walk finds only these groups"
snmpbulkwalk -v2c -c public -On 127.0.0.1 .1 >"$here/all"
snmpwalk -v2c -c public -On 127.0.0.1 .1 >>"$here/all"
awk -v "root=.$MIB_ROOT.1" '
	function within(group) { return index($1, group ".") == 1 }
	!/^\.[0-9.]+ = / { next } # a multi-line value
	/No (more|Such)/ { next }
	within(".1.3.6.1.2.1.1") { n["system"]++; next }
	within(".1.3.6.1.2.1.11") { n["snmp"]++; next }
	within(".1.3.6.1.6.3.10.2.1") { n["snmpEngine"]++; next }
	within(root) { n["bondCarrierObjects"]++; next }
	{ print "beyond: " $0 }
	END { for (g in n) print n[g] " in " g }' "$here/all" |
	sort -k 3 >"$here/groups"
grep beyond "$here/groups" && fail "there is more"
sed 's/^/   /' "$here/groups"
expect "the groups" "bondCarrierObjects snmp snmpEngine system" \
	"$(sed 's/.* in //' "$here/groups" | sort | paste -s -d ' ')"
expect "sysContact" "the operators" \
	"$(plain .1.3.6.1.2.1.1.4.0 | tr -d '"')"
expect "sysObjectID" ".1.3.6.1.4.1.8072.3.2.10" \
	"$(plain .1.3.6.1.2.1.1.2.0)"

say "notifications arrive as traps and informs, SNMPv1, v2c and v3"
# came WHAT: the raise arrived, as snmptrapd's %P names it.
raise=$MIB_ROOT.0.1
came()
{
	grep -q "^$1|.*OID: \.$raise|" "$here/snmptrapd.log"
}
comes()
{
	wait_until "$DEADLINE" came "$1" || fail "no '$1' among
$(cut -d '|' -f 1 "$here/snmptrapd.log")"
	echo "   came: $1"
}
comes "TRAP2, SNMP v2c, community plain"
comes "INFORM, SNMP v2c, community asked"
comes "TRAP2, SNMP v3, user trapper, context "
comes "INFORM, SNMP v3, user informer, context "
wait_until "$DEADLINE" grep -q "TRAP, SNMP v1, community old" \
	"$here/snmptrapd.log" || fail "no trap of SNMPv1"
grep -q "OID: \.1\.3\.6\.1\.6\.3\.1\.1\.5\.1\b" "$here/snmptrapd.log" ||
	fail "no coldStart"
grep -q "OID: \.1\.3\.6\.1\.6\.3\.1\.1\.5\.5\b" "$here/snmptrapd.log" ||
	fail "no authenticationFailure of the wrong community"
agent_says . bondAgentNotificationsQueued=0 bondAgentNotificationsDropped=0
[ "$(agent_value . bondAgentNotificationsSent)" -ge 1 ] ||
	fail "nothing counts as sent"
index=$(agent_value . bondEventLastIndex)
agent_says "$index" bondEventNotified=acknowledged

# waits TIMES: the agent has logged that often that nobody acknowledges.
waits()
{
	wait_until "$DEADLINE" said_nobody "$1" ||
		fail "it does not say that nobody acknowledges"
	[ "$(agent_value . bondAgentNotificationsQueued)" -ge 1 ] ||
		fail "nothing waits"
}
said_nobody()
{
	[ "$(grep -c "no trap sink acknowledged a notification" \
		"$here/bondcarrierd.out.log")" = "$1" ]
}
# arrived TIMES: and that often that it is over.
arrived()
{
	agent_says . bondAgentNotificationsQueued=0
	said_nobody "$1" || fail "it says more than once that nobody does"
	expect "times it says that this is over" "$1" \
		"$(grep -c "delivering notifications again" \
			"$here/bondcarrierd.out.log")"
}

say "what no sink acknowledges waits, and arrives when one does"
stop snmptrapd
sent=$(agent_value . bondAgentNotificationsSent)
plug v0
waits 1
expect "sent meanwhile" "$sent" "$(agent_value . bondAgentNotificationsSent)"
launch_snmptrapd
raise=$MIB_ROOT.0.2
comes "INFORM, SNMP v2c, community asked"
say "by SNMPv3 too: the manager's engineBoots has risen"
comes "INFORM, SNMP v3, user informer, context "
arrived 1

say "the manager comes back as another engine"
stop snmptrapd
rm -r "$here/manager"
unplug v0
waits 2
launch_snmptrapd
raise=$MIB_ROOT.0.1
comes "INFORM, SNMP v3, user informer, context "
arrived 2

say "an SNMPv3 manager that starts late, and no other sink"
stop snmptrapd
configure "$INFORM3"
kill -HUP "$pid_bondcarrierd"
wait_until "$DEADLINE" grep -q "configuration reloaded" \
	"$here/bondcarrierd.out.log" || fail "SIGHUP does nothing"
plug v0
waits 3
launch_snmptrapd
raise=$MIB_ROOT.0.2
comes "INFORM, SNMP v3, user informer, context "
arrived 3

say "it is asked for its time, and sent to again, at once"
stop snmptrapd
rm "$here/snmptrapd.log"
launch_snmptrapd
wait_until "$DEADLINE" grep -qs NET-SNMP "$here/snmptrapd.log" ||
	fail "snmptrapd does not start again"
for raise in "$MIB_ROOT.0.1" "$MIB_ROOT.0.2"; do
	if [ "$raise" = "$MIB_ROOT.0.1" ]; then unplug v0; else plug v0; fi
	comes "INFORM, SNMP v3, user informer, context "
	arrived 3
done

say "SIGHUP: other sinks and other communities, or all as before"
configure "rocommunity other 127.0.0.1" "trap2sink $traps_at second"
kill -HUP "$pid_bondcarrierd"
community_is()
{
	snmpget -v2c -c "$1" -t 1 -r 0 127.0.0.1 "$name" >/dev/null 2>&1
}
wait_until "$DEADLINE" community_is other || fail "the new one is not let in"
configure "rocommunity third nowhere.invalid"
kill -HUP "$pid_bondcarrierd"
wait_until "$DEADLINE" grep -q \
	"bondcarrierd.conf: line 8: rocommunity: .*esol" \
	"$here/bondcarrierd.out.log" || fail "the bad line is not named"
wait_until "$DEADLINE" grep -q "invalid configuration rejected, keeping the old" \
	"$here/bondcarrierd.out.log" || fail "not rejected"
wait_until "$DEADLINE" community_is other ||
	fail "what was in force is not any more"
unplug v0
for raise in "$MIB_ROOT.0.1" "$MIB_ROOT.0.3"; do
	comes "TRAP2, SNMP v2c, community second"
done

say "a throttled one arrives late, after newer ones"
configure "notifyThrottle 10000" "trap2sink $traps_at third"
kill -HUP "$pid_bondcarrierd"
said_read_again()
{
	[ "$(grep -c "configuration reloaded" \
		"$here/bondcarrierd.out.log")" = 3 ]
}
wait_until "$DEADLINE" said_read_again || fail "SIGHUP does nothing"
plug v0
raise=$MIB_ROOT.0.4
comes "TRAP2, SNMP v2c, community third"
unplug v0
for raise in "$MIB_ROOT.0.1" "$MIB_ROOT.0.3"; do
	comes "TRAP2, SNMP v2c, community third"
done
agent_says . bondAgentNotificationsQueued=0

say "SIGUSR1 logs the state"
kill -USR1 "$pid_bondcarrierd"
wait_until "$DEADLINE" grep "state: listening on udp:127.0.0.1:161, 1 trap sink;" \
	"$here/bondcarrierd.out.log" || fail "no state"

say "engineBoots rises at each start, also after kill -9"
first=$(boots)
engine=$(plain .1.3.6.1.6.3.10.2.1.1.0)
configure
stop bondcarrierd
expect "its exit status" 0 "$status"
launch
agent_says . bondAgentStatus=synchronised
expect "engineBoots" $((first + 1)) "$(boots)"
stop bondcarrierd KILL
launch
agent_says . bondAgentStatus=synchronised
expect "engineBoots" $((first + 2)) "$(boots)"
expect "the engine's name" "$engine" "$(plain .1.3.6.1.6.3.10.2.1.1.0)"

say "it listens on loopback only: without sinks it has no other socket"
ss -Hlnutp | grep bondcarrierd >"$here/listening"
expect "its sockets" "127.0.0.1:161" "$(awk '{ print $5 }' "$here/listening")"

say "the keys persist without the passphrases"
stop bondcarrierd
sed -i /createUser/d "$here/bondcarrierd.conf"
launch
agent_says . bondAgentStatus=synchronised
# shellcheck disable=SC2086 # words
expect "bondName, as joe" '"bond0"' "$(v3 -l authPriv $SHA 127.0.0.1 "$name")"
grep -q -- "-of-joe" "$KEYS/bondcarrierd.conf" &&
	fail "a passphrase is in the file of keys"

say "an address in use: one log line"
status=0
timeout "$DEADLINE" "$BUILDDIR/bondcarrierd" -f -S 161 \
	-C "$here/bondcarrierd.conf" -L e >"$here/second" 2>&1 || status=$?
expect "the status of a second one" 1 "$status"
expect "what it says" \
	"cannot listen on udp:127.0.0.1:161: Address already in use" \
	"$(cat "$here/second")"
