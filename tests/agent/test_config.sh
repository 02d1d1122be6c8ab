#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# bondcarrierd -t: every mistake of a configuration with its file and line,
# and nothing that hangs, floods or escapes. Needs neither snmpd nor bonds.
set -u

daemon=$PWD/bondcarrierd
lister=$PWD/tests/agent/list_settings
source=$(cd "${srcdir:-.}" && pwd)
manual=$source/doc/bondcarrierd.conf.5
work=$(mktemp -d)
failed=0
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 99
work=$(pwd -P)
mkdir conf

complain()
{
	echo "FAIL: $what: $1"
	sed 's/^/    said: /' said | cut -c 1-300 | head -n 30
	failed=1
}

check()
{
	timeout 120 "$daemon" -t -L e -C "$@" >whole 2>&1 </dev/null
	status=$?
	sed "s|$work/||g" whole >said
}

# good FILE [OPTION...]: is valid, and one line says so.
good()
{
	check "$@"
	[ $status = 0 ] || complain "exit status $status, expected 0"
	[ "$(cat said)" = "$1: configuration is valid" ] ||
		complain "not just that it is valid"
	[ $failed = 1 ] || echo "ok: $what"
}

# warns FILE PATTERN [OPTION...]: is valid, with that one warning before.
warns()
{
	file=$1
	pattern=$2
	shift 2
	check "$file" "$@"
	[ $status = 0 ] || complain "exit status $status, expected 0"
	[ "$(grep -c . said)" = 2 ] || complain "not two lines"
	head -n 1 said | grep -q -- "^warning: $pattern" ||
		complain "no warning '$pattern'"
	[ "$(tail -n 1 said)" = "$file: configuration is valid" ] ||
		complain "does not end with its being valid"
	[ $failed = 1 ] || echo "ok: $what: $(head -n 1 said)"
}

# wrong FILE PATTERN...: is refused, with one error for each, in that order.
# `options`: more of the command line.
options=
wrong()
{
	# shellcheck disable=SC2086 # a list
	check "$1" $options
	shift
	[ $status = 1 ] || complain "exit status $status, expected 1"
	[ "$(grep -c . said)" = $# ] || complain "not $# lines"
	number=0
	for pattern; do
		number=$((number + 1))
		sed -n "${number}s/^error: //p" said | grep -q -- "$pattern" ||
			complain "line $number is no error '$pattern'"
	done
	LC_ALL=C grep -q '[^ -~]' said && complain "says what is not printable"
	[ $failed = 1 ] || echo "ok: $what: $(head -n 1 said | cut -c 1-160)"
}

# All that follows asks for words; a log that is mute (a net-snmp with other
# rules for its handlers) is told from words that are missing.
echo "nonsense 1" >conf/main
for log in e o f E5 O5 F5; do
	what="-L $log is not mute"
	rm -f log
	case $log in
	[fF]*) timeout 60 "$daemon" -t -C conf/main -L "$log log" ;;
	*) timeout 60 "$daemon" -t -C conf/main -L $log ;;
	esac >said 2>&1 </dev/null
	[ ! -e log ] || cat log >>said
	grep -q "line 1: nonsense: " said || complain "no word of the mistake"
	[ $failed = 1 ] || echo "ok: $what"
done
[ $failed = 0 ] || exit 1

