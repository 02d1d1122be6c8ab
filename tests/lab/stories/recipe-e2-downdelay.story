# Recipe e': with a downdelay, 802.3ad keeps its carrier for that long; the
# other modes drop it at once when no other slave is up.
start_agents "discrepancyGrace 1000" "lacpPartnerGrace 100000 100000"
cable v0 v1
plug v0 v1
bond bond0 mode active-backup miimon 100 downdelay 6000
enslave bond0 v0
bond bond1 mode 802.3ad miimon 100 downdelay 6000
enslave bond1 v1
kernel_says bond0 running=yes
kernel_says bond1 running=yes
agent_says bond0 bondEffectiveCarrier=up bondDownDelay=6000
agent_says bond1 bondEffectiveCarrier=up

say "active-backup: going down, and down at once"
unplug v0
kernel_says v0 "mii=going down"
kernel_says bond0 running=no
agent_says bond0 bondRunning=false bondEffectiveCarrier=down \
	bondDiscrepancies= bondPending=
kernel_says v0 mii=down
agent_says bond0/v0 bondSlaveMiiStatus=down

say "802.3ad: held, which is no falsehood yet"
unplug v1
kernel_says v1 "mii=going down"
kernel_says bond1 running=yes
agent_says bond1 bondEffectiveCarrier=down bondRunning=true \
	bondDiscrepancies= bondPending=falseUp,noLacpPartner
kernel_says bond1 running=no
agent_says bond1 bondRunning=false bondEffectiveCarrier=down \
	bondDiscrepancies= bondPending= bondDiscrepancyRaises=0
