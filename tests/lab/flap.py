#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Sets a link down and up at an even rate, faster than ip(8) can be started.

    flap.py LINK RATE COUNT [FILE]

At most RATE changes a second, COUNT in all; the first sets it down. Prints a
line for each: CLOCK_MONOTONIC in milliseconds before the change, and `up` or
`down`. With FILE, a track file, it waits after each until the file agrees, and
prints how many milliseconds that took; `-`: not within 30 seconds, after which
it does not wait again.
"""
import ctypes
import fcntl
import os
import select
import socket
import struct
import sys
import time

SIOCGIFFLAGS, SIOCSIFFLAGS, IFF_UP = 0x8913, 0x8914, 1
IFREQ = struct.Struct("16sh14x")
IN_MOVED_TO, IN_CLOSE_WRITE = 0x80, 0x8
DEADLINE = 30


class Link:
    def __init__(self, name):
        self.sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.name = name.encode()
        request = IFREQ.pack(self.name, 0)
        answer = fcntl.ioctl(self.sock, SIOCGIFFLAGS, request)
        self.flags = IFREQ.unpack(answer)[1] & ~IFF_UP

    def set(self, up):
        flags = self.flags | (IFF_UP if up else 0)
        fcntl.ioctl(self.sock, SIOCSIFFLAGS, IFREQ.pack(self.name, flags))


class TrackFile:
    def __init__(self, path):
        self.path = path
        libc = ctypes.CDLL(None, use_errno=True)
        self.fd = libc.inotify_init1(os.O_NONBLOCK)
        watch = libc.inotify_add_watch(
            self.fd, os.path.dirname(path).encode(),
            IN_MOVED_TO | IN_CLOSE_WRITE)
        if self.fd < 0 or watch < 0:
            raise OSError(ctypes.get_errno(), "inotify")

    def wait(self, up):
        """The time at which the file agrees, or None."""
        end = time.monotonic() + DEADLINE
        while time.monotonic() < end:
            with open(self.path, encoding="ascii") as file:
                if file.read() == ("0\n" if up else "1\n"):
                    return time.monotonic() * 1000
            select.select([self.fd], [], [], end - time.monotonic())
            try:
                os.read(self.fd, 4096)
            except BlockingIOError:
                pass
        return None


def main():
    link = Link(sys.argv[1])
    rate, count = int(sys.argv[2]), int(sys.argv[3])
    track = TrackFile(sys.argv[4]) if len(sys.argv) > 4 else None
    lines = []
    due = time.monotonic()
    for number in range(count):
        # If late, don't catch up: two changes at once would be none.
        time.sleep(max(due - time.monotonic(), 0))
        due = time.monotonic() + 1 / rate
        up = number % 2 == 1
        at_ms = time.monotonic() * 1000
        link.set(up)
        line = ["%.3f" % at_ms, "up" if up else "down"]
        if track:
            said_ms = track.wait(up)
            line.append("%.3f" % (said_ms - at_ms) if said_ms else "-")
            if not said_ms:
                track = None
        lines.append(" ".join(line))
    print("\n".join(lines))


main()
