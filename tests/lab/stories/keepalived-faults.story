# What keepalived does when bondcarrierd, its disk or its folder fails and then
# a cable is pulled: which set-ups are still safe. What is dangerous here is so
# in doc/keepalived.md: change both together.
. "$LAB/lib/keepalived.sh"

# The folder's disk is small, and only host1 has faults.
make_hosts mode active-backup miimon 0
plug_host host2
on host1 mount -t tmpfs -o size=64k,mode=755 tmpfs /run/bondcarrier
on host1 mkdir /run/bondcarrier/track
start_agent host2

kill_agent()
{
	stop bondcarrierd_host1 KILL
}

freeze_agent()
{
	kill -STOP "$pid_bondcarrierd_host1"
}

fill_disk()
{
	on host1 dd if=/dev/zero of=/run/bondcarrier/full bs=4k \
		2>/dev/null || :
	! on host1 cp /etc/hostname /run/bondcarrier/no-room 2>/dev/null ||
		fail "there is room yet"
}

# bondcarrierd recreates it, but keepalived still watches the old one.
remove_folder()
{
	on host1 rm -r /run/bondcarrier/track
	file_becomes host1 0
}

# keepalived counts a script that it can't execute as a success.
remove_check()
{
	on host1 mount --bind /dev/null /usr/sbin/bondcarrier
}

mend()
{
	on host1 umount /usr/sbin/bondcarrier 2>/dev/null || :
	running bondcarrierd_host1 && kill -CONT "$pid_bondcarrierd_host1"
	on host1 rm -f /run/bondcarrier/full /run/bondcarrier/no-room
	running bondcarrierd_host1 || start_agent host1
}

# A cable plugged in, a fault, the cable pulled: goes_to HOST FAULT.
pull_after()
{
	plug_host host1
	mend
	wait_master host1
	$2
	unplug_host host1
}

# safe FAULT: host2 takes over.
safe()
{
	pull_after host1 "$1"
	wait_master host2
	echo "   $1: safe, host2 serves"
}

# dangerous FAULT: host1 stays MASTER, and neither host serves.
dangerous()
{
	pull_after host1 "$1"
	holds 4 is_master host1 || fail "$1: host1 did not stay MASTER"
	! answers || fail "$1: who answers?"
	echo "   $1: dangerous, host1 stays MASTER"
}

say "the track file alone"
start_agent host1
start_keepalived interface file
dangerous kill_agent
[ -z "$long" ] || dangerous freeze_agent
safe fill_disk
dangerous remove_folder
say "a reload makes keepalived watch the folder again"
kill -HUP "$pid_keepalived_host1"
becomes_master host2
stop_keepalived

plug_host host1
mend

if [ -n "$long" ]; then
	say "the script alone needs no daemon, only itself"
	start_keepalived interface script
	safe kill_agent
	dangerous remove_check
	stop_keepalived
	say "keepalived disables a script that can't be executed at its start"
	start_keepalived interface script
	wait_until "$DEADLINE" grep -q "is not executable .*disabling" \
		"$here/keepalived_host1.out.log" || fail "the script is tracked"
	wait_until "$DEADLINE" is_master host1 || fail "host1 is not MASTER"
	holds 4 is_master host1 || fail "host1 did not stay MASTER"
	stop_keepalived
	plug_host host1
	mend
fi

say "both"
start_keepalived interface file script
safe kill_agent
[ -z "$long" ] || safe freeze_agent
[ -z "$long" ] || safe fill_disk
safe remove_check
safe remove_folder
stop_keepalived

say "both, and keepalived starts when there is no folder"
stop bondcarrierd_host1
on host1 rm -r /run/bondcarrier/track
start_keepalived interface file script
becomes_master host2
plug_host host1
becomes_master host1
unplug_host host1
becomes_master host2
stop_hosts
