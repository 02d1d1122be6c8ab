# The kernel's lock of all links (RTNL) is held for seconds, by a module that
# creates thousands of links at once. A request for links sleeps in the kernel
# until the lock is free, and neither a timeout nor a signal ends that. The
# daemon starts all the same, and knows the bonds when the lock is free. SIGTERM
# ends all its work while the lock is held; only the process itself stays until
# the kernel lets go of its thread. The story checks no time limits, since the
# module keeps the lab's only processor busy; nor does it use snmpd, which reads
# thousands of links before it answers: the track file shows what the daemon
# knows.
links=2000 # at first; more if the lock was free too soon
MOST=3000  # the lab has no memory for more
track=$here/tracks/bond0
modprobe -d /run/modules ifb numifbs=0 && rmmod ifb || skip "no ifb here"
mkdir "$here/tracks"
cable v0
plug v0
bond bond0 mode active-backup miimon 100
enslave bond0 v0
kernel_says bond0 running=yes

# The daemon re-reads everything once a second.
launch()
{
	configure_bondcarrierd "trackDirectory $here/tracks" \
		"trackDelay 0 0" "resyncInterval 1"
	start bondcarrierd "$BUILDDIR/bondcarrierd" -f -x "$agentx" \
		-C "$here/bondcarrierd.conf" -L e -p "$here/pid"
	wait_until "$DEADLINE" [ -s "$here/pid" ] ||
		fail "the agent does not start"
}
file_says()
{
	[ "$(cat "$track" 2>&1)" = "$1" ]
}
file_becomes()
{
	wait_until "$DEADLINE" file_says "$1" ||
		fail "the track file: not $1, but $(cat "$track" 2>&1)"
	echo "   the track file: $1"
}
# The thread that reads the kernel sleeps there.
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
	modprobe -d /run/modules ifb "numifbs=$links" &
	holder=$!
}
release()
{
	wait "$holder" || fail "the module can't be loaded"
	rmmod ifb || fail "the module can't be removed"
}
stuck_or_free()
{
	is_stuck || ! is_held
}
waits_for_lock()
{
	wait_until "$DEADLINE" stuck_or_free || fail "nobody waits for the lock"
	is_stuck
}
# Each of these is false if the lock was free too soon to tell. SIGTERM does not
# wait for it, although the process does.
ends_while_held()
{
	seen=
	if waits_for_lock; then
		kill "$pid_bondcarrierd"
		wait_until "$DEADLINE" [ ! -e "$here/pid" ] ||
			fail "SIGTERM does not end it"
		! is_stuck || seen=1
		[ -s "$here/state" ] || fail "no state file"
	fi
	expect "the track file" 0 "$(cat "$track")"
	stop bondcarrierd
	[ "$status" = 0 ] || fail "it ended with status $status"
	release
	[ "$seen" ]
}
ends_while_it_runs()
{
	rm -f "$track"
	launch
	file_becomes 0
	rm -f "$here/state"
	hold
	ends_while_held
}
ends_while_it_starts()
{
	hold
	launch
	ends_while_held
}
# It leaves what it can't know yet as it was.
starts_while_held()
{
	unplug v0
	kernel_says bond0 running=no
	hold
	launch
	seen=
	if waits_for_lock; then
		was=$(cat "$track")
		! is_stuck || seen=1
	fi
	[ ! "$seen" ] || expect "the track file" 0 "$was"
	release
	file_becomes 1
	plug v0
	file_becomes 0
	stop bondcarrierd
	[ "$seen" ]
}
# at_last COMMAND: repeats it with more links if they were too few.
at_last()
{
	for _ in 1 2 3 4 5; do
		! "$1" || return 0
		links=$((links * 2))
		[ $links -le $MOST ] || links=$MOST
		echo "   too soon: now $links links"
	done
	fail "$1 is never seen"
}

say "SIGTERM while the lock is held"
at_last ends_while_it_runs

say "the lock is held at the start, and SIGTERM follows at once"
at_last ends_while_it_starts

say "the lock is held at the start: the agent reads when it can"
at_last starts_while_held
