# Without a master agent, beside snmpd's own ifTable: the same number of rows.
# (snmpd 5.9.3 takes minutes to read thousands of links, so not more.)
. "$LAB/../../bench/lib.sh"
BONDS=${BONDS:-100} SLAVES=${SLAVES:-8} REQUESTS=${REQUESTS:-500}
alone_at=udp:127.0.0.1:1161
rows=$((BONDS * SLAVES))
make_bonds big "$BONDS" "$SLAVES"
start_snmpd
configure_bondcarrierd "rocommunity public 127.0.0.1" "notify none" \
	"persistentDir $here/keys"
start bondcarrierd "$BUILDDIR/bondcarrierd" -f -S $alone_at \
	-C "$here/bondcarrierd.conf" -L e
snmpd_was=$snmpd_at snmpd_at=$alone_at
agent_says . "bondSlaveTotal=$rows"
snmpd_at=$snmpd_was
settled "$pid_bondcarrierd"
walks "walk with -S, one column" "$REQUESTS" \
	this $alone_at .$MIB_ROOT.1.5.1.6 \
	ifTable "$snmpd_at" .1.3.6.1.2.1.2.2.1.8
# Its columns 6 and 12 have no value for some of the links.
walks "walk with -S, 12 columns" "$REQUESTS" \
	this $alone_at "$(twelve .$MIB_ROOT.1.5.1 2)" \
	ifTable "$snmpd_at" "$(printf .1.3.6.1.2.1.2.2.1.%s, \
		1 2 3 4 5 7 8 9 10 11 13 14)"
for measure in "one column" "12 columns"; do
	at_most "walk with -S, $measure" ifTable 1
done
