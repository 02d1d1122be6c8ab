# Records each recipe that makes the bonding driver wrong, one capture each: see
# record-fixtures. tests/unit/test_fixtures.c has what the captures must show
# when they are replayed.
PATH="$BUILDDIR/cli:$PATH"

# Two seconds, and what the monitors and delays here add.
GRACE=4
LACP_GRACE=12

is_empty()
{
	[ "$(wc -c <"$1")" -le 24 ]
}

not()
{
	! "$@"
}

# Records everything from now on, until it is kept.
record()
{
	recorded=$1
	say "$recorded"
	bondcarrier capture "/run/lab/$recorded.pcap" &
	recorder=$!
	wait_until "$DEADLINE" test -s "/run/lab/$recorded.pcap"
	wait_until "$DEADLINE" not is_empty "/run/lab/$recorded.pcap"
}

# keep SECONDS: holds the state for that long, then stores it as a fixture.
keep()
{
	holds "$1" true
	kill "$recorder"
	wait "$recorder"
	cp "/run/lab/$recorded.pcap" /run/lab/out/
	echo "   $(wc -c <"/run/lab/$recorded.pcap") bytes"
}

# Removes everything of the last recipe.
sweep()
{
	for sw_name in $(ip netns list | cut -d ' ' -f 1); do
		ip netns del "$sw_name"
	done
	for sw_kind in vlan bond dummy veth; do
		while sw_name=$(first_of $sw_kind) && [ -n "$sw_name" ]; do
			ip link del "$sw_name"
		done
	done
}

first_of()
{
	ip -o link show type "$1" | sed -n '1s/^[0-9]*: \([^:@]*\).*/\1/p'
}

# One bond of each mode that does not require miimon, each with two slaves.
r_a_unmonitored()
{
	n=0
	for mode in balance-rr active-backup balance-xor broadcast \
		balance-tlb balance-alb; do
		cable "v$n" "u$n"
		bond "bond$n" mode "$mode"
		bond_option "bond$n" miimon 0
		enslave "bond$n" "v$n" "u$n"
		n=$((n + 1))
	done
	record a-unmonitored
	for n in 0 1 2 3 4 5; do
		kernel_says "bond$n" running=yes
	done
	keep $GRACE
}

r_a_repaired()
{
	cable v0 v1
	bond bond0 mode active-backup miimon 0
	enslave bond0 v0 v1
	kernel_says bond0 running=yes
	record a-repaired
	holds $GRACE true
	plug v0
	kernel_says v0 lower_up=yes
	unplug v0
	kernel_says v0 lower_up=no
	holds $GRACE true
	bond_option bond0 miimon 100
	kernel_says bond0 running=no
	keep $GRACE
}

r_a2_unmonitored_lacp()
{
	cable v0 v1
	plug v0 v1
	bond bond0 mode 802.3ad miimon 100 lacp_rate fast
	enslave bond0 v0 v1
	kernel_says bond0 running=yes
	# Some nine seconds after the first slave the kernel selects an
	# aggregator again, and would find that there is no link.
	kernel_keeps 12 bond0 running=yes
	record a2-unmonitored-lacp
	bond_option bond0 miimon 0
	unplug v0 v1
	kernel_says v1 lower_up=no
	kernel_says bond0 running=yes
	keep $LACP_GRACE
}

r_b_no_slaves()
{
	record b-no-slaves
	bond bond0 mode active-backup miimon 100
	kernel_says bond0 running=no
	keep $GRACE
}

r_c_no_partner()
{
	record c-no-partner
	cable v0 v1
	plug v0 v1
	bond bond0 mode 802.3ad miimon 100 lacp_rate fast
	enslave bond0 v0 v1
	kernel_says bond0 running=yes bonding/ad_partner_mac=00:00:00:00:00:00
	keep $LACP_GRACE
}

r_c2_silent_partner()
{
	modprobe -d /run/modules sch_netem
	lacp_pair
	mac=$(cat /sys/class/net/far/address)
	kernel_says bond0 running=yes "bonding/ad_partner_mac=$mac" \
		bonding/ad_num_ports=2
	record c2-silent-partner
	tc qdisc add dev w0 root netem loss 100%
	tc qdisc add dev w1 root netem loss 100%
	kernel_says bond0 running=yes bonding/ad_partner_mac=00:00:00:00:00:00
	# Seen at the next re-read, up to 5 s later.
	keep $((LACP_GRACE + 5))
}

r_d_dead_active_slave()
{
	record d-dead-active-slave
	cable v0 v1
	plug v0
	bond bond0 mode active-backup miimon 0
	enslave bond0 v0 v1
	kernel_says bond0 bonding/active_slave=v0
	unplug v0
	plug v1
	kernel_says v1 lower_up=yes
	kernel_says bond0 running=yes bonding/active_slave=v0
	keep $GRACE
}

