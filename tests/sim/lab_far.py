# SPDX-License-Identifier: BSD-2-Clause
"""The far ends of cables, as tests/sim/vk_partner.c has them: ports of
switches that speak LACP, and answer ARP.

One thread lives in the network namespace of the far ends. A tap's far end is
its file, a veth's is its peer.
"""

import ctypes
import os
import select
import socket
import struct
import threading
import time

ETH_P_SLOW, ETH_P_ARP = 0x8809, 0x0806
SLOW_MULTICAST = bytes.fromhex("0180c2000002")
BROADCAST = b"\xff" * 6
SOL_PACKET, PACKET_AUXDATA = 263, 8
TP_STATUS_VLAN_VALID = 1 << 4
CLONE_NEWNET = 0x40000000
ACTIVITY, TIMEOUT, AGG, SYNC = 1, 2, 4, 8
COLLECT, DISTRIBUTE, DEFAULTED = 16, 32, 64
MASK = ACTIVITY | TIMEOUT | AGG | SYNC
INFO = struct.Struct("!H6sHHHB")  # of an actor or a partner
NOBODY = (0, bytes(6), 0, 0, 0, 0)


class Port:
    """One far end."""

    def __init__(self, number, send, close):
        self.number, self.send_frame, self.close = number, send, close
        self.mood, self.system, self.key = "silent", 1, 1
        self.fast = self.deaf = self.arp = False
        self.plugged = True
        self.bond = None  # who the near end is a slave of
        self.heard = self.matched = False
        self.our, self.heard_until = NOBODY, 0.0
        self.send_at = None

    def set(self, mood, system, key, rate, deaf):
        """As the words of an operation say."""
        self.mood, self.system, self.key = mood, int(system), int(key)
        self.fast, self.deaf = rate == "fast", deaf == "deaf"
        self.heard = False
        self.wake()

    def plug(self, plugged):
        """The cable is in, or out."""
        self.plugged = plugged
        if not plugged:
            self.heard = False
        self.wake()

    def wake(self):
        """Speaks at once, or not at all."""
        speaks = self.mood != "silent" and self.plugged
        self.send_at = time.monotonic() if speaks else None

    @property
    def mac(self):
        """The switch's."""
        return bytes((6, 0, 0, 0, 0, self.system))

    def state(self):
        """The actor's state."""
        state = ACTIVITY | (TIMEOUT if self.fast else 0)
        if self.mood != "alone":
            state |= AGG
        if not self.heard:
            return state | DEFAULTED
        if self.mood in ("unsync", "standby"):
            return state
        state |= SYNC
        if self.matched and self.our[5] & SYNC:
            state |= COLLECT | DISTRIBUTE
        return state

    def hear(self, frame):
        """An LACPDU of the near end."""
        if self.mood == "silent" or self.deaf or len(frame) < 60:
            return
        near, far = INFO.unpack_from(frame, 18), INFO.unpack_from(frame, 38)
        before = self.state()
        self.heard, self.our = True, near
        self.heard_until = time.monotonic() + (3 if self.fast else 90)
        self.matched = (far[1], far[2], far[4]) == (self.mac, self.key,
                                                    self.number)
        if self.state() != before or not self.matched \
                or (far[5] ^ self.state()) & MASK:
            self.send_at = time.monotonic()

    def tick(self):
        """Speaks if that is due."""
        now = time.monotonic()
        if self.send_at is None or now < self.send_at:
            return
        if self.heard and self.heard_until <= now:
            self.heard = False
        actor = (32768, self.mac, self.key, 128, self.number, self.state())
        partner = self.our if self.heard else NOBODY
        frame = (SLOW_MULTICAST + self.mac + struct.pack("!HBB", ETH_P_SLOW,
                                                         1, 1)
                 + b"\x01\x14" + INFO.pack(*actor) + bytes(3)
                 + b"\x02\x14" + INFO.pack(*partner) + bytes(3)
                 + b"\x03\x10" + bytes(14) + bytes(2) + bytes(50))
        self.send_frame(frame)
        slow = self.heard and not self.our[5] & TIMEOUT
        self.send_at = now + (30 if slow else 1)
        if self.heard:
            self.send_at = min(self.send_at, self.heard_until)


