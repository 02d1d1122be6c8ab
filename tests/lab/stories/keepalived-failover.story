# The failure that started the project, and its cure: host1 has the higher
# priority, boots without a cable and still is MASTER, since its bond says
# RUNNING. With the track file, `bondcarrier check`, or both, host2 is.
. "$LAB/lib/keepalived.sh"
table=$here/out/table
rounds=${long:+10}
rounds=${rounds:-1}

say "two hosts, nothing checks the links (miimon 0); host1 has no cable"
make_hosts mode active-backup miimon 0
plug_host host2
expect "bond0 of host1" RUNNING \
	"$(on host1 ip -o link show bond0 | grep -qv NO-CARRIER && echo RUNNING)"

say "with track_interface host1 is MASTER, and neither host serves"
start_keepalived interface
wait_until "$DEADLINE" has_service host1 || fail "host1 is not MASTER"
holds 3 is_master host1 || fail "host1 does not stay MASTER"
! answers || fail "who answers?"
echo "   MASTER: host1, and the service does not answer"
stop_keepalived

start_agent host1
start_agent host2
file_becomes host1 1
file_becomes host2 0
for set_up in "interface file" "interface script" "interface file script"; do
	say "with $set_up: host2 from the start"
	start_keepalived $set_up
	becomes_master host2

	took_all=
	n=0
	while [ $n -lt $rounds ]; do
		n=$((n + 1))
		plug_host host1
		wait_master host1
		time_failover
		took_all="$took_all $took"
	done
	echo "   MASTER: host1 with a cable, host2 without, $rounds times"
	echo "   ms from the unplugging to host2:$took_all"
	echo "$set_up: $took_all" >>"$table"
	stop_keepalived
done

if [ -n "$long" ]; then
	say "VRRP on the bond itself: host1 hears nobody, and both are MASTER"
	for host in host1 host2; do
		on $host ip address add "192.0.2.1${host#host}/24" dev bond0
	done
	vrrp_on=bond0
	start_keepalived interface
	for host in host1 host2; do
		wait_until "$DEADLINE" has_service $host ||
			fail "$host is not MASTER"
		echo "   MASTER: $host"
	done
	stop_keepalived
	start_keepalived interface file script
	becomes_master host2
fi
stop_hosts