r_e_use_carrier()
{
	record e-use-carrier
	ip link add d0 type dummy
	ip link add d1 type dummy
	bond bond0 mode active-backup miimon 100 use_carrier 0
	enslave bond0 d0 d1
	ip link set d0 carrier off
	ip link set d1 carrier off
	kernel_says d1 lower_up=no mii=up
	kernel_says bond0 running=yes
	keep $GRACE
}

r_e2_downdelay()
{
	record e2-downdelay
	cable v0 v1
	plug v0 v1
	bond bond0 mode active-backup miimon 100 downdelay 1500
	enslave bond0 v0
	bond bond1 mode 802.3ad miimon 100 downdelay 1500
	enslave bond1 v1
	kernel_says bond0 running=yes
	kernel_says bond1 running=yes
	unplug v0 v1
	kernel_says bond0 running=no
	kernel_says bond1 running=no
	keep $GRACE
}

r_e3_updelay()
{
	record e3-updelay
	cable v0 v1 v2
	plug v1
	bond bond0 mode balance-rr miimon 100 updelay 3000
	enslave bond0 v0
	bond bond1 mode active-backup miimon 100 updelay 60000
	enslave bond1 v1 v2
	kernel_says bond1 running=yes
	kernel_says bond0 running=no
	kernel_says v0 mii=down
	plug v0 v2
	kernel_says v0 "mii=going back"
	kernel_says v2 "mii=going back"
	kernel_says bond0 running=yes
	keep $GRACE
}

r_f_min_links()
{
	lacp_pair min_links 2
	kernel_says bond0 running=yes bonding/ad_num_ports=2
	cable v2 v3
	plug v2
	bond bond1 mode active-backup miimon 100 min_links 2
	enslave bond1 v2 v3
	kernel_says bond1 running=yes
	record f-min-links
	ip link set w1 down
	kernel_says bond0 running=no
	keep $GRACE
}

r_g_monitor_taken_away()
{
	record g-monitor-taken-away
	cable v0 v1
	bond bond0 mode active-backup miimon 100
	enslave bond0 v0 v1
	kernel_says v0 mii=down
	kernel_says v1 mii=down
	bond_option bond0 miimon 0
	plug v0 v1
	kernel_says v1 lower_up=yes
	kernel_says bond0 running=no
	keep $GRACE
}

r_g2_never_monitored_lacp()
{
	record g2-never-monitored-lacp
	cable v0 v1
	bond bond0 mode 802.3ad miimon 0
	enslave bond0 v0 v1
	plug v0
	kernel_says v0 lower_up=yes
	kernel_says bond0 running=no
	keep $GRACE
}

