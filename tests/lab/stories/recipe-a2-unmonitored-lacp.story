# Recipe a': 802.3ad requires miimon, but 0 can be set afterwards.
start_agents "discrepancyGrace $LONG_GRACE" \
	"lacpPartnerGrace $LONG_GRACE $LONG_GRACE"
cable v0 v1
plug v0 v1
bond bond0 mode 802.3ad miimon 100
enslave bond0 v0 v1
kernel_says bond0 running=yes
agent_says bond0 bondEffectiveCarrier=up

say "before: monitored, both cables out is noticed"
unplug v0 v1
kernel_says bond0 running=no
agent_says bond0 bondEffectiveCarrier=down bondDiscrepancies= bondPending=
plug v0 v1
kernel_says bond0 running=yes
kernel_says v0 mii=up
kernel_says v1 mii=up
after_last_selection
kernel_says bond0 running=yes
# There never was a partner (recipe c); one port is outside the aggregator.
agent_says bond0 bondEffectiveCarrier=up bondDiscrepancies= \
	bondPending=noLacpPartner,splitAggregator
reconfigure_bondcarrierd "discrepancyGrace $LONG_GRACE" \
	"lacpPartnerGrace 500 500"
agent_says bond0 bondEffectiveCarrier=up bondPending= \
	bondDiscrepancies=noLacpPartner,splitAggregator

say "miimon 0, then both out"
bond_option bond0 miimon 0
grace 500
unplug v0 v1
kernel_says v0 lower_up=no mii=up
agent_says bond0 bondEffectiveCarrier=down bondPending= \
	bondDiscrepancies=falseUp,noLacpPartner,slaveFalseUp
kernel_keeps 1 bond0 running=yes
