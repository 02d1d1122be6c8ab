# Options and attributes of newer kernels, each where this kernel has it:
# bondcarrier shows the kernel's value, and nothing if there is none.
. "$LAB/lib/kernel.sh"
cable v0
plug v0

# shown NAME: of bond x; nothing: absent.
shown()
{
	"$BUILDDIR/cli/bondcarrier" show --json x |
		sed -n "s/^ *\"$1\": \([^,]*\),*$/\1/p"
}

# option SINCE NAME VALUE IP-OPTION...: a bond with these shows VALUE. Kernels
# before SINCE may have it too: stable ones get such options later.
option()
{
	op_since=$1 op_name=$2 op_value=$3
	shift 3
	ip_can bond "$1" || set --
	ip link add x type bond mode "$mode" "$@" ||
		fail "the kernel refuses $*"
	op_found=$(shown "$op_name")
	if [ $# = 0 ]; then
		echo "   ip has no word for $op_name: ${op_found:-absent}"
	elif [ -n "$op_found" ] || kernel_since "$op_since"; then
		expect "$op_name with $*" "$op_value" "$op_found"
	else
		echo "   $op_name before Linux $op_since: absent"
	fi
	ip link del x
}

mode=802.3ad
option 6.9 coupled_control 0 coupled_control off
option 6.9 coupled_control 1 coupled_control on
option 6.17 broadcast_neighbor 1 broadcast_neighbor on
option 7.2 lacp_strict 1 lacp_strict on
option 7.2 lacp_strict 0 lacp_strict off
mode=active-backup
option 5.17 arp_missed_max 7 arp_missed_max 7
option 5.18 ns_ip6_targets 2 ns_ip6_target 2001:db8::1,2001:db8::2

# A value that is newer than its option.
mode=802.3ad
if kernel_since 6.18 && ip link help bond 2>&1 |
	grep -q 'ad_select\|AD_SELECT' && ip link add x type bond \
	mode $mode ad_select actor_port_prio 2>/dev/null; then
	expect "ad_select actor_port_prio" 3 "$(shown ad_select)"
	ip link del x
fi

say "of a slave: actor_port_prio, and the churn states"
start_agents "standardTables dot3adAgg"
lag=.1.2.840.10006.300.43.1
bond bond0 mode 802.3ad miimon 100 lacp_rate fast
enslave bond0 v0
v0=$(ifindex v0)
lag_value()
{
	snmp get "$lag.$1.$v0" | sed 's/.* = //; s/No Such.*/absent/'
}
lag_is()
{
	[ "$(lag_value "$1")" = "$2" ]
}
lag_says() # NAME NUMBER VALUE
{
	wait_until "$DEADLINE" lag_is "$2" "$3" ||
		fail "$1 of v0: expected $3, found $(lag_value "$2")"
	echo "   $1: $3"
}
if kernel_since 6.18 && ip_can bond_slave actor_port_prio; then
	ip link set v0 type bond_slave actor_port_prio 7
	lag_says dot3adAggPortActorPortPriority 2.1.1.15 "INTEGER: 7"
else
	case $(lag_value 2.1.1.15) in
	absent | "INTEGER: 255") ;; # the driver's default
	*) fail "dot3adAggPortActorPortPriority: $(lag_value 2.1.1.15)" ;;
	esac
fi
churns()
{
	"$BUILDDIR/cli/bondcarrier" show --json bond0 |
		sed -n 's/^ *"\([a-z]*Churn\)": "\([a-z]*\)",*$/\1=\2/p' |
		paste -s -d ' '
}
churns_are()
{
	[ "$(churns)" = "$1" ]
}
if kernel_since 7.2 || [ -n "$(churns)" ]; then
	# No partner answers, and after a minute the kernel reports churn
	# itself: only the partner's, since it is in sync with its own default
	# partner.
	wait_until "$DEADLINE" churns_are \
		"actorChurn=none partnerChurn=churned" ||
		fail "churn states: $(churns)"
	echo "   churn states: $(churns)"
	lag_says dot3adAggPortDebugActorChurnState 2.3.1.5 "INTEGER: 1"
	lag_says dot3adAggPortDebugPartnerChurnState 2.3.1.6 "INTEGER: 2"
else
	echo "   churn states before Linux 7.2: absent"
	lag_says dot3adAggPortDebugActorChurnState 2.3.1.5 absent
fi
