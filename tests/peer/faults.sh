#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
exec "$(dirname "$0")/run.sh" test_faults test_session test_requests \
	test_procedure test_time
