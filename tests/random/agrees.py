#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""Waits until the agent's whole model is what iproute2 says of the bonds.

Exit: 0, or 1 with the differences that stay.
"""

import argparse
import sys
import time

from agentview import Agent, root_of
from compare import Snapshot, compare
from coprocess import Ip
from snmp import Client


def main():
    """Compares again and again, until the deadline."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("config", help="config.h of the build")
    parser.add_argument("seconds", type=float, help="until it must agree")
    options = parser.parse_args()
    agent = Agent(Client(), root_of(options.config))
    ip = Ip()
    end = time.monotonic() + options.seconds
    while True:
        rows = agent.rows()
        snapshot = Snapshot(ip.links(), time.monotonic())
        differences = compare(rows, [snapshot], deep=True)
        if not differences and rows.keys() == snapshot.expected.keys():
            print(f"   agrees: {len(rows)} rows")
            return 0
        if time.monotonic() > end:
            print(*differences[:20], sep="\n")
            print(f"{len(differences)} differences")
            return 1
        time.sleep(0.2)


sys.exit(main())
