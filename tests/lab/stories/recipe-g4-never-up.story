# Slaves with a link that are never up. With an unknown speed, balance-tlb and
# 802.3ad set a slave to BACK, refuse it when its updelay ends, and start over;
# and a slave in BACK or FAIL stays so when miimon is set to 0. The other slave
# carries all traffic, so nothing else shows the problem.
show()
{
	"$BUILDDIR/cli/bondcarrier" show "$1" >"$here/shown" || fail "no page"
	tr -s ' \n' ' ' <"$here/shown"
}

shows() # BOND WORDS
{
	wait_until "$DEADLINE" shows_now "$@" || fail "not shown: $2
$(cat "$here/shown")"
	echo "   shown: $2"
}

shows_now()
{
	case $(show "$1") in
	*"$2"*) ;;
	*) return 1 ;;
	esac
}

never_shows() # BOND WORDS
{
	! shows_now "$@" || fail "shown: $2"
}

start_agents "discrepancyGrace $LONG_GRACE"
cable v0 v1 v2
ip link add d0 type dummy
bond tlb mode balance-tlb miimon 100 updelay 400
enslave tlb v0 d0
plug v0
ip link set d0 carrier off
kernel_says tlb running=yes
kernel_says v0 mii=up
kernel_says d0 mii=down
agent_says tlb bondEffectiveCarrier=up bondDiscrepancies= bondPending= \
	bondWarnings=degraded

say "refused for ever"
ip link set d0 carrier on
kernel_says d0 lower_up=yes "mii=going back"
agent_says tlb bondPending=slaveFalseDown bondDiscrepancies=
grace 500
agent_says tlb bondDiscrepancies=slaveFalseDown bondEffectiveCarrier=up
agent_keeps 3 tlb bondDiscrepancies=slaveFalseDown bondPending= \
	bondWarnings=degraded bondEffectiveCarrier=up bondRunning=true
shows tlb "balance-tlb refuses a slave whose speed is unknown"
ip link set d0 carrier off
agent_says tlb bondDiscrepancies=

say "in BACK when the monitor is turned off"
grace $LONG_GRACE
bond rr mode balance-rr miimon 100 updelay 600000
enslave rr v1
kernel_says v1 mii=down
plug v1
kernel_says v1 "mii=going back"
agent_says rr/v1 bondSlaveMiiStatus=goingBack
bond_option rr miimon 0
agent_says rr bondPending=falseDown,slaveFalseDown \
	bondWarnings=unmonitored,degraded
grace 500
agent_says rr bondDiscrepancies=falseDown,slaveFalseDown \
	bondWarnings=unmonitored,degraded
kernel_says v1 "mii=going back"
shows rr "miimon is 0: this bond never looks at its slaves"
never_shows rr "may still be running"

say "a monitor that hardly ever checks"
bond slow mode active-backup miimon 100000
enslave slow v2
agent_says slow bondWarnings=degraded,slowMonitor
shows slow "slowMonitor: miimon is 100000 ms: the bonding driver may take 100 s \
to notice that a slave is dead; set miimon 100"
