# SPDX-License-Identifier: BSD-2-Clause
# For the stories about keepalived, which source this themselves: two hosts with
# a bond each, a switch between them with a client, and a cable of their own for
# VRRP, ha0. The hosts are namespaces (network and mount); the files are those
# of contrib/keepalived, at the paths that they name.
#
#     client 192.0.2.254 --- switch ---- bond0 (eth0, eth1) of host1 -- ha0
#                              `-------- bond0 (eth0, eth1) of host2 -- ha0

# `long` is set when the story runs at length: STORY_ARGS=long.
case " ${STORY_ARGS:-} " in
*" long "*) long=1 ;;
*) long= ;;
esac

files=$LAB/../../contrib/keepalived
service=192.0.2.1

modprobe -d /run/modules -a bridge || skip "no bridges in this kernel"
for tool in keepalived ping nsenter; do
	command -v $tool >/dev/null || skip "no $tool here"
done

# on HOST COMMAND...
on()
{
	eval "on_pid=\$host_$1"
	shift
	nsenter -t "$on_pid" -n -m -- "$@"
}

# The programs at the paths in the configuration, in folders that only root can
# write to.
install_programs()
{
	mkdir "$here/sbin"
	mount --bind /usr/sbin "$here/sbin"
	mount -t tmpfs -o mode=755 tmpfs /usr/sbin
	cp -rs "$here/sbin/." /usr/sbin
	cp "$BUILDDIR/cli/bondcarrier" "$BUILDDIR/bondcarrierd" /usr/sbin
}

# A process that holds the namespaces, with its own /run and /var/lib.
make_host()
{
	unshare -n -m sh -c '
		mount --rbind /run/lab /mnt &&
		mount -t tmpfs -o mode=755 tmpfs /run &&
		mkdir /run/lab && mount --rbind /mnt /run/lab &&
		mount -t tmpfs -o mode=755 tmpfs /var/lib &&
		mkdir -p /run/bondcarrier/track /var/lib/bondcarrier &&
		ip link set lo up && touch /run/made && exec sleep infinity' \
		>>"$here/$1.out.log" 2>&1 &
	eval "host_$1=$!"
	wait_until "$DEADLINE" on "$1" test -e /run/made ||
		fail "$1 could not be made"
}

# make_bond HOST OPTION...: bond0 of eth0 and eth1, whose other ends are ports
# of the switch, unplugged.
make_bond()
{
	mb_host=$1
	shift
	for mb_n in eth0 eth1; do
		eval "mb_pid=\$host_$mb_host"
		ip link add "$mb_host-$mb_n" type veth \
			peer name "$mb_n" netns "$mb_pid"
		ip link set "$mb_host-$mb_n" master switch
	done
	on "$mb_host" ip link add bond0 type bond "$@"
	on "$mb_host" ip link set bond0 up
	on "$mb_host" ip link set eth0 master bond0
	on "$mb_host" ip link set eth1 master bond0
}

plug_host()
{
	for ph_n in eth0 eth1; do ip link set "$1-$ph_n" up; done
}

unplug_host()
{
	for uh_n in eth0 eth1; do ip link set "$1-$uh_n" down; done
}

# make_hosts OPTION...: everything in the picture, with those bond options.
make_hosts()
{
	install_programs
	ip link add switch type bridge
	ip link set switch up
	ip address add 192.0.2.254/24 dev switch
	make_host host1
	make_host host2
	ip link add ha0 netns "$host_host1" type veth \
		peer name ha0 netns "$host_host2"
	for mh_host in host1 host2; do
		on $mh_host ip address add "203.0.113.${mh_host#host}/24" dev ha0
		on $mh_host ip link set ha0 up
		make_bond $mh_host "$@"
	done
}

# configuration SET-UP: keepalived's as shipped, or part of it. SET-UP is some
# of interface, file and script.
configuration()
{
	awk -v has=" $* " '
		function stop(name) { return index(has, " " name " ") == 0 }
		/^track_file|^    track_file/ && stop("file") { skip = 1 }
		/^vrrp_script|^    track_script/ && stop("script") { skip = 1 }
		/^    track_interface/ && stop("interface") { skip = 1 }
		!skip { print }
		/^}|^    }/ { skip = 0 }' "$files/keepalived.conf"
}

