#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Cables between network cards whose speed can be set: pairs of taps, which
exist as long as this process.

    tap.py NAME:OTHER...

Reads lines from standard input and answers each with "done":

    NAME plug, NAME unplug, NAME speed MBITS, NAME speed unknown

Unplugged, a card has no carrier and its cable carries nothing; the other end
keeps its carrier.
"""
import ctypes
import fcntl
import os
import select
import socket
import struct
import sys

TUNSETIFF = 0x400454ca
TUNSETCARRIER = 0x400454e2
IFF_TAP, IFF_NO_PI = 0x2, 0x1000
SIOCETHTOOL = 0x8946
ETHTOOL_SSET = 2
SPEED_UNKNOWN, DUPLEX_FULL, DUPLEX_UNKNOWN = 0xffffffff, 1, 0xff
FRAME_MAX = 65536


class Card:
    """One tap."""

    def __init__(self, name):
        self.name, self.other, self.plugged = name, None, True
        self.file = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
        fcntl.ioctl(self.file, TUNSETIFF, struct.pack(
            "16sH22x", name.encode(), IFF_TAP | IFF_NO_PI))

    def plug(self, plugged):
        """Plugs or unplugs the cable."""
        self.plugged = plugged
        fcntl.ioctl(self.file, TUNSETCARRIER, struct.pack("i", plugged))

    def set_speed(self, word):
        """Mbit/s, or "unknown", by struct ethtool_cmd."""
        unknown = word == "unknown"
        speed = SPEED_UNKNOWN if unknown else int(word)
        duplex = DUPLEX_UNKNOWN if unknown else DUPLEX_FULL
        command = ctypes.create_string_buffer(struct.pack(
            "=IIIH6BIIH2B3I", ETHTOOL_SSET, 0, 0, speed & 0xffff, duplex,
            0, 0, 0, 0, 0, 0, 0, speed >> 16, 0, 0, 0, 0, 0))
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
            fcntl.ioctl(sock, SIOCETHTOOL, struct.pack(
                "16sP", self.name.encode(), ctypes.addressof(command)))

    def carry(self):
        """Passes a frame to the other end, unless that is down."""
        frame = os.read(self.file, FRAME_MAX)
        if not self.plugged or not self.other.plugged:
            return
        try:
            os.write(self.other.file, frame)
        except OSError:
            pass


def obey(cards, line):
    """One line of standard input."""
    name, *words = line.split()
    if words[0] == "speed":
        cards[name].set_speed(words[1])
    else:
        cards[name].plug(words == ["plug"])
    print("done", flush=True)


def main():
    cards = {}
    for pair in sys.argv[1:]:
        one, other = map(Card, pair.split(":"))
        one.other, other.other = other, one
        cards.update({one.name: one, other.name: other})
    files = {card.file: card for card in cards.values()}
    print("done", flush=True)
    while True:
        for ready in select.select([sys.stdin, *files], [], [])[0]:
            if ready is not sys.stdin:
                files[ready].carry()
                continue
            line = sys.stdin.readline()
            if not line:
                return
            obey(cards, line)


main()
