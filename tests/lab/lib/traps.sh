# SPDX-License-Identifier: BSD-2-Clause
# What arrived at snmptrapd. Each trap is used once: trap_arrives takes the
# first match of those not yet taken, no_more_traps fails if any are left.

all_traps()
{
	grep -s '^\.1\.3\.6\.1\.2\.1\.1\.3\.0 = ' "$here/snmptrapd.log" | decode
}

# Takes all that have arrived so far.
forget_traps()
{
	all_traps | wc -l | awk '{ for (n = 1; n <= $1; n++) print n }' \
		>"$here/taken"
}

left_traps()
{
	all_traps | awk -v file="$here/taken" '
		BEGIN {
			while ((getline n < file) > 0)
				taken[n] = 1
		}
		!(NR in taken) { print NR "|" $0 }'
}

# find_trap NAME [NAME=VALUE...]: takes a match, and sets `trap` to it.
find_trap()
{
	left_traps >"$here/left"
	fi_name=$1
	shift
	trap=$(awk -F '|' '
		BEGIN {
			for (i = 1; i < ARGC - 1; i++)
				wanted[i] = ARGV[i]
			count = ARGC - 2
			for (i = 1; i <= count; i++)
				ARGV[i] = ""
		}
		{
			delete is
			for (f = 2; f <= NF; f++) {
				plain = $f
				if (plain ~ /^bond[A-Za-z]*\.[0-9.]*=/)
					sub(/\.[0-9.]*=/, "=", plain)
				is[plain] = 1
			}
			for (i = 1; i <= count; i++)
				if (!(wanted[i] in is))
					next
			print
			exit
		}' "trap=$fi_name" "$@" "$here/left")
	[ -n "$trap" ] || return 1
	echo "${trap%%|*}" >>"$here/taken"
	trap=${trap#*|}
}

trap_arrives()
{
	wait_until "$DEADLINE" find_trap "$@" || fail "no such trap: $*
$(left_traps | sed 's/^/  has come: /')"
	echo "   trap:   $*"
}

no_more_traps()
{
	[ -z "$(left_traps)" ] || fail "more traps than there should be
$(left_traps | sed 's/^/  has come: /')"
	echo "   no other trap"
}

# Of the last trap found: the names of its varbinds; the value of one.
trap_names()
{
	printf '%s\n' "$trap" | tr '|' '\n' | sed 's/=.*//' | paste -s -d ' '
}

trap_value()
{
	printf '%s\n' "$trap" | tr '|' '\n' | sed -n "s/^$1\(\.[0-9.]*\)\{0,1\}=//p"
}

trap_says()
{
	for ts_pair; do
		expect "the trap's ${ts_pair%%=*}" "${ts_pair#*=}" \
			"$(trap_value "${ts_pair%%=*}")"
	done
}
