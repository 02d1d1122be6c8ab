# SPDX-License-Identifier: BSD-2-Clause
# snmpd, snmptrapd and bondcarrierd, as an operator would have them, in
# $here. Each logs to NAME.log there, which is shown when a story fails.

snmpd_at=${snmpd_at:-udp:127.0.0.1:161}
traps_at=udp:127.0.0.1:162
agentx=$here/agentx
MIB_ROOT=$(sed -n 's/^#define BOND_MIB_ROOT_TEXT "\(.*\)"/\1/p' \
	"$BUILDDIR/config.h")

# Hexadecimal values on one line, however long.
echo "hexOutputLength 0" >"$here/snmp.conf"

# start NAME COMMAND...: in the background; its process id in pid_NAME.
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

# stop NAME [SIGNAL]: and waits for its end; its exit status in `status`.
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

# start_snmpd [LINE...]: with those lines in its configuration too. snmpd_modules:
# what it is to have of its own (-I of snmpd(8)).
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

# configure_bondcarrierd [LINE...]: for its next start, or a SIGHUP.
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

# The same for the one that runs.
reconfigure_bondcarrierd()
{
	configure_bondcarrierd "$@"
	kill -HUP "$pid_bondcarrierd"
}

# All three, and the agent's first answer.
start_agents()
{
	start_snmptrapd
	start_snmpd
	start_bondcarrierd "$@"
	agent_says . bondAgentStatus=synchronised
	forget_traps
}

# snmp COMMAND OID...: numeric output. snmp get, walk, bulkwalk, set ...
# Asked often, so that nothing has to wait long for an snmpd that begins, and
# for long, since all of them take the answer to the first request too.
snmp()
{
	sn_command=$1
	shift
	"snmp$sn_command" -v2c -c public -t 2 -r 30 -On -Ox -Ot \
		${snmp_options:-} "${snmpd_at}" "$@" 2>&1
}
