# SPDX-License-Identifier: BSD-2-Clause
# What belongs to no one tier.
EXTRA_DIST += tests/README
