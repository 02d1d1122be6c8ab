# Recipe g: miimon is set to 0 while all slaves are down; then no cable helps.
start_agents "discrepancyGrace $LONG_GRACE"
cable v0 v1
bond rr mode balance-rr miimon 100
bond ab mode active-backup miimon 100
enslave rr v0
enslave ab v1
for b in rr ab; do
	kernel_says $b running=no
done
kernel_says v0 mii=down
kernel_says v1 mii=down
agent_says rr bondEffectiveCarrier=down bondDiscrepancies=

bond_option rr miimon 0
bond_option ab miimon 0
plug v0 v1
kernel_says v0 lower_up=yes mii=down
raised_after_grace ab falseDown,slaveFalseDown bondEffectiveCarrier=up \
	bondRunning=false
kernel_keeps 1 rr running=no
kernel_keeps 1 ab running=no
agent_says rr bondDiscrepancies=falseDown,slaveFalseDown \
	bondEffectiveCarrier=up
