#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The differential random test, in the lab (tests/lab/run-story).
#
#   SEED=N OPS=N tests/random/run.sh     from the build folder; SEED= (empty)
#                                        for a new one, which is printed
#
# Exit: 0, 1 with any mismatch, 77 where there is no lab.
set -u

here=$(cd "$(dirname "$0")" && pwd)
builddir=${abs_top_builddir:-$(pwd)}
abs_top_builddir=$builddir
export abs_top_builddir

if ! command -v python3 >/dev/null; then
	echo "SKIP: no python3 here"
	[ "${BONDCARRIER_REQUIRE:-0}" = 1 ] && exit 1
	exit 77
fi
for test in test_second test_told; do
	python3 -B "$here/$test.py" || exit 1
done

ops=${OPS:-250}
story=$(mktemp "${TMPDIR:-/tmp}/random.XXXXXX") || exit 99
trap 'rm -f "$story"' EXIT
{
	echo "SEED=${SEED-20261122} OPS=$ops DEEP=${DEEP:-20}"
	cat "$here/random.story"
} >"$story"
STORY_TIMEOUT=${STORY_TIMEOUT:-$((1200 + 2 * ops))} \
	"$here/../lab/run-story" -q "$story"
