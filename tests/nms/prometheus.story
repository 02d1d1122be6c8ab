# Prometheus and snmp_exporter with snmpd and bondcarrierd, using the installed
# files of contrib/prometheus: unplug, and the alert fires; plug, and it
# resolves. Only the intervals and the target are the story's: a scrape may take
# as long as its interval, and a failed one restarts each 'for'.
DEADLINE=600
for tool in prometheus prometheus-snmp-exporter curl; do
	command -v $tool >/dev/null || skip "no $tool here"
done
rules=$LAB/../../contrib/prometheus/bondcarrier.rules.yml
example=$LAB/../../contrib/prometheus/prometheus.yml

start_agents "discrepancyGrace 1000"

say "Prometheus beside them"
sed -e 's/scrape_interval: .*/scrape_interval: 10s/' \
	-e 's/evaluation_interval: .*/evaluation_interval: 2s/' \
	-e "s,- bondcarrier.rules.yml,- $rules," \
	-e 's/- 192.0.2.1$/- 127.0.0.1/' "$example" >"$here/prometheus.yml"
grep -q '127.0.0.1$' "$here/prometheus.yml" || fail "no target to set"
start exporter prometheus-snmp-exporter \
	--config.file="$BUILDDIR/contrib/prometheus/snmp.yml" \
	--web.listen-address=127.0.0.1:9116
start prometheus prometheus --config.file="$here/prometheus.yml" \
	--storage.tsdb.path="$here/tsdb" --web.listen-address=127.0.0.1:9090
trap 'ended=$?; stop prometheus; stop exporter; the_end $ended' EXIT

ask() # API-PATH
{
	curl -sf -m 20 "http://127.0.0.1:9090/api/v1/$1"
}

# alerts: a line "NAME BOND STATE" for each.
alerts()
{
	ask alerts | sed 's/{"labels"/\n&/g' | sed -n \
		's/.*"alertname":"\([^"]*\)".*"state":"\([a-z]*\)".*/& \1 \2/p' |
		awk '{
			bond = "-"
			if (match($0, /"bondName":"[^"]*"/))
				bond = substr($0, RSTART + 12, RLENGTH - 13)
			print $(NF - 1), bond, $NF
		}' | sort
}

alert_is()
{
	alerts >"$here/alerts.now"
	grep -qx "$1" "$here/alerts.now"
}

alert_is_not()
{
	# From a Prometheus that answers.
	alerts >"$here/alerts.now" && ask status/buildinfo >/dev/null &&
		! grep -q "^$1 " "$here/alerts.now"
}

fires() # "NAME BOND"
{
	wait_until "$DEADLINE" alert_is "$1 ${2-firing}" || fail "no alert $1
$(cat "$here/alerts.now")"
	echo "   alert:  $1 ${2-firing}"
}

resolves()
{
	wait_until "$DEADLINE" alert_is_not "$1" || fail "still: $1
$(cat "$here/alerts.now")"
	echo "   alert:  $1 resolved"
}

scraped()
{
	ask 'query?query=bondAgentStatus' | grep -q '"value":\[[0-9.]*,"1"\]'
}
wait_until "$DEADLINE" scraped || fail "Prometheus has no bondAgentStatus"

say "a good bond, one without a link monitor, one without a partner"
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
fires "BondUnmonitored bond0" pending
resolves "BondDown bond1"
resolves "BondRedundancyLost bond1"
resolves "BondFalseUp bond0"

say "a cable of the unmonitored one is pulled"
unplug v0
fires "BondFalseUp bond0"
fires "BondDown bond0"
say "and plugged in again"
plug v0
resolves "BondFalseUp bond0"
resolves "BondDown bond0"

say "one cable of two: redundancy; both: down; none: fine"
unplug v1
fires "BondRedundancyLost bond1"
unplug v2
fires "BondDown bond1"
resolves "BondRedundancyLost bond1"
plug v1 v2
resolves "BondDown bond1"
resolves "BondRedundancyLost bond1"

say "no LACP partner answers"
plug v3
fires "BondNoLacpPartner bond2"

say "bondcarrierd is gone, and comes back"
stop bondcarrierd
expect "its end" 0 "$status"
fires "BondAgentLost -"
resolves "BondNoLacpPartner bond2"
start_bondcarrierd "discrepancyGrace 1000"
resolves "BondAgentLost -"
fires "BondNoLacpPartner bond2"
ip link del bond2
resolves "BondNoLacpPartner bond2"

say "snmpd is gone"
stop snmpd
fires "BondAgentLost -"
start_snmpd
resolves "BondAgentLost -"
echo "   the longest scrape: $(ask \
	'query?query=max_over_time(scrape_duration_seconds\[30m\])' |
	sed 's/.*,"\([0-9.]*\)"\].*/\1/') s"
if [ -d "$here/out" ]; then
	curl -sf "http://127.0.0.1:9116/snmp?module=bondcarrier&target=127.0.0.1" \
		>"$here/out/metrics"
fi
