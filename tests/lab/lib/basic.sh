# SPDX-License-Identifier: BSD-2-Clause
# What every story needs: to say what it does, to wait, to fail plainly.

: "${here:=/run/lab}"     # where everything is that a story makes
DEADLINE=${DEADLINE:-180} # seconds until a thing that must come has come: so
			  # many that a machine that is busy gets there too

# Nothing that is pending is ever raised with this grace: for stories that
# look at it in peace, or that allow for no finding at all. See `grace`.
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

# Hundredths of a second since the boot.
now_cs()
{
	read -r up _ </proc/uptime
	echo "${up%.*}${up#*.}"
}

# wait_until SECONDS COMMAND...: until the command succeeds; its last status.
wait_until()
{
	wu_end=$(($(now_cs) + $1 * 100))
	shift
	until "$@"; do
		[ "$(now_cs)" -lt $wu_end ] || return 1
		sleep 0.1
	done
}

# holds SECONDS COMMAND...: succeeds all that time, looked at again and again.
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

# Logs of what ran, where the story failed; then everything goes with the
# lab itself.
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
