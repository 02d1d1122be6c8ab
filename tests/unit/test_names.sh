#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Odd names of bonds in every output, and the JSON against its description.
bondcarrier=${abs_top_builddir:-.}/cli/bondcarrier
top=${abs_top_srcdir:-.}

if ! command -v python3 >/dev/null; then
	echo "SKIP: no python3 here"
	[ "${BONDCARRIER_REQUIRE:-0}" = 1 ] && exit 1
	exit 77
fi
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
PYTHONDONTWRITEBYTECODE=1
export PYTHONDONTWRITEBYTECODE
failed=0
python3 "$top/tests/unit/test_names.py" "$bondcarrier" "$work" || failed=1
python3 "$top/tests/unit/json_doc.py" "$bondcarrier" "$top/doc/json.md" \
	"$top"/tests/fixtures/*.pcap "$work"/*.pcap || failed=1
exit $failed
