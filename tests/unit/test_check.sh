#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# bondcarrier check on recorded recipes: the exit status of a monitoring
# plugin, its one line, its performance data; and every wrong use of it.
. "${srcdir:-.}/tests/unit/cli.sh"

# expect STATUS ARGUMENT...
expect()
{
	wanted=$1
	shift
	expect_of "$wanted" check "$@"
	set -- OK WARNING CRITICAL UNKNOWN
	[ "$wanted" -ge "$#" ] || shift "$wanted"
	head -n 1 "$out" | grep -q "^BOND $1 - " ||
		fail "the line does not say $1"
}

first_has()
{
	head -n 1 "$out" | grep -qF -- "$1" || fail "no '$1' in the first line"
}

has()
{
	grep -qF -- "$1" "$out" || fail "no '$1'"
}

lacks()
{
	! grep -qF -- "$1" "$out" || fail "'$1' is said"
}

# By default; with -w none, as keepalived needs it; with -c all -w none.
# What each is, is told in the table of recipes that the captures are of.
while read -r capture default quiet severe; do
	expect "$default" --from "$fixtures/$capture.pcap"
	[ -s "$err" ] && fail "$capture: something on standard error"
	expect "$quiet" -w none --from "$fixtures/$capture.pcap"
	expect "$severe" --warn=none --crit=all --from "$fixtures/$capture.pcap"
done <<'END'
a-unmonitored 2 2 2
a2-unmonitored-lacp 2 2 2
b-no-slaves 2 2 2
c-no-partner 1 0 2
d-dead-active-slave 1 0 2
e-use-carrier 2 2 2
f-min-links 2 2 2
g-monitor-taken-away 1 0 2
g3-no-speed 1 0 2
h-slave-set-down 2 2 2
h2-bond-in-bond 2 2 2
h3-slave-moved 0 0 0
i-dormant-slave 1 0 2
i2-dormant-bond 1 0 2
n-two-switches 1 0 2
o-ports-disabled 2 2 2
END

# Only what was named decides.
dead=$fixtures/d-dead-active-slave.pcap
expect 1 -w activeSlaveDown -c none --from "$dead"
expect 1 -w "splitAggregator, ACTIVEslavedown" --from "$dead"
expect 2 -c activeSlaveDown --from "$dead"
expect 2 -w activeSlaveDown -c unmonitored --from "$dead"
expect 0 -w noLacpPartner,falseDown,linkUnverified --from "$dead"
expect 1 -w degraded --from "$dead"
expect 2 -c none -w none --from "$fixtures/b-no-slaves.pcap"

# Two slaves with links, and nobody there to agree with.
mute=$fixtures/c-no-partner.pcap
expect 0 -w none --from "$mute"
expect 2 -w none --strict-lacp --from "$mute"
first_has "bond0 is down, though it shows RUNNING: LACP lets no slave"
expect 0 -w none --strict-lacp --from "$fixtures/h3-slave-moved.pcap"

# The line, the data, and what to do.
expect 1 --from "$dead" bond0 bond0
first_has "bond0 is up: 1 of its 2 slaves is usable; activeSlaveDown"
first_has "| 'bond0_effective'=1;;1:;0;1 'bond0_usable'=1;;;0;2 'bond0_slaves'=2;;;0"
[ "$(head -n 1 "$out" | tr -dc '|' | wc -c)" -eq 1 ] || fail "not one bar"
has "activeSlaveDown: slave v0 of bond0 is the active slave"
[ "$(grep -c 'set miimon 100' "$out")" -eq 1 ] || fail "advice given twice"
expect 0 --from "$fixtures/h3-slave-moved.pcap"
[ "$(wc -l <"$out")" -eq 1 ] || fail "more than one line of a healthy bond"
expect 2 --from "$fixtures/a-unmonitored.pcap" bond0
first_has "bond0 is down, though it shows RUNNING"
lacks bond1

# The worst first.
expect 2 --from "$fixtures/f-min-links.pcap" bond1 bond0
first_has "1 critical, 1 warning; bond0 is down: "
sed -n 2p "$out" | grep -q '^\[CRITICAL\] bond0' || fail "bond0 is not first"
has "[WARNING] bond1"
lacks far

# What can't be known is neither OK nor a mere warning.
expect 3 --from "$dead" bond7
first_has "there is no bond bond7"
lacks "bond0"
expect 3 --from "$dead" bond7 bond0
first_has "1 unknown, 1 warning; there is no bond bond7"
expect 2 --from "$fixtures/b-no-slaves.pcap" bond7 bond0
expect 3 --from /nonexistent/file
first_has "/nonexistent/file: No such file"
head -c 24 "$dead" >"$out.cut"
expect 3 --from "$out.cut"
first_has "there are no bonds"
head -c 9000 "$fixtures/h3-slave-moved.pcap" >"$out.cut"
expect 3 --from "$out.cut"
rm "$out.cut"

# Wrong use: said where the monitoring looks, and how it is right.
wrong()
{
	said=$1
	shift
	expect 3 "$@"
	first_has "usage error: $said"
	lacks "bond0 is"
	grep -q '^Usage: bondcarrier check' "$err" || fail "check $*: no usage"
}
wrong "-w needs kind names, 'all' or 'none', got 'falsUp'" -w falsUp bond0
wrong "-c needs kind names, 'all' or 'none', got 'x'" -c falseUp,x
wrong "-w needs kind names, 'all' or 'none', got ''" -w ''
wrong "-w needs kind names, 'all' or 'none', got ''" -w falseUp,
wrong "-w needs kind names, 'all' or 'none', got 'falseUp degraded'" \
	-w 'falseUp degraded'
wrong "-w needs kind names, 'all' or 'none', got '\\x1b[2J'" \
	--warn "$(printf '\033[2J')"
wrong "option -w needs a value" -w
wrong "option --crit needs a value" --crit
wrong "option --from needs a value" --from
wrong "unknown option -x" -x
wrong "unknown option --json" --json
wrong "option --help takes no value" --help=yes

for option in -h --help -V --version; do
	"$bondcarrier" check "$option" >"$out" 2>"$err" || fail "$option: not 0"
	[ -s "$out" ] || fail "$option: nothing said"
	[ ! -s "$err" ] || fail "$option: something on standard error"
done
if [ -c /dev/full ]; then
	"$bondcarrier" check --from "$dead" >/dev/full 2>"$err"
	[ $? -eq 3 ] || fail "a full disk is not UNKNOWN"
fi

[ "$failures" -eq 0 ] && echo "all as it should be"
exit $((failures > 0))
