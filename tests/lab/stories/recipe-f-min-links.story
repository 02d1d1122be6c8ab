# Recipe f: min_links is for 802.3ad, where the kernel applies it; other modes
# ignore it.
start_agents "discrepancyGrace $LONG_GRACE" \
	"lacpPartnerGrace $LONG_GRACE $LONG_GRACE"
lacp_pair min_links 2
mac=$(cat /sys/class/net/far/address)
kernel_says bond0 running=yes bonding/ad_num_ports=2 \
	"bonding/ad_partner_mac=$mac"
agent_says bond0 bondEffectiveCarrier=up bondMinLinks=2 bondDiscrepancies= \
	bondWarnings=

say "one of two cables out"
ip link set w0 down
kernel_says bond0 running=no bonding/ad_num_ports=1
agent_says bond0 bondRunning=false bondEffectiveCarrier=down \
	bondEffectiveReason=minLinksNotMet bondSlavesUsable=1 \
	bondDiscrepancies= bondPending=
grace 500
agent_keeps 3 bond0 bondDiscrepancies= bondPending= bondDiscrepancyRaises=0

say "active-backup ignores it"
cable v2 v3
plug v2
bond ab mode active-backup miimon 100 min_links 2
enslave ab v2 v3
kernel_says ab running=yes
agent_says ab bondEffectiveCarrier=up bondDiscrepancies= \
	bondWarnings=minLinksIgnored,degraded
