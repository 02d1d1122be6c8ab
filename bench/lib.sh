# SPDX-License-Identifier: BSD-2-Clause
# For the benchmarks' stories. What is measured goes to $OUT as lines
#
#     MEASURE|WHO|UNIT|VALUE
#
# where WHO is this, floor, or the name of a peer.

BENCH=${LAB%/tests/lab}/bench
probe=$BUILDDIR/bench/bench_probe
floor=$BUILDDIR/bench
sink_port=16200

result()
{
	echo "   $1 | $2 | $4 $3"
	echo "$1|$2|$3|$4" >>/run/lab/out/results
}

# Nanoseconds of processor time of all threads of a process.
cpu_ns()
{
	cat "/proc/$1/task/"*/schedstat | awk '{ ns += $1 } END { printf "%.0f\n", ns }'
}

# How often its threads went to sleep of their own will: a wake-up each.
wakeups()
{
	awk '/^voluntary_ctxt/ { n += $2 } END { print n }' \
		"/proc/$1/task/"*/status
}

# at_most MEASURE WHO TIMES: what is to be reached: this costs so many times
# what WHO does, or less; WHO is "-" for so many units.
at_most()
{
	echo "reach|$1|$2|$3" >>/run/lab/out/results
}

rss_kib()
{
	awk '/^VmRSS/ { print $2 }' "/proc/$1/status"
}

calc()
{
	awk "BEGIN { printf \"%.4g\\n\", $* }"
}

# least NAME VALUE: keeps it, should it be the least of that name so far.
least()
{
	[ -n "$2" ] || fail "no measure of $1"
	echo "$2" >>"$here/least.$1"
}
least_of()
{
	sort -n "$here/least.$1" | head -n 1
}

# settled PID: it has had nothing to do for a second.
settled()
{
	while :; do
		se_before=$(cpu_ns "$1")
		sleep 1
		[ $(($(cpu_ns "$1") - se_before)) -gt 3000000 ] || return 0
	done
}

# start_floor NAME PROGRAM ARGUMENT...
start_floor()
{
	: >"$here/$1.out.log"
	start "$@"
	wait_until "$DEADLINE" grep -q ready "$here/$1.out.log" ||
		fail "$1 did not start"
}

# `ip -batch` lines, read from standard input.
batch()
{
	ip -batch - || fail "ip -batch"
}

# make_bonds NAME COUNT SLAVES: bonds that are down, with dummies, which are up.
make_bonds()
{
	mb_bond=1
	while [ $mb_bond -le "$2" ]; do
		echo "link add $1$mb_bond type bond mode 1 miimon 60000"
		mb_slave=1
		while [ $mb_slave -le "$3" ]; do
			echo "link add $1$mb_bond.$mb_slave type dummy"
			echo "link set $1$mb_bond.$mb_slave master $1$mb_bond"
			mb_slave=$((mb_slave + 1))
		done
		mb_bond=$((mb_bond + 1))
	done | batch
}

# The objects of floor/subagent.c, and of peer/pass_persist.py.
floor_root=.1.3.6.1.4.1.8072.9999.9998
pass_root=.1.3.6.1.4.1.8072.9999.9997

# walks MEASURE COUNT [WHO ADDRESS OID,OID...]...: by turns, of ten repetitions
# a request.
walks()
{
	wa_measure=$1
	shift
	"$probe" walk 10 "$@" >"$here/walks" || fail "$wa_measure: no walk"
	while read -r wa_who wa_rate; do
		result "$wa_measure" "$wa_who" values/s "$wa_rate"
	done <"$here/walks"
}

# Twelve columns, with commas: twelve PREFIX FIRST
twelve()
{
	seq -s , -f "$1.%g" "$2" $(($2 + 11))
}

# What goes wrong among thousands of links is not told with all of them.
show_evidence()
{
	for ev_log in "$here"/*.log; do
		[ ! -s "$ev_log" ] || tail -n 20 "$ev_log"
	done
}
