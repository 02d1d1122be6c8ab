# 802.3ad with a partner: two bonds of this host, back to back over two cables,
# speak LACP with each other.
start_agents "discrepancyGrace $LONG_GRACE" \
	"lacpPartnerGrace $LONG_GRACE $LONG_GRACE"
lacp_pair

say "they agree, and both slaves of each are in one aggregator"
kernel_says bond0 running=yes bonding/ad_num_ports=2
kernel_says far running=yes bonding/ad_num_ports=2
mac=$(cat /sys/class/net/far/address)
kernel_says bond0 "bonding/ad_partner_mac=$mac"
aggregator=$(cat /sys/class/net/bond0/bonding/ad_aggregator)
agent_says bond0 bondMode=ieee8023ad bondRunning=true \
	bondEffectiveCarrier=up bondEffectiveReason=linkUp \
	bondLacpRate=fast "bondAggregatorId=$aggregator" \
	bondAggregatorPorts=2 "bondPartnerMac=$mac" bondSlavesUsable=2 \
	bondDiscrepancies= bondPending= bondWarnings=
for slave in v0 v1; do
	agent_says bond0/$slave "bondSlaveAggregatorId=$aggregator" \
		bondSlaveActorState=activity,timeout,aggregation,synchronization,collecting,distributing \
		bondSlavePartnerState=activity,timeout,aggregation,synchronization,collecting,distributing
done
agent_says far bondEffectiveCarrier=up "bondPartnerMac=$(cat /sys/class/net/bond0/address)"

say "one cable out"
ip link set w0 down
kernel_says bond0 running=yes bonding/ad_num_ports=1
agent_says bond0 bondEffectiveCarrier=up bondSlavesUsable=1 \
	bondAggregatorPorts=1 bondWarnings=degraded

say "both out"
ip link set w1 down
kernel_says bond0 running=no
agent_says bond0 bondRunning=false bondEffectiveCarrier=down \
	bondDiscrepancies=

say "and in again"
ip link set w0 up
ip link set w1 up
kernel_says bond0 running=yes "bonding/ad_partner_mac=$mac" \
	bonding/ad_num_ports=2
agent_says bond0 bondEffectiveCarrier=up bondSlavesUsable=2 \
	"bondPartnerMac=$mac" bondDiscrepancies= bondPending=
reconfigure_bondcarrierd "discrepancyGrace 0" "lacpPartnerGrace 0 0"
agent_keeps 3 bond0 bondDiscrepancies= bondPending= bondDiscrepancyRaises=0
