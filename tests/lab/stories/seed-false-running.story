# The bug that started the project: a bond of two cards without a cable is
# RUNNING for everyone, since nothing checks the links (miimon 0).
start_agents

say "two slaves, no cable, no link monitoring"
cable v0 v1
bond bond0 mode active-backup miimon 0
enslave bond0 v0 v1
kernel_says bond0 up=yes running=yes lower_up=yes bonding/miimon=0
kernel_says v0 up=yes lower_up=no mii=up
kernel_says v1 up=yes lower_up=no mii=up

say "the agent reports the truth"
agent_says bond0 bondName=bond0 bondRunning=true bondLowerUp=true \
	bondEffectiveCarrier=down bondEffectiveReason=noSlaveUp \
	bondDiscrepancies=falseUp,slaveFalseUp bondPending= \
	bondWarnings=unmonitored,degraded
agent_says bond0/v0 bondSlaveName=v0 bondSlaveLowerUp=false \
	bondSlaveMiiStatus=up bondSlaveCorrectedLink=down \
	bondSlaveDiscrepancies=slaveFalseUp
agent_says . bondCount=1 bondSlaveTotal=2 bondFalseUpCount=1

say "and sends it, with all objects of the MIB's notification, in order"
trap_arrives bondDiscrepancyRaised bondEventKind=falseUp
row=$(ifindex bond0)
event=$(trap_value bondEventLastIndex)
expect "varbinds" "sysUpTime trap bondEventLastIndex.0 bondName.$row \
bondAdminStatus.$row bondOperStatus.$row bondRunning.$row \
bondEffectiveCarrier.$row bondEffectiveReason.$row bondDiscrepancies.$row \
bondEventKind.$event bondEventSlaveName.$event bondEventText.$event" \
	"$(trap_names)"
trap_says bondName=bond0 bondAdminStatus=up bondOperStatus=up \
	bondRunning=true bondEffectiveCarrier=down \
	bondEffectiveReason=noSlaveUp bondEventKind=falseUp \
	bondEventSlaveName=
case $(trap_value bondDiscrepancies) in
falseUp*) ;;
*) fail "bondDiscrepancies is $(trap_value bondDiscrepancies)" ;;
esac
case $(trap_value bondEventText) in
*bond0*) echo "   text: $(trap_value bondEventText)" ;;
*) fail "the text does not name the bond: $(trap_value bondEventText)" ;;
esac
# The time of the event; two roundings may differ by a tick or two.
off=$(($(trap_value sysUpTime) - $(agent_value "$event" bondEventTime)))
[ "${off#-}" -le 3 ] || fail "the trap's sysUpTime is $off ticks off"
trap_arrives bondDiscrepancyRaised bondEventKind=slaveFalseUp \
	bondEventSlaveName=v0
trap_arrives bondDiscrepancyRaised bondEventKind=slaveFalseUp \
	bondEventSlaveName=v1

say "one cable in: the bond's RUNNING is now true"
plug v0
kernel_says bond0 running=yes
kernel_says v0 lower_up=yes
agent_says bond0 bondEffectiveCarrier=up bondEffectiveReason=linkUp \
	bondDiscrepancies=slaveFalseUp
trap_arrives bondEffectiveCarrierUp bondEffectiveCarrier=up
trap_arrives bondDiscrepancyCleared bondEventKind=falseUp \
	bondEffectiveCarrier=up bondRunning=true
trap_arrives bondDiscrepancyCleared bondEventKind=slaveFalseUp \
	bondEventSlaveName=v0

say "the cable out: it lies again"
unplug v0
kernel_says v0 lower_up=no mii=up
kernel_says bond0 running=yes
agent_says bond0 bondEffectiveCarrier=down \
	bondDiscrepancies=falseUp,slaveFalseUp
trap_arrives bondEffectiveCarrierDown bondEffectiveCarrier=down
trap_arrives bondDiscrepancyRaised bondEventKind=falseUp
trap_arrives bondDiscrepancyRaised bondEventKind=slaveFalseUp \
	bondEventSlaveName=v0
no_more_traps

say "miimon cures it"
bond_option bond0 miimon 100
kernel_says bond0 running=no lower_up=no
kernel_says v0 mii=down
agent_says bond0 bondRunning=false bondEffectiveCarrier=down \
	bondDiscrepancies= bondWarnings=degraded bondLinkMonitor=mii
trap_arrives bondDiscrepancyCleared bondEventKind=falseUp
trap_arrives bondDiscrepancyCleared bondEventSlaveName=v0
trap_arrives bondDiscrepancyCleared bondEventSlaveName=v1
no_more_traps
