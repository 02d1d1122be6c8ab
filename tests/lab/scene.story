# What `./quickstart run` shows on a host without bonds: the false RUNNING and
# the truth, in order, with one line of explanation each.
. "$LAB/lib/view.sh"

step=0
scene()
{
	step=$((step + 1))
	printf '\n[%d] %s\n' $step "$*"
}

shell()
{
	printf '    $ %s\n' "$*"
}

indent()
{
	sed 's/^/    /'
}

# Without the column of MAC addresses.
show_links()
{
	shell "ip -br link show type $1"
	ip -br link show type "$1" |
		awk '{ printf "%-6s %-15s %s\n", $1, $2, $4 }' |
		sed 's/@[^ ]*//' | grep -v -e '-far' | indent
}

# The rows of the walk that matter here.
show_walk()
{
	shell "snmpwalk -v2c -c public localhost bondCarrierMIB"
	view "$snmpd_at" ".$MIB_ROOT" >/run/lab/walked
	grep -E '^bond(Name|Running|LowerUp|EffectiveCarrier|EffectiveReason|Discrepancies|SlaveName|SlaveLowerUp|SlaveMiiStatus|SlaveCorrectedLink)\.' \
		/run/lab/walked | indent
	echo "    ($(grep -c . "$here/view.names") rows in all;" \
		"the last column is the number below the MIB's root)"
}

# The varbinds after sysUpTime and snmpTrapOID, long texts wrapped.
show_trap()
{
	echo "    $1, at snmptrapd on udp:127.0.0.1:162:"
	echo "$trap" | tr '|' '\n' | sed '1,2d' | awk '{
		name = $0
		sub(/=.*/, "", name)
		count = split(substr($0, length(name) + 2), word, " ")
		line = sprintf(count ? "      %-24s" : "      %s", name)
		for (i = 1; i <= count; i++) {
			if (length(line) + 1 + length(word[i]) > 79) {
				print line
				line = sprintf("%30s", "")
			}
			line = line " " word[i]
		}
		print line
	}'
}

echo "A kernel with the real bonding driver, run as a process: $(uname -sr)"
start_agents >/run/lab/quiet || { cat /run/lab/quiet; exit 1; }

scene "Two network cards, no cable in either, bonded without link monitoring:"
cable eth0 eth1
shell "ip link add bond0 type bond mode active-backup miimon 0"
bond bond0 mode active-backup miimon 0
enslave bond0 eth0 eth1
kernel_says eth1 operstate=lowerlayerdown >/run/lab/quiet
show_links veth

scene "The bond still says UP and LOWER_UP, and keepalived believes it:"
kernel_says bond0 running=yes >/run/lab/quiet
wait_until "$DEADLINE" kernel_is bond0 operstate=up
show_links bond

scene "bondcarrier asks the kernel about each slave, and works out the truth:"
shell "bondcarrier show"
"$BUILDDIR/cli/bondcarrier" show | indent

scene "The same over SNMP: RUNNING is true, but the effective carrier is down:"
agent_says bond0 bondEffectiveCarrier=down \
	bondDiscrepancies=falseUp,slaveFalseUp >/run/lab/quiet
show_walk

scene "No polling needed: the notification has reached the trap sink:"
trap_arrives bondDiscrepancyRaised bondEventKind=falseUp >/run/lab/quiet
show_trap bondDiscrepancyRaised

scene "A cable is plugged into eth0: now RUNNING is true, and falseUp clears:"
shell "ip link set eth0-far up      # the switch's end of the cable"
plug eth0
trap_arrives bondDiscrepancyCleared bondEventKind=falseUp >/run/lab/quiet
show_trap bondDiscrepancyCleared
echo
echo "Done. On your own host, set miimon 100; the README has more."
