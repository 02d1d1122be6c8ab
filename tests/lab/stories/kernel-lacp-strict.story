# The driver's own lacp_strict (Linux 7.2). Without a partner and with min_links
# 1 there is no carrier. With min_links 0 the driver asks whether fewer than
# none are usable, which is never so: the carrier stays, and that is true by the
# driver's rules.
. "$LAB/lib/kernel.sh"
if ! kernel_since 7.2 || ! ip_can bond lacp_strict; then
	say "no lacp_strict in this kernel ($(uname -r)), or in ip"
	! ip link add x type bond mode 802.3ad lacp_strict on 2>refused ||
		! "$BUILDDIR/cli/bondcarrier" show --json x |
		grep -q lacp_strict || fail "there is one"
	exit 0
fi
start_agents "discrepancyGrace 1000" "lacpPartnerGrace 1000 $LONG_GRACE"

# with_min_links N: bond0, whose ports have links but no partner.
with_min_links()
{
	say "min_links $1"
	cable v0 v1
	plug v0 v1
	bond bond0 mode 802.3ad miimon 100 lacp_rate fast lacp_strict on \
		min_links "$1"
	enslave bond0 v0 v1
	kernel_says v0 mii=up
	kernel_says v1 mii=up
}

with_min_links 1
kernel_says bond0 running=no
agent_says bond0 bondEffectiveCarrier=down bondRunning=false
agent_keeps 3 bond0 bondEffectiveCarrier=down bondRunning=false
expect "falseUp or staleCarrier" "" "$(agent_value bond0 bondDiscrepancies |
	grep -o 'falseUp\|staleCarrier')"
ip link del bond0
ip link del v0
ip link del v1

with_min_links 0
kernel_says bond0 running=yes
agent_says bond0 bondEffectiveCarrier=up bondRunning=true
agent_keeps 3 bond0 bondEffectiveCarrier=up bondRunning=true
expect "falseUp or staleCarrier" "" "$(agent_value bond0 bondDiscrepancies |
	grep -o 'falseUp\|staleCarrier')"
ip link del bond0
ip link del v0
ip link del v1

say "and with a partner"
for links in 0 1; do
	lacp_pair lacp_strict on min_links $links
	kernel_says bond0 running=yes bonding/ad_num_ports=2
	agent_says bond0 bondEffectiveCarrier=up bondDiscrepancies=
	ip link del bond0
	ip link del far
	ip link del v0
	ip link del v1
done
