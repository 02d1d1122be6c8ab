# SPDX-License-Identifier: BSD-2-Clause
# What every story needs: printing steps, waiting, failing.

: "${here:=/run/lab}"     # the folder for everything that a story creates
DEADLINE=${DEADLINE:-180} # seconds to wait for what must happen: enough for a
			  # busy machine

# With this grace nothing that is pending is ever raised: for stories that
# inspect it, or that allow no finding at all. See `grace`.
LONG_GRACE=3600000

say()
{
	echo "== $*"
}

fail()
{
	echo "FAIL: $*"
	exit 1
}

skip()
{
	echo "SKIP: $*"
	exit 77
}

# Hundredths of a second since boot.
now_cs()
{
	read -r up _ </proc/uptime
	echo "${up%.*}${up#*.}"
}

# wait_until SECONDS COMMAND...: until it succeeds; returns its last status.
wait_until()
{
	wu_end=$(($(now_cs) + $1 * 100))
	shift
	until "$@"; do
		[ "$(now_cs)" -lt $wu_end ] || return 1
		sleep 0.1
	done
}

# holds SECONDS COMMAND...: the command succeeds all that time, run repeatedly.
holds()
{
	ho_end=$(($(now_cs) + $1 * 100))
	shift
	while "$@"; do
		[ "$(now_cs)" -lt $ho_end ] || return 0
		sleep 0.1
	done
	return 1
}

# expect WHAT EXPECTED FOUND
expect()
{
	[ "$2" = "$3" ] || fail "$1
  expected: $2
  found:    $3"
	echo "   $1: $3"
}

# Prints the logs if the story failed; everything else goes with the lab itself.
the_end()
{
	[ "$1" = 0 ] || [ "$1" = 77 ] || show_evidence
	if ! stop_all; then
		echo "FAIL: the agent ended with status $sa_agent"
		tail -n 20 "$here"/bondcarrierd*.log
		exit 1
	fi
}

show_evidence()
{
	echo "--- links"
	ip -d -br link 2>&1 || :
	for ev_bond in /proc/net/bonding/*; do
		[ -r "$ev_bond" ] && sed "s|^|${ev_bond##*/}: |" "$ev_bond"
	done
	for ev_log in "$here"/bondcarrierd.conf "$here"/*.log; do
		[ -s "$ev_log" ] || continue
		echo "--- ${ev_log##*/}"
		grep -v '^\.1\.3\.6\.1\.2\.1\.1\.3\.0 = ' "$ev_log" || :
	done
	echo "--- traps, decoded"
	all_traps
}
