# Compares the virtual kernel of tests/sim with the real driver: the same
# operations on both. run-model.sh prepends the settings: VKRUN, LINES.
for module in dummy 8021q macvlan tun; do
	modprobe -d /run/modules $module
done
mkdir -p /run/netns
ip netns add far
for ns in "" "ip netns exec far"; do
	$ns sysctl -qw net.ipv6.conf.all.disable_ipv6=1 \
		net.ipv6.conf.default.disable_ipv6=1
done
[ -c /dev/net/tun ] || {
	mount -t devtmpfs none /dev
}
# The rules of this kernel: 612 is 6.12.
VK_VERSION=$(uname -r | awk -F '[.-]' '{ print $1 * 100 + $2 }')
export VK_VERSION PYTHONDONTWRITEBYTECODE=1
python3 "$LAB/../sim/lab_model.py" "$VKRUN" "$LAB/../random" "$LINES" ||
	fail "the model and the driver differ"
