# Recipe g': 802.3ad created with miimon 0 in the same message; its slaves are
# added without carrier, then plugged in: NO-CARRIER for ever, and no AD_INFO.
start_agents "discrepancyGrace $LONG_GRACE"
cable v0 v1
ip link add bond0 type bond mode 802.3ad miimon 0
ip link set bond0 up
enslave bond0 v0 v1
kernel_says bond0 running=no
after_last_selection
kernel_says bond0 running=no
raised_after_grace bond0 slaveFalseUp bondEffectiveCarrier=down
grace $LONG_GRACE
plug v0
kernel_says v0 lower_up=yes mii=up
agent_says bond0 bondEffectiveCarrier=up bondPending=falseDown \
	bondDiscrepancies=slaveFalseUp
kernel_keeps 1 bond0 running=no bonding/miimon=0
grace 500
agent_says bond0 bondEffectiveCarrier=up bondPending= \
	bondDiscrepancies=falseDown,slaveFalseUp
kernel_says bond0 running=no
agent_says bond0 bondAggregatorId=absent bondPartnerMac=absent
