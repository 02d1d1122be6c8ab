# keepalived's track files: present at the start, correct after every change,
# never missing. Without snmpd.
[ -x /sbin/fsfreeze ] && [ -x /sbin/mkfs.ext4 ] ||
	skip "no fsfreeze or no mkfs.ext4 here"
track=$here/track

file_says()
{
	[ "$(cat "$track/$1" 2>&1)" = "$2" ]
}

becomes()
{
	wait_until "$DEADLINE" file_says "$1" "$2" ||
		fail "$1: not $2, but $(cat "$track/$1" 2>&1)"
	echo "   $1: $2"
}

logged()
{
	wait_until "$DEADLINE" grep -q "$1" "$here/bondcarrierd.out.log" ||
		fail "nothing in the log of '$1'"
}

say "a lying bond and a good one; the folder does not exist yet"
cable v0 v1 v2
bond bond0 mode active-backup miimon 0
enslave bond0 v0
bond bond1 mode active-backup miimon 100
enslave bond1 v1
plug v1
kernel_says bond0 running=yes
kernel_says bond1 running=yes
start_bondcarrierd "trackDirectory $track"
becomes bond0 1
becomes bond1 0

say "plug and unplug"
plug v0
becomes bond0 0
unplug v0
becomes bond0 1

say "a new bond, with an odd name"
odd=$(printf '.-"$(x)\\\\\366;&')
bond "$odd" mode active-backup miimon 0
becomes "$odd" 1
enslave "$odd" v2
plug v2
becomes "$odd" 0

say "renamed, and removed: never missing"
rename "$odd" bond2
becomes bond2 0
becomes "$odd" 1
ip link del bond2
becomes bond2 1

say "files that are removed or modified come back"
rm "$track/bond1"
ln -s /etc/hostname "$track/bond1.tmp"
mv "$track/bond1.tmp" "$track/bond0"
becomes bond1 0
becomes bond0 1
expect "a link where bond0 is" "" "$(find "$track" -type l)"
rm -r "$track"
becomes bond1 0
becomes bond0 1

say "no space: the byte in the file is changed in place"
mkdir "$here/small"
mount -t tmpfs -o size=64k tmpfs "$here/small"
mkdir "$here/small/track"
configure_bondcarrierd "trackDirectory $here/small/track"
old=$track track=$here/small/track
kill -HUP "$pid_bondcarrierd"
becomes bond0 1
becomes bond1 0
dd if=/dev/zero of="$here/small/full" bs=4k 2>/dev/null || :
unplug v1
becomes bond1 1
bond bond3 mode active-backup miimon 0
logged "cannot write track file $track/bond3 (No space left"
becomes bond1 1
rm "$here/small/full"
becomes bond3 1
logged "writing track file $track/bond3 recovered"
expect "the old folder's last word on bond1" 0 "$(cat "$old/bond1")"

say "a disk that hangs delays only its own files"
last_event()
{
	kill -USR1 "$pid_bondcarrierd"
	sed -n 's/.*last event \([0-9]*\).*/\1/p' \
		"$here/bondcarrierd.out.log" | tail -n 1
}
goes_on()
{
	[ "$(last_event)" -gt "$seen" ]
}
modprobe -d /run/modules loop
dd if=/dev/zero of="$here/disk" bs=1M count=8 2>/dev/null
mkfs.ext4 -q "$here/disk"
mount -o loop "$here/disk" /mnt
configure_bondcarrierd "trackDirectory /mnt/track"
track=/mnt/track
kill -HUP "$pid_bondcarrierd"
becomes bond0 1
becomes bond1 1
last_event >/dev/null
logged "last event"
# A failing story must still end.
trap 'ended=$?; fsfreeze -u /mnt 2>/dev/null || :; the_end $ended' EXIT
fsfreeze -f /mnt
for n in 1 2 3; do
	seen=$(last_event)
	plug v1
	wait_until "$DEADLINE" goes_on || fail "no event of bond1"
	unplug v1
	seen=$(last_event)
done
plug v1
kernel_says v1 lower_up=yes
expect "the file of bond1, still" 1 "$(cat $track/bond1)"
fsfreeze -u /mnt
becomes bond1 0
unplug v1
becomes bond1 1

say "killed, and correct after the restart"
plug v0
becomes bond0 0
stop bondcarrierd KILL
unplug v0
plug v1
kernel_says v1 lower_up=yes mii=up
expect "the dead one's word on bond0" 0 "$(cat "$track/bond0")"
start_bondcarrierd "trackDirectory $track"
becomes bond0 1
becomes bond1 0

say "bonds that went meanwhile are down: deleted, renamed, excluded"
plug v0
becomes bond0 0
stop bondcarrierd KILL
ip link del bond0
rename bond1 trunk
start_bondcarrierd "trackDirectory $track"
becomes bond0 1
becomes bond1 1
becomes trunk 0
rename trunk bond1
becomes bond1 0
bond bond0 mode active-backup miimon 100
enslave bond0 v0
becomes bond0 0
unplug v0
becomes bond0 1

say "a stop leaves the files as they are"
stop bondcarrierd
expect "its status" 0 $status
becomes bond0 1
becomes bond1 0
