# SPDX-License-Identifier: BSD-2-Clause
# The developers' own tools: see dev/local.mk.
TESTS += tests/dev/test_help.sh
EXTRA_DIST += tests/dev/test_help.sh
