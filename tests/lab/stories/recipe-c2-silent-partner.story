# Recipe c: a partner that falls silent.
modprobe -d /run/modules sch_netem
start_agents "discrepancyGrace $LONG_GRACE" \
	"lacpPartnerGrace $LONG_GRACE $LONG_GRACE"
lacp_pair
mac=$(cat /sys/class/net/far/address)
kernel_says bond0 running=yes "bonding/ad_partner_mac=$mac" \
	bonding/ad_num_ports=2
agent_says bond0 "bondPartnerMac=$mac" bondEffectiveCarrier=up \
	bondDiscrepancies=

say "no more LACPDUs arrive"
tc qdisc add dev w0 root netem loss 100%
tc qdisc add dev w1 root netem loss 100%
kernel_says bond0 running=yes bonding/ad_partner_mac=00:00:00:00:00:00
agent_says bond0 bondPartnerMac=00:00:00:00:00:00 \
	bondPending=noLacpPartner,splitAggregator bondDiscrepancies= \
	bondEffectiveCarrier=up
reconfigure_bondcarrierd "discrepancyGrace $LONG_GRACE" \
	"lacpPartnerGrace 500 500"
agent_says bond0 bondDiscrepancies=noLacpPartner,splitAggregator \
	bondEffectiveCarrier=up bondRunning=true

say "it speaks again"
grace 500
tc qdisc del dev w0 root
tc qdisc del dev w1 root
kernel_says bond0 "bonding/ad_partner_mac=$mac" bonding/ad_num_ports=2
agent_says bond0 "bondPartnerMac=$mac" bondDiscrepancies= bondPending= \
	bondEffectiveCarrier=up
