# 802.3ad to two switches that are not an MLAG: two aggregators, one of them in
# use. When its cable is pulled, the bonding driver switches to the other one
# and its carrier never drops: keepalived must not notice anything and stay
# MASTER, and the track file must never be 1.
. "$LAB/lib/keepalived.sh"

make_hosts mode 802.3ad miimon 100 lacp_rate fast
plug_host host2
# Each of host1's cables goes to its own partner.
for n in 0 1; do
	ip link add "partner$n" type bond mode 802.3ad miimon 100 lacp_rate fast
	ip link set "partner$n" up
	ip link set "host1-eth$n" nomaster
	ip link set "host1-eth$n" down
	ip link set "host1-eth$n" master "partner$n"
	ip link set "partner$n" master switch
done

# "AGGREGATOR PARTNER ETH0'S ETH1'S", as in /proc/net/bonding.
aggregators()
{
	on host1 awk '
		/Slave Interface/ { slave = 1 }
		/Aggregator ID:/ { id[slave ? ++n : 0] = $3 }
		/Partner Mac/ { partner = $4 }
		END { print id[0], partner, id[1], id[2] }' \
		/proc/net/bonding/bond0
}

# Sets `used` to the cable in use, which has a partner.
is_settled()
{
	read -r is_active is_partner is_eth0 is_eth1 <<END
$(aggregators)
END
	case $is_active in
	"$is_eth0") used=0 ;;
	"$is_eth1") used=1 ;;
	*) return 1 ;;
	esac
	[ "$is_eth0" != "$is_eth1" ] &&
		[ "$is_partner" = "$(cat "/sys/class/net/partner$used/address")" ]
}

uses_not()
{
	is_settled && [ $used != "$1" ]
}

has_both()
{
	is_settled && [ "$(on host1 grep -c 'MII Status: up' \
		/proc/net/bonding/bond0)" = 3 ]
}

carrier_changes()
{
	on host1 ip -s -s -j link show bond0 |
		grep -o '"carrier_changes":[0-9]*'
}

# Every value that the track file takes, a line each.
follow_file()
{
	start follow nsenter -n -m -t "$host_host1" -- sh -c '
		while :; do
			cat /run/bondcarrier/track/bond0
			sleep 0.02
		done'
}

start_agent host1
start_agent host2
file_becomes host1 0
start_keepalived interface file script
becomes_master host1
wait_until "$DEADLINE" has_both || fail "no two partners: $(aggregators)"
start watch nsenter -n -m -t "$host_host1" -- \
	/usr/sbin/bondcarrier watch --json bond0
wait_until "$DEADLINE" grep -q '"state"' "$here/watch.out.log" ||
	fail "bondcarrier watch does not begin"
follow_file
changes=$(carrier_changes)

# Pulls the cable in use, repeatedly.
pulls=0
for delays in "0 0" "500 0" "0 500" "500 500"; do
	on host1 ip link set bond0 type bond downdelay "${delays% *}" \
		updelay "${delays#* }"
	say "downdelay ${delays% *}, updelay ${delays#* }"
	for n in 1 2 3; do
		wait_until "$DEADLINE" has_both || fail "$(aggregators)"
		pulled=$used
		ip link set "host1-eth$pulled" down
		wait_until "$DEADLINE" uses_not $pulled ||
			fail "the driver does not go on: $(aggregators)"
		holds 1 is_master host1 || fail "host1 is not MASTER"
		ip link set "host1-eth$pulled" up
		pulls=$((pulls + 1))
	done
done
wait_until "$DEADLINE" has_both || fail "$(aggregators)"
holds 3 is_master host1 || fail "host1 is not MASTER"
stop watch
stop follow

echo "   pulls: $pulls"
expect "the kernel's carrier" "$changes" "$(carrier_changes)"
expect "what the track file was" 0 "$(sort -u "$here/follow.out.log")"
expect "changes of the effective carrier" 0 "$(grep -cE \
	'"effective(Up|Down)"' "$here/watch.out.log")"
expect "FAULT in the log of keepalived" 0 \
	"$(grep -c FAULT "$here/keepalived_host1.out.log")"
stop_hosts
