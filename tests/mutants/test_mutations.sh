#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
exec python3 -B "$(dirname "$0")/test_mutations.py"
