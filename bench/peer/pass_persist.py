#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""What an operator would write: slaves of /proc/net/bonding, pass_persist.

ROOT.1.COLUMN.ROW: twelve of what the driver says of each slave and its bond.
"""
import glob
import sys
import time

ROOT = (1, 3, 6, 1, 4, 1, 8072, 9999, 9997)
KEEP_S = 5


OF_SLAVE = ("Slave Interface", "Link Failure Count", "Speed", "Duplex",
            "Permanent HW addr", "Slave queue ID")
OF_BOND = ("Bonding Mode", "Primary Slave", "Currently Active Slave",
           "MII Polling Interval (ms)", "Down Delay (ms)")


def fields(part):
    pairs = (line.split(": ", 1) for line in part.splitlines()
             if ": " in line)
    return dict(pairs)


def read():
    values = {}
    number = 0
    for path in sorted(glob.glob("/proc/net/bonding/*")):
        with open(path, encoding="utf-8", errors="replace") as file:
            bond, *slaves = file.read().split("\nSlave Interface: ")
        bond = fields(bond)
        for slave in slaves:
            slave = fields("Slave Interface: " + slave)
            number += 1
            up = "1" if slave.get("MII Status") == "up" else "2"
            values[(1, 1, number)] = ("integer", up)
            texts = [slave.get(key, "") for key in OF_SLAVE] + \
                    [bond.get(key, "") for key in OF_BOND]
            for column, text in enumerate(texts, 2):
                values[(1, column, number)] = ("string", text)
    return values, sorted(values)


def main():
    values, order, read_at = {}, [], -KEEP_S
    while True:
        word = sys.stdin.readline().strip()
        if not word:
            return
        if word == "PING":
            print("PONG", flush=True)
            continue
        oid = tuple(int(n) for n in
                    sys.stdin.readline().strip().strip(".").split("."))
        if time.monotonic() - read_at > KEEP_S:
            values, order = read()
            read_at = time.monotonic()
        index = oid[len(ROOT):]
        if word == "getnext":
            low, high = 0, len(order)
            while low < high:
                middle = (low + high) // 2
                if order[middle] <= index:
                    low = middle + 1
                else:
                    high = middle
            index = order[low] if low < len(order) else None
        if index not in values:
            print("NONE", flush=True)
            continue
        print("." + ".".join(map(str, ROOT + index)))
        print(*values[index], sep="\n", flush=True)


main()
