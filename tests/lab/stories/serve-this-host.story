# What `./quickstart run` does on a host with bonds: the agent on loopback,
# without snmpd, and a walk; nothing is left behind.
cable v0
bond bond0 mode active-backup miimon 0
enslave bond0 v0
kernel_says bond0 running=yes

# The command first checks what listens: the agent runs only briefly.
asks=snmpbulkwalk
mkdir "$here/bin"
cat >"$here/bin/$asks" <<END_OF_SCRIPT
#!/bin/sh
ss -Hlnutp >>"$here/listening"
exec $(command -v $asks) "\$@"
END_OF_SCRIPT
chmod +x "$here/bin/$asks"
PATH=$here/bin:$PATH sh "$LAB/serve" "$BUILDDIR" >"$here/served" 2>&1 ||
	fail "status $?
$(cat "$here/served")"
row=$(ifindex bond0)
for words in "bondName.$row  *bond0 " "bondRunning.$row  *true(1) " \
	"bondEffectiveCarrier.$row  *down(2) " \
	"bondSlaveCorrectedLink.$row.$(ifindex v0)  *down(2) " \
	"bondDiscrepancies.$row .*falseUp(0)"; do
	grep "^$words" "$here/served" || fail "no line '$words' in
$(cat "$here/served")"
done
grep -q '^bond0: ' "$here/served" || fail "'bondcarrier show' is not there"

grep -q bondcarrierd "$here/listening" || fail "it was not seen to listen"
expect "snmpd in it" 0 "$(grep -c '"snmpd"' "$here/listening")"
expect "what else listened than on loopback" "" \
	"$(grep -E 'snmpd|bondcarrierd' "$here/listening" |
		grep -v ' 127\.0\.0\.1:' || :)"
expect "processes left" "" "$(pgrep -x snmpd; pgrep -x bondcarrierd)"
expect "files left" "" "$(ls "$TMPDIR")"
