#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The source keeps to its rooms.
exec python3 -B "${abs_top_srcdir:-..}/tests/rooms/rooms.py" \
	"${abs_top_srcdir:-..}" "${abs_top_builddir:-.}"
