# Recipe b: a bond that is up without slaves: the kernel is right.
start_agents "discrepancyGrace $LONG_GRACE"
for mode in balance-rr active-backup 802.3ad; do
	bond "b-$mode" mode "$mode" miimon 100
	kernel_says "b-$mode" up=yes running=no lower_up=no
	agent_says "b-$mode" bondRunning=false bondEffectiveCarrier=down \
		bondEffectiveReason=noSlaves
done
for mode in balance-rr active-backup 802.3ad; do
	agent_says "b-$mode" bondDiscrepancies= bondPending=
done
grace 500
agent_keeps 3 b-802.3ad bondDiscrepancies= bondPending= \
	bondDiscrepancyRaises=0 bondEffectiveCarrier=down
agent_says . bondCount=3 bondDiscrepancyCount=0
