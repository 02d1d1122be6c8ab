#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""What an operator would write: slaves of /proc/net/bonding, pass_persist."""
import glob
import sys
import time

ROOT = (1, 3, 6, 1, 4, 1, 8072, 9999, 9997)
KEEP_S = 5


def read():
    rows = []
    for path in sorted(glob.glob("/proc/net/bonding/*")):
        with open(path, encoding="utf-8", errors="replace") as file:
            for part in file.read().split("\nSlave Interface: ")[1:]:
                lines = part.splitlines()
                rows.append((lines[0], "MII Status: up" in part))
    values = {}
    for number, (name, up) in enumerate(rows, 1):
        values[(2, number)] = ("string", name)
        values[(3, number)] = ("integer", "1" if up else "2")
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
