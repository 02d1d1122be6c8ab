# Recipe e: use_carrier 0 asks the driver by ioctl; if the driver can't say, the
# link is assumed up. Kernel 7.2 refuses the option.
start_agents "discrepancyGrace $LONG_GRACE"
ip link add d0 type dummy
ip link add d1 type dummy
if ! bond bond0 mode active-backup miimon 100 use_carrier 0 2>refused; then
	say "this kernel refuses use_carrier 0: $(uname -r)"
	grep -q 'use_carrier cannot be disabled' refused ||
		fail "$(cat refused)"
	bond bond0 mode active-backup miimon 100
	enslave bond0 d0 d1
	agent_says bond0 bondEffectiveCarrier=up bondUseCarrier=true \
		bondDiscrepancies=
	(bond_option bond0 use_carrier 0) >refused 2>&1 &&
		fail "and takes it through sysfs"
	agent_says bond0 bondUseCarrier=true
	exit 0
fi
enslave bond0 d0 d1
kernel_says bond0 running=yes
agent_says bond0 bondEffectiveCarrier=up bondUseCarrier=false \
	bondDiscrepancies=

say "both lose their carrier"
ip link set d0 carrier off
ip link set d1 carrier off
kernel_says d0 lower_up=no mii=up
raised_after_grace bond0 falseUp,slaveFalseUp bondEffectiveCarrier=down \
	bondEffectiveReason=noSlaveUp
kernel_keeps 1 bond0 running=yes

say "use_carrier 1 is the cure"
bond_option bond0 use_carrier 1
kernel_says bond0 running=no
agent_says bond0 bondEffectiveCarrier=down bondDiscrepancies=
