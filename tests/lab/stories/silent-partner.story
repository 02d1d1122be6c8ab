# AD_INFO changes without any message of the kernel: if a bond in 802.3ad uses
# one port, and the partner there changes, the port is removed and added again
# within one tick, and no event is sent. The agent re-reads that itself. (The
# unit tests check how soon: 5 s.)
start_agents "discrepancyGrace $LONG_GRACE" "resyncInterval 86400" \
	"lacpPartnerGrace $LONG_GRACE $LONG_GRACE"
# The partner is in another namespace, so that its changes send no event here.
ip netns add elsewhere
ip link add v0 type veth peer name w0 netns elsewhere
bond bond0 mode 802.3ad miimon 100 lacp_rate fast
enslave bond0 v0
ip -n elsewhere link add far type bond mode 802.3ad miimon 100 lacp_rate fast
ip -n elsewhere link set far up
ip -n elsewhere link set w0 master far
partner_is()
{
	kernel_says bond0 "bonding/ad_partner_mac=$1" running=yes
	agent_says bond0 "bondPartnerMac=$1" bondEffectiveCarrier=up \
		bondDiscrepancies= bondPending=
}
ip -n elsewhere link set far type bond ad_actor_system 02:00:00:00:00:10
partner_is 02:00:00:00:00:10

say "another partner, without an event"
# On a busy machine it may take more than one tick, and send an event.
n=10
while :; do
	n=$((n + 1))
	[ $n -lt 40 ] || fail "the kernel always tells of it: $told"
	tell_all
	ip -n elsewhere link set far type bond ad_actor_system \
		02:00:00:00:00:$n
	partner_is 02:00:00:00:00:$n
	told=$(was_told)
	[ -n "$told" ] || break
done
expect "link messages of the kernel meanwhile" "" "$told"
