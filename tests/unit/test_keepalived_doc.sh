#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# doc/keepalived.md shows the files of contrib/keepalived, which the stories
# use, line by line: all but their comments.
set -eu
top=${abs_top_srcdir:-.}
doc=$top/doc/keepalived.md
shown=$(mktemp)
shipped=$(mktemp)
trap 'rm -f "$shown" "$shipped"' EXIT

# The blocks between ```, without their indentation.
awk '/^   ```$/ { inside = !inside; next } inside' "$doc" |
	sed 's/^   //' | grep -v '^$' >"$shown"
for file in tmpfiles.conf bondcarrierd.conf keepalived.conf; do
	grep -v -e '^#' -e '^$' "$top/contrib/keepalived/$file"
done >"$shipped"
[ "$(wc -l <"$shipped")" -gt 40 ] || { echo "FAIL: what is shipped?"; exit 1; }
diff "$shipped" "$shown"
