#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Serves the fixture through a real snmpd and without one, and requests
# everything.
set -u

srcdir=${srcdir:-.}
# shellcheck source=tests/lib/snmpd.sh
. "$srcdir/tests/lib/snmpd.sh"

PATH=$PATH:/usr/sbin:/sbin
for tool in snmpd snmpget; do
	command -v $tool >/dev/null && continue
	echo "SKIP: $tool is not installed"
	[ "${BONDCARRIER_REQUIRE-}" = 1 ] && exit 1
	exit 77
done

agent=
work=$(mktemp -d)
finish() {
	if [ -n "$agent" ]; then
		kill "$agent" 2>/dev/null
		wait "$agent" || echo "fixtured ended with $?"
	fi
	snmpd_stop
	rm -rf "$work"
}
trap finish EXIT

# ask ADDRESS FIXTURED-ARGUMENT...: serves it, and sends requests to ADDRESS.
ask()
{
	ask_at=$1
	shift
	# A zone of odd minutes, west of Greenwich: dates must show it.
	TZ=NST3:30 tests/agent/fixtured "$@" >"$work/began" \
		2>"$work/agent.log" &
	agent=$!
	if ! wait_until 120 test -s "$work/began"; then
		echo "fixtured does not start:"
		cat "$work"/*.log
		exit 99
	fi
	tests/agent/test_mib "$ask_at" "$srcdir/tests/agent" \
		"$(cat "$work/began")"
	status=$?
	kill $agent
	wait $agent
	ended=$?
	agent=
	cat "$work/agent.log"
	[ $ended = 0 ] || echo "FAIL: fixtured ended with $ended"
	[ $status = 0 ] && [ $ended = 0 ]
}

failed=0
snmpd_start "$work" || exit 99
echo "== through snmpd"
ask "$SNMPD_ADDRESS" "$SNMPD_SOCKET" || failed=1
snmpd_stop

echo "== standalone"
address=127.0.0.1:$(snmpd_free_port)
ask "$address" -S "udp:$address" "$work" || failed=1
exit $failed
