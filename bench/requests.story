# Requests: memory and GETs at one bond, and what else could be asked.
. "$LAB/../../bench/lib.sh"
GETS=${GETS:-2000}

cable v0 v1
bond bond0 mode active-backup miimon 100
enslave bond0 v0 v1
plug v0 v1
# -cacheTime -1: a fresh value for each GET, as all others give.
start_snmpd "pass_persist $pass_root $BENCH/peer/pass_persist.py" \
	"extend -cacheTime -1 bond /bin/cat /sys/class/net/bond0/carrier" \
	"agentXTimeout 30"
start_bondcarrierd "notify none"
start_floor floor_subagent "$floor/floor_subagent" "$agentx" 10 8 12
agent_says . bondAgentStatus=synchronised
settled "$pid_bondcarrierd"
measure="resident memory at one bond"
result "$measure" this KiB "$(rss_kib "$pid_bondcarrierd")"
result "$measure" floor KiB "$(rss_kib "$pid_floor_subagent")"
at_most "$measure" floor 1.15

if command -v lldpd >/dev/null && getent passwd _lldpd >/dev/null; then
	mkdir -p /run/lldpd
	start lldpd lldpd -d -x -X "$agentx" -u "$here/lldpd.socket" -I lo
	lldp=.1.0.8802.1.1.2.1.1.1.0 # lldpMessageTxInterval
	wait_until 60 sh -c "snmpget -v2c -c public -On $snmpd_at $lldp |
		grep -q INTEGER" || fail "lldpd does not answer"
	result "$measure" lldpd KiB "$(rss_kib "$pid_lldpd")"
fi

say "GET, by turns"
# The peers among themselves: who comes after many others is the slower for it,
# this more than its floor (some 0.15 in the lab).
"$probe" get "$snmpd_at" "$GETS" \
	this="$(oids "$(ifindex bond0)" bondEffectiveCarrier)" \
	floor=$floor_root.1.0 >"$here/gets"
"$probe" get "$snmpd_at" "$GETS" \
	"IF-MIB=.1.3.6.1.2.1.2.2.1.8.$(ifindex bond0)" \
	pass_persist=$pass_root.1.1.1 \
	${pid_lldpd:+lldpd=$lldp} >>"$here/gets"
"$probe" get "$snmpd_at" 50 \
	extend=.1.3.6.1.4.1.8072.1.3.2.3.1.4.4.98.111.110.100 >>"$here/gets"
while read -r who p50 p99; do
	result "GET of bondEffectiveCarrier, p50" "$who" us "$p50"
	result "GET of bondEffectiveCarrier, p99" "$who" us "$p99"
done <"$here/gets"
at_most "GET of bondEffectiveCarrier, p50" floor 1.05
stop lldpd
