# The clock is set days forwards and backwards: that raises and clears nothing,
# shortens no grace and stops no timer, and each event keeps its date, by the
# clock at the time of the event.
. "$LAB/lib/faults.sh"
command -v python3 >/dev/null || skip "no python3 here"
GRACE=6000 # ms
cable v0
plug v0
bond bond0 mode active-backup miimon 0
enslave bond0 v0
start_agents "discrepancyGrace $GRACE" "resyncInterval 1" "notifyThrottle 0"
agent_says bond0 bondEffectiveCarrier=up

# jump OFFSET: for date(1).
jump()
{
	say "the clock jumps: $1"
	before=$(date +%s)
	date -s "$1" >"$here/date"
	after=$(date +%s)
	[ $((after - before)) -gt 80000 ] || [ $((before - after)) -gt 80000 ] ||
		fail "it does not"
}

# There are two more re-reads; one comes each second.
more_resyncs()
{
	[ "$(agent_value . bondAgentResyncs)" -ge $(($1 + 2)) ]
}
resyncs_go_on()
{
	wait_until "$DEADLINE" more_resyncs "$(agent_value . bondAgentResyncs)" ||
		fail "there are no more re-reads"
	echo "   re-reads go on"
}

# DateAndTime in deciseconds since 1970; the lab has no time zone.
deciseconds()
{
	python3 -c '
import calendar, sys
b = bytes.fromhex(sys.argv[1].replace(":", ""))
assert len(b) == 11 and b[8:] == b"+\0\0", b
at = calendar.timegm((b[0] << 8 | b[1], b[2], b[3], b[4], b[5], b[6]))
print(at * 10 + b[7])' "$1"
}

# is_between WHAT FROM DATE UNTIL: deciseconds, DATE in octets.
is_between()
{
	ib_date=$(deciseconds "$3")
	[ "$2" -le "$ib_date" ] && [ "$ib_date" -le "$4" ] ||
		fail "$1: $ib_date is not from $2 to $4"
	echo "   $1 is right"
}

clock_ds()
{
	echo $(($(date +%s%N) / 100000000))
}

effective_is()
{
	agent_says bond0 "bondEffectiveCarrier=$1"
	last=$(agent_value . bondEventLastIndex)
}

dates()
{
	snmp bulkwalk "$(oids "" bondEventDate | sed 's/\.$//')" | decode
}

# The rows at the last call.
keep_their_dates()
{
	dates | head -n "$(wc -l <"$here/dates")" | cmp - "$here/dates" ||
		fail "events have other dates now: $(dates)"
	echo "   what happened before keeps its date"
	dates >"$here/dates"
}

dates >"$here/dates"
for there in "3 days" "6 days ago"; do
	jump "$there"
	keep_their_dates
	resyncs_go_on
	agent_says bond0 bondEffectiveCarrier=up bondDiscrepancies= bondPending=
done
expect "notifications of all that" "" "$(bond_traps)"

longest=0
# raised_in_time JUMP RAISED CLEARED: the clock jumps while it is pending; the
# grace keeps its length by the monotonic clock.
raised_in_time()
{
	say "unplugged; the clock jumps during the grace"
	from=$(clock_ds)
	began=$(now_ms)
	unplug v0
	effective_is down
	is_between "the date of the event" "$from" \
		"$(agent_value "$last" bondEventDate)" "$(clock_ds)"
	dates >"$here/dates"
	jump "$1"
	wait_until "$DEADLINE" tally_is "$2 $3 0 0 1" || fail "told: $tallied"
	waited=$(($(now_ms) - began))
	[ $waited -ge $GRACE ] || fail "raised after $waited ms"
	[ $waited -le $longest ] || longest=$waited
	echo "   raised after $waited ms"
	keep_their_dates
	from=$(clock_ds)
	from=$((from - ($(now_ms) - began) / 100 - 2))
	since=$(snmp walk "$(oids "" bondDiscrepancySinceDate |
		sed 's/\.$//')" | decode | sed -n '1s/.*=//p')
	is_between "the date since when" "$from" "$since" \
		$(($(clock_ds) - GRACE / 100))
}

cleared_in_time()
{
	say "plugged; the clock jumps at once"
	plug v0
	effective_is up
	jump "$1"
	raises_are "$2" "$2"
	keep_their_dates
}

raised_in_time "2 days" 1 0
cleared_in_time "9 days ago" 1
raised_in_time "9 days ago" 2 1
cleared_in_time "2 days" 2

say "the agent goes on, and logs nothing else"
resyncs_go_on
raises_are 2 2
expect "lines in its log" 1 "$(grep -c . "$here/bondcarrierd.out.log")"
set -- $(tally)
[ -z "$long" ] || row "clock set 6 times, grace $GRACE ms" 4 $(($1 + $2)) \
	$((4 - $1 - $2)) $(($3 + $4)) $longest
