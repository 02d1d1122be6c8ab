# What doc/pictures shows in Zabbix: bond0 has no link monitor, bond1 has. Each
# is unplugged and plugged; at the end bond0 is unplugged again, and lies. Keeps
# Zabbix' database and its period, for tests/nms/zabbix-picture. Takes some
# eight minutes.
DEADLINE=600
[ -d "$here/out" ] || skip "nowhere to leave the picture's data"
. "$LAB/../nms/zabbix-lab.sh"

start_trap_handler
start_snmpd
start_bondcarrierd "discrepancyGrace 1000"
agent_says . bondAgentStatus=synchronised
cable v0 v1 v2 v3
bond bond0 mode active-backup miimon 0
enslave bond0 v0 v3
bond bond1 mode active-backup miimon 100
enslave bond1 v1 v2
plug v0 v1 v2 v3
agent_says bond0 bondEffectiveCarrier=up bondDiscrepancies=
agent_says bond1 bondEffectiveCarrier=up bondDiscrepancies= bondWarnings=

say "Zabbix beside them"
start_zabbix
polled 'bondEffectiveCarrier[bond0]' 1
polled 'bondEffectiveCarrier[bond1]' 1
polled 'bondSlaveCorrectedLink[bond1,v2]' 1
become "warning: bond0 does not watch its links"
date +%s >"$here/out/begin"
kernel_keeps 40 bond0 running=yes

say "bond0 unplugged: it lies"
unplug v0 v3
polled 'bondEffectiveCarrier[bond0]' 2
kernel_keeps 60 bond0 running=yes
plug v0 v3
polled 'bondEffectiveCarrier[bond0]' 1
kernel_keeps 30 bond1 running=yes

say "bond1, one cable and then both: it reports that"
unplug v1
polled 'bondSlavesUsable[bond1]' 1
kernel_keeps 30 bond1 running=yes
unplug v2
polled 'bondEffectiveCarrier[bond1]' 2
kernel_keeps 30 bond1 running=no
plug v1 v2
polled 'bondEffectiveCarrier[bond1]' 1
kernel_keeps 40 bond1 running=yes

say "bond0 again"
unplug v0 v3
become "warning: bond0 does not watch its links" \
	"disaster: bond0 lies about being up"
kernel_keeps 40 bond0 running=yes

expect "that bond0 has no carrier, beside" "" \
	"$(ask ever | grep 'bond0 has no carrier' || :)"

date +%s >"$here/out/end"
ask dashboard >"$here/out/dashboard"
stop_zabbix
tar -C "$zabbix" -cf "$here/out/data.tar" data
