# Slaves and active slaves of each bond, as prometheus-node-exporter tells them,
# and by a walk. Not more bonds: it reads the kernel's list of them, which is cut
# after a page, and then tells of none.
. "$LAB/../../bench/lib.sh"
BONDS=${BONDS:-400} SLAVES=${SLAVES:-8}
for tool in prometheus-node-exporter curl; do
	command -v $tool >/dev/null || skip "no $tool here"
done
snmpd_modules=vacm_conf,usmConf,system_mib,snmp_mib
make_bonds big "$BONDS" "$SLAVES"
start_snmpd
start_bondcarrierd "notify none"
agent_says . "bondCount=$BONDS"
settled "$pid_bondcarrierd"
start node_exporter prometheus-node-exporter --collector.disable-defaults \
	--collector.bonding --web.listen-address=127.0.0.1:9100
scrape()
{
	curl -s -w '%{stderr}%{time_total}' http://127.0.0.1:9100/metrics \
		>"$here/scrape" 2>"$here/took"
}
all_scraped()
{
	scrape && [ "$(grep -c ^node_bonding_active "$here/scrape")" = "$BONDS" ]
}
wait_until 60 all_scraped || fail "not all bonds are scraped"
slaves=$(oids 1 bondSlaveCount) usable=$(oids 1 bondSlavesUsable)
for round in 1 2 3; do
	cpu=$(cpu_ns "$pid_node_exporter")
	scrape
	result "slaves and active slaves of $BONDS bonds" node_exporter ms \
		"$(calc "$(cat "$here/took") * 1e3")"
	result "processor time of that" node_exporter ms \
		"$(calc "($(cpu_ns "$pid_node_exporter") - $cpu) / 1e6")"
	cpu=$(($(cpu_ns "$pid_snmpd") + $(cpu_ns "$pid_bondcarrierd")))
	began=$(now_cs)
	"$probe" walk 50 $((BONDS / 50)) this "$snmpd_at" \
		"${slaves%.1},${usable%.1}" >/dev/null
	result "slaves and active slaves of $BONDS bonds" this ms \
		"$(calc "($(now_cs) - $began) * 10")"
	result "processor time of that" this ms "$(calc "($(cpu_ns \
		"$pid_snmpd") + $(cpu_ns "$pid_bondcarrierd") - $cpu) / 1e6")"
done
stop node_exporter
