# SPDX-License-Identifier: BSD-2-Clause
# snmpd, snmptrapd and bondcarrierd, configured as by an operator, in $here.
# Each logs to NAME.log there, which is printed when a story fails.

snmpd_at=${snmpd_at:-udp:127.0.0.1:161}
traps_at=udp:127.0.0.1:162
agentx=$here/agentx
MIB_ROOT=$(sed -n 's/^#define BOND_MIB_ROOT_TEXT "\(.*\)"/\1/p' \
	"$BUILDDIR/config.h")

# Hexadecimal values on one line, however long.
echo "hexOutputLength 0" >"$here/snmp.conf"

# start NAME COMMAND...: runs it in the background; sets pid_NAME.
start()
{
	st_name=$1
	shift
	"$@" >>"$here/$st_name.out.log" 2>&1 </dev/null &
	eval "pid_$st_name=$!"
}

running()
{
	eval "ru_pid=\${pid_$1:-}"
	[ -n "$ru_pid" ] && kill -0 "$ru_pid" 2>/dev/null
}

# stop NAME [SIGNAL]: waits for its end; sets `status` to its exit status.
stop()
{
	eval "so_pid=\${pid_$1:-}"
	status=0
	[ -n "$so_pid" ] || return 0
	kill "-${2:-TERM}" "$so_pid" 2>/dev/null || :
	wait "$so_pid" || status=$?
	eval "pid_$1="
}

# The agent has to end cleanly, whatever the story was about.
stop_all()
{
	sa_agent=0
	if [ -n "${pid_bondcarrierd:-}" ]; then
		stop bondcarrierd
		sa_agent=$status
	fi
	stop snmpd
	stop snmptrapd
	return $sa_agent
}

start_snmptrapd()
{
	cat >"$here/snmptrapd.conf" <<-END
		disableAuthorization yes
		format2 %V|%v\n
		[snmp] hexOutputLength 0
	END
	start snmptrapd snmptrapd -f -C -c "$here/snmptrapd.conf" \
		-On -Ox -Ot -Lf "$here/snmptrapd.log" "$traps_at"
	wait_until "$DEADLINE" grep -qs NET-SNMP "$here/snmptrapd.log" ||
		fail "snmptrapd did not start"
}

# start_snmpd [LINE...]: with those lines in its configuration. snmpd_modules:
# which of its own modules it loads (-I of snmpd(8)).
start_snmpd()
{
	{
		cat <<-END
			agentAddress $snmpd_at
			${access:-rwcommunity} public 127.0.0.1
			master agentx
			agentXSocket $agentx
			agentXTimeout 20
			${pid_snmptrapd:+trap2sink $traps_at public}
			dontLogTCPWrappersConnects yes
		END
		[ $# = 0 ] || printf '%s\n' "$@"
	} >"$here/snmpd.conf"
	start snmpd snmpd -f -C -c "$here/snmpd.conf" -Lf "$here/snmpd.log" \
		-I "${snmpd_modules:--smux}"
	wait_until "$DEADLINE" snmp get .1.3.6.1.2.1.1.3.0 >/dev/null ||
		fail "snmpd did not start"
}

# configure_bondcarrierd [LINE...]: takes effect at its next start or SIGHUP.
configure_bondcarrierd()
{
	printf '%s\n' "stateFile $here/state" "$@" >"$here/bondcarrierd.conf"
}

# start_bondcarrierd [LINE...]: with those lines as its configuration.
start_bondcarrierd()
{
	configure_bondcarrierd "$@"
	start bondcarrierd "$BUILDDIR/bondcarrierd" -f -x "$agentx" \
		-C "$here/bondcarrierd.conf" -L e
}

# The same for a running one.
reconfigure_bondcarrierd()
{
	configure_bondcarrierd "$@"
	kill -HUP "$pid_bondcarrierd"
}

# Starts all three, and waits for the agent's first response.
start_agents()
{
	start_snmptrapd
	start_snmpd
	start_bondcarrierd "$@"
	agent_says . bondAgentStatus=synchronised
	forget_traps
}

# snmp COMMAND OID...: numeric output. snmp get, walk, bulkwalk, set ... Many
# retries, so that nothing waits long for an snmpd that is starting, and a long
# time in all, since all of them accept the response to the first request too.
snmp()
{
	sn_command=$1
	shift
	"snmp$sn_command" -v2c -c public -t 2 -r 30 -On -Ox -Ot \
		${snmp_options:-} "${snmpd_at}" "$@" 2>&1
}
