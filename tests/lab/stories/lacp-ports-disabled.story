# 802.3ad refuses a port of unknown speed once it was down. Both cables flap,
# one after the other, and come back so: the bond stays RUNNING with no enabled
# port, and carries nothing. If they come back as they were, nothing is
# reported.
start_agents
tap_cables t0:p0 t1:p1
bond bond0 mode 802.3ad miimon 100 updelay 200 lacp_rate fast
bond far mode 802.3ad miimon 100 lacp_rate fast
enslave bond0 t0 t1
enslave far p0 p1
kernel_says bond0 running=yes bonding/ad_num_ports=2
agent_says bond0 bondEffectiveCarrier=up bondEffectiveReason=linkUp
start watch "$BUILDDIR/cli/bondcarrier" watch --json bond0
wait_until "$DEADLINE" grep -q '"state"' "$here/watch.out.log" ||
	fail "bondcarrier watch does not begin"

# pull_both SECONDS: unplugs both, and plugs them in again after that time.
pull_both()
{
	tap t0 unplug
	tap t1 unplug
	sleep "$1"
	tap t0 plug
	tap t1 plug
	kernel_says bond0 running=yes bonding/ad_num_ports=2
	agent_says bond0 bondEffectiveCarrier=up bondEffectiveReason=linkUp
}

say "both are pulled and plugged, briefly and for longer"
for seconds in 0.05 0.15 0.3 1; do
	pull_both $seconds
done
say "one after the other"
tap t0 unplug
kernel_says t0 mii=down
tap t0 plug
tap t1 unplug
kernel_says t1 mii=down
tap t1 plug
kernel_says bond0 running=yes bonding/ad_num_ports=2
agent_says bond0 bondEffectiveCarrier=up
! grep portsDisabled "$here/watch.out.log" || fail "an ordinary plug"

say "each comes back with an unknown speed"
for n in 0 1; do
	tap "t$n" speed unknown
	tap "t$n" unplug
	kernel_says bond0 running=yes "bonding/ad_num_ports=$((1 - n))"
	tap "t$n" plug
done
kernel_says t0 lower_up=yes
kernel_says t1 lower_up=yes
agent_says bond0 bondRunning=true bondEffectiveCarrier=down \
	bondEffectiveReason=portsDisabled bondAggregatorPorts=0
trap_arrives bondDiscrepancyRaised bondEventKind=falseUp
kernel_keeps 3 bond0 running=yes lower_up=yes bonding/ad_num_ports=0
"$BUILDDIR/cli/bondcarrier" show bond0 | grep -q 'down (portsDisabled)\|noSlaveUp' ||
	fail "the page considers it up"

say "the speed is set"
for n in 0 1; do
	tap "t$n" unplug
	kernel_says "t$n" lower_up=no
	tap "t$n" speed 1000
	tap "t$n" plug
done
kernel_says bond0 running=yes bonding/ad_num_ports=2
agent_says bond0 bondEffectiveCarrier=up bondEffectiveReason=linkUp \
	bondDiscrepancies=
stop watch
exec 8>&- 9<&-
