# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=sh
# For output that people read.

# Folds lines of more than 80 columns at spaces; continuation lines are indented
# four columns more than the line.
fold_lines()
{
	awk '{
		match($0, /^ */)
		indent = RLENGTH + 4
		line = $0
		while (length(line) > 80) {
			for (at = 81; at > indent; at--)
				if (substr(line, at, 1) == " ")
					break
			if (at <= indent)
				break
			print substr(line, 1, at - 1)
			line = sprintf("%*s%s", indent, "", substr(line, at + 1))
		}
		print line
	}'
}
