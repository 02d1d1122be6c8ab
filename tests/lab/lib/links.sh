# SPDX-License-Identifier: BSD-2-Clause
# Cables, bonds, and what the kernel reports about them.

# cable NAME...: an unplugged network card each. It is one end of a veth pair;
# the other end, NAME-far, is the switch's port: up means plugged.
cable()
{
	for ca_name; do
		ip link add "$ca_name" type veth peer name "$ca_name-far"
	done
}

plug()
{
	for pl_name; do ip link set "$pl_name-far" up; done
}

unplug()
{
	for un_name; do ip link set "$un_name-far" down; done
}

# bond NAME OPTION...: created and up; the options of `ip link ... type bond`.
bond()
{
	bo_name=$1
	shift
	ip link add "$bo_name" type bond "$@"
	ip link set "$bo_name" up
}

# enslave BOND LINK...
enslave()
{
	en_bond=$1
	shift
	for en_name; do
		ip link set "$en_name" down
		ip link set "$en_name" master "$en_bond"
	done
}

# rename LINK NAME: a link that is up keeps its name, so it is set down first.
rename()
{
	ip link set "$1" down
	ip link set "$1" name "$2"
	ip link set "$2" up
}

# bond_option BOND OPTION VALUE: through sysfs.
bond_option()
{
	echo "$3" >"/sys/class/net/$1/bonding/$2" ||
		fail "the kernel refuses $2=$3 on $1"
}

ifindex()
{
	cat "/sys/class/net/$1/ifindex"
}

# What `ip` shows between < and >, with a comma at both ends. It shows
# IFF_RUNNING by its absence: an UP link without it is NO-CARRIER.
link_flags()
{
	ip -o link show dev "$1" 2>/dev/null | sed 's/^[^<]*<\([^>]*\)>.*/,\1,/'
}

# kernel_value LINK KEY: one word about a link. KEY is up, running, lower_up
# (yes or no), mii (of a slave), or a file under /sys/class/net/LINK.
kernel_value()
{
	case $2 in
	up | running | lower_up)
		kv_flags=$(link_flags "$1")
		case $2:$kv_flags in
		*:) echo absent ;;
		running:*,NO-CARRIER,*) echo no ;;
		up:*,UP,* | running:*,UP,*) echo yes ;;
		lower_up:*,LOWER_UP,*) echo yes ;;
		*) echo no ;;
		esac
		;;
	mii) cat "/sys/class/net/$1/bonding_slave/mii_status" 2>&1 ;;
	*) cat "/sys/class/net/$1/$2" 2>&1 ;;
	esac
}

# kernel_is LINK KEY=VALUE...: true when all hold; sets `found` to the values.
kernel_is()
{
	ki_link=$1
	ki_all=0
	found=
	shift
	for ki_pair; do
		ki_value=$(kernel_value "$ki_link" "${ki_pair%%=*}")
		found="$found ${ki_pair%%=*}=$ki_value"
		[ "$ki_value" = "${ki_pair#*=}" ] || ki_all=1
	done
	return $ki_all
}

# The same as an assertion that waits, at most DEADLINE.
kernel_says()
{
	wait_until "$DEADLINE" kernel_is "$@" || {
		ks_link=$1
		shift
		fail "the kernel on $ks_link
  expected:  $*
  found:    $found"
	}
	echo "   kernel: $*"
}

# kernel_keeps SECONDS LINK KEY=VALUE...: they hold for that many seconds.
kernel_keeps()
{
	kk_time=$1
	shift
	holds "$kk_time" kernel_is "$@" ||
		fail "the kernel should have kept for $kk_time s: $*
  found:    $found"
	echo "   kernel for $kk_time s: $*"
}

# Some eight seconds, in ticks of its own, after a bond in 802.3ad has got its
# first slave, the kernel selects an aggregator again, by the real carrier, and
# an unmonitored bond becomes right by chance, without an event. This waits
# until that has happened to another such bond, somewhat younger than those of
# the story.
after_last_selection()
{
	holds 3 true
	cable witness-0
	bond witness mode 802.3ad miimon 0
	enslave witness witness-0
	# The first selection has been made, without a link.
	kernel_says witness-0 bonding_slave/ad_aggregator_id=1
	kernel_says witness running=no
	plug witness-0
	kernel_says witness running=yes
	ip link del witness
	ip link del witness-0
}

# Link messages of the kernel. tell_all: keeps them from now on, and waits until
# it receives changes of a link made for that purpose. was_told: prints them.
tell_all()
{
	if [ ! -e /sys/class/net/marker ]; then
		cable marker
		# If it is down, not all of its changes are reported.
		ip link set marker up
	fi
	: >"$here/told"
	ip monitor link >"$here/told" &
	teller=$!
	wait_until "$DEADLINE" marked || fail "ip monitor hears nothing"
}

marked()
{
	ip link set marker alias "$(now_cs)"
	[ -s "$here/told" ]
}

was_told()
{
	kill $teller
	wait $teller 2>/dev/null || :
	awk '/^[^ \t]/ { marker = / marker@/ } !marker' "$here/told"
}

nothing_told()
{
	expect "link messages of the kernel meanwhile" "" "$(was_told)"
}

# bond0 with the slaves v0 and v1, and its LACP partner, the bond `far` with w0
# and w1, over two cables; lacp_rate fast; more options go to bond0.
lacp_pair()
{
	for lp_n in 0 1; do
		ip link add "v$lp_n" type veth peer name "w$lp_n"
	done
	bond bond0 mode 802.3ad miimon 100 lacp_rate fast "$@"
	bond far mode 802.3ad miimon 100 lacp_rate fast
	enslave bond0 v0 v1
	enslave far w0 w1
}

# tap_cables NAME:OTHER...: pairs of network cards made by tap.py, with a known
# speed. tap NAME WORD...: makes it do something with one.
tap_cables()
{
	modprobe -d /run/modules tun || skip "no taps in this kernel"
	command -v python3 >/dev/null || skip "no python3 here"
	mkfifo "$here/tap.in" "$here/tap.out"
	python3 "$LAB/tap.py" "$@" <"$here/tap.in" >"$here/tap.out" &
	exec 8>"$here/tap.in" 9<"$here/tap.out"
	tap_done "$@"
	for tc_pair; do
		tap "${tc_pair%:*}" speed 1000
		tap "${tc_pair#*:}" speed 1000
	done
}

tap()
{
	echo "$*" >&8
	tap_done "$*"
}

tap_done()
{
	read -r td_answer <&9 && [ "$td_answer" = done ] ||
		fail "tap.py did not do it: $*"
}
