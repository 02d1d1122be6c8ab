# Nagios with the commands of contrib/nagios, check_snmp and `bondcarrier check`
# on real bonds. Only hosts and intervals differ from those files.
plugins=/usr/lib/nagios/plugins
command -v nagios4 >/dev/null || skip "no nagios4 here"
[ -x $plugins/check_snmp ] || skip "no check_snmp here"

cable v0 v1
bond bond0 mode active-backup miimon 0
enslave bond0 v0
bond bond1 mode active-backup miimon 100
enslave bond1 v1
plug v0 v1
start_agents "discrepancyGrace 1000"
agent_says bond0 bondEffectiveCarrier=up

say "Nagios"
mkdir "$here/nagios" "$here/nagios/results" "$here/bin"
ln -s "$BUILDDIR/cli/bondcarrier" "$here/bin/bondcarrier"
sed -e "s,[^ \t]*/bondcarrier check,$here/bin/bondcarrier check," \
	"$BUILDDIR/contrib/nagios/bondcarrier.cfg" >"$here/nagios/bonds.cfg"
echo "\$USER1\$=$plugins" >"$here/nagios/resource.cfg"
cat >"$here/nagios/host.cfg" <<-END_OF_HOST
	define timeperiod {
		timeperiod_name	always
		alias		always
		monday 00:00-24:00
		tuesday 00:00-24:00
		wednesday 00:00-24:00
		thursday 00:00-24:00
		friday 00:00-24:00
		saturday 00:00-24:00
		sunday 00:00-24:00
	}
	define command {
		command_name	nothing
		command_line	/bin/true
	}
	define host {
		host_name		here
		address			127.0.0.1
		max_check_attempts	1
		check_command		nothing
		check_period		always
		notifications_enabled	0
		contacts		nobody
	}
	define contact {
		contact_name			nobody
		host_notifications_enabled	0
		service_notifications_enabled	0
		host_notification_period	always
		service_notification_period	always
		host_notification_commands	nothing
		service_notification_commands	nothing
	}
	define hostgroup {
		hostgroup_name	bonds
		members		here
	}
	define service {
		name			generic-service
		register		0
		max_check_attempts	1
		check_interval		2
		retry_interval		2
		check_period		always
		notification_period	always
		notifications_enabled	0
		contacts		nobody
	}
	define service {
		use			generic-service
		host_name		here
		service_description	plugin
		check_command		check_bonds!-w none bond0 bond1
	}
	define service {
		use			generic-service
		host_name		here
		service_description	bond1
		check_command		check_snmp_bond_carrier!public!$(ifindex bond1)
	}
END_OF_HOST
cat >"$here/nagios/nagios.cfg" <<-END_OF_CONFIG
	log_file=$here/nagios.log
	cfg_file=$here/nagios/host.cfg
	cfg_file=$here/nagios/bonds.cfg
	resource_file=$here/nagios/resource.cfg
	object_cache_file=$here/nagios/objects
	status_file=$here/nagios/status
	state_retention_file=$here/nagios/retention
	check_result_path=$here/nagios/results
	temp_path=$here/nagios
	temp_file=$here/nagios/temp
	lock_file=$here/nagios/lock
	query_socket=$here/nagios/query
	check_result_reaper_frequency=2
	command_file=$here/nagios/commands
	check_external_commands=0
	interval_length=1
	status_update_interval=1
	check_for_updates=0
	nagios_user=root
	nagios_group=root
	use_syslog=0
END_OF_CONFIG
nagios4 -v "$here/nagios/nagios.cfg" >"$here/nagios-v.log" ||
	fail "nagios4 -v: $(cat "$here/nagios-v.log")"
start nagios nagios4 "$here/nagios/nagios.cfg"
trap 'ended=$?; stop nagios; the_end $ended' EXIT

# service NAME: "STATE OUTPUT"
service()
{
	awk -F = -v name="$1" '
		/^servicestatus/ { state = ""; here = 0 }
		/^\tservice_description=/ { here = $2 == name }
		/^\tcurrent_state=/ { state = $2 }
		/^\tplugin_output=/ && here {
			sub(/^[^=]*=/, "")
			print state, $0
		}' "$here/nagios/status"
}

service_is()
{
	now=$(service "$1" 2>/dev/null)
	# shellcheck disable=SC2254 # a pattern
	case $now in $2) ;; *) return 1 ;; esac
}

becomes() # NAME PATTERN
{
	wait_until "$DEADLINE" service_is "$1" "$2" ||
		fail "service $1: expected $2, found $now"
	echo "   $1: $now"
}

say "all is well"
becomes Bonds '0 *OK*'
becomes plugin '0 *OK*'
becomes bond1 '0 *OK*'

say "a bond lies"
unplug v0
becomes Bonds '2 *CRITICAL*'
becomes plugin '2 *bond0*'
becomes bond1 '0 *OK*'

say "one that does not lie is down"
plug v0
unplug v1
becomes Bonds '0 *OK*'
becomes bond1 '2 *'
becomes plugin '2 *bond1*'
plug v1
becomes bond1 '0 *OK*'
becomes plugin '0 *OK*'

say "the agent is gone: UNKNOWN, not OK"
stop bondcarrierd
becomes Bonds '3 *'
becomes bond1 '3 *'
becomes plugin '0 *OK*'
