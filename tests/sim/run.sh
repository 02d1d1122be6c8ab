#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# A fixed set of seeds of the simulator, for `make check`: less than a minute
# on an idle machine, and as long as it takes on a busy one.
cd "${abs_top_builddir:-.}/tests/sim" || exit 99
exec ./sim --seed 1 --seeds 400 --folder .
