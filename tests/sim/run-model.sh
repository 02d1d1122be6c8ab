#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Compares the virtual kernel with the real driver, in the lab
# (tests/lab/run-story).
#
#   SEED=N OPS=N tests/sim/run-model.sh     from the build folder
#   LINES=FILE tests/sim/run-model.sh       these operations
#
# Exit: 0 success, 1 any mismatch, 77 if there is no lab.
set -u

here=$(cd "$(dirname "$0")" && pwd)
builddir=${abs_top_builddir:-$(pwd)}
abs_top_builddir=$builddir
export abs_top_builddir
vkrun=$builddir/tests/sim/vkrun

if ! command -v python3 >/dev/null; then
	echo "SKIP: no python3 here"
	[ "${BONDCARRIER_REQUIRE:-0}" = 1 ] && exit 1
	exit 77
fi
work=$(mktemp -d "${TMPDIR:-/tmp}/model.XXXXXX") || exit 99
trap 'rm -rf "$work"' EXIT
ops=${OPS:-200}
if [ -n "${LINES:-}" ]; then
	cp "$LINES" "$work/lines" || exit 99
else
	"$vkrun" draw "${SEED:-20261129}" "$ops" >"$work/lines" || exit 99
fi
{
	echo "VKRUN='$vkrun' LINES='$work/lines'"
	cat "$here/model.story"
} >"$work/story"
STORY_TIMEOUT=${STORY_TIMEOUT:-$((600 + 15 * ops))} \
	"$here/../lab/run-story" -q "$work/story"
