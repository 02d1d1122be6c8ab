# Recipe g': 802.3ad made with miimon 0 in the same message; slaves enslaved
# without carrier, then plugged: NO-CARRIER for ever, and no AD_INFO.
start_agents "discrepancyGrace 8000"
cable v0 v1
ip link add bond0 type bond mode 802.3ad miimon 0
ip link set bond0 up
enslave bond0 v0 v1
kernel_says bond0 running=no
# Some nine seconds after the first slave the kernel selects an aggregator
# once more by the real carrier, and would find the truth by chance.
kernel_keeps 12 bond0 running=no
agent_says bond0 bondEffectiveCarrier=down bondPending= \
	bondDiscrepancies=slaveFalseUp
plug v0
kernel_says v0 lower_up=yes mii=up
agent_says bond0 bondEffectiveCarrier=up bondPending=falseDown \
	bondDiscrepancies=slaveFalseUp
kernel_keeps 1 bond0 running=no bonding/miimon=0
agent_says bond0 bondEffectiveCarrier=up bondPending= \
	bondDiscrepancies=falseDown,slaveFalseUp
agent_says bond0 bondAggregatorId=absent bondPartnerMac=absent
