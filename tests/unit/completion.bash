# SPDX-License-Identifier: BSD-2-Clause
# completion.bash COMPLETION BONDCARRIER: what is offered at the end of a
# command line.
# shellcheck source=/dev/null
. "$1" || exit 1
program=$2
failures=0
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 99
touch x.pcap 'with space.pcap' touched-not

# In place of /sys/class/net/bonding_masters.
# shellcheck disable=SC2317 # the completion calls it
_bondcarrier_masters()
{
	printf '%s\n' "bond0 bond1 \$(touch\${IFS}evil) *?[a] a'b\"c -rf .hid\\den"
}

# offers 'WORD|WORD' WORD...: completes the last of the words, which follow
# the program.
offers()
{
	local expected=$1 got

	shift
	COMP_WORDS=("$program" "$@")
	COMP_CWORD=$#
	COMPREPLY=()
	_bondcarrier
	got=$(IFS='|' && echo "${COMPREPLY[*]}")
	if [[ $got != "$expected" ]]; then
		echo "FAIL: $*: $got, not $expected"
		failures=$((failures + 1))
	fi
}

read -r odd <<'END'
\$\(touch\$\{IFS\}evil\)|\*\?\[a\]|a\'b\"c|.hid\\den
END
offers 'show' sh
offers 'check' --json ch
offers 'capture' ca
offers 'bond0|bond1' bo
offers 'bond0|bond1' show bo
offers 'bond1' watch bond0 bond1
offers 'bond0|bond1' check -w all bo
offers '' show sh
offers "show|check|watch|capture|bond0|bond1|$odd" ''
offers '\$\(touch\$\{IFS\}evil\)' show '$'
offers '\$\(touch\$\{IFS\}evil\)' show '\$'
offers '\*\?\[a\]' check '*'
offers '-rf' check -- -
offers 'bond0|bond1' -- bo
offers '--json' show --j
offers '--strict-lacp' check --s
offers '-w|--warn|-c|--crit|--strict-lacp|--from|-h|--help|-V|--version' check -
offers '--json|--strict-lacp|--from|-h|--help|-V|--version' -
offers '-n|--count|-d|--duration|-h|--help|-V|--version' capture -
offers 'falseUp|falseDown' check -w fal
offers 'activeSlaveDown|arpDown|all' check --crit a
offers 'degraded,noLacpPartner' check -c degraded,no
offers 'falseUp,falseDown' check --warn = falseUp,fal
program=$work/none offers 'all' check -w a
offers 'with space.pcap' show --from w
offers 'x.pcap' --from = x
offers 'x.pcap' capture x
offers '' capture -n ''

[[ -e evil ]] && echo "FAIL: a name was evaluated" && failures=1

# Every word that is offered is one that the program takes, and every option
# that its help has is offered.
COMP_WORDS=("$program" check -w '')
COMP_CWORD=3
_bondcarrier
kinds=$(IFS=, && echo "${COMPREPLY[*]}")
[[ $kinds == *falseUp,*slowMonitor,all,none ]] || {
	echo "FAIL: the kinds that are offered are $kinds"
	failures=1
}
"$program" check -w "$kinds" -c "$kinds" >said 2>&1
grep -q 'usage error' said && cat said && failures=1
for command in show check watch capture; do
	COMP_WORDS=(bondcarrier "$command" -)
	COMP_CWORD=2
	_bondcarrier
	offered=$(printf '%s\n' "${COMPREPLY[@]}" | sort)
	helped=$("$program" $command --help | sed '/^  *-/!d; s/  *[A-Za-z].*//' |
		grep -oE -- '--?[a-zA-Z][a-zA-Z-]*' | sort)
	if [[ $offered != "$helped" ]]; then
		echo "FAIL: $command offers $offered"
		echo "but its help has $helped"
		failures=$((failures + 1))
	fi
done

[[ $failures -eq 0 ]] && echo "all as it should be"
exit $((failures > 0))
