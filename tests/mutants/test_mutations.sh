#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The tool's own test; and do the old defects still apply to the sources?
here=$(cd "$(dirname "$0")" && pwd)

python3 -B "$here/test_mutations.py" || exit 1
command -v patch >/dev/null || exit 0
for defect in "$here"/defects/*.patch; do
	patch -s --dry-run -d "$here/../.." -p1 <"$defect" || {
		echo "$defect does not apply any more"
		exit 1
	}
done
