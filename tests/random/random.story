# Random operations on real bonds under a running agent; see random_test.py.
# `run` puts the settings before it: SEED, OPS, DEEP.
for module in dummy 8021q macvlan bridge sch_netem tun; do
	modprobe -d /run/modules $module
done
mkdir -p /run/netns
# The only traffic is LACP and ARP monitoring.
sysctl -qw net.ipv6.conf.all.disable_ipv6=1 \
	net.ipv6.conf.default.disable_ipv6=1

start_snmpd "trap2sink $traps_at public"
configure_bondcarrierd "discrepancyGrace 300" "lacpPartnerGrace 300 300" \
	"notify discrepancy effective activeSlave" "notifyThrottle 0" \
	"eventLog 5000" "notifyQueue 10000" "trackDirectory $here/track"

export PYTHONDONTWRITEBYTECODE=1
python3 "$LAB/../random/random_test.py" --config "$BUILDDIR/config.h" \
	--daemon "$BUILDDIR/bondcarrierd" --folder "$here" \
	--ops "$OPS" --deep "$DEEP" ${SEED:+--seed "$SEED"}
