#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Reintroduces one old defect into a copy of the tree and lets the simulator
# search for it.
#
#   run.sh              all of them
#   run.sh N-name ...   these: N-name.patch of this folder, for patch -p1
#   run.sh none         the unchanged tree, in which nothing may be found
#
# Prints a line for each: what was found, after how many seeds and operations,
# and how many lines are left after shrinking. Exit 1: one was not found (or
# with "none", something was).
#
# SEEDS (1000), STEPS (120), SIM_FLAGS (more options of the simulator), CC.
set -u

here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
status=0

die()
{
	echo "$1" >&2
	exit 2
}

# Without what was built: git's own list where there is one.
copy_tree()
{
	mkdir -p "$1"
	if git -C "$top" rev-parse --git-dir >/dev/null 2>&1; then
		(cd "$top" && git ls-files -z | tar --null -T - -cf -)
	else
		(cd "$top" && tar --exclude='./build*' -cf - .)
	fi | tar -C "$1" -xf - || die "cannot copy $top"
}

# Once; a patch touches src/ alone, so that a build afterwards is short.
prepare()
{
	copy_tree "$work/tree"
	(cd "$work/tree" && autoreconf -fi && mkdir build && cd build &&
		../configure -q CC="${CC:-gcc}") >"$work/log" 2>&1 ||
		die "cannot configure: $(tail -n 5 "$work/log")"
}

build()
{
	make -C "$work/tree/build" -s -j"$(nproc)" tests/sim/sim \
		>"$work/log" 2>&1
}

look()
{
	# shellcheck disable=SC2086
	"$work/tree/build/tests/sim/sim" --seeds "${SEEDS:-1000}" \
		--steps "${STEPS:-120}" --folder "$work" ${SIM_FLAGS:-} \
		>"$work/found" 2>&1
}

tell()
{
	awk -v name="$1" '
		/^invariant/ && !what { what = $2 " (" $3 ")"; lines = $(NF - 1) }
		/^[0-9]+ runs/ { seeds = $1; operations = $3 }
		END {
			if (what)
				printf "%-28s invariant %-24s %5d seeds %7d " \
				    "operations, %3d lines\n", name, what, \
				    seeds, operations, lines
			else
				printf "%-28s not found in %d seeds\n", name, \
				    seeds
		}' "$work/found"
}

one()
{
	patch=$here/$1.patch

	if [ "$1" != none ]; then
		patch -s -d "$work/tree" -p1 <"$patch" ||
			die "$1: does not apply"
	fi
	build || die "$1: does not build: $(tail -n 5 "$work/log")"
	if look; then
		found=no
	else
		found=yes
	fi
	tell "$1"
	if [ "$1" = none ]; then
		[ $found = no ] || status=1
		return
	fi
	[ $found = yes ] || status=1
	patch -s -R -d "$work/tree" -p1 <"$patch" || die "$1: stays applied"
}

# shellcheck disable=SC2046 # names without blanks
[ $# -gt 0 ] || set -- none $(cd "$here" && ls | sed -n 's/\.patch$//p' |
	sort -n)
prepare
for defect in "$@"; do
	one "$defect"
done
exit $status
