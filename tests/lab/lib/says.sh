# SPDX-License-Identifier: BSD-2-Clause
# What the agent returns through snmpd, with names for numbers (see objects).

decode()
{
	awk -v root="$MIB_ROOT" -v objects="$LAB/objects" \
		-v mib="$LAB/../../mibs/BOND-CARRIER-MIB.in" \
		-f "$LAB/decode.awk" "$@"
}

# oids INDEX NAME[=VALUE]...: their numbers, in that order.
oids()
{
	oi_index=$1
	shift
	printf '%s\n' "$@" | awk -v below="$MIB_ROOT" -v row="$oi_index" '
		FNR == NR { number[$3] = $1; next }
		{
			sub(/=.*/, "")
			print $0 in number ? "." below "." number[$0] "." row \
				: "unknown-object-" $0
		}' "$LAB/objects" -
}

# index_of WHAT: "." for scalars, BOND, or BOND/SLAVE; by name or number.
index_of()
{
	case $1 in
	.) echo 0 ;;
	*/*) echo "$(index_of "${1%/*}").$(index_of "${1#*/}")" ;;
	*[!0-9]*) ifindex "$1" ;;
	*) echo "$1" ;;
	esac
}

# agent_value WHAT NAME: one value.
agent_value()
{
	snmp get "$(oids "$(index_of "$1")" "$2")" | decode | sed 's/^[^=]*=//'
}

# agent_is WHAT NAME=VALUE...: true when all hold; sets `found` to the values.
# Names in lists (BITS) are in the MIB's order, separated by commas.
agent_is()
{
	ai_index=$(index_of "$1")
	shift
	# shellcheck disable=SC2046 # a list of numbers
	found=$(snmp get $(oids "$ai_index" "$@") | decode |
		sed 's/^\([A-Za-z]*\)\.[0-9.]*=/\1=/')
	ai_expected=$(printf '%s\n' "$@")
	[ "$found" = "$ai_expected" ]
}

# The same as an assertion that waits, at most DEADLINE.
agent_says()
{
	wait_until "$DEADLINE" agent_is "$@" || {
		as_what=$1
		shift
		fail "the agent on $as_what
$(printf '%s\n' "$@" | sed 's/^/  expected: /')
$(echo "$found" | sed 's/^/  found:    /')"
	}
	echo "   agent:  $*"
}

# agent_keeps SECONDS WHAT NAME=VALUE...: they hold for that many seconds.
agent_keeps()
{
	ak_time=$1
	shift
	holds "$ak_time" agent_is "$@" ||
		fail "the agent should have kept for $ak_time s: $*
$(echo "$found" | sed 's/^/  found:    /')"
	echo "   agent for $ak_time s: $*"
}

# Everything below the root, a line each.
walk()
{
	snmp bulkwalk ".$MIB_ROOT" | decode
}

# grace MS: sets the base of the grace, also for what is pending.
grace()
{
	snmp set "$(oids 0 bondDiscrepancyGrace)" u "$1" >/dev/null
	agent_says . "bondDiscrepancyGrace=$1"
}

# raised_after_grace WHAT KINDS [NAME=VALUE...]: first pending and not raised,
# which requires a grace of LONG_GRACE; then, with a short one, raised and not
# pending; the rest holds both times. The grace stays short.
raised_after_grace()
{
	ra_what=$1
	ra_kinds=$2
	shift 2
	agent_says "$ra_what" "bondPending=$ra_kinds" bondDiscrepancies= "$@"
	grace 500
	agent_says "$ra_what" "bondDiscrepancies=$ra_kinds" bondPending= "$@"
}
