# Recipe e': with a downdelay, 802.3ad keeps its carrier for that long; the
# other modes drop it at once if no other slave is up. The delay is part of the
# grace.
start_agents "discrepancyGrace $LONG_GRACE" \
	"lacpPartnerGrace $LONG_GRACE $LONG_GRACE"
cable v0 v1 v2
plug v0 v1 v2
# The story does not wait for the end of the long ones.
bond ab mode active-backup miimon 100 downdelay 600000
enslave ab v0
bond lacp mode 802.3ad miimon 100 downdelay 600000
enslave lacp v1
bond short mode 802.3ad miimon 100 downdelay 2000
enslave short v2
kernel_says ab running=yes
kernel_says lacp running=yes
kernel_says short running=yes
agent_says ab bondEffectiveCarrier=up bondDownDelay=600000
agent_says lacp bondEffectiveCarrier=up
agent_says short bondEffectiveCarrier=up bondDownDelay=2000

say "active-backup: going down, and down at once"
unplug v0
kernel_says v0 "mii=going down"
kernel_says ab running=no
agent_says ab bondRunning=false bondEffectiveCarrier=down \
	bondDiscrepancies= bondPending=
agent_says ab/v0 bondSlaveMiiStatus=goingDown

after_last_selection

say "802.3ad: down when the delay ends"
unplug v2
kernel_says short running=no
kernel_says v2 mii=down
agent_says short bondRunning=false bondEffectiveCarrier=down \
	bondDiscrepancies= bondPending= bondDiscrepancyRaises=0

say "up until then, which is not falseUp yet, however short the base is"
unplug v1
kernel_says v1 "mii=going down"
agent_says lacp bondEffectiveCarrier=down bondRunning=true \
	bondDiscrepancies= bondPending=falseUp,noLacpPartner
grace 500
agent_keeps 5 lacp bondEffectiveCarrier=down bondRunning=true \
	bondDiscrepancies= bondPending=falseUp,noLacpPartner
kernel_says v1 "mii=going down"
kernel_says lacp running=yes

say "without the delay it is falseUp"
bond_option lacp downdelay 0
agent_says lacp bondDiscrepancies=falseUp bondPending=noLacpPartner \
	bondEffectiveCarrier=down
kernel_says lacp running=yes
