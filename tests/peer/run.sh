#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# run.sh MODULE... [-- TOOL...]: these tests, where they have their tools.
here=$(cd "$(dirname "$0")" && pwd)
modules=
while [ $# != 0 ] && [ "$1" != -- ]; do
	modules="$modules $1"
	shift
done
[ $# = 0 ] || shift
PATH=$PATH:/usr/sbin:/sbin
export PATH
for tool in python3 "$@"; do
	command -v "$tool" >/dev/null && continue
	echo "SKIP: $tool is not installed"
	[ "${BONDCARRIER_REQUIRE-}" = 1 ] && exit 1
	exit 77
done
cd "$here" || exit 1
# shellcheck disable=SC2086 # a list
exec python3 -B suite.py $modules
