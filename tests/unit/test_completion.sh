#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The completion of bondcarrier's command line, in a bash of its own.
top=${abs_top_srcdir:-$PWD}
command -v bash >/dev/null || {
	echo "SKIP: no bash here"
	exit 77
}
exec bash "$top/tests/unit/completion.bash" \
	"$top/contrib/completion/bondcarrier" \
	"${abs_top_builddir:-$PWD}/cli/bondcarrier"
