# Recipe h': a bond that lies makes the devices on top of it lie: an outer bond,
# and a VLAN.
modprobe -d /run/modules 8021q
start_agents "discrepancyGrace $LONG_GRACE"
cable v0 v1
plug v0 v1
bond inner mode active-backup miimon 0
enslave inner v0
bond outer mode active-backup miimon 100
enslave outer inner
bond inner2 mode balance-rr miimon 0
enslave inner2 v1
ip link add link inner2 name tagged type vlan id 5
bond outer2 mode active-backup miimon 100
enslave outer2 tagged
for b in inner outer inner2 outer2; do
	kernel_says $b running=yes
	agent_says $b bondEffectiveCarrier=up bondDiscrepancies=
done

unplug v0 v1
kernel_says v0 lower_up=no
agent_says outer bondPending=falseUp,slaveFalseUp bondEffectiveCarrier=down
for b in inner outer inner2 outer2; do
	kernel_keeps 1 $b running=yes lower_up=yes
done
grace 500
for b in inner outer inner2 outer2; do
	agent_says $b bondEffectiveCarrier=down bondPending= \
		bondDiscrepancies=falseUp,slaveFalseUp
done

say "plugged: true on every level"
plug v0 v1
for b in inner outer inner2 outer2; do
	agent_says $b bondEffectiveCarrier=up bondDiscrepancies=
done
