# Unusual names that the kernel allows: in the tables, in the notifications'
# texts, in patterns, in the state file; and escaped in the log. Also what
# include and exclude do on SIGHUP.
grace="discrepancyGrace 1000"
escape=$(printf 'e\033[0m\001\b')
broken=$(printf 'b\377\300\200\355\277\277x')

# number, NAME, the expected bondName, the expected name in sentences. Bytes
# that are not printable ASCII are \xHH in a DisplayString; SnmpAdminString is
# UTF-8.
odd_names()
{
	printf '%s\n' 'fifteen-bytes-x' 'fifteen-bytes-x' 'fifteen-bytes-x'
	printf '%s\n' 'bönd日本' 'b\xc3\xb6nd\xe6\x97\xa5\xe6\x9c\xac' 'bönd日本'
	printf '%s\n' "$broken" 'b\xff\xc0\x80\xed\xbf\xbfx' \
		'b\xff\xc0\x80\xed\xbf\xbfx'
	printf '%s\n' "$escape" 'e\x1b[0m\x01\x08' 'e\x1b[0m\x01\x08'
	# shellcheck disable=SC2016 # as it is
	printf '%s\n' '$(id>x);`id`&*' '$(id>x);`id`&*' '$(id>x);`id`&*'
	printf '%s\n' "q\"u'o\\t" "q\"u'o\\\\t" "q\"u'o\\\\t"
	printf '%s\n' '-rf' '-rf' '-rf'
	printf '%s\n' '.hidden' '.hidden' '.hidden'
	printf '%s\n' '#comment' '#comment' '#comment'
	printf '%s\n' '"quoted"' '"quoted"' '"quoted"'
}

# for_each FUNCTION: called with number, name, bondName and text.
for_each()
{
	fe_number=0
	odd_names >"$here/names"
	while IFS= read -r fe_name && IFS= read -r fe_shown &&
		IFS= read -r fe_text; do
		fe_number=$((fe_number + 1))
		"$1" $fe_number "$fe_name" "$fe_shown" "$fe_text" </dev/null
	done <"$here/names"
}

hex()
{
	od -An -v -tx1 | tr -d ' \n'
}

# The octets of one value, as the agent returns them.
octets_of() # OID
{
	snmp get "$1" | sed 's/^[^:]*: //' | tr -d ' \n"' | tr A-F a-f
}

has_octets() # WHAT HEX HEX-THAT-IS-IN-IT
{
	case $2 in
	*"$3"*) echo "   $1 has $3" ;;
	*) fail "$1 has no $3: $2" ;;
	esac
}

make_bond()
{
	cable "s$1"
	bond "$2" mode active-backup miimon 0
	enslave "$2" "s$1"
}

name_is()
{
	agent_says "$2" "bondName=$3" bondDiscrepancies=falseUp,slaveFalseUp
}

raise_arrives()
{
	trap_arrives bondDiscrepancyRaised bondEventKind=falseUp "bondName=$3"
	text=$(trap_value bondEventText | hex)
	has_octets "the text" "$text" "$(printf '%s' "$4" | hex)"
	text=$(octets_of ".$MIB_ROOT.1.6.1.5.$(ifindex "$2").1.0")
	has_octets "bondDiscrepancyText" "$text" "$(printf '%s' "$4" | hex)"
}

clear_arrives()
{
	case $2 in
	.* | -* | "#"* | '"'*) ;;
	*) return ;;
	esac
	trap_arrives bondDiscrepancyCleared bondEventKind=falseUp "bondName=$3"
	trap_arrives bondDiscrepancyCleared bondEventKind=slaveFalseUp \
		"bondName=$3"
}

# told raised|cleared NUMBER: that many notifications have arrived.
told()
{
	[ "$(all_traps | grep -c "trap=bondDiscrepancy$1")" = "$2" ]
}

still_told()
{
	holds 4 told "$@" || fail "it was not $1 $2 times: $(all_traps |
		grep -c "trap=bondDiscrepancy$1")"
	echo "   $1 and told: $2 times"
}

track_file()
{
	expect "the track file of $3" 1 "$(cat "$here/track/$2")"
}

configure()
{
	configure_bondcarrierd "$grace" "trackDirectory $here/track" "$@"
	kill -HUP "$pid_bondcarrierd"
}

say "ten bonds that are RUNNING without a link"
start_agents "$grace" "trackDirectory $here/track"
for_each make_bond
for_each name_is
agent_says . bondCount=10

say "each is notified, in printable text"
for_each raise_arrives

say "a slave of that kind"
rename s2 "$escape"-s
slave=$(ifindex "$escape"-s)
slave_name_is()
{
	[ "$(octets_of \
		".$MIB_ROOT.1.5.1.2.$(ifindex 'bönd日本').$slave")" = "$1" ]
}
wait_until "$DEADLINE" slave_name_is \
	"$(printf '%s' 'e\x1b[0m\x01\x08-s' | hex)" || fail "bondSlaveName"

# Its raise is cleared under the old name, and raised again.
wait_until "$DEADLINE" told Cleared 1 || fail "the old name is not cleared"
wait_until "$DEADLINE" told Raised 21 || fail "not told 21 times"

say "killed and restarted: nothing is forgotten, nothing sent twice"
wait_until "$DEADLINE" agent_is . bondAgentNotificationsQueued=0 ||
	fail "notifications are left"
# Acknowledgements are in the next state file, which is written soon.
none_owed()
{
	! grep -q '^raised owed' "$here/state"
}
wait_until "$DEADLINE" none_owed || fail "the state file knows of no answer"
stop bondcarrierd KILL
start_bondcarrierd "$grace" "trackDirectory $here/track"
agent_says . bondAgentStatus=synchronised bondCount=10
for_each name_is
still_told Raised 21

say "excluded: the rows go, and each raise has its one clear"
configure 'exclude .* -* "#*"' "exclude '\"*' # and quotes"
agent_says . bondCount=6
hidden=$(ifindex .hidden)
agent_says "$hidden" bondName=absent
for_each clear_arrives
still_told Cleared 9

say "included again by name: they are new"
configure 'include .hidden [#]comment' "include \"$broken\""
agent_says . bondCount=3

say "a configuration with an error changes nothing at all"
configure 'include *' 'notifyQueue none'
wait_until "$DEADLINE" grep -q "configuration rejected" \
	"$here/bondcarrierd.out.log" || fail "not rejected"
grep -q "bondcarrierd.conf: line 5: notifyQueue: " \
	"$here/bondcarrierd.out.log" || fail "no file and line"
agent_keeps 2 . bondCount=3

say "all again"
configure
agent_says . bondCount=10
for_each name_is

say "a track file that cannot be written is named in the log"
rm "$here/track/$escape"
mkdir "$here/track/$escape"
plug s4
agent_says "$escape" bondEffectiveCarrier=up
wait_until "$DEADLINE" grep -qF 'track/e\x1b[0m\x01\x08 (' \
	"$here/bondcarrierd.out.log" || fail "not named"
unplug s4
agent_says "$escape" bondEffectiveCarrier=down
rmdir "$here/track/$escape"
wait_until "$DEADLINE" test -f "$here/track/$escape" ||
	fail "not written again"

say "nothing is left unescaped"
LC_ALL=C grep -n '[^ -~]' "$here/bondcarrierd.out.log" &&
	fail "the log has what is not printable"
[ ! -e x ] && [ ! -e "$here/x" ] || fail "a name was run"
for_each track_file
# The folder also has the spare files: see track_file.h.
expect "files for keepalived" 10 "$(find "$here/track" -type f \
	! -name '.bondcarrierd-spare-[01]' | wc -l)"
