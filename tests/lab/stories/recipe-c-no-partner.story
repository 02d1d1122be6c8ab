# Recipe c: 802.3ad against ports that are in no LAG. The kernel keeps one
# port carrying traffic (802.3, 43.3.9): up, but without a partner.
start_agents "discrepancyGrace 1000" "lacpPartnerGrace 8000 8000"
cable v0 v1
plug v0 v1
bond bond0 mode 802.3ad miimon 100 lacp_rate fast
enslave bond0 v0 v1
kernel_says bond0 running=yes \
	bonding/ad_partner_mac=00:00:00:00:00:00 bonding/ad_num_ports=1
kernel_says v0 mii=up
kernel_says v1 mii=up
raised_after_grace bond0 noLacpPartner,splitAggregator \
	bondEffectiveCarrier=up bondRunning=true \
	bondPartnerMac=00:00:00:00:00:00
