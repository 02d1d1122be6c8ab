# SPDX-License-Identifier: BSD-2-Clause
"""Tap devices: cards whose driver tells no speed until somebody sets one."""

import ctypes
import fcntl
import os
import socket
import struct

TUNSETIFF, TUNSETPERSIST, TUNSETCARRIER = 0x400454CA, 0x400454CB, 0x400454E2
IFF_TAP, IFF_NO_PI = 0x0002, 0x1000
IFREQ = struct.Struct("16sH22x")
SIOCETHTOOL, ETHTOOL_SSET = 0x8946, 0x2
# struct ethtool_cmd, speed in two halves
ETHTOOL_CMD = struct.Struct("=IIIHBBBBBBIIHBBIII")
UNKNOWN = 0xFFFFFFFF


class Taps:
    """Those that this process holds by a queue."""

    def __init__(self):
        self.queues = {}
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)

    def do(self, name, what, value):
        """`queue` open or closed, `carrier` on or off, `speed` in Mbit/s (0:
        unknown). None, or why it was refused."""
        try:
            getattr(self, what)(name, value)
        except OSError as error:
            return f"{name} {what} {value}: {error}"
        return None

    def queue(self, name, opened):
        """The device outlives its queue; without one it has no carrier."""
        if name in self.queues:
            os.close(self.queues.pop(name))
        if not opened:
            return
        queue = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
        self.queues[name] = queue
        fcntl.ioctl(queue, TUNSETIFF,
                    IFREQ.pack(name.encode(), IFF_TAP | IFF_NO_PI))
        fcntl.ioctl(queue, TUNSETPERSIST, 1)

    def carrier(self, name, state):
        """As a cable would have it."""
        if name not in self.queues:
            raise OSError("no queue is open")
        fcntl.ioctl(self.queues[name], TUNSETCARRIER,
                    struct.pack("=i", state))

    def speed(self, name, mbits):
        """What ethtool shows, and bonding asks for."""
        speed = mbits or UNKNOWN
        command = ctypes.create_string_buffer(ETHTOOL_CMD.pack(
            ETHTOOL_SSET, 0, 0, speed & 0xFFFF, 1, 0, 0, 0, 0, 0, 0, 0,
            speed >> 16, 0, 0, 0, 0, 0))
        fcntl.ioctl(self.socket, SIOCETHTOOL,
                    struct.pack("16sP16x", name.encode(),
                                ctypes.addressof(command)))
