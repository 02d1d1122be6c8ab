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

# many FIRST LAST FORMAT: `ip -batch` lines, a number in each.
batch()
{
	ip -batch - || fail "ip -batch"
}
