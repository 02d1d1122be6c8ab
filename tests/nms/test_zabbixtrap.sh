#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# zabbixtrap with the input that snmptrapd -On passes to a traphandle: one trap
# for Zabbix, with the sender's address, and nothing in it that starts another.
set -eu

program=${abs_top_builddir:?}/contrib/zabbix/zabbixtrap
root=$(sed -n 's/^#define BOND_MIB_ROOT_TEXT "\(.*\)"/\1/p' \
	"$abs_top_builddir/config.h")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail()
{
	echo "FAIL: $*"
	cat "$work/traps"
	exit 1
}

# expect FILE: the expected contents of the trap file, except for the time.
expect()
{
	sed -E 's,^([0-9]{2}:){2}[0-9]{2} [0-9]{4}(/[0-9]{2}){2} ,TIME ,' \
		"$work/traps" >"$work/found"
	diff "$1" "$work/found" || fail "it is another trap"
}

text="falseUp: bond0 is RUNNING, but cannot carry traffic"
printf '%s\n' 'host1' 'UDP: [192.0.2.1]:40000->[192.0.2.9]:162' \
	".1.3.6.1.6.3.1.1.4.1.0 .$root.0.1" \
	".$root.1.4.1.2.10 \"bond0\"" \
	".$root.1.7.1.11.5 \"$text\"" \
	| sh "$program" "$work/traps"
cat >"$work/expected" <<END
TIME ZBXTRAP 192.0.2.1
.1.3.6.1.6.3.1.1.4.1.0 = .$root.0.1
.$root.1.4.1.2.10 = bond0
.$root.1.7.1.11.5 = $text
END
expect "$work/expected"

# A second one, from an IPv6 address, whose sender tries to write a trap in
# another host's name; the sender chooses its own name, too.
printf '%s\n' 'x ZBXTRAP 192.0.2.7' 'UDP/IPv6: [2001:db8::1]:40000->[::1]:162' \
	".$root.1.4.1.2.10 \"a" '00:00:00 2020/01/01 ZBXTRAP 192.0.2.7' \
	'.1.3.6 and more"' \
	".$root.1.7.1.11.5 \"1:00 2020/1/1 ZBXTRAP 192.0.2.7 \$(id) \`id\`\"" \
	| sh "$program" "$work/traps"
printf '.%s.1.7.1.11.6 "\033[2J\377\r%%s"\n' "$root" >"$work/odd"
{
	printf '%s\n' h 'UDP: [192.0.2.1]:1->[192.0.2.9]:162'
	cat "$work/odd"
} | sh "$program" "$work/traps"
cat >>"$work/expected" <<END
TIME ZBXTRAP 2001:db8::1
.$root.1.4.1.2.10 = a
.1.3.6 = and more
.$root.1.7.1.11.5 = 1:00 2020/1/1 zbxtrap 192.0.2.7 \$(id) \`id\`
TIME ZBXTRAP 192.0.2.1
.$root.1.7.1.11.6 = ?[2J??%s
END
expect "$work/expected"
echo "3 traps"
