# What doc/pictures shows in Prometheus: a bond without a link monitor is
# unplugged, plugged, given a monitor (miimon 100), and unplugged again. Keeps
# Prometheus' folder and the time of the end, for tests/nms/picture to take its
# graph page. Takes some five minutes.
DEADLINE=600
[ -d "$here/out" ] || skip "nowhere to leave the picture's data"
for tool in prometheus prometheus-snmp-exporter curl; do
	command -v $tool >/dev/null || skip "no $tool here"
done

start_agents "discrepancyGrace 1000"
cable v0
bond bond0 mode active-backup miimon 0
enslave bond0 v0
plug v0
agent_says bond0 bondEffectiveCarrier=up bondDiscrepancies=

say "Prometheus beside it"
sed -e 's/scrape_interval: .*/scrape_interval: 5s/' -e '/^rule_files:/,/^$/d' \
	-e 's/- 192.0.2.1$/- 127.0.0.1/' \
	"$LAB/../../contrib/prometheus/prometheus.yml" >"$here/prometheus.yml"
start exporter prometheus-snmp-exporter \
	--config.file="$BUILDDIR/contrib/prometheus/snmp.yml" \
	--web.listen-address=127.0.0.1:9116
start prometheus prometheus --config.file="$here/prometheus.yml" \
	--storage.tsdb.path="$here/tsdb" --web.listen-address=127.0.0.1:9090
trap 'ended=$?; stop prometheus; stop exporter; the_end $ended' EXIT

# scraped METRIC VALUE: Prometheus' last value for bond0.
has_scraped()
{
	curl -sf -m 20 "http://127.0.0.1:9090/api/v1/query?query=$1" |
		grep -q "\"value\":\[[0-9.]*,\"$2\"\]"
}
scraped()
{
	wait_until "$DEADLINE" has_scraped "$1" "$2" ||
		fail "Prometheus has no $1 $2"
	echo "   scraped: $1 $2"
}

say "up"
scraped bondEffectiveCarrier 1
date +%s >"$here/out/begin"
kernel_keeps 40 bond0 running=yes

say "unplugged: it lies"
unplug v0
scraped bondEffectiveCarrier 2
scraped bondRunning 1
kernel_keeps 60 bond0 running=yes

say "plugged, with a monitor"
plug v0
bond_option bond0 miimon 100
scraped bondEffectiveCarrier 1
kernel_keeps 60 bond0 running=yes

say "unplugged: it says so"
unplug v0
scraped bondRunning 2
scraped bondEffectiveCarrier 2
kernel_keeps 40 bond0 running=no

say "plugged"
plug v0
scraped bondRunning 1
scraped bondEffectiveCarrier 1
kernel_keeps 30 bond0 running=yes

date +%s >"$here/out/end"
stop prometheus
tar -C "$here" -cf "$here/out/tsdb.tar" tsdb
