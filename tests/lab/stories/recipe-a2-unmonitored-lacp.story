# Recipe a': 802.3ad wants miimon, but 0 can be set afterwards.
start_agents "discrepancyGrace 8000" "lacpPartnerGrace 8000 8000"
cable v0 v1
plug v0 v1
bond bond0 mode 802.3ad miimon 100
enslave bond0 v0 v1
kernel_says bond0 running=yes
agent_says bond0 bondEffectiveCarrier=up

say "before: monitored, both out is seen"
unplug v0 v1
kernel_says bond0 running=no
agent_says bond0 bondEffectiveCarrier=down bondDiscrepancies= bondPending=
plug v0 v1
kernel_says bond0 running=yes
kernel_says v0 mii=up
kernel_says v1 mii=up
# Some nine seconds after the first slave the kernel selects an aggregator
# once more by the real carrier, and would find the truth by chance.
kernel_keeps 12 bond0 running=yes
# No partner was ever there (recipe c); one port stands aside.
agent_says bond0 bondEffectiveCarrier=up bondPending= \
	bondDiscrepancies=noLacpPartner,splitAggregator

say "miimon 0, then both out"
bond_option bond0 miimon 0
unplug v0 v1
kernel_says v0 lower_up=no mii=up
agent_says bond0 bondEffectiveCarrier=down \
	bondPending=falseUp,slaveFalseUp
kernel_keeps 1 bond0 running=yes
agent_says bond0 bondEffectiveCarrier=down bondPending= \
	bondDiscrepancies=falseUp,noLacpPartner,slaveFalseUp
