# bondcarrier without a daemon: check and watch from the first bond on, bonds of
# every odd name that the kernel accepts, and a kernel that is faster than
# watch.
CHANGES=2500 # of a bond: more than a stopped watch can buffer
command -v python3 >/dev/null || skip "no python3 here"
program=$BUILDDIR/cli/bondcarrier

# checks STATUS WORDS ARGUMENT...: check prints that, at once or soon.
checked()
{
	ch_status=$1
	ch_words=$2
	shift 2
	found=0
	"$program" check "$@" >"$here/checked" 2>&1 || found=$?
	[ $found = "$ch_status" ] && grep -q -e "$ch_words" "$here/checked"
}
checks()
{
	wait_until "$DEADLINE" checked "$@" ||
		fail "check: $*: status $found: $(cat "$here/checked")"
	echo "   check ${*}: $(head -n 1 "$here/checked" | cut -d'|' -f1)"
}

# tells WORDS FILE
told()
{
	grep -q -e "$1" "$2"
}
tells()
{
	wait_until "$DEADLINE" told "$1" "$here/$2.out.log" ||
		fail "$2 does not tell: $1"
	echo "   $2: $(grep -m 1 -e "$1" "$here/$2.out.log" | cut -c1-150)"
}

checks 3 "there are no bonds"
start watch "$program" watch
start watch_json "$program" watch --json
tells "there are no bonds; waiting" watch
tells "there are no bonds; waiting" watch_json

say "a bond that lies"
cable v0 v1
bond bond0 mode active-backup miimon 0
enslave bond0 v0 v1
kernel_says bond0 running=yes
checks 2 "bond0 is down, though it shows RUNNING" -w none bond0
checks 2 "falseUp" -w none -c falseUp
tells " bond0 was added$" watch
tells " bond0 is down" watch
tells '"type":"discrepancyRaised".*"kind":"falseUp"' watch_json

say "a cable"
plug v1
checks 0 "bond0 is up" -w none bond0
checks 1 "unmonitored" bond0
tells "slave v1 of bond0 has a link" watch
tells "effective carrier of bond0 is up" watch
tells "cleared: falseUp on bond0$" watch
tells '"type":"discrepancyRaised".*"slave":.*"kind":"activeSlaveDown"' \
	watch_json

say "names that the kernel accepts"
python3 -B - <<'END' || fail "the kernel has other bonds"
import subprocess
NAMES = [b"abcdefghijklmno", "bönd-ü".encode(), b"\xff\xfe\xc3(",
         b"\x1b[2J\x1b[1m", b"\x01\x07\x08\x7f", b"\xc2\x9b2J",
         "\u202egnp".encode(), b"a'b=c|d;e", b'"quote"\\', b"\\x41", b"A",
         b"$(id)`x`", b"*?[a]", b"<b>&amp;", b"-rf", b"--", b".hid",
         b"...", b"show", b"none"]
for name in NAMES:
    with open("/sys/class/net/bonding_masters", "wb") as masters:
        masters.write(b"+" + name)
with open("/sys/class/net/bonding_masters", "rb") as masters:
    there = masters.read().split()
missing = set(NAMES) - set(there)
print("   made:", len(there) - 1, "refused:", missing)
raise SystemExit(len(missing) > 0)
END
"$program" show --json >"$here/shown.json"
"$program" check >"$here/plugin" || :
"$program" show >"$here/shown"
python3 -B - "$here" "$program" <<'END' || fail "names break the output"
import json, re, subprocess, sys
here, program = sys.argv[1:]
def name_of(printed):
    return re.sub(rb"\\(\\|x[0-9a-f]{2})", lambda m: b"\\" if m[1] == b"\\"
                  else bytes([int(m[1][1:], 16)]), printed.encode())
with open("/sys/class/net/bonding_masters", "rb") as masters:
    there = set(masters.read().split())
shown = json.load(open(here + "/shown.json", encoding="utf-8"))["bonds"]
assert {name_of(b["name"]) for b in shown} == there, shown
for file in "shown", "plugin":
    text = open(here + "/" + file, "rb").read().decode("utf-8")
    bad = re.search("[\0-\x09\x0b-\x1f\x7f-\x9f\u202e]", text)
    assert not bad, (file, bad)
for name in there - {b"bond0"}:
    status = subprocess.call([program, "check", "--", name],
                             stdout=subprocess.DEVNULL)
    assert status == 2, (name, status)
print("   shown:", len(shown), "bonds, each under its name")
END
tells '"name":"\\\\xff\\\\xfe' watch_json
if command -v bash >/dev/null; then
	bash -c '
		. "$1/../../contrib/completion/bondcarrier"
		COMP_WORDS=(bondcarrier show "")
		COMP_CWORD=2
		_bondcarrier
		printf "%s\n" "${COMPREPLY[@]}"' - "$LAB" >"$here/offered"
	grep -qx bond0 "$here/offered" || fail "bond0 is not offered"
	grep -qxF '\$\(id\)\`x\`' "$here/offered" ||
		fail "an odd name is not offered, or not quoted"
fi

say "more events than a stopped watch can buffer"
for name in watch watch_json; do
	eval "kill -STOP \$pid_$name"
done
for n in $(seq $CHANGES); do
	echo "link set bond0 alias changed-$n"
done | ip -batch -
for name in watch watch_json; do
	eval "kill -CONT \$pid_$name"
done
tells " kernel messages lost (overrun)" watch
tells '"type":"overrun"' watch_json
unplug v1
tells "effective carrier of bond0 is down" watch

say "the end"
for name in watch watch_json; do
	stop $name
	expect "$name ends with status" 0 "$status"
done
grep -v '^{' "$here/watch_json.out.log" | grep -v '^bondcarrier: ' &&
	fail "not JSON"
python3 -B - "$here/watch_json.out.log" <<'END' || fail "no JSON"
import json, sys
lines = [l for l in open(sys.argv[1], encoding="utf-8") if l[0] == "{"]
print("   objects:", len([json.loads(l) for l in lines]))
END
