#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Takes a link down and up, evenly; faster than ip(8) could be started.

    flap.py LINK RATE COUNT     RATE changes a second, COUNT in all

The first takes it down. Prints a line for each: milliseconds of
CLOCK_MONOTONIC before the change, `up` or `down`.
"""
import fcntl
import socket
import struct
import sys
import time

SIOCGIFFLAGS, SIOCSIFFLAGS, IFF_UP = 0x8913, 0x8914, 1
IFREQ = struct.Struct("16sh14x")


def main():
    link = sys.argv[1].encode()
    rate, count = int(sys.argv[2]), int(sys.argv[3])
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    request = IFREQ.pack(link, 0)
    flags = IFREQ.unpack(fcntl.ioctl(sock, SIOCGIFFLAGS, request))[1]
    down = IFREQ.pack(link, flags & ~IFF_UP)
    up = IFREQ.pack(link, flags | IFF_UP)
    began = time.monotonic()
    changes = []
    for number in range(count):
        wait = began + number / rate - time.monotonic()
        if wait > 0:
            time.sleep(wait)
        changes.append(time.monotonic() * 1000)
        fcntl.ioctl(sock, SIOCSIFFLAGS, up if number % 2 else down)
    for number, at_ms in enumerate(changes):
        print("%.3f %s" % (at_ms, "up" if number % 2 else "down"))


main()
