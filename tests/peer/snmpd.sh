#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
exec "$(dirname "$0")/run.sh" test_snmpd -- snmpd snmptrapd snmpget cc
