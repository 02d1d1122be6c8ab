#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# What quickstart prints before it builds, and the recorded scene: each package
# is named, the package manager's reason is there, and no line is wider than 80
# columns. Installs nothing: the package managers are stubs.
set -u

srcdir=$(cd "${srcdir:-.}" && pwd)
builddir=$PWD
work=$(mktemp -d)
failed=0
trap 'rm -rf "$work"' EXIT

fail()
{
	echo "FAIL: $*"
	sed 's/^/    said: /' "$work/said"
	failed=1
}

# stub NAME LINE...: creates a command of that name.
stub()
{
	name=$1
	shift
	printf '#!/bin/sh\n' >"$work/bin/$name"
	printf '%s\n' "$@" >>"$work/bin/$name"
	chmod +x "$work/bin/$name"
}

# quickstart ARGUMENT...: runs a copy of it, not as root, with the stubs.
quickstart()
{
	PATH=$path "$work/tree/quickstart" "$@" >"$work/said" 2>&1 </dev/null
	status=$?
	awk 'length > 80' "$work/said" >"$work/wide"
	[ ! -s "$work/wide" ] || fail "wider than 80: $(cat "$work/wide")"
}

names()
{
	for package; do
		grep -qw -- "$package" "$work/said" || fail "$package not named"
	done
}

mkdir -p "$work/bin" "$work/tree/contrib/rpm"
cp "$srcdir/quickstart" "$work/tree"
cp "$srcdir/contrib/rpm/bondcarrier.spec" "$work/tree/contrib/rpm"
stub id 'echo 1000'
stub sudo 'echo "E: the mirror is down"; exit 100'
stub dpkg-query 'exit 1'
stub autoreconf 'echo "no autoreconf"; exit 1'
path=$work/bin:$PATH

for command in run test; do
	quickstart $command
	[ $status = 1 ] || fail "$command: exit status $status, expected 1"
	names gcc libsnmp-dev libcmocka-dev iproute2
	grep -q 'the mirror is down' "$work/said" || fail "no reason"
done
names keepalived tshark
quickstart --help
[ $status = 0 ] || fail "--help: exit status $status, expected 0"

# Without dpkg: only what the script calls, and another package manager.
rm "$work/bin/dpkg-query"
for tool in sh cat sed grep paste find tail mkdir nproc dirname fold tr awk; do
	ln -s "$(command -v $tool)" "$work/bin/$tool" 2>/dev/null
done
# shellcheck disable=SC2016 # for the copy
sed 's|^PATH=.*|PATH=$PATH|' "$srcdir/quickstart" >"$work/tree/quickstart"
path=$work/bin
for manager in dnf zypper; do
	stub $manager 'exit 1'
	quickstart run
	grep -q "^    $manager install " "$work/said" || fail "no $manager"
	grep -q 'no autoreconf' "$work/said" || fail "the build's reason"
	[ $status = 1 ] || fail "exit status $status, expected 1"
	names net-snmp-devel 'pkgconfig(libpcap)' autoconf
	# To be copied as it is.
	command=$(sed -n "/^    $manager install/,/[^\\\\]\$/p" "$work/said")
	printf '%s\n' "$manager() { echo \$#; }" "$command" >"$work/copied"
	[ "$(sh "$work/copied")" -ge 12 ] || fail "can't be copied: $command"
	rm "$work/bin/$manager"
done

sh "$srcdir/tests/lab/scene-replayed" "$builddir" >"$work/said" 2>&1 ||
	fail "the capture: exit status $?"
awk 'length > 80' "$work/said" >"$work/wide"
[ ! -s "$work/wide" ] || fail "wider than 80: $(cat "$work/wide")"
grep -q 'effective *down (noSlaveUp)' "$work/said" || fail "no truth"
grep -q '^    BOND CRITICAL - bond1 is down' "$work/said" || fail "no check"
grep -q 'bond0 is up' "$work/said" || fail "no watch"
exit $failed
