# Recipe c: 802.3ad against ports that are in no LAG. The kernel keeps one port
# that carries traffic (802.3, 43.3.9): up, but without a partner.
start_agents "discrepancyGrace $LONG_GRACE" \
	"lacpPartnerGrace $LONG_GRACE $LONG_GRACE"
cable v0 v1
plug v0 v1
bond bond0 mode 802.3ad miimon 100 lacp_rate fast
enslave bond0 v0 v1
kernel_says bond0 running=yes \
	bonding/ad_partner_mac=00:00:00:00:00:00 bonding/ad_num_ports=1
kernel_says v0 mii=up
kernel_says v1 mii=up
agent_says bond0 bondPending=noLacpPartner,splitAggregator \
	bondDiscrepancies= bondEffectiveCarrier=up bondRunning=true \
	bondPartnerMac=00:00:00:00:00:00
# discrepancyGrace has no effect on it.
grace 500
agent_keeps 3 bond0 bondPending=noLacpPartner,splitAggregator \
	bondDiscrepancies=
reconfigure_bondcarrierd "discrepancyGrace $LONG_GRACE" \
	"lacpPartnerGrace 500 $LONG_GRACE"
agent_says bond0 bondDiscrepancies=noLacpPartner,splitAggregator \
	bondPending= bondEffectiveCarrier=up bondRunning=true \
	bondPartnerMac=00:00:00:00:00:00
