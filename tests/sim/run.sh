#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# A fixed set of seeds of the simulator, for `make check`: less than a minute.
cd "${abs_top_builddir:-.}/tests/sim" || exit 99
exec ./sim --seed 1 --seeds 600 --seconds 50 --folder .
