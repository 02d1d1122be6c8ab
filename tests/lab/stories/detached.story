# A daemon as an init script starts it: detached, with a pid file that keeps a
# second one from starting, with relative paths, and with root dropped for a
# user and that user's groups; SIGUSR1, SIGHUP and SIGTERM.
BUFFER=4194304
# Far below the default of 208 KiB, or 4 MiB since 7.2, so that the kernel has
# to be forced.
echo 212992 >/proc/sys/net/core/rmem_max
cable v0
bond bond0 mode active-backup miimon 100
enslave bond0 v0

# A user in a second group, for this lab only.
cp /etc/passwd /etc/group "$here"
echo "carrier:x:4711:4711::/:/bin/false" >>"$here/passwd"
printf '%s\n' "carrier:x:4711:" "snmpfriends:x:4712:carrier" \
	"others:x:4713:" >>"$here/group"
mount --bind "$here/passwd" /etc/passwd
mount --bind "$here/group" /etc/group

mkdir "$here/started" "$here/started/run"
chown 4711:4711 "$here/started"
chmod 755 "$here" "$here/started"
cd "$here/started"
printf '%s\n' "stateFile $here/started/state" "receiveBuffer $BUFFER" \
	"agentXSocket tcp:127.0.0.1:1" >conf

# launch OPTION...: as an init script does; returns the command's status.
launch()
{
	status=0
	timeout "$DEADLINE" "$BUILDDIR/bondcarrierd" -C conf -L "f log" \
		-p run/pid "$@" >"$here/launched.log" 2>&1 </dev/null ||
		status=$?
	daemon=$(cat run/pid)
}
gone()
{
	! kill -0 "$1" 2>/dev/null
}
end()
{
	kill "$daemon"
	wait_until "$DEADLINE" gone "$daemon" || fail "SIGTERM does not end it"
}
# of NAME: a line of /proc/PID/status.
of()
{
	sed -n "s/^$1:[[:space:]]*//p" "/proc/$daemon/status" |
		tr -s ' \t' ' ' | sed 's/ $//'
}
logged()
{
	wait_until "$DEADLINE" grep -q "$1" log || fail "no '$1' in the log:
$(cat log)"
	echo "   logged: $(grep "$1" log | tail -n 1)"
}

say "it detaches, and is ready when the command returns"
launch -u carrier
expect "the command's status" 0 "$status"
expect "what runs with that pid" bondcarrierd "$(cat "/proc/$daemon/comm")"
expect "its parent" 1 "$(of PPid)"
expect "its session" "$daemon" "$(cut -d ' ' -f 6 "/proc/$daemon/stat")"
expect "its folder" / "$(readlink "/proc/$daemon/cwd")"
for fd in 0 1 2; do
	expect "its descriptor $fd" /dev/null \
		"$(readlink "/proc/$daemon/fd/$fd")"
done

say "it runs as that user, with that user's groups and no capability"
expect "Uid" "4711 4711 4711 4711" "$(of Uid)"
expect "Gid" "4711 4711 4711 4711" "$(of Gid)"
expect "Groups" "4711 4712" "$(of Groups)"
expect "CapEff" 0000000000000000 "$(of CapEff)"
expect "CapPrm" 0000000000000000 "$(of CapPrm)"
for task in "/proc/$daemon/task"/*; do
	expect "Uid of thread ${task##*/}" "4711 4711 4711 4711" "$(
		sed -n 's/^Uid:[[:space:]]*//p' "$task/status" | tr '\t' ' ')"
done
expect "the log's owner" 4711 "$(stat -c %u log)"

say "its event socket still has the buffer that only root may set"
most=$((2 * $(cat /proc/sys/net/core/rmem_max))) # the kernel doubles them
# The memory of the socket that receives link events (groups, Rmem, Drops).
waiting()
{
	awk -v "pid=$daemon" '$3 == pid && $4 == "00000001" {
		print $5, $9
	}' /proc/net/netlink
}
kill -STOP "$daemon"
for n in $(seq 800); do
	echo "link set v0 alias change-$n"
done >"$here/changes"
ip -batch "$here/changes"
found=$(waiting)
kill -CONT "$daemon"
[ "${found% *}" -gt $most ] ||
	fail "waiting bytes and drops: '$found'; at most $most without root"
expect "waiting bytes (more than $most), and drops" "${found% *} 0" "$found"

say "a second one with that pid file does not start"
first=$daemon
launch
expect "the command's status" 1 "$status"
cat "$here/launched.log"
grep -q "is already running" log "$here/launched.log" ||
	fail "it does not say why"
expect "the pid in the file" "$first" "$daemon"
gone "$first" && fail "the first one is gone"

say "SIGUSR1 logs its state, in one line"
before=$(wc -l <log)
kill -USR1 "$daemon"
logged 'state: .* 1 bonds, 1 slaves,'
expect "lines of it" 1 "$(($(wc -l <log) - before))"

say "SIGHUP finds the files by their paths, and reopens the rotated log"
mv log log.1
echo "notify none" >>conf
kill -HUP "$daemon"
logged "configuration reloaded"
echo "notify nonsense" >conf
kill -HUP "$daemon"
logged "$here/started/conf: line 1: notify"
logged "invalid configuration rejected"

say "SIGTERM ends it, and removes the pid file"
end
expect "what the pid file holds" "" "$(cat run/pid 2>/dev/null || :)"
[ -s state ] || fail "the state file is not there"
expect "the state file's owner" 4711 "$(stat -c %u state)"

say "with -g: that group, and still the user's others"
printf '%s\n' "stateFile none" "agentXSocket tcp:127.0.0.1:1" >conf
launch -u carrier -g others
expect "Gid" "4713 4713 4713 4713" "$(of Gid)"
expect "Groups" "4712 4713" "$(of Groups)"
end

say "numbers without a name have no other group"
launch -u 4999 -g 4998
expect "Uid" "4999 4999 4999 4999" "$(of Uid)"
expect "Groups" "4998" "$(of Groups)"
end

say "-g alone: still root, with that group only"
launch -g others
expect "Uid" "0 0 0 0" "$(of Uid)"
expect "Groups" "4713" "$(of Groups)"
end
[ ! -e run/pid ] || fail "root leaves the pid file behind"

say "an unknown user is refused"
launch -u nobody-of-that-name 2>/dev/null || :
expect "the command's status" 1 "$status"
grep -q "unknown user nobody-of-that-name" log "$here/launched.log" ||
	fail "it does not say why"
