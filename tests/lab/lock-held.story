# The kernel's lock of all links (RTNL) is held for seconds, by a module that
# makes thousands of links in one go, and whoever asks for links sits in the
# kernel until it is free: neither a timeout nor a signal ends that. The daemon
# starts all the same, and knows the bonds when the lock is free. SIGTERM ends
# all that it does while the lock is held; only the process itself is gone no
# sooner than the kernel lets go of its thread. (No time is held against a limit
# here: the module keeps the lab's only processor busy.)
HELD=15      # seconds of it, about
MOST=3000    # links for it: the lab has no memory for more
modprobe -d /run/modules ifb numifbs=0 && rmmod ifb || skip "no ifb here"
mkdir "$here/tracks"
cable v0
plug v0
bond bond0 mode active-backup miimon 100
enslave bond0 v0
kernel_says bond0 running=yes

now_ms()
{
	echo $(($(now_cs) * 10))
}

# It reads everything once a second.
launch()
{
	configure_bondcarrierd "trackDirectory $here/tracks" \
		"discrepancyGrace 500" "resyncInterval 1"
	start bondcarrierd "$BUILDDIR/bondcarrierd" -f -x "$agentx" \
		-C "$here/bondcarrierd.conf" -L e -p "$here/pid"
}
launched()
{
	[ -s "$here/pid" ]
}
# The thread that reads the kernel sits there.
is_stuck()
{
	for task in /proc/"$pid_bondcarrierd"/task/*; do
		[ -e "$task/stat" ] || continue
		read -r _ name state _ 2>/dev/null <"$task/stat" || continue
		case $name$state in
		"(kernel)D" | "(bondcarrierd)D") return 0 ;;
		esac
	done
	return 1
}
is_held()
{
	kill -0 "$holder" 2>/dev/null
}
hold()
{
	modprobe -d /run/modules ifb "numifbs=$1" &
	holder=$!
}
release()
{
	wait "$holder" || fail "the module can't be loaded"
	rmmod ifb
}
is_done()
{
	[ ! -e "$here/pid" ]
}
stuck_or_free()
{
	is_stuck || ! is_held
}
# try_end running|starting: SIGTERM while the lock is held, and nothing of ours
# waits for it. False: the lock was free too soon to tell.
try_end()
{
	if [ "$1" = running ]; then
		launch
		agent_says . bondAgentStatus=synchronised
	fi
	hold $links
	if [ "$1" = starting ]; then
		launch
		wait_until "$DEADLINE" launched || fail "the agent does not start"
	fi
	wait_until "$DEADLINE" stuck_or_free || fail "nobody waits for the lock"
	was_stuck=
	is_stuck && was_stuck=1
	began=$(now_ms)
	kill "$pid_bondcarrierd"
	until is_done; do
		[ $(($(now_ms) - began)) -lt $((DEADLINE * 1000)) ] ||
			fail "SIGTERM does not end it"
	done
	took=$(($(now_ms) - began))
	was_held=
	is_held && was_held=1
	expect "the track file" 0 "$(cat "$here/tracks/bond0")"
	[ -s "$here/state" ] || fail "no state file"
	wait "$pid_bondcarrierd" || fail "it ended with status $?"
	release
	[ "$was_stuck$was_held" = 11 ]
}
ends_while_held()
{
	for try in 1 2 3 4 5; do
		if try_end "$1"; then
			echo "   the end took $took ms, and the lock longer"
			return
		fi
		links=$((links * 2))
		[ $links -le $MOST ] || links=$MOST
	done
	fail "the end is never seen while the lock is held: $took ms"
}
# How many links take that long here.
began=$(now_ms)
hold 300
release
links=$((HELD * 1000 * 300 / ($(now_ms) - began + 1)))
[ $links -le $MOST ] || links=$MOST
echo "   $links links"

start_snmpd
say "the lock is held, and the agent is to end"
ends_while_held running

say "the lock is held when it starts, and it is to end at once"
ends_while_held starting

say "the lock is held when it starts: it reads when it can"
hold $links
launch
wait_until "$DEADLINE" stuck_or_free || fail "nobody waits for the lock"
expect "the track file" 0 "$(cat "$here/tracks/bond0")"
release
agent_says . bondAgentStatus=synchronised
agent_says bond0 bondEffectiveCarrier=up
expect "the track file" 0 "$(cat "$here/tracks/bond0")"