class FarEnds(threading.Thread):
    """All of them."""

    def __init__(self, namespace):
        super().__init__(daemon=True)
        self.namespace, self.lock = namespace, threading.Lock()
        self.ports = {}  # by descriptor
        self.ready = threading.Event()
        self.asked, self.answer = None, None

    def run(self):
        libc = ctypes.CDLL(None, use_errno=True)
        with open(f"/run/netns/{self.namespace}", "rb") as handle:
            if libc.setns(handle.fileno(), CLONE_NEWNET):
                raise OSError(ctypes.get_errno(), "setns")
        while True:
            with self.lock:
                if self.asked:
                    self.answer, self.asked = self._open(*self.asked), None
                    self.ready.set()
                self._run_due()
            time.sleep(0.01)

    def _run_due(self):
        """With the lock, so that no descriptor is closed meanwhile."""
        for fd in select.select(list(self.ports), (), (), 0)[0]:
            self._read(fd)
        for port in self.ports.values():
            port.tick()

    def add_veth(self, number, peer):
        """A port at that peer, which is in the far namespace."""
        with self.lock:
            self.ready.clear()
            self.asked = (number, peer)
        if not self.ready.wait(30):
            raise RuntimeError("the far ends' thread is gone")
        return self.answer

    def add_tap(self, number, fd):
        """A port at the file of a tap, which is closed with it."""
        os.set_blocking(fd, False)
        port = Port(number, lambda frame: _write(fd, frame),
                    lambda: os.close(fd))
        with self.lock:
            self.ports[fd] = port
        return port

    def remove(self, port):
        """With what it holds open."""
        with self.lock:
            for fd, other in list(self.ports.items()):
                if other is port:
                    del self.ports[fd]
            port.close()

    def _open(self, number, peer):
        sock = socket.socket(socket.AF_PACKET, socket.SOCK_RAW,
                             socket.htons(3))
        sock.setsockopt(SOL_PACKET, PACKET_AUXDATA, 1)
        sock.bind((peer, 3))
        sock.setblocking(False)
        port = Port(number, lambda frame: _send(sock, frame), sock.close)
        self.ports[sock.fileno()] = port
        port.sock = sock
        return port

    def _read(self, fd):
        port = self.ports.get(fd)
        for _ in range(64):
            frame = _receive(fd, port)
            if frame is None:
                return
            kind = frame[12:14]
            if kind == b"\x88\x09":
                port.hear(frame)
            elif kind == b"\x08\x06" and port.arp:
                self._answer_arp(port, frame)

    def _answer_arp(self, port, frame):
        """The target's reply; and the broadcast, to the bond's others."""
        if frame[20:22] != b"\x00\x01":
            return
        sender, target = frame[22:32], frame[38:42]
        reply = (frame[6:12] + port.mac + frame[12:20] + b"\x00\x02"
                 + port.mac + target + sender)
        port.send_frame(reply + bytes(18))
        for other in self.ports.values():
            if other is not port and other.arp and other.plugged \
                    and port.bond and other.bond == port.bond:
                other.send_frame(frame)


def _send(sock, frame):
    try:
        sock.send(frame)
    except OSError:
        pass  # the cable is out


def _write(fd, frame):
    try:
        os.write(fd, frame)
    except OSError:
        pass


def _receive(fd, port):
    """A frame without a VLAN's tag that the near end sent; None: no more."""
    while True:
        try:
            if not hasattr(port, "sock"):
                return os.read(fd, 2048)
            frame, extra, _, address = port.sock.recvmsg(2048, 128)
        except OSError:
            return None
        if address[2] == socket.PACKET_OUTGOING:
            continue
        tagged = any(struct.unpack_from("I", data)[0] & TP_STATUS_VLAN_VALID
                     for level, kind, data in extra
                     if (level, kind) == (SOL_PACKET, PACKET_AUXDATA))
        if not tagged:
            return frame
