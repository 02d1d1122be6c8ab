#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Others read our captures too: tshark finds link messages in them, of the
# bonds by name, and nothing malformed. Skipped where there is no tshark.
set -eu

tshark=$(command -v tshark) || {
	echo "SKIP: no tshark here"
	[ "${BONDCARRIER_REQUIRE:-0}" = 1 ] && exit 1
	exit 77
}

fail()
{
	echo "FAIL: $1"
	exit 1
}

# names FIXTURE: the links of the messages that create or change one.
names()
{
	"$tshark" -r "${abs_top_srcdir:?}/tests/fixtures/$1.pcap" \
		-Y 'netlink-route.nltype == 16' -T fields \
		-e netlink-route.ifla_ifname
}

for want in d-dead-active-slave:bond0 h2-bond-in-bond:below.7 \
	m-everything-goes:renamed; do
	fixture=${want%%:*}
	name=${want#*:}
	found=$(names "$fixture" 2>/dev/null) ||
		fail "tshark does not read $fixture"
	echo "$found" | tr ',' '\n' | grep -Fqx "$name" ||
		fail "tshark sees no $name in $fixture, but: $found"
	bad=$("$tshark" -r "${abs_top_srcdir:?}/tests/fixtures/$fixture.pcap" \
		-Y '_ws.malformed || !netlink' 2>/dev/null)
	[ -z "$bad" ] || fail "tshark does not understand in $fixture: $bad"
	echo "$fixture: $name, as it should be"
done