what="every token"
cat >conf/main <<-END
	# A comment, and an empty line.

	discrepancyGrace 2000
	LACPPARTNERGRACE 10000 100000 # a comment
	   notify discrepancy, effective activeSlave
	notifyThrottle	5000	# a comment
	notifyQueue "1000"
	eventLog 1000
	strictLacp no
	include bond* 'team#1' "a b" # a comment
	include [#]*
	exclude bond9
	resyncInterval 60
	receiveBuffer 1048576
	stateFile /var/lib/bond#carrier/state
	trackDirectory "/run/bondcarrier/track"
	trackDelay 0 0
	agentXSocket tcp:localhost:705
	agentXTimeout 1
	agentXRetries 5
	agentXPingInterval 15
END
good conf/main

what="the manual's examples"
sed -n '/^Example/{n;s/^\.B //p;}' "$manual" | sed 's/\\(dq/"/g' |
	grep -v '^includeDir ' >conf/main
good conf/main
"$lister" >tokens || complain "list_settings"
[ "$(wc -l <tokens)" -ge 18 ] || complain "where are the tokens?"
while read -r token; do
	grep -q "^\.BI $token \"" "$manual" ||
		complain "$token is not in the manual"
	grep -q "^$token " conf/main || complain "$token has no example"
done <tokens

what="no newline at the end"
printf 'notifyQueue 5' >conf/main
good conf/main
what="nothing"
: >conf/main
good conf/main
good /dev/null
what="quiet"
check conf/main -q
[ $status = 0 ] || complain "exit status $status, expected 0"
[ ! -s said ] || complain "says something"
what="CRLF"
printf '\r\nnotifyQueue 5\r\nnotify none\r\ninclude a\r\n' >conf/main
good conf/main
what="a byte order mark"
printf '\357\273\277notifyQueue 5\n' >conf/main
good conf/main

what="all mistakes"
cat >conf/main <<-END
	notifyTrottle 5
	notifyQueue
	notifyQueue # 5
	notifyQueue 5s
	notifyQueue -1
	notifyQueue +1
	notifyQueue 0x10
	notifyQueue 99999999999999999999
	notifyQueue 1 000
	notifyQueue 5#
	notifyQueue "5
	notify loud
	include "a
	[snmpd]
	agentXSocket udp:localhost:705
	stateFile var/state
END
wrong conf/main \
	"^conf/main: line 1: notifyTrottle: " \
	"^conf/main: line 2: notifyQueue: missing value" \
	"^conf/main: line 3: notifyQueue: missing value" \
	"^conf/main: line 4: notifyQueue: .*from 1 to 1000000, got '5s'" \
	"^conf/main: line 5: " "^conf/main: line 6: " "^conf/main: line 7: " \
	"^conf/main: line 8: " "^conf/main: line 9: .*'1 000'" \
	"^conf/main: line 10: .*'5#'" "^conf/main: line 11: .*quote" \
	"^conf/main: line 12: notify: .*'loud'" \
	"^conf/main: line 13: include: .*quote" "^conf/main: line 14: " \
	"^conf/main: line 15: agentXSocket: .*'udp:localhost:705'" \
	"^conf/main: line 16: stateFile: .*'var/state'"

what="the address of the command line too"
check conf/main -x udp:localhost:161
[ "$(grep -c . said)" = 17 ] || complain "not 17 lines"
grep -q -- '^error: -x: .*udp:localhost:161' said || complain "no word of -x"

what="tokens that are others'"
echo "master agentx" >conf/main
wrong conf/main "line 1: master: .*snmpd.conf"

what="what needs a master, with and without one"
printf 'eventLog 5\ncorrectIfOperStatus yes\n' >conf/main
check conf/main
[ $status = 0 ] || complain "exit status $status, expected 0"
check conf/main -S udp:127.0.0.1:1
[ $status = 1 ] || complain "exit status $status with -S, expected 1"
grep -q '^error: conf/main: line 2: correctIfOperStatus: needs a master' said ||
	complain "no word of the master"

# All in one go: the command line, our lines and net-snmp's.
what="every fault with -S"
cat >conf/main <<-END
	notifyTrottle 5
	rocommunity
	rocommunity public 192.0.2.0/99
	notifyQueue 5s
	rouser joe nonsense
	persistentDir here
	maxGetbulkRepeats many
	includeFile none
	trap2sink -s
	createUser joe FOO long-enough
END
chmod 600 conf/main
options="-S udp:127.0.0.1:65536"
wrong conf/main \
	"^conf/main: line 1: notifyTrottle: unknown setting" \
	"^conf/main: line 2: rocommunity: missing value" \
	"^conf/main: line 4: notifyQueue: " \
	"^conf/main: line 6: persistentDir: .*absolute path" \
	"^conf/main: line 7: maxGetbulkRepeats: .*number" \
	"^conf/main: line 8: cannot read conf/none: " \
	"^-S: .*65536" \
	"^conf/main: line 3: rocommunity: bad mask length" \
	"^conf/main: line 5: rouser: bad security level" \
	"^conf/main: line 9: trap2sink: " \
	"^conf/main: line 10: createUser: unknown authProtocol"
what="a wrong address of -S, and nothing else"
printf 'rocommunity public\n' >conf/main
wrong conf/main "^-S: .*65536"
options="-S udp:127.0.0.1:1"
what="net-snmp gives up at each of many lines"
n=0
: >conf/main
while [ $((n += 1)) -le 14 ]; do
	echo "trap2sink -s" >>conf/main
done
# shellcheck disable=SC2086 # a list
check conf/main $options
[ $status = 1 ] || complain "exit status $status, expected 1"
tail -n 1 said | grep -q "^error: conf/main: line 11: .*not checked" ||
	complain "no word of the lines that were not checked"
options=
what="-S with an access line"
printf 'rocommunity public\n' >conf/main
good conf/main -S udp:127.0.0.1:1
what="-S and nobody has access"
: >conf/main
warns conf/main "no rocommunity.*requests are denied" -S udp:127.0.0.1:1

what="ifLink without an ifOperStatus that agrees"
printf 'eventLog 5\nnotify effective ifLink\n' >conf/main
wrong conf/main "^conf/main: line 2: notify: ifLink needs correctIfOperStatus"
printf 'notify ifLink\neventLog 5\ncorrectIfOperStatus no\n' >conf/main
wrong conf/main "^conf/main: line 1: notify: ifLink needs correctIfOperStatus"
printf 'notify none\nincludeFile part\neventLog 5\n' >conf/main
printf '\n# It is here.\nnotify ifLink\n' >conf/part
check conf/main
[ $status = 1 ] || complain "exit status $status, expected 1"
grep -q '^warning: conf/part: line 3: notify: set more than once' said ||
	complain "no warning"
grep -q '^error: conf/part: line 3: notify: ifLink needs correctIfOp' said ||
	complain "no error"
[ "$(grep -c . said)" = 2 ] || complain "not two lines"
check conf/main -S udp:127.0.0.1:1
[ $status = 0 ] || complain "exit status $status with -S, expected 0"
what="ifLink with one"
printf 'notify ifLink\ncorrectIfOperStatus yes\n' >conf/main
good conf/main
printf 'correctIfOperStatus yes\nnotify effective, iflink\n' >conf/main
good conf/main

what="a token twice"
printf 'notifyQueue 5\nexclude a\nexclude b\nnotifyQueue 6\n' >conf/main
warns conf/main "conf/main: line 4: notifyQueue: set more than once; the last"

what="NULs"
printf 'notifyQueue 5\nnotify\0Queue 6\n\0\nbad 1\n' >conf/main
wrong conf/main "line 2: .*not a text file" "line 3: .*not a text file" \
	"line 4: bad"
what="escape sequences"
printf 'bad\033[31m 1\nnotify \033]0;x\007 \377\n' >conf/main
wrong conf/main 'line 1: bad\\x1b\[31m' 'line 2: .*\\x1b\]0;x\\x07'
what="a program"
head -c 500000 "$daemon" >conf/main
check conf/main
[ $status = 1 ] || complain "exit status $status, expected 1"
[ "$(grep -c . said)" = 101 ] || complain "not 101 lines"
tail -n 1 said | grep -q "further errors" || complain "no word of more"
what="a long line"
awk 'BEGIN { while (n++ < 100000) printf "notify"; print " 5" }' >conf/main
wrong conf/main "line 1: notifynotify"
what="a long value"
awk 'BEGIN { printf "notify "; while (n++ < 100000) printf "all"; print "" }' \
	>conf/main
wrong conf/main "line 1: notify: "
what="a large file"
awk 'BEGIN { while (n++ < 110000) print "exclude a" }' >conf/main
wrong conf/main "^cannot read conf/main: .*1 MiB"

what="a file that is not there"
wrong conf/none "^cannot read conf/none: No such file"
what="a folder"
wrong conf "^cannot read conf: .*directory"
what="a FIFO"
mkfifo conf/fifo
wrong conf/fifo "^cannot read conf/fifo: .*regular"
what="a device"
wrong /dev/zero "^cannot read /dev/zero: .*regular"

what="included files"
mkdir conf/d
printf 'includeFile sub\nINCLUDEDIR "d"\nnotifyQueue 5\n' >conf/main
echo 'notify none' >conf/sub
echo 'eventLog 5' >conf/d/a.conf
echo 'bad' >conf/d/a.conf~
echo 'bad' >conf/d/.hidden.conf
good conf/main
what="included files by whole paths"
printf 'includeFile %s\nincludeDir %s\n' "$work/conf/sub" "$work/conf/d" \
	>conf/main2
good conf/main2
what="mistakes in included files"
printf '\nbad 1\n' >conf/sub
printf 'bad 2\nincludeFile ../sub\n' >conf/d/b.conf
mkdir conf/d/c.conf
wrong conf/main "^conf/sub: line 2: bad" "^conf/d/b.conf: line 1: bad" \
	"^conf/d/../sub: line 2: bad" \
	"^conf/main: line 2: cannot read conf/d/c.conf: .*directory"
what="files that cannot be included"
printf 'includeFile\nincludeFile none\nincludeDir none\nincludeFile "x\n' \
	>conf/main
printf 'includeFile main\nincludeDir sub\nincludeSearch sub\n' >>conf/main
wrong conf/main "line 1: includeFile: missing value" \
	"line 2: cannot read conf/none" "line 3: cannot read conf/none" \
	"line 4: includeFile: .*quote" "line 5: .*includes itself" \
	"line 6: cannot read conf/sub" "line 7: .*includeFile"
what="files that include each other"
echo 'includeFile sub' >conf/main
echo 'includeFile d/../main' >conf/sub
wrong conf/main "^conf/sub: line 1: .*includes itself"
what="files that include too many"
n=0
while [ $n -lt 20 ]; do
	printf 'includeFile %s\nincludeFile %s\n' $((n + 1)) $((n + 1)) \
		>conf/$n
	n=$((n + 1))
done
check conf/0
[ $status = 1 ] || complain "exit status $status, expected 1"
grep -q 'too deeply' said || complain "no word of the depth"

exit $failed
