# Recipe i': a bond in link mode dormant has LOWER_UP but is not RUNNING.
start_agents "discrepancyGrace $LONG_GRACE"
cable v0
plug v0
bond bond0 mode active-backup miimon 100
ip link set bond0 mode dormant
enslave bond0 v0
kernel_says v0 mii=up
kernel_says bond0 lower_up=yes running=no
raised_after_grace bond0 falseDown,operStatusMismatch \
	bondEffectiveCarrier=up bondOperStatus=dormant bondRunning=false \
	bondLowerUp=true
