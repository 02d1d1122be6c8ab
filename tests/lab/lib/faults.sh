# SPDX-License-Identifier: BSD-2-Clause
# For the stories about faults, which source this themselves: the raises and
# clears that the sink got, and the table of the long runs.

# `long` is set when the story runs at length: STORY_ARGS=long.
case " ${STORY_ARGS:-} " in
*" long "*) long=1 ;;
*) long= ;;
esac

# Only ours: snmpd sends some of its own.
bond_traps()
{
	all_traps | grep -F '|trap=bond' || :
}

# tally [BOND]: "RAISED CLEARED AGAIN TWICE OPEN": raises and their clears;
# raises of what was raised, clears of what was clear; what is raised now. Only
# of falseUp: its slave has one of its own each time.
tally()
{
	all_traps | awk -F '|' -v "bond=${1:-bond0}" '
		/\|bondEventKind[.0-9]*=falseUp\|/ {
			name = ""
			for (f = 2; f <= NF; f++)
				if ($f ~ /^bondName[.0-9]*=/) {
					name = $f
					sub(/^[^=]*=/, "", name)
				}
			if (name != bond)
				next
			up = /\|trap=bondDiscrepancyRaised\|/
			if (up && open)
				again++
			else if (up)
				raised++
			else if (open)
				cleared++
			else
				twice++
			open = up
		}
		END { print raised + 0, cleared + 0, again + 0, twice + 0, \
			open + 0 }'
}

tally_is()
{
	tallied=$(tally)
	[ "$tallied" = "$1" ]
}

# raises_are RAISED CLEARED: for bond0; no raise and no clear came twice.
raises_are()
{
	wait_until "$DEADLINE" tally_is "$1 $2 0 0 $(($1 - $2))" || fail \
		"raised, cleared, raised again, cleared twice, open:
  expected: $1 $2 0 0 $(($1 - $2))
  found:    $tallied"
	echo "   told: $1 raised, $2 cleared"
}

# CLOCK_MONOTONIC, in milliseconds.
now_ms()
{
	echo $(($(now_cs) * 10))
}

# said TEXT: the number of lines in the agent's log that have it.
said()
{
	grep -c -e "$1" "$here/bondcarrierd.out.log" || :
}

says_in_all()
{
	[ "$(said "$2")" = "$1" ]
}

# agent_logs TIMES TEXT: exactly that many lines of its log have it.
agent_logs()
{
	wait_until "$DEADLINE" says_in_all "$@" ||
		fail "lines with '$2': expected $1, found $(said "$2")"
	echo "   lines with '$2': $1"
}

# row FAULT EVENTS DELIVERED LOST DUPLICATED LONGEST-STALL-MS: adds a line to
# the table at the end of a long run.
row()
{
	printf '%-34s %7s %9s %5s %10s %10s ms\n' "$@" |
		tee -a "$here/out/table"
}
