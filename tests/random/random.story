# Random operations on real bonds under a running agent; see random_test.py.
# `run` puts the settings before it: SEED, OPS, DEEP.
for module in dummy 8021q macvlan bridge sch_netem; do
	modprobe -d /run/modules $module
done
mkdir -p /run/netns
# The only traffic is LACP and ARP monitoring.
sysctl -qw net.ipv6.conf.all.disable_ipv6=1 \
	net.ipv6.conf.default.disable_ipv6=1

start_snmpd
start_bondcarrierd "discrepancyGrace 300" "lacpPartnerGrace 300 300"
agent_says . bondAgentStatus=synchronised

export PYTHONDONTWRITEBYTECODE=1
python3 "$LAB/../random/random_test.py" --config "$BUILDDIR/config.h" \
	--ops "$OPS" --deep "$DEEP" ${SEED:+--seed "$SEED"}

running bondcarrierd || fail "bondcarrierd is gone"
stop bondcarrierd TERM
expect "bondcarrierd's exit status" 0 "$status"
