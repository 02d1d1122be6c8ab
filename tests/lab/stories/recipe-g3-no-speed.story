# Recipe g'': balance-tlb, balance-alb and 802.3ad refuse "up" for a slave
# without a known speed once it was down.
start_agents "discrepancyGrace $LONG_GRACE"
for mode in balance-tlb balance-alb 802.3ad; do
	name=${mode#balance-}
	ip link add "d-$name" type dummy
	bond "b-$name" mode "$mode" miimon 100
	enslave "b-$name" "d-$name"
	ip link set "d-$name" carrier off
	kernel_says "d-$name" mii=down
	kernel_says "b-$name" running=no
	agent_says "b-$name" bondEffectiveCarrier=down bondDiscrepancies=
done
for mode in tlb alb 802.3ad; do
	ip link set "d-$mode" carrier on
	kernel_says "d-$mode" lower_up=yes
done
for mode in tlb alb 802.3ad; do
	kernel_keeps 1 "b-$mode" running=no
	kernel_says "d-$mode" mii=down
done
for mode in tlb alb 802.3ad; do
	agent_says "b-$mode" bondEffectiveCarrier=up bondDiscrepancies= \
		bondPending=falseDown,slaveFalseDown
done
grace 500
for mode in tlb alb 802.3ad; do
	agent_says "b-$mode" bondEffectiveCarrier=up bondPending= \
		bondDiscrepancies=falseDown,slaveFalseDown
done
