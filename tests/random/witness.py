# SPDX-License-Identifier: BSD-2-Clause
"""What the kernel announces of links: heard apart from the agent."""

import socket
import struct

SO_RCVBUFFORCE, RTMGRP_LINK = 33, 1
NEWLINK, DELLINK = 16, 17
IFLA_IFNAME, IFLA_MASTER = 3, 10
IFF_UP, IFF_LOWER_UP = 0x1, 0x10000
HEADER = struct.Struct("=IHHII")
IFINFO = struct.Struct("=BxHiII")


class Epoch:
    """What happened between two moments at which all was quiet."""

    def __init__(self):
        self.broken = set()   # links that were not up and linked all the time
        self.gone = set()     # links that were deleted
        self.heard = set()    # links that the kernel announced at all
        self.about = set()    # names that operations were about
        self.blind = False    # some of it was lost


def attributes(data):
    """{type: body} of a message's attributes."""
    found = {}
    while len(data) >= 4:
        length, kind = struct.unpack_from("=HH", data)
        if length < 4:
            break
        found[kind & 0x3FFF] = data[4:length]
        data = data[(length + 3) & ~3:]
    return found


class Witness:
    """Listens to rtnetlink, and remembers each ifindex' lives: a life is the
    set of names that one device had under it."""

    def __init__(self, entries):
        self.socket = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0)
        self.socket.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, 1 << 24)
        self.socket.bind((0, RTMGRP_LINK))
        self.socket.setblocking(False)
        self.lives = {entry["ifindex"]: [{entry["ifname"]}]
                      for entry in entries}
        self.masters = {}
        self.epoch, self.before = Epoch(), Epoch()

    def next_epoch(self):
        """All is quiet now."""
        self.before, self.epoch = self.epoch, Epoch()

    def names(self, index, name):
        """All names that a device of that number and name had."""
        return {name}.union(*(life for life in self.lives.get(index, ())
                              if name in life))

    def hear(self):
        """All that has come."""
        while True:
            try:
                data = self.socket.recv(1 << 17)
            except BlockingIOError:
                return
            except OSError:  # ENOBUFS
                self.epoch.blind = True
                continue
            while len(data) >= HEADER.size:
                length, kind, *_ = HEADER.unpack_from(data)
                if kind in (NEWLINK, DELLINK):
                    self._link(kind == DELLINK, data[HEADER.size:length])
                data = data[(length + 3) & ~3:]

    def _link(self, gone, body):
        family, _, index, flags, _ = IFINFO.unpack_from(body)
        if family != socket.AF_UNSPEC:
            return  # a bridge's port
        found = attributes(body[IFINFO.size:])
        name = found[IFLA_IFNAME].rstrip(b"\0").decode(errors="replace")
        master = found.get(IFLA_MASTER)
        epoch, lives = self.epoch, self.lives.setdefault(index, [set()])
        epoch.heard.add(index)
        if gone:
            epoch.gone.add(index)
            epoch.broken.add(index)
            lives[-1].add(name)
            lives.append(set())
            return
        lives[-1].add(name)
        if (not flags & IFF_UP or not flags & IFF_LOWER_UP or
                self.masters.get(index, master) != master):
            epoch.broken.add(index)
        self.masters[index] = master