# start_keepalived SET-UP...: on both hosts. vrrp_on: another link for VRRP.
start_keepalived()
{
	configuration "$@" | sed "s/interface ha0/interface ${vrrp_on:-ha0}/" \
		>"$here/keepalived.conf"
	if [ "$*${vrrp_on:-}" = "interface file script" ]; then
		cmp "$files/keepalived.conf" "$here/keepalived.conf" ||
			fail "that is not the configuration that is shipped"
	fi
	for sk_host in host1 host2; do
		start "keepalived_$sk_host" nsenter -n -m \
			-t "$(eval "echo \$host_$sk_host")" -- \
			keepalived -n -l -D -P -G -i $sk_host \
			-f "$here/keepalived.conf"
	done
}

stop_keepalived()
{
	stop keepalived_host1
	stop keepalived_host2
}

# start_agent HOST: with the shipped configuration, without snmpd.
start_agent()
{
	start "bondcarrierd_$1" nsenter -n -m -t "$(eval "echo \$host_$1")" \
		-- /usr/sbin/bondcarrierd -f -x "$here/no-snmpd" \
		-C "$files/bondcarrierd.conf" -L e
}

stop_hosts()
{
	stop_keepalived
	stop bondcarrierd_host1
	stop bondcarrierd_host2
	kill "$host_host1" "$host_host2"
}

has_service()
{
	on "$1" ip -o address show dev bond0 | grep -q " $service/"
}

has_not_service()
{
	! has_service "$1"
}

# Is it MASTER, and the other host not?
is_master()
{
	case $1 in
	host1) im_other=host2 ;;
	*) im_other=host1 ;;
	esac
	has_service "$1" && has_not_service $im_other
}

answers()
{
	ping -c 1 -W 1 -q $service >/dev/null 2>&1
}

wait_master()
{
	wait_until "$DEADLINE" is_master "$1" || fail "$1 alone should be MASTER
$(masters)"
	wait_until "$DEADLINE" answers || fail "no answer of $service"
}

# becomes_master HOST: only that host, and clients reach it.
becomes_master()
{
	wait_master "$1"
	echo "   MASTER: $1, and the service answers"
}

masters()
{
	for ma_host in host1 host2; do
		has_not_service $ma_host || echo "  MASTER: $ma_host"
	done
}

track_file_is()
{
	[ "$(on "$1" cat /run/bondcarrier/track/bond0 2>&1)" = "$2" ]
}

# file_becomes HOST VALUE
file_becomes()
{
	wait_until "$DEADLINE" track_file_is "$@" || fail "track file of $1:
  expected: $2
  found:    $(on "$1" cat /run/bondcarrier/track/bond0 2>&1)"
	echo "   track file of $1: $2"
}

monitor_hears()
{
	on host2 ip address add 203.0.113.99/32 dev ha0
	on host2 ip address del 203.0.113.99/32 dev ha0
	grep -q 203.0.113.99 "$tf_seen"
}

# time_failover: sets `took` to the milliseconds from pulling host1's cables
# until host2 has the service. (`ip -ts monitor` prints the kernel's time.)
time_failover()
{
	tf_seen=$here/monitor.out.log
	: >"$tf_seen"
	start monitor nsenter -t "$host_host2" -n -- \
		ip -ts -o monitor address
	wait_until "$DEADLINE" monitor_hears || fail "'ip monitor' is silent"
	tf_from=$(date +%s.%N)
	unplug_host host1
	wait_master host2
	wait_until "$DEADLINE" grep -q "$service/" "$tf_seen" ||
		fail "'ip monitor' has not seen it"
	stop monitor
	tf_at=$(grep "$service/" "$tf_seen" | head -n 1 |
		sed 's/^\[\([^]]*\)\].*/\1/')
	tf_at=$(date -d "$tf_at" +%s.%N)
	took=$(echo "$tf_from $tf_at" | awk '{ printf "%d", ($2 - $1) * 1000 }')
}
