# strictLacp yes: LACP takes some seconds when a bond comes up, which is no
# discrepancy. When a partner falls silent the bond is down, and pulling and
# plugging a cable of that partner does not make it up for a moment, although
# the kernel keeps the old LACP bits until its port is enabled again.
modprobe -d /run/modules sch_netem
start_agents "strictLacp yes"

strict()
{
	"$BUILDDIR/cli/bondcarrier" "$@" bond0
}

check_is()
{
	ci_status=0
	strict check -w none --strict-lacp >"$here/check" || ci_status=$?
	[ $ci_status = "$1" ]
}

# The other direction of the track file: exit 0 if the agent says up.
check_becomes()
{
	wait_until "$DEADLINE" check_is "$1" ||
		fail "check --strict-lacp is $ci_status: $(cat "$here/check")"
	echo "   check --strict-lacp: $1"
}

say "six times a bond comes up"
for n in 1 2 3 4 5 6; do
	lacp_pair
	kernel_says bond0 running=yes bonding/ad_num_ports=2
	agent_says bond0 bondEffectiveCarrier=up bondEffectiveReason=linkUp
	expect "discrepancies raised" 0 \
		"$(agent_value bond0 bondDiscrepancyRaises)"
	check_becomes 0
	[ $n = 6 ] || {
		ip link del bond0
		ip link del far
		ip link del v0
		ip link del v1
	}
done

# "Not up for a moment": what watch has seen since it started.
start watch "$BUILDDIR/cli/bondcarrier" watch --json --strict-lacp bond0
wait_until "$DEADLINE" grep -q '"state"' "$here/watch.out.log" ||
	fail "bondcarrier watch does not begin"
silence()
{
	for si_n in w0 w1; do tc qdisc add dev $si_n root netem loss 100%; done
}

say "the cables are pulled before LACP notices that nobody answers"
silence
ip link set w0 down
ip link set w1 down
kernel_says bond0 running=no
agent_says bond0 bondEffectiveCarrier=down bondEffectiveReason=noSlaveUp
before=$(agent_value bond0 bondEffectiveTransitions)
for n in w0 w1; do
	ip link set $n up
	kernel_says bond0 running=yes
	agent_says bond0 bondEffectiveCarrier=down \
		bondEffectiveReason=notDistributing
	agent_keeps 6 bond0 bondEffectiveCarrier=down
done
check_becomes 2
expect "effective changes since then" "$before" \
	"$(agent_value bond0 bondEffectiveTransitions)"
expect "of them seen by watch" 0 \
	"$(grep -c '"effectiveUp"' "$here/watch.out.log")"

say "it answers again"
for n in w0 w1; do tc qdisc del dev $n root; done
agent_says bond0 bondEffectiveCarrier=up bondEffectiveReason=linkUp
check_becomes 0
stop watch
