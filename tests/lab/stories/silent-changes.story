# The kernel sends no message when a slave's delay starts: the agent re-reads
# that itself. (The unit tests check how soon: 5 s.) The driver checks every
# five seconds here; v1 shows when it has just done so, v2 keeps the carrier up.
# The story does not wait for the end of the delays.
start_agents "discrepancyGrace $LONG_GRACE" "resyncInterval 86400"
cable v0 v1 v2
plug v0 v1 v2
bond bond0 mode balance-rr miimon 5000 downdelay 600000
enslave bond0 v0 v1 v2
kernel_says bond0 running=yes

# seen_before FROM TO plug|unplug LOWER OPER: right after the driver has checked
# v1, v0 is changed, and its event arrives before the next check. On a busy
# machine that may take several attempts: `undo` reverts a failed one.
seen_before()
{
	sb_tries=0
	while :; do
		"$3" v1
		kernel_says v1 "mii=$2"
		"$3" v0
		kernel_says v0 "lower_up=$4" "operstate=$5"
		tell_all
		kernel_is v0 "mii=$1" && return
		was_told >"$here/too-late"
		sb_tries=$((sb_tries + 1))
		[ $sb_tries -lt 20 ] || fail "always too late for v0 mii=$1"
		undo
	done
}

say "unplugged: FAIL at the driver's next check, without an event"
undo()
{
	plug v0 v1
	kernel_says v0 mii=up
	kernel_says v1 mii=up
	agent_says bond0/v0 bondSlaveMiiStatus=up bondSlaveLowerUp=true
}
undo
seen_before up "going down" unplug no lowerlayerdown
kernel_says v0 "mii=going down"
agent_says bond0/v0 bondSlaveMiiStatus=goingDown
nothing_told

say "both down"
undo
bond_option bond0 downdelay 0
bond_option bond0 updelay 600000
undo()
{
	unplug v0 v1
	kernel_says v0 mii=down
	kernel_says v1 mii=down
	agent_says bond0/v0 bondSlaveMiiStatus=down bondSlaveLowerUp=false
}
undo

say "plugged: BACK in the same way"
seen_before down "going back" plug yes up
kernel_says v0 "mii=going back"
agent_says bond0/v0 bondSlaveMiiStatus=goingBack \
	bondSlaveCorrectedLink=down
nothing_told
agent_says bond0 bondDiscrepancies=
