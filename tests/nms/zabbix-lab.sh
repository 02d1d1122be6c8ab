# SPDX-License-Identifier: BSD-2-Clause
# For stories with Zabbix beside snmpd and bondcarrierd: STORY_ARGS is the
# folder that tests/nms/zabbix has prepared.

prepared=$STORY_ARGS
[ -r "$prepared/data.tar" ] || skip "no database: see tests/nms/zabbix"
zabbix=$here/zabbix
# shellcheck source=tests/nms/zabbix.sh
. "$LAB/../nms/zabbix.sh"

# start_trap_handler: snmptrapd, with our line for Zabbix.
start_trap_handler()
{
	mkdir "$zabbix"
	: >"$zabbix/traps"
	st_program=$BUILDDIR/contrib/zabbix/zabbixtrap
	cat >"$here/handler.conf" <<-END
		authCommunity log,execute public
		traphandle .$MIB_ROOT.0.* $st_program $zabbix/traps
	END
	start snmptrapd snmptrapd -f -C -c "$here/handler.conf" -On \
		-Lf "$here/snmptrapd.log" "$traps_at"
	wait_until "$DEADLINE" grep -qs NET-SNMP "$here/snmptrapd.log" ||
		fail "snmptrapd did not start"
}

start_zabbix()
{
	mkdir -p /dev/shm
	mount -t tmpfs tmpfs /dev/shm
	chown postgres "$zabbix"
	tar -C "$zabbix" -xf "$prepared/data.tar"
	start_database || fail "PostgreSQL: $(tail "$zabbix/postgres.log")"
	zabbix_server_conf
	start zabbix zabbix_server -f -c "$zabbix/server.conf"
	start_frontend
	trap 'ended=$?; stop_zabbix; the_end $ended' EXIT
}

start_frontend()
{
	export zabbix
	start web sh -c '. "$0"; frontend "$1"' "$LAB/../nms/zabbix.sh" \
		"$prepared/frontend"
}

stop_zabbix()
{
	stop web INT
	stop zabbix
	[ ! -e "$zabbix/data/postmaster.pid" ] || stop_database || :
}

ask() # COMMAND [ARGUMENT...]
{
	python3 -B "$LAB/../nms/zabbix_api.py" \
		"http://127.0.0.1:$zabbix_port" "$@" 2>>"$here/ask.log"
}

# has_value KEY VALUE: it is the item's last value.
has_value()
{
	ask items >"$here/items.now" &&
		grep -qxF "0 $1 $2" "$here/items.now"
}

polled() # KEY VALUE
{
	wait_until "$DEADLINE" has_value "$1" "$2" || fail "no $1 $2
$(cat "$here/items.now")"
	echo "   polled:   $1 $2"
}

# problems_are [LINE...]: exactly these.
problems_are()
{
	ask problems >"$here/problems.now" || return 1
	pa_wanted=$([ $# = 0 ] || printf '%s\n' "$@" | sort)
	[ "$pa_wanted" = "$(cat "$here/problems.now")" ]
}

become() # [LINE...]
{
	wait_until "$DEADLINE" problems_are "$@" || fail "the problems
$(printf '  expected: %s\n' "$@")
$(sed 's/^/  found:    /' "$here/problems.now")"
	echo "   problems: $(paste -s -d ';' "$here/problems.now")"
}

# polls KEY: the number of its values.
polls()
{
	ask values "$1" | wc -l
}

has_more_polls()
{
	[ "$(polls "$1")" -ge "$2" ]
}

# keep KEY [LINE...]: the problems stay these while KEY is polled three times.
keep()
{
	ke_key=$1
	ke_until=$(($(polls "$ke_key") + 3))
	shift
	until has_more_polls "$ke_key" "$ke_until"; do
		problems_are "$@" || fail "other problems
$(sed 's/^/  found:    /' "$here/problems.now")"
	done
	problems_are "$@" || fail "other problems
$(sed 's/^/  found:    /' "$here/problems.now")"
	echo "   and so for three polls more"
}

has_trap() # KEY TEXT
{
	ask values "$1" >"$here/traps.now" && grep -qxF "$2" "$here/traps.now"
}

trap_comes() # KEY TEXT
{
	wait_until "$DEADLINE" has_trap "$1" "$2" || fail "no trap '$2' in $1
$(cat "$here/traps.now")
--- $zabbix/traps
$(cat "$zabbix/traps")"
	echo "   trap:     $2"
}

# True when each item but those of traps has a value; otherwise prints them.
all_have_values()
{
	ask items | awk '$3 == "" && !/snmptrap/' >"$here/empty.now" &&
		[ ! -s "$here/empty.now" ]
}

discovery_fails()
{
	ask unsupported >"$here/unsupported.now" &&
		[ "$(grep -c '^[a-z]*.discovery: .*does not answer' \
			"$here/unsupported.now")" = 2 ]
}

# Zabbix' requests: capture_polls starts; polls_are N expects a GET of N
# objects, and GETBULK for discovery (0 and 5, RFC 3416).
capture_polls()
{
	start tshark tshark -i lo -f 'udp dst port 161' -w "$here/polls.pcap"
	wait_until "$DEADLINE" test -s "$here/polls.pcap" ||
		fail "tshark does not start"
}

# "TYPE OBJECTS", and how often, of the requests so far.
requests()
{
	tshark -r "$here/polls.pcap" -Y snmp -T fields -e snmp.data \
		-e snmp.name -E aggregator=, 2>/dev/null |
		awk -F '\t' '{ print $1, split($2, names, ",") }' |
		sort | uniq -c | awk '{ print $2, $3 ": " $1 }'
}

has_requests()
{
	requests >"$here/requests" && grep -q "^0 $1:" "$here/requests" &&
		grep -q '^5 ' "$here/requests"
}

polls_are()
{
	wait_until "$DEADLINE" has_requests "$1" || fail "no GET of $1 objects
$(cat "$here/requests")"
	stop tshark INT
	sed 's/^0 /   GET of objects /; s/^5 /   GETBULK of objects /' \
		"$here/requests"
}
