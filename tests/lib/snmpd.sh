# SPDX-License-Identifier: BSD-2-Clause
# A private snmpd on loopback, for tests: to be sourced by a shell script.
#
#   snmpd_start DIR [LINE...]   starts it and waits until it answers; the lines
#                               are added to its configuration
#   snmpd_stop                  ends it; nothing happens when none runs
#
# Sets SNMPD_ADDRESS (127.0.0.1:PORT), SNMPD_SOCKET (AgentX) and SNMPD_PID.
# Everything it writes is in DIR: conf, log, its persistent files. Community
# public may read and private write everything. SNMPD_PORT, when set, is the
# port to use; else a free one is found.
#
# No program of the calling script reads the host's SNMP configuration after
# this was sourced.

SNMPD_PID=
MIBS=
export MIBS
unset MIBDIRS

# Runs the command until it succeeds; fails after that many seconds.
wait_until() { # seconds, command
	_deadline=$(($(date +%s) + $1))
	shift
	until "$@"; do
		[ "$(date +%s)" -lt "$_deadline" ] || return 1
		sleep 0.02
	done
}

# Below the ports that the kernel gives to clients, and not bound by anybody.
snmpd_free_port() {
	while :; do
		_random=$(od -An -N2 -tu2 /dev/urandom)
		_port=$((20000 + _random % 12000))
		grep -qi ":$(printf %04X $_port) " /proc/net/udp || break
	done
	echo "$_port"
}

# True when it answers, or has ended, which no wait can mend.
snmpd_answers() {
	kill -0 "$SNMPD_PID" 2>/dev/null || return 0
	snmpget -v2c -c public -t 0.2 -r 10 "$SNMPD_ADDRESS" \
		.1.3.6.1.2.1.1.3.0 >/dev/null 2>&1
}

snmpd_start() { # DIR [LINE...]
	_dir=$1
	shift
	SNMPD_ADDRESS=127.0.0.1:${SNMPD_PORT:-$(snmpd_free_port)}
	SNMPD_SOCKET=$_dir/agentx
	SNMPCONFPATH=$_dir
	SNMP_PERSISTENT_DIR=$_dir/persistent
	export SNMPCONFPATH SNMP_PERSISTENT_DIR
	mkdir -p "$_dir/persistent/cert_indexes"
	{
		echo "rocommunity public 127.0.0.1"
		echo "rwcommunity private 127.0.0.1"
		echo "master agentx"
		echo "agentXSocket $SNMPD_SOCKET"
		echo "agentXTimeout 20" # a busy machine's agent is slow
		echo "dontLogTCPWrappersConnects yes"
		for _line in "$@"; do
			echo "$_line"
		done
	} >"$_dir/private.conf"
	PATH=$PATH:/usr/sbin:/sbin snmpd -f -C -c "$_dir/private.conf" \
		-Lf "$_dir/snmpd.log" "udp:$SNMPD_ADDRESS" &
	SNMPD_PID=$!
	if ! wait_until 120 snmpd_answers || ! kill -0 $SNMPD_PID 2>/dev/null
	then
		echo "snmpd does not answer:" >&2
		cat "$_dir/snmpd.log" >&2
		return 1
	fi
}

snmpd_stop() {
	[ -n "$SNMPD_PID" ] || return 0
	kill "$SNMPD_PID" 2>/dev/null
	wait "$SNMPD_PID" 2>/dev/null
	SNMPD_PID=
}
