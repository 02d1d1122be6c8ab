# The state file: it belongs to one agent; a raise waits for it, but not for
# long; a disk that hangs, is full or read-only, and a folder that is removed;
# the end of the daemon does not wait for it either.
. "$LAB/lib/faults.sh"
[ -x /sbin/fsfreeze ] && [ -x /sbin/mkfs.ext4 ] ||
	skip "no fsfreeze or no mkfs.ext4 here"
GRACE=500
WAIT=1000 # a raise waits this long for the file at most: see DESIGN
cable v0
plug v0
bond bond0 mode active-backup miimon 0
enslave bond0 v0
state=/mnt/bond/state
raised=0
cleared=0
longest=0 # ms from a change until the sink knows

start_agent()
{
	{
		echo "stateFile $state"
		echo "discrepancyGrace $GRACE"
	} >"$here/bondcarrierd.conf"
	start bondcarrierd "$BUILDDIR/bondcarrierd" -f -x "$agentx" \
		-C "$here/bondcarrierd.conf" -L e
	agent_says . bondAgentStatus=synchronised
}

raise()
{
	began=$(now_ms)
	unplug v0
	raised=$((raised + 1))
	raises_are $raised $cleared
	took
}

clear()
{
	began=$(now_ms)
	plug v0
	cleared=$((cleared + 1))
	raises_are $raised $cleared
	took
}

took()
{
	took=$(($(now_ms) - began))
	[ $took -le $longest ] || longest=$took
}

# long_row FAULT EVENTS: adds a row to the table and starts the next.
long_row()
{
	set -- "$1" "$2" $(tally)
	[ -z "$long" ] || row "$1" "$2" $(($3 + $4 - told_before)) \
		$(($2 - $3 - $4 + told_before)) $(($5 + $6)) $longest
	told_before=$(($3 + $4))
	longest=0
}
told_before=0

in_file()
{
	grep -qs "$1" "$state"
}

saved()
{
	wait_until "$DEADLINE" in_file "$1" ||
		fail "the state file has no $1: $(cat "$state" || :)"
}

# trouble REASON: logged once; the last state that could be written is intact.
troubles=0
trouble()
{
	troubles=$((troubles + 1))
	agent_logs $troubles "cannot write the state file"
	tail -n 2 "$here/bondcarrierd.out.log" | grep -q "($1)" ||
		fail "the reason is not that: $1"
}

well_again()
{
	agent_logs $troubles "writing the state file recovered"
	expect "lines of trouble, then" $troubles "$(said "cannot write the state file")"
}

start_snmptrapd
start_snmpd

say "two agents, one file: the second does not start"
mount -t tmpfs -o size=64k tmpfs /mnt
start_agent
status=0
timeout "$DEADLINE" "$BUILDDIR/bondcarrierd" -f -x "$agentx" \
	-C "$here/bondcarrierd.conf" -L e >"$here/second" 2>&1 || status=$?
expect "the second's exit status" 1 $status
expect "lines it says" 1 "$(grep -c . "$here/second")"
grep -q "$state" "$here/second" || fail "not the path: $(cat "$here/second")"
raise
saved '^raised told 1 '

say "the file's folder is removed: it is recreated before anyone notices"
rm -r /mnt/bond
clear
raise
saved '^raised told 1 '

say "a full disk: logged once, and notifications flow"
dd if=/dev/zero of=/mnt/full bs=1k count=200 2>"$here/dd" && fail "not full"
cp $state "$here/whole"
clear
raise
trouble "No space left on device"
clear
raise
cmp "$here/whole" $state || fail "the file is not what it was"
[ ! -e $state.new ] || fail "an attempt leaves $state.new"

say "killed meanwhile: the agent takes what is in the file, and no more"
before=$(sed -n 's/^last-event //p' $state)
stop bondcarrierd KILL
: >"$here/bondcarrierd.out.log"
troubles=0
start_agent
agent_says bond0 bondDiscrepancies=falseUp,slaveFalseUp
trouble "No space left on device"
[ "$(agent_value . bondEventLastIndex)" -ge "$before" ] ||
	fail "event indexes begin anew"
expect "lines of distrust" 0 "$(said 'is invalid')"
raises_are $raised $cleared

say "space again"
rm /mnt/full
well_again
saved '^raised told 1 '
clear
long_row "state file: full, folder removed" 8

say "read-only: the same; killed, the agent reads what is there"
mount -o remount,ro /mnt
raise
trouble "Read-only file system"
stop bondcarrierd KILL
plug v0
: >"$here/bondcarrierd.out.log"
troubles=0
start_agent
trouble "Read-only file system"
agent_says bond0 bondDiscrepancies=
# The raise could not be written down: the log line warns of this.
expect "what was raised and is forgotten" "$raised $cleared 0 0 1" "$(tally)"
mount -o remount,rw /mnt
well_again
unplug v0
wait_until "$DEADLINE" tally_is "$raised $cleared 1 0 1" ||
	fail "not raised again: $tallied"
saved '^raised told 1 '
stop bondcarrierd
# Raised, cleared (unseen), raised: what the sink sees as raised again is not a
# duplicate, but a lost clear.
set -- $(tally)
[ -z "$long" ] || row "state file: read-only, killed" 3 \
	$(($1 + $2 + $3 - told_before)) $((3 - $1 - $2 - $3 + told_before)) \
	$4 $longest
umount /mnt
raised=0
cleared=0
told_before=0
longest=0
stop snmptrapd
mv "$here/snmptrapd.log" "$here/snmptrapd.first.log"
start_snmptrapd
plug v0

say "a folder that cannot be created: logged once; created when possible"
modprobe -d /run/modules loop
dd if=/dev/zero of="$here/disk" bs=1M count=8 2>"$here/dd"
mkfs.ext4 -q "$here/disk"
mount -o loop "$here/disk" /mnt
state=/mnt/deep/bond/state
mkdir /mnt/deep
: >"$here/bondcarrierd.out.log"
troubles=0
start_agent
raise
saved '^raised told 1 '
rm -r /mnt/deep
clear
trouble "No such file or directory"
raise
mkdir /mnt/deep
well_again
saved '^raised told 1 '
clear
long_row "state file: no folder" 4

say "a disk that hangs: a raise waits for it, up to the limit"
saved '^last-event '
# A failing story must still end.
trap 'ended=$?; fsfreeze -u /mnt 2>/dev/null || :; the_end $ended' EXIT
fsfreeze -f /mnt
raise
waited=$took
[ $waited -ge $((GRACE + WAIT)) ] ||
	fail "after $waited ms the raise is there, and the file is not"
echo "   after $waited ms"
say "nothing else waits"
clear
agent_says bond0 bondEffectiveCarrier=up bondDiscrepancies=
raise
fsfreeze -u /mnt
saved '^raised told 1 '
clear
long_row "state file: disk hangs" 4

say "SIGTERM: only the thread that writes waits for the disk"
saved '^last-event '
cp $state "$here/whole"
fsfreeze -f /mnt
raise
kill -TERM "$pid_bondcarrierd"
# It is killed, and dead except for the thread inside the kernel.
is_dead()
{
	grep -q '^State:[[:space:]]*Z' "/proc/$pid_bondcarrierd/status"
}
wait_until 60 is_dead || fail "it waits for the disk"
cmp "$here/whole" $state || fail "the file is not what it was"
fsfreeze -u /mnt
stop bondcarrierd
expect "its exit status" 0 "$status"
: >"$here/bondcarrierd.out.log"
start_agent
expect "lines of distrust" 0 "$(said 'is invalid')"
