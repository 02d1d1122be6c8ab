# The kernel sends no message when a slave's delay begins: the agent reads
# that again by itself, within five seconds. The driver looks every five
# seconds here; v1 shows when it has just done so, v2 keeps the carrier up.
start_agents
cable v0 v1 v2
plug v0 v1 v2
bond bond0 mode balance-rr miimon 5000 downdelay 40000
enslave bond0 v0 v1 v2
kernel_says bond0 running=yes
kernel_says v0 mii=up
kernel_says v1 mii=up
agent_says bond0/v0 bondSlaveMiiStatus=up bondSlaveLowerUp=true

# tell_all: from now on what `ip monitor` hears is kept; nothing_told: it was
# nothing.
tell_all()
{
	ip monitor link >"$here/told" &
	teller=$!
}
nothing_told()
{
	kill $teller
	wait $teller 2>/dev/null || :
	expect "link messages of the kernel meanwhile" "" "$(cat "$here/told")"
}

say "unplugged: going down when the driver looks next, and no word of it"
unplug v1
kernel_says v1 "mii=going down"
unplug v0
kernel_says v0 lower_up=no mii=up operstate=lowerlayerdown
tell_all
kernel_says v0 "mii=going down"
DEADLINE=7 agent_says bond0/v0 bondSlaveMiiStatus=goingDown
nothing_told

say "both down"
plug v0 v1
kernel_says v0 mii=up
kernel_says v1 mii=up
bond_option bond0 downdelay 0
bond_option bond0 updelay 40000
unplug v0 v1
kernel_says v0 mii=down
kernel_says v1 mii=down
agent_says bond0/v0 bondSlaveMiiStatus=down

say "plugged: going back likewise"
plug v1
kernel_says v1 "mii=going back"
plug v0
kernel_says v0 lower_up=yes mii=down operstate=up
tell_all
kernel_says v0 "mii=going back"
DEADLINE=7 agent_says bond0/v0 bondSlaveMiiStatus=goingBack \
	bondSlaveCorrectedLink=down
nothing_told
agent_says bond0 bondDiscrepancies= bondDiscrepancyRaises=0
