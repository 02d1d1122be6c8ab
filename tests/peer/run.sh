#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# run.sh SCRIPT TOOL...: that test of this folder, where it has its tools.
here=$(cd "$(dirname "$0")" && pwd)
script=$1
shift
PATH=$PATH:/usr/sbin:/sbin
export PATH
for tool in python3 "$@"; do
	command -v "$tool" >/dev/null && continue
	echo "SKIP: $tool is not installed"
	[ "${BONDCARRIER_REQUIRE-}" = 1 ] && exit 1
	exit 77
done
exec python3 -B "$here/$script"
