# Recipe a: modes other than 802.3ad with miimon 0 and slaves without a carrier:
# RUNNING for ever, whatever is plugged in; miimon repairs it.
bonds="rr ab xor bc tlb alb"
start_agents "discrepancyGrace $LONG_GRACE"

say "before: a bond of each mode, without slaves"
bond rr mode balance-rr
bond ab mode active-backup
bond xor mode balance-xor
bond bc mode broadcast
bond tlb mode balance-tlb
bond alb mode balance-alb
for b in $bonds; do bond_option $b miimon 0; done
for b in rr ab xor bc alb tlb; do kernel_says $b running=no; done
agent_says rr bondEffectiveCarrier=down bondEffectiveReason=noSlaves \
	bondDiscrepancies= bondPending= bondWarnings=unmonitored

say "slaves without a cable"
for b in $bonds; do
	cable $b-s
	enslave $b $b-s
done
raised_after_grace alb falseUp,slaveFalseUp bondRunning=true \
	bondEffectiveCarrier=down bondEffectiveReason=noSlaveUp
for b in $bonds; do
	kernel_says $b running=yes lower_up=yes bonding/miimon=0
	kernel_says $b-s lower_up=no mii=up
	agent_says $b bondEffectiveCarrier=down \
		bondDiscrepancies=falseUp,slaveFalseUp \
		bondWarnings=unmonitored,degraded
done

say "plugging and unplugging changes nothing for the kernel"
plug rr-s
agent_says rr bondEffectiveCarrier=up bondDiscrepancies= bondRunning=true
grace $LONG_GRACE
unplug rr-s
kernel_keeps 1 rr running=yes
raised_after_grace rr falseUp,slaveFalseUp bondEffectiveCarrier=down

say "setting miimon repairs it"
for b in $bonds; do
	bond_option $b miimon 100
	kernel_says $b running=no
	agent_says $b bondEffectiveCarrier=down bondDiscrepancies= \
		bondWarnings=degraded
done
