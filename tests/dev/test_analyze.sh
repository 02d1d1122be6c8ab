#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# `make analyze` fails on what an analyser finds, and passes where there is
# nothing, or what there is stands in dev/analyze.accepted.
set -u
top=${abs_top_srcdir:?}
for tool in python3 gcc; do
	command -v $tool >/dev/null && continue
	echo "SKIP: no $tool"
	[ "${BONDCARRIER_REQUIRE:-0}" != 1 ] || exit 1
	exit 77
done
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
failed=0

analyze()
{
	python3 -B "$top/dev/analyze" "$work" "$work/build" gcc >"$work/out" 2>&1
	status=$?
}

# expect STATUS PATTERN WHAT
expect()
{
	analyze
	[ $status = "$1" ] && grep -q "$2" "$work/out" && return
	echo "FAIL: $3: status $status"
	cat "$work/out"
	failed=1
}

mkdir -p "$work/src" "$work/dev" "$work/build"
: >"$work/dev/analyze.accepted"
cat >"$work/build/compile_commands.json" <<-END
	[{"directory": "$work/build", "file": "$work/src/a.c", "output": "a.o",
	  "arguments": ["gcc", "-Werror", "-c", "-o", "a.o", "../src/a.c"]}]
END
cat >"$work/src/a.c" <<-'END'
	#include <stdlib.h>
	int value(void)
	{
		int *number = malloc(sizeof(*number));
		if (!number)
			return 0;
		*number = 1;
		return *number;
	}
END
expect 1 '^../src/a.c:8:.*Wanalyzer-malloc-leak' "a leak"
expect 1 '^analyze: gcc: 1 sources, 1 with findings$' "the count"
printf '# comment\nsrc/b.c -Wanalyzer-malloc-leak: why\n' \
	>"$work/dev/analyze.accepted"
expect 1 Wanalyzer-malloc-leak "a leak that is accepted elsewhere"
printf '# comment\nsrc/a.c -Wanalyzer-malloc-leak: why,\n\tand more\n' \
	>"$work/dev/analyze.accepted"
expect 0 '^analyze: gcc: 1 sources, 0 with findings$' "an accepted leak"
echo 'int broken' >>"$work/src/a.c"
expect 1 'error: ' "a source that gcc can't read"
echo '[]' >"$work/build/compile_commands.json"
expect 2 'nothing to do' "no sources"
exit $failed
