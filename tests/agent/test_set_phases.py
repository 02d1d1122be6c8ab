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
from master import Master

TEST_SET, COMMIT_SET, UNDO_SET, CLEANUP_SET = 8, 9, 10, 11
WRONG_TYPE, WRONG_VALUE = 7, 10
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
        """Sends a PDU; error and index of the answer."""
        self.tell(kind, transaction, payload)
        while True:
            pdu = self.conn.read_until(agentx.RESPONSE)
            if pdu.packet == self.conn.packets:
                reader = pdu.reader()
                return reader.take("IHH")[1:]

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
        """A committed value stays."""
        self.assertEqual(self.both(7), (0, 0))
        self.assertEqual(self.ask(COMMIT_SET, 7), (0, 0))
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
