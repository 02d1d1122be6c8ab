# Every raise has exactly one clear: over the agent's end and kill -9, over
# changes while it was away, over changes of configuration.
grace="discrepancyGrace 1000"
cable v0
bond bond0 mode active-backup miimon 0
enslave bond0 v0

# count raised|cleared BOND: the notifications of falseUp that have arrived.
count()
{
	case $1 in
	raised) co_name=bondDiscrepancyRaised ;;
	*) co_name=bondDiscrepancyCleared ;;
	esac
	all_traps | awk -v "name=trap=$co_name" -v "bond=$2" -F '|' '
		{
			hit = kind = 0
			for (f = 1; f <= NF; f++) {
				hit += $f == name
				kind += $f ~ /^bondEventKind[.0-9]*=falseUp$/
				hit += $f ~ "^bondName[.0-9]*=" bond "$"
			}
			n += hit == 2 && kind
		}
		END { print n + 0 }'
}

# counts_are RAISED CLEARED [BOND]
counts_are()
{
	[ "$(count raised "${3:-bond0}")/$(count cleared "${3:-bond0}")" = \
		"$1/$2" ]
}

told()
{
	wait_until "$DEADLINE" counts_are "$@" || fail \
		"raised/cleared of ${3:-bond0}: expected $1/$2, found $(count \
		raised "${3:-bond0}")/$(count cleared "${3:-bond0}")"
	echo "   told of ${3:-bond0}: $1 raised, $2 cleared"
}

still_told()
{
	holds 4 counts_are "$@" || fail \
		"raised/cleared of ${3:-bond0} went on from $1/$2 to $(count \
		raised "${3:-bond0}")/$(count cleared "${3:-bond0}")"
	echo "   told of ${3:-bond0}, and no more: $1 raised, $2 cleared"
}

# The acknowledgement is in the state file.
saved()
{
	wait_until "$DEADLINE" grep -q "$1" "$here/state" ||
		fail "the state file has no $1: $(cat "$here/state")"
}

last_event()
{
	agent_value . bondEventLastIndex
}

start_agents "$grace"

say "raised, killed, started: it is still raised, and not sent again"
told 1 0
saved '^raised told 1 '
before=$(last_event)
stop bondcarrierd KILL
start_bondcarrierd "$grace"
agent_says bond0 bondDiscrepancies=falseUp,slaveFalseUp
still_told 1 0
[ "$(last_event)" -ge "$before" ] || fail "event indexes begin anew"

say "killed; plugged meanwhile; started: one clear"
stop bondcarrierd KILL
plug v0
start_bondcarrierd "$grace"
told 1 1
agent_says bond0 bondDiscrepancies=
still_told 1 1

say "raised, ended cleanly, started: the same"
unplug v0
told 2 1
stop bondcarrierd
expect "its exit status" 0 "$status"
before=$(sed -n 's/^last-event //p' "$here/state")
start_bondcarrierd "$grace"
agent_says . "bondEventLastIndex=$before" bondAgentStatus=synchronised
still_told 2 1

say "killed; the bond goes meanwhile: one clear"
stop bondcarrierd KILL
ip link del bond0
start_bondcarrierd "$grace"
told 2 2
still_told 2 2

say "raised; excluded by SIGHUP: one clear, and none at its real end"
bond bond0 mode active-backup miimon 0
enslave bond0 v0
told 3 2
configure_bondcarrierd "$grace" "exclude bond0"
kill -HUP "$pid_bondcarrierd"
told 3 3
configure_bondcarrierd "$grace"
kill -HUP "$pid_bondcarrierd"
told 4 3

say "excluded while it was away: one clear"
saved '^raised told 1 .* =bond0 0 =$'
stop bondcarrierd KILL
start_bondcarrierd "$grace" "exclude bond0"
told 4 4
stop bondcarrierd

say "raised; 'notify none' by SIGHUP: a raise that was sent gets its clear"
start_bondcarrierd "$grace"
told 5 4
configure_bondcarrierd "$grace" "notify none"
kill -HUP "$pid_bondcarrierd"
agent_says . bondAgentStatus=synchronised
plug v0
told 5 5

say "a raise that was not sent: no clear is sent either"
unplug v0
agent_says bond0 bondDiscrepancies=falseUp,slaveFalseUp
configure_bondcarrierd "$grace"
kill -HUP "$pid_bondcarrierd"
plug v0
agent_says bond0 bondDiscrepancies=
still_told 5 5

say "raised; notifications disabled; cleared: sent when they are enabled"
unplug v0
told 6 5
enabled=$(oids 0 bondNotificationsEnabled)
snmp set "$enabled" i 2
plug v0
agent_says bond0 bondDiscrepancies=
still_told 6 5
snmp set "$enabled" i 1
told 6 6

say "raised while snmpd is away, killed, cleared, started: both are sent"
stop snmpd
unplug v0
saved '^raised owed 1 '
stop bondcarrierd KILL
plug v0
start_bondcarrierd "$grace"
start_snmpd
told 7 7
still_told 7 7

say "a torn state file is moved away, and that is logged once"
unplug v0
told 8 7
saved '^raised told 1 '
stop bondcarrierd KILL
head -c 60 "$here/state" >"$here/torn"
cp "$here/torn" "$here/state"
start_bondcarrierd "$grace"
told 9 7
cmp "$here/torn" "$here/state.bad" || fail "it was not put aside"
expect "lines about it" 1 "$(grep -c 'is invalid' "$here/bondcarrierd.out.log")"
plug v0
told 9 8

say "no space for the file: logged once, and the agent runs on"
stop bondcarrierd
mount -t tmpfs -o size=4k tmpfs /mnt
dd if=/dev/zero of=/mnt/full bs=4k count=1 2>/dev/null
configure_bondcarrierd
sed -i "s|^stateFile.*|stateFile /mnt/state|" "$here/bondcarrierd.conf"
start bondcarrierd "$BUILDDIR/bondcarrierd" -f -x "$agentx" \
	-C "$here/bondcarrierd.conf" -L e
agent_says bond0 bondDiscrepancies=
unplug v0
told 10 8
rm /mnt/full
wait_until "$DEADLINE" grep -qs '^raised told 1 ' /mnt/state ||
	fail "it is not tried again"
expect "lines of trouble" 1 \
	"$(grep -c "cannot write the state file" "$here/bondcarrierd.out.log")"
plug v0
told 10 9
