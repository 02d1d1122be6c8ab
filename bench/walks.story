# Walks through snmpd of many rows, by turns with one of few; memory of a slave.
. "$LAB/../../bench/lib.sh"
BONDS=${BONDS:-1000} SLAVES=${SLAVES:-8}
rows=$((BONDS * SLAVES))
REQUESTS=${REQUESTS:-$((rows / 10))} # to the end of a column
DEADLINE=300
few_at=udp:127.0.0.1:1161
# snmpd's own interface tables take the longer the more links there are, and
# are asked for nothing here: see alone.story.
snmpd_modules=vacm_conf,usmConf,system_mib,snmp_mib,pass_persist

# The same again, with an agent that is told of ten bonds only.
start_few()
{
	sed "s|^agentAddress .*|agentAddress $few_at|
		s|^agentXSocket .*|&-few|" "$here/snmpd.conf" >"$here/few.conf"
	start few_snmpd snmpd -f -C -c "$here/few.conf" -Lf "$here/few.log" \
		-I "$snmpd_modules"
	printf '%s\n' "stateFile none" "notify none" "include few*" \
		>"$here/few-agent.conf"
	start few_agent "$BUILDDIR/bondcarrierd" -f -x "$agentx-few" \
		-C "$here/few-agent.conf" -L e
	start_floor few_floor "$floor/floor_subagent" "$agentx-few" 10 8 12
	ask_few agent_says . bondSlaveTotal=80
	settled "$pid_few_agent"
}

ask_few()
{
	af_at=$snmpd_at snmpd_at=$few_at
	"$@"
	snmpd_at=$af_at
}

say "80 slaves"
make_bonds few 10 8
start_snmpd "pass_persist $pass_root $BENCH/peer/pass_persist.py" \
	"agentXTimeout 30"
start_bondcarrierd "notify none"
agent_says . bondSlaveTotal=80
settled "$pid_bondcarrierd"
few_kib=$(rss_kib "$pid_bondcarrierd")

say "$rows slaves"
make_bonds big $((BONDS - 10)) "$SLAVES"
agent_says . "bondSlaveTotal=$rows"
settled "$pid_bondcarrierd"
measure="resident memory, per further slave"
result "$measure" this bytes "$(calc \
	"($(rss_kib "$pid_bondcarrierd") - $few_kib) * 1024 / ($rows - 80)")"
at_most "$measure" - 1024
start_floor floor_subagent "$floor/floor_subagent" "$agentx" "$BONDS" \
	"$SLAVES" 12
start_few

slave_table=.$MIB_ROOT.1.5.1
walks "walk of $rows slaves, one column" "$REQUESTS" \
	this "$snmpd_at" $slave_table.6 \
	floor "$snmpd_at" $floor_root.2.1.5 \
	pass_persist "$snmpd_at" $pass_root.1.2 \
	80_slaves $few_at $slave_table.6
# Those from the second to the 13th have a value for every slave.
walks "walk of $rows slaves, 12 columns" "$REQUESTS" \
	this "$snmpd_at" "$(twelve $slave_table 2)" \
	floor "$snmpd_at" "$(twelve $floor_root.2.1 1)" \
	pass_persist "$snmpd_at" "$(twelve $pass_root.1 1)" \
	80_slaves $few_at "$(twelve $slave_table 2)"
for measure in "one column" "12 columns"; do
	at_most "walk of $rows slaves, $measure" floor 1.1
	at_most "walk of $rows slaves, $measure" pass_persist 0.667
	at_most "cost of a value, $measure" "80_slaves" 1.15
done
stop few_agent
stop few_floor
stop few_snmpd
stop floor_subagent