r_g3_no_speed()
{
	record g3-no-speed
	for mode in balance-tlb balance-alb 802.3ad; do
		name=${mode#balance-}
		ip link add "d-$name" type dummy
		bond "b-$name" mode "$mode" miimon 100
		enslave "b-$name" "d-$name"
		ip link set "d-$name" carrier off
		kernel_says "d-$name" mii=down
		ip link set "d-$name" carrier on
		kernel_says "d-$name" lower_up=yes
	done
	for mode in tlb alb 802.3ad; do
		kernel_says "b-$mode" running=no
		kernel_says "d-$mode" mii=down
	done
	# In 802.3ad it goes down without an event: the next re-read sees it.
	keep $((GRACE + 5))
}

r_h_slave_set_down()
{
	record h-slave-set-down
	cable v0 v1
	plug v0 v1
	bond bond0 mode active-backup miimon 0
	enslave bond0 v0 v1
	kernel_says bond0 running=yes
	ip link set v0 down
	ip link set v1 down
	kernel_says v1 up=no lower_up=no
	kernel_says bond0 running=yes
	keep $GRACE
}

r_h2_bond_in_bond()
{
	modprobe -d /run/modules 8021q
	cable v0
	plug v0
	bond inner mode active-backup miimon 0
	enslave inner v0
	bond outer mode active-backup miimon 100
	enslave outer inner
	ip link set inner up
	kernel_says outer running=yes
	cable v1
	plug v1
	bond below mode active-backup miimon 0
	enslave below v1
	ip link add link below name below.7 type vlan id 7
	bond above mode active-backup miimon 100
	enslave above below.7
	kernel_says above running=yes
	record h2-bond-in-bond
	unplug v0 v1
	kernel_says v0 lower_up=no
	kernel_says v1 lower_up=no
	kernel_says outer running=yes
	kernel_says above running=yes
	keep $GRACE
}

r_h3_slave_moved()
{
	record h3-slave-moved
	cable v0 v1
	plug v0 v1
	bond bond0 mode active-backup miimon 100
	enslave bond0 v0 v1
	kernel_says bond0 running=yes
	ip netns add elsewhere
	ip link set v0 netns elsewhere
	kernel_says bond0 bonding/slaves=v1
	keep $GRACE
}

r_i_dormant_slave()
{
	record i-dormant-slave
	cable v0 v1
	plug v0 v1
	bond bond0 mode active-backup miimon 100
	enslave bond0 v0
	ip link set v0 mode dormant state dormant
	bond bond1 mode active-backup miimon 100
	enslave bond1 v1
	ip link set v1 state testing
	kernel_says v0 lower_up=yes mii=up operstate=dormant
	kernel_says v1 lower_up=yes mii=up operstate=testing
	kernel_says bond0 running=yes
	keep $GRACE
}

r_i2_dormant_bond()
{
	record i2-dormant-bond
	cable v0
	plug v0
	bond bond0 mode active-backup miimon 100
	ip link set bond0 mode dormant
	enslave bond0 v0
	kernel_says bond0 lower_up=yes operstate=dormant
	keep $GRACE
}

r_l_arp()
{
	# Any incoming frame counts as an answer.
	echo 1 >/proc/sys/net/ipv6/conf/default/disable_ipv6
	cable v0 v1 v2 v3
	ip netns add neighbour
	ip link set v0-far netns neighbour
	ip -n neighbour addr add 10.9.0.2/24 dev v0-far
	ip -n neighbour link set v0-far up
	plug v1 v2 v3
	bond bond0 mode active-backup arp_interval 200 arp_ip_target 10.9.0.2
	ip addr add 10.9.0.1/24 dev bond0
	enslave bond0 v0 v1
	bond bond1 mode balance-xor arp_interval 200 arp_ip_target 10.9.1.2
	ip addr add 10.9.1.1/24 dev bond1
	enslave bond1 v2 v3
	kernel_says v1 lower_up=yes mii=down
	kernel_says v2 lower_up=yes mii=down
	kernel_says v3 lower_up=yes mii=down
	kernel_says bond0 running=yes
	kernel_says bond1 running=no
	record l-arp
	ip -n neighbour link set v0-far down
	kernel_says bond0 running=no
	ip -n neighbour link set v0-far up
	kernel_says bond0 running=yes
	keep $GRACE
}

r_m_everything_goes()
{
	cable v0 v1
	bond bond0 mode active-backup miimon 0
	enslave bond0 v0 v1
	bond bond1 mode balance-rr miimon 100
	record m-everything-goes
	holds $GRACE true
	ip link set v0 nomaster
	ip link del v1
	kernel_says bond0 bonding/slaves=
	ip link del bond0
	ip link set bond1 down
	ip link set bond1 name renamed
	kernel_says renamed up=no
	keep $GRACE
}

# Slave $1's aggregator is in use, and its partner is known.
uses()
{
	kernel_is bond0 "bonding/ad_partner_mac=$(cat \
		"/sys/class/net/far${1#v}/address")"
}

r_n_two_switches()
{
	for n in 0 1; do
		ip link add "v$n" type veth peer name "w$n"
		bond "far$n" mode 802.3ad miimon 100 lacp_rate fast
		enslave "far$n" "w$n"
	done
	bond bond0 mode 802.3ad miimon 100 lacp_rate fast
	enslave bond0 v0 v1
	wait_until "$DEADLINE" uses v0
	kernel_says v1 bonding_slave/ad_aggregator_id=2 mii=up
	record n-two-switches
	for n in 0 1 0; do
		wait_until "$DEADLINE" uses "v$n"
		ip link set "w$n" down
		wait_until "$DEADLINE" uses "v$((1 - n))"
		kernel_says bond0 running=yes
		ip link set "w$n" up
		kernel_says "v$n" mii=up
	done
	keep $LACP_GRACE
}

r_o_ports_disabled()
{
	tap_cables v0:w0 v1:w1
	bond bond0 mode 802.3ad miimon 100 updelay 200 lacp_rate fast
	bond far mode 802.3ad miimon 100 lacp_rate fast
	enslave bond0 v0 v1
	enslave far w0 w1
	kernel_says bond0 running=yes bonding/ad_num_ports=2
	record o-ports-disabled
	for n in 0 1; do
		tap "v$n" speed unknown
		tap "v$n" unplug
		kernel_says bond0 running=yes "bonding/ad_num_ports=$((1 - n))"
		tap "v$n" plug
	done
	kernel_says bond0 running=yes bonding/ad_num_ports=0
	# AD_INFO changes without an event: the next re-read sees it.
	keep $((GRACE + 5))
	exec 8>&- 9<&-
	rm "$here/tap.in" "$here/tap.out"
}

for recipe in $(sed -n 's/^r_\([a-z0-9_]*\)()$/\1/p' "$STORY"); do
	fixture=$(echo "$recipe" | tr _ -)
	if [ -n "$STORY_ARGS" ]; then
		case " $STORY_ARGS " in
		*" $fixture "*) ;;
		*) continue ;;
		esac
	fi
	"r_$recipe"
	sweep
done
