#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Runs the fuzz programs on their corpus, and fuzz_capture on every fixture.
set -eu

src=${abs_top_srcdir:?}
bin=${abs_top_builddir:?}/tests/fuzz

FUZZ_VERBOSE=1
export FUZZ_VERBOSE
run()
{
	name=$1
	shift
	if ! "$bin/$name" "$@" >"$bin/$name.out" 2>&1; then
		echo "FAIL: $name; the last input named is the one:"
		tail -n 20 "$bin/$name.out"
		exit 1
	fi
	echo "$name: $(tail -n 1 "$bin/$name.out")"
}

run fuzz_linkmsg "$src/tests/fuzz/corpus/linkmsg"
run fuzz_lacp_stats "$src/tests/fuzz/corpus/lacp_stats"
run fuzz_state "$src/tests/fuzz/corpus/state"
run fuzz_capture "$src/tests/fuzz/corpus/capture" "$src/tests/fixtures"
