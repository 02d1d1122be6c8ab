#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""The phases of a SET, one by one, in any order, with connections that end in
between. The test is the master agent itself (PYTHONPATH: tests/peer)."""

import os
import queue
import struct
import unittest

import agentx
import running
from agentx import CLEANUP_SET, COMMIT_SET, TEST_SET, UNDO_SET
from master import Master

WRONG_TYPE, WRONG_VALUE, NO_CREATION = 7, 10, 11
COMMIT_FAILED, UNDO_FAILED, NOT_WRITABLE = 14, 15, 17
ENABLED, GRACE = (1, 3, 1, 0), (1, 3, 2, 0)


class Manual:
    """The connections, one after the other, once registered."""

    def __init__(self):
        self.registered = queue.Queue()
        self.path = os.path.join(running.folder(), "master")
        self.master = Master(self.script, path=self.path)

    def script(self, conn):
        conn.serve(conn.read_until(agentx.REGISTER))
        done = queue.Queue()
        self.registered.put((conn, done))
        done.get()


def varbind(conn, below, kind, number):
    # The root is above what is registered.
    name = conn.objects + below[1:]
    return (struct.pack(">HH", kind, 0) + agentx.pack_oid(name) +
            struct.pack(">i" if kind == agentx.INTEGER else ">I", number))


class Phases(unittest.TestCase):

    def setUp(self):
        self.manual = Manual()
        self.addCleanup(self.manual.master.close)
        self.agent = running.daemon(
            self.manual.path, exclude="*", agentXPingInterval=3600)
        self.addCleanup(self.agent.kill)
        self.connect()

    def connect(self):
        self.conn, self.done = self.manual.registered.get(
            timeout=running.DEADLINE)
        self.conn.sock.settimeout(running.DEADLINE)

    def hang_up(self):
        """Closes the connection, and waits for the next."""
        self.done.put(None)
        self.connect()

    def pack(self, kind, transaction, payload=b""):
        conn = self.conn
        conn.packets += 1
        context = conn.context if kind == TEST_SET else None
        return agentx.pack(kind, conn.number + 1, transaction, conn.packets,
                           payload, context)

    def tell(self, kind, transaction, payload=b""):
        self.conn.send(self.pack(kind, transaction, payload))

    def ask(self, kind, transaction, payload=b""):
        """Sends a PDU; error and index of the answer, which has no VarBinds
        (7.2.4)."""
        self.tell(kind, transaction, payload)
        while True:
            pdu = self.conn.read_until(agentx.RESPONSE)
            if pdu.packet == self.conn.packets:
                error, index, binds = agentx.answer_of(pdu)
                self.assertEqual(binds, [])
                return error, index

    def propose(self, transaction, *binds):
        return self.ask(TEST_SET, transaction, b"".join(
            varbind(self.conn, *bind) for bind in binds))

    def values(self):
        """Enabled and grace, after all previous PDUs have been handled."""
        names = [self.conn.objects + below[1:] for below in (ENABLED, GRACE)]
        self.conn.send(self.conn.pack_request(agentx.GET, *names))
        while True:
            pdu = self.conn.read_until(agentx.RESPONSE)
            if pdu.packet == self.conn.packets:
                reader = pdu.reader()
                reader.take("IHH")
                return tuple(value for _, _, value in reader.varbinds())

    def both(self, transaction, enabled=2, grace=5000):
        return self.propose(transaction,
                         (ENABLED, agentx.INTEGER, enabled),
                         (GRACE, agentx.GAUGE32, grace))

    def test_test_commit_cleanup(self):
        self.assertEqual(self.both(7), (0, 0))
        self.assertEqual(self.values(), (1, 2000))
        self.assertEqual(self.ask(COMMIT_SET, 7), (0, 0))
        self.assertEqual(self.values(), (2, 5000))
        self.tell(CLEANUP_SET, 7)
        self.assertEqual(self.values(), (2, 5000))

    def test_test_commit_undo(self):
        self.assertEqual(self.both(7), (0, 0))
        self.assertEqual(self.ask(COMMIT_SET, 7), (0, 0))
        self.assertEqual(self.ask(UNDO_SET, 7), (0, 0))
        self.assertEqual(self.values(), (1, 2000))
        # It is forgotten: nothing is left to undo or to commit.
        self.both(8, grace=6000)
        self.ask(COMMIT_SET, 8)
        self.tell(CLEANUP_SET, 8)
        self.tell(UNDO_SET, 7)
        self.tell(COMMIT_SET, 7)
        self.assertEqual(self.values(), (2, 6000))

    def test_the_same_twice_in_one(self):
        """Which of them takes effect is unspecified (RFC 3416, 4.2.5); UndoSet
        restores the value before both."""
        self.assertEqual(
            self.propose(7, (GRACE, agentx.GAUGE32, 5000),
                      (GRACE, agentx.GAUGE32, 6000)), (0, 0))
        self.assertEqual(self.ask(COMMIT_SET, 7), (0, 0))
        self.assertIn(self.values()[1], (5000, 6000))
        self.assertEqual(self.ask(UNDO_SET, 7), (0, 0))
        self.assertEqual(self.values(), (1, 2000))

    def test_test_cleanup(self):
        self.assertEqual(self.both(7), (0, 0))
        self.tell(CLEANUP_SET, 7)
        self.assertEqual(self.values(), (1, 2000))

    def test_refused(self):
        self.assertEqual(self.both(7, grace=3600001), (WRONG_VALUE, 2))
        self.tell(CLEANUP_SET, 7)
        self.assertEqual(self.both(8, enabled=3), (WRONG_VALUE, 1))
        self.tell(CLEANUP_SET, 8)
        self.assertEqual(self.propose(9, (GRACE, agentx.GAUGE32, 5000),
                                   (ENABLED, agentx.GAUGE32, 2)),
                         (WRONG_TYPE, 2))
        # A master that commits what was refused.
        self.assertNotEqual(self.ask(COMMIT_SET, 9)[0], 0)
        self.assertEqual(self.values(), (1, 2000))

    def test_errors(self):
        """Each of 4.2.5 of RFC 3416 that there can be, and whose it is."""
        good = (GRACE, agentx.GAUGE32, 5000)
        for transaction, (bind, error) in enumerate((
                ((GRACE, agentx.INTEGER, 5000), WRONG_TYPE),
                ((GRACE, agentx.COUNTER32, 5000), WRONG_TYPE),
                ((GRACE, agentx.GAUGE32, 3600001), WRONG_VALUE),
                ((GRACE, agentx.GAUGE32, 0xffffffff), WRONG_VALUE),
                ((ENABLED, agentx.INTEGER, -1), WRONG_VALUE),
                ((GRACE[:-1] + (1,), agentx.GAUGE32, 5000), NO_CREATION),
                ((GRACE + (0,), agentx.GAUGE32, 5000), NO_CREATION),
                (((1, 1, 1, 0), agentx.GAUGE32, 1), NOT_WRITABLE),
                (((1, 99), agentx.GAUGE32, 1), NOT_WRITABLE))):
            self.assertEqual(self.propose(transaction, good, bind, bind),
                             (error, 2), bind)
            self.assertEqual(self.ask(COMMIT_SET, transaction)[0],
                             COMMIT_FAILED)
            self.tell(CLEANUP_SET, transaction)
        elsewhere = (struct.pack(">HH", agentx.INTEGER, 0) +
                     agentx.pack_oid((1, 3, 6, 1, 2, 1, 1, 4, 0)) + bytes(4))
        self.assertEqual(self.ask(TEST_SET, 99, elsewhere), (NOT_WRITABLE, 1))
        self.assertEqual(self.values(), (1, 2000))

    def test_values_of_other_types(self):
        """Each is parsed to its end."""
        name = self.conn.objects + GRACE[1:]
        for kind, value in (
                (agentx.OCTETS, agentx.pack_octets(b"12345")), (agentx.NULL, b""),
                (agentx.OID, agentx.pack_oid((1, 3, 6))), (64, b"\0\0\0\4abcd"),
                (68, agentx.pack_octets(b"opaque")), (agentx.TICKS, bytes(4)),
                (agentx.COUNTER64, bytes(8)), (128, b""), (130, b"")):
            bind = agentx.pack_bind(name, kind, value)
            self.assertEqual(self.ask(TEST_SET, 7, bind + bind),
                             (WRONG_TYPE, 1), kind)
        self.assertEqual(self.ask(TEST_SET, 7), (0, 0))
        self.assertEqual(self.ask(COMMIT_SET, 7), (0, 0))
        self.assertEqual(self.values(), (1, 2000))

    def test_cleanup_is_not_answered(self):
        """Known or not: what comes next is the answer to what was asked next."""
        self.both(7)
        for transaction in 7, 7, 8:
            self.tell(CLEANUP_SET, transaction)
            self.conn.send(self.conn.pack_request(agentx.GET))
            pdu = self.conn.read_until(agentx.RESPONSE)
            self.assertEqual(pdu.packet, self.conn.packets)

    def test_undo_ends_it(self):
        """As CleanupSet does; of a transaction that is not known it fails."""
        self.assertEqual(self.ask(UNDO_SET, 7), (UNDO_FAILED, 0))
        self.both(7)
        self.assertEqual(self.ask(UNDO_SET, 6), (UNDO_FAILED, 0))
        self.assertEqual(self.ask(UNDO_SET, 7), (0, 0))
        self.assertEqual(self.ask(UNDO_SET, 7), (UNDO_FAILED, 0))
        self.assertEqual(self.ask(COMMIT_SET, 7), (COMMIT_FAILED, 0))
        self.assertEqual(self.values(), (1, 2000))

    def test_commit_twice(self):
        """A master that got no answer in time repeats its request: the values
        before the first are kept for UndoSet."""
        self.both(7)
        for _ in range(2):
            self.assertEqual(self.ask(COMMIT_SET, 7), (0, 0))
        self.assertEqual(self.ask(UNDO_SET, 7), (0, 0))
        self.assertEqual(self.values(), (1, 2000))

    def test_never_finished(self):
        """The next TestSet ends it. What was only tested is not applied, what
        was committed stays."""
        self.both(7)
        self.both(8, 1, 6000)
        self.assertEqual(self.ask(COMMIT_SET, 7), (COMMIT_FAILED, 0))
        self.assertEqual(self.ask(COMMIT_SET, 8), (0, 0))
        self.both(9, 2, 7000)
        self.assertEqual(self.values(), (1, 6000))
        self.assertEqual(self.ask(UNDO_SET, 8), (UNDO_FAILED, 0))
        self.assertEqual(self.ask(COMMIT_SET, 9), (0, 0))
        self.assertEqual(self.ask(UNDO_SET, 9), (0, 0))
        self.assertEqual(self.values(), (1, 6000))

    def test_out_of_order(self):
        for kind in COMMIT_SET, UNDO_SET, CLEANUP_SET:
            self.tell(kind, 7)
        self.both(8)
        self.tell(UNDO_SET, 8)
        self.tell(COMMIT_SET, 8)
        self.tell(CLEANUP_SET, 8)
        self.assertEqual(self.values(), (1, 2000))
        self.both(9)
        for kind in COMMIT_SET, COMMIT_SET, UNDO_SET, UNDO_SET:
            self.tell(kind, 9)
        self.assertEqual(self.values(), (1, 2000))

    def test_all_at_once(self):
        """Each is complete before the next one is handled."""
        for transaction in range(7, 107):
            grace = varbind(self.conn, GRACE, agentx.GAUGE32, transaction)
            self.conn.send(self.pack(TEST_SET, transaction, grace) +
                           self.pack(COMMIT_SET, transaction) +
                           self.pack(CLEANUP_SET, transaction))
            self.assertEqual(self.values(), (1, transaction))

    def test_ends_before_commit(self):
        self.assertEqual(self.both(7), (0, 0))
        self.hang_up()
        self.assertEqual(self.values(), (1, 2000))
        # The new master counts its transactions from the same number.
        self.assertEqual(self.both(7, 2, 6000), (0, 0))
        self.assertEqual(self.ask(COMMIT_SET, 7), (0, 0))
        self.tell(CLEANUP_SET, 7)
        self.assertEqual(self.values(), (2, 6000))

    def test_ends_after_commit(self):
        """A value that was committed, but not cleaned up, is undone: the
        manager got no answer (7.3.1). Otherwise it stays."""
        self.assertEqual(self.both(7, 1, 3000), (0, 0))
        self.assertEqual(self.ask(COMMIT_SET, 7), (0, 0))
        self.assertEqual(self.values(), (1, 3000))
        self.hang_up()
        self.assertEqual(self.values(), (1, 2000))
        self.assertEqual(self.both(7), (0, 0))
        self.assertEqual(self.ask(COMMIT_SET, 7), (0, 0))
        self.tell(CLEANUP_SET, 7)
        self.assertEqual(self.values(), (2, 5000))
        self.hang_up()
        self.assertEqual(self.values(), (2, 5000))
        self.assertEqual(self.both(7, 1, 6000), (0, 0))
        self.assertEqual(self.ask(COMMIT_SET, 7), (0, 0))
        self.assertEqual(self.values(), (1, 6000))
        self.assertEqual(self.ask(UNDO_SET, 7), (0, 0))
        self.assertEqual(self.values(), (2, 5000))

    def test_ends_in_the_middle_of_a_message(self):
        whole = agentx.pack(
            TEST_SET, self.conn.number + 1, 7, 99,
            varbind(self.conn, GRACE, agentx.GAUGE32, 5000))
        self.conn.send(whole[:-4])
        self.hang_up()
        self.assertEqual(self.values(), (1, 2000))

    def tearDown(self):
        self.agent.must_live()
        self.assertEqual(self.manual.master.errors, [])


if __name__ == "__main__":
    unittest.main()
