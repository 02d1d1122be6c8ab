# A bond flaps a hundred times a second: at most one notification per
# notifyThrottle, always the final state, the rest counted; the event table
# holds the newest rows that fit. `long`: for a minute, with the defaults.
. "$LAB/lib/faults.sh"
command -v python3 >/dev/null || skip "no python3 here"
RATE=100
SECONDS_LONG=${long:+60}
FLAPPING=${SECONDS_LONG:-6} # s
THROTTLE=1000               # ms
[ -z "$long" ] || THROTTLE=5000
ROWS=200 # fewer than happen even on a slow machine

cable v0
plug v0
bond bond0 mode active-backup miimon 0
enslave bond0 v0
start_agents "notify effective" "notifyThrottle $THROTTLE" "eventLog $ROWS"
agent_says bond0 bondEffectiveCarrier=up

transitions()
{
	agent_value bond0 bondEffectiveTransitions
}

suppressed()
{
	agent_value . bondAgentNotificationsSuppressed
}

# Every transition was sent or suppressed, and nothing is queued.
delivered()
{
	bond_traps | wc -l
}

all_told()
{
	[ $(($(delivered) + $(suppressed) - suppressed_before)) = \
		$(($(transitions) - transitions_before)) ]
}

# flap COUNT UP-OR-DOWN: that many changes, and the final state.
flap()
{
	say "$1 changes, $RATE a second, the last of them: $2"
	transitions_before=$(transitions)
	suppressed_before=$(suppressed)
	start_ms=$(now_ms)
	python3 "$LAB/flap.py" v0-far $RATE "$1" >"$here/changes"
	flapped=$(($(now_ms) - start_ms))
	agent_says bond0 "bondEffectiveCarrier=$2"
	wait_until $((DEADLINE + THROTTLE / 1000)) all_told || fail \
		"told: $(delivered), suppressed: $(suppressed), of $(transitions)"
	took=$(($(now_ms) - start_ms))
	seen=$(($(transitions) - transitions_before))
	told=$(delivered)
	held=$(($(suppressed) - suppressed_before))
	echo "   in $flapped ms: $seen transitions seen, $told told, $held not"

	# Flapping may take longer than planned; this many notifications fit
	# between the first change and the final state.
	most=$((took / THROTTLE + 2))
	[ "$told" -le $most ] || fail "$told notifications in $took ms"
	# It flaps all the time, so there is one whenever the throttle lets one
	# through, perhaps late; a short flapping right after another one sends
	# only the final state.
	least=$((flapped / THROTTLE / 2))
	[ $least -ge 1 ] || least=1
	[ "$told" -ge $least ] || fail "only $told were told"
	expect "the last word" "bondEffectiveCarrier=$2" "$(bond_traps |
		tail -n 1 | tr '|' '\n' | sed -n 's/^\(bondEffectiveCarrier\)\.[0-9]*=/\1=/p')"
}

# Rows of the event table, and whether they are the newest, without a gap.
table_is_full()
{
	snmp bulkwalk "$(oids "" bondEventType | sed 's/\.$//')" | decode |
		sed 's/^bondEventType\.//' >"$here/events"
	last=$(agent_value . bondEventLastIndex)
	expect "rows, the first and the last" "$ROWS $((last - ROWS + 1)) $last" \
		"$(awk -F = 'NR == 1 { first = $1 } { last = $1 }
			END { print NR, first, last }' "$here/events")"
}

flap $((RATE * FLAPPING)) up
table_is_full
once=$(bond_traps | tr '|' '\n' | sed -n 's/^bondEventLastIndex\.0=//p' |
	sort -u | wc -l)
expect "notifications that came twice" 0 $((told - once))
[ -z "$long" ] || row "flapping $FLAPPING s ($held suppressed)" "$seen" \
	"$once" $((seen - told - held)) $((told - once)) \
	$((took - flapped))

stop snmptrapd
mv "$here/snmptrapd.log" "$here/snmptrapd.first.log"
start_snmptrapd
flap $((RATE * 2 + 1)) down

say "the rows' outcomes agree with the counters"
snmp bulkwalk "$(oids "" bondEventNotified | sed 's/\.$//')" | decode \
	>"$here/fates"
expect "rows still queued, or dropped" "" \
	"$(grep -E '=(queued|dropped)$' "$here/fates" || :)"
snmp bulkwalk "$(oids "" bondEventType | sed 's/\.$//')" | decode \
	>"$here/events"
last=$(sed -n 's/^bondEventType\.\(.*\)=effective.*/\1/p' "$here/events" |
	tail -n 1)
expect "the fate of the last change" "bondEventNotified.$last=acknowledged" \
	"$(grep "^bondEventNotified\.$last=" "$here/fates")"
