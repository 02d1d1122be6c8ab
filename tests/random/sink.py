# SPDX-License-Identifier: BSD-2-Clause
"""A trap sink: what managers were told."""

import collections
import socket

from snmp import varbinds_of_trap

TRAP_OID = (1, 3, 6, 1, 6, 3, 1, 1, 4, 1, 0)
RAISED, CLEARED = 1, 2
EVENT_TYPES = {1: 3, 2: 4, 3: 2, 4: 1, 5: 5}  # notification: bondEventType

Trap = collections.namedtuple(
    "Trap", "event number bond bond_name kind slave_name")


class Sink:
    """Receives what the master agent sends to 127.0.0.1:162."""

    def __init__(self, root, port=162):
        self.root = root
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.setsockopt(socket.SOL_SOCKET, 33, 1 << 23)
        self.socket.bind(("127.0.0.1", port))
        self.socket.setblocking(False)

    def receive(self):
        """Those of ours that came since the last time."""
        traps = []
        while True:
            try:
                message = self.socket.recv(65535)
            except BlockingIOError:
                return traps
            trap = self._trap(varbinds_of_trap(message))
            if trap:
                traps.append(trap)

    def _trap(self, varbinds):
        values, root = {}, self.root
        number = index = None
        for oid, value in varbinds:
            if oid == TRAP_OID and value[:len(root) + 1] == root + (0,):
                number = value[-1]
            elif oid[:len(root) + 1] == root + (1,):
                values[oid[len(root) + 1:][:3]] = value
                if oid[len(root) + 1:][:3] == (4, 1, 2):
                    index = oid[-1]
        if number is None:
            return None
        return Trap(values[1, 7, 0], number, index,
                    values[4, 1, 2].decode(), values.get((7, 1, 5), 0),
                    values.get((7, 1, 9), b"").decode())
