# The agent is killed repeatedly while discrepancies come and go, including
# some that it does not see: at the end the sink has one raise and one clear for
# each. `long`: 50 times.
. "$LAB/lib/faults.sh"
KILLS=${long:+50}
KILLS=${KILLS:-10}
GRACE="discrepancyGrace 300"
cable v0
plug v0
make_bond()
{
	bond bond0 mode active-backup miimon 0
	enslave bond0 v0
}
make_bond
start_agents "$GRACE"
round=0
kills=0
longest=0 # ms from a change, or the agent's start, until the sink knows

saved()
{
	grep -Eqs "$1" "$here/state"
}

# The sink knows, and the state file records that.
quiet()
{
	wait_until "$DEADLINE" "is_$1" ||
		fail "the file: $(cat "$here/state")"
}
is_raised()
{
	saved '^raised told 1 '
}
is_clear()
{
	! saved '^(raised|over) [a-z]* 1 '
}

kill_agent()
{
	stop bondcarrierd KILL
	kills=$((kills + 1))
}

start_agent()
{
	start_bondcarrierd "$GRACE"
	changed_ms=$(now_ms)
}

change()
{
	"$1" v0
	changed_ms=$(now_ms)
}

# The sink has RAISED and CLEARED, not counting repeats.
has_heard()
{
	heard=$(tally)
	[ "${heard% * * *}" = "$1 $2" ]
}

heard()
{
	wait_until "$DEADLINE" has_heard "$1" "$2" || fail \
		"round $round, $what: raised, cleared, raised again, cleared twice, open:
  expected: $1 $2 .. .. $(($1 - $2))
  found:    $heard"
	he_ms=$(($(now_ms) - changed_ms))
	[ $he_ms -le $longest ] || longest=$he_ms
}
raise_heard()
{
	heard $round $((round - 1))
}
clear_heard()
{
	heard $round $round
}

killed_while_raised()
{
	change unplug
	raise_heard
	quiet raised
	kill_agent
	start_agent
	agent_says bond0 bondDiscrepancies=falseUp,slaveFalseUp
	change plug
	clear_heard
}

cleared_while_away()
{
	change unplug
	raise_heard
	quiet raised
	kill_agent
	plug v0
	start_agent
	clear_heard
}

killed_in_the_grace()
{
	change unplug
	agent_says bond0 bondEffectiveCarrier=down
	kill_agent
	start_agent
	raise_heard
	change plug
	clear_heard
}

killed_when_raising()
{
	change unplug
	wait_until "$DEADLINE" saved '^raised (owed|told) 1 ' ||
		fail "it is not raised"
	kill_agent
	start_agent
	raise_heard
	change plug
	clear_heard
}

killed_when_clearing()
{
	change unplug
	raise_heard
	quiet raised
	change plug
	agent_says bond0 bondDiscrepancies=
	kill_agent
	start_agent
	clear_heard
}

over_and_back_while_away()
{
	change unplug
	raise_heard
	quiet raised
	kill_agent
	plug v0
	unplug v0
	start_agent
	agent_says bond0 bondDiscrepancies=falseUp,slaveFalseUp
	change plug
	clear_heard
}

bond_gone_while_away()
{
	change unplug
	raise_heard
	quiet raised
	kill_agent
	ip link del bond0
	start_agent
	clear_heard
	plug v0
	make_bond
	agent_says bond0 bondEffectiveCarrier=up
}

unplugged_while_away()
{
	kill_agent
	unplug v0
	start_agent
	raise_heard
	change plug
	clear_heard
}

killed_before_it_knows()
{
	change unplug
	raise_heard
	kill_agent
	start_bondcarrierd "$GRACE"
	kill_agent
	plug v0
	start_agent
	clear_heard
}

# What may be sent twice: what was not acknowledged, or whose acknowledgement
# was not yet in the state file.
may_repeat=0
while [ $kills -lt $KILLS ]; do
	for what in killed_while_raised cleared_while_away \
		bond_gone_while_away unplugged_while_away \
		over_and_back_while_away \
		killed_in_the_grace killed_when_raising \
		killed_when_clearing killed_before_it_knows; do
		round=$((round + 1))
		quiet clear
		set -- $(tally)
		before=$(($3 + $4))
		$what
		set -- $(tally)
		again=$(($3 + $4 - before))
		echo "   $what: said more than once: $again"
		case $what in
		killed_in_the_grace | killed_when* | killed_before*)
			may_repeat=$((may_repeat + 1)) ;;
		*) [ $again = 0 ] || fail "once more, without need" ;;
		esac
		[ $kills -lt $KILLS ] || break
	done
done

say "at the end: $round raises and clears, after $kills kills"
quiet clear
set -- $(tally)
echo "   raised $1, cleared $2, raised again $3, cleared twice $4; longest $longest ms"
expect "raised, cleared, open" "$round $round 0" "$1 $2 $5"
[ $(($3 + $4)) -le $may_repeat ] || fail "more repeats than kills"
[ -z "$long" ] || row "agent killed $kills times" $((2 * round)) \
	$(($1 + $2)) $((2 * round - $1 - $2)) $(($3 + $4)) "$longest"
