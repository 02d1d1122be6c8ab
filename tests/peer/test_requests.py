# SPDX-License-Identifier: BSD-2-Clause
"""Requests of a master: Get and GetNext exactly as in RFC 2741, 7.2.3. Walks
through net-snmp's master are in tests/agent.
"""

import struct
import unittest

import agentx
import faults
import running
from peer_case import Case

NO_SUCH_OBJECT, NO_SUCH_INSTANCE, END_OF_MIB_VIEW = 128, 129, 130
IF_STACK_TABLE = (1, 3, 6, 1, 2, 1, 31, 1, 2)
IF_STACK_LAST_CHANGE = (1, 3, 6, 1, 2, 1, 31, 1, 6)


class Requests(Case):

    def ask(self, ask, **settings):
        """The result of `ask` for an agent that has registered."""
        found = []

        def script(conn):
            faults.register(conn)
            found.append(ask(conn))
            conn.serve_all()
        self.start(script, **settings)
        running.wait_for(lambda: found, "the answers")
        self.finish()
        return found[0]

    def test_get(self):
        """Each variable has its own result, and keeps its name."""
        below = ((1, 1, 0), (1, 99, 0), (1, 1, 1), (99,), (2, 2, 0), ())

        def ask(conn):
            names = [conn.objects + name for name in below]
            names.append((1, 3, 6, 1, 2, 1, 1, 1, 0))
            answers = conn.request(agentx.GET, *names)
            return names, answers
        names, answers = self.ask(ask)
        self.assertEqual([name for name, _, _ in answers], names)
        self.assertEqual([kind for _, kind, _ in answers],
                         [agentx.GAUGE32, NO_SUCH_OBJECT, NO_SUCH_INSTANCE,
                          NO_SUCH_OBJECT, agentx.INTEGER, NO_SUCH_OBJECT,
                          NO_SUCH_OBJECT])

    @unittest.skipIf(running.VALGRIND, "valgrind itself reads")
    def test_without_a_detour(self):
        """The pipes inside net-snmp, which Get and GetNext don't go through,
        are read by read(2); our socket is not."""
        def reads():
            path = "/proc/%d/io" % self.agent().process.pid
            with open(path, encoding="ascii") as file:
                return int(file.read().split("syscr: ")[1].split()[0])

        def ask(conn):
            before = reads()
            for _ in range(500):
                conn.request(agentx.GET, conn.objects + (1, 1, 0))
                conn.request(agentx.GETNEXT, conn.objects)
            return reads() - before
        self.assertLess(self.ask(ask), 100)

    def test_get_nothing(self):
        self.assertEqual(self.ask(lambda conn: conn.request(agentx.GET)), [])

    def test_ranges(self):
        """Start, include, end; and the expected next instance."""
        first, second = (1, 1, 0), (1, 2, 0)
        ours = (                # below the registered subtree
            ((), False, (1, 2), first),
            (first, False, (1, 2), None),
            (first, True, (1, 2), first),
            (first, False, None, second),
            (first, True, None, first),
            (first, False, second, None),
            (first, False, second + (0,), second),
            ((1, 1), False, None, first),
            ((1, 1), True, None, first),
            (first + (7,), True, None, second),
            ((99,), False, None, None),
        )
        others = (
            ((1, 3, 6, 1, 4, 1), False, None, first),
            ((1, 3, 6, 1, 4, 1), False, (1, 3, 6, 1, 4, 1, 2), None),
            ((1, 2), False, (1, 2, 840), None),
            ((2, 1), False, None, None),
        )
        asked, expected = [], []

        def ask(conn):
            def full(name):
                return None if name is None else conn.objects + name
            for start, include, end, following in ours:
                asked.append((full(start), include, full(end)))
                expected.append(full(following) or full(start))
            for start, include, end, following in others:
                asked.append((start, include, end))
                expected.append(full(following) or start)
            return conn.request_ranges(agentx.GETNEXT, *asked)
        answers = self.ask(ask)
        self.assertEqual([name for name, _, _ in answers], expected)
        self.assertEqual(
            [kind == END_OF_MIB_VIEW for _, kind, _ in answers],
            [following is None for _, _, _, following in ours + others])

    def test_from_tree_to_tree(self):
        """From an empty table to the next registered subtree."""
        ranges = ((IF_STACK_TABLE, False, None),
                  (IF_STACK_TABLE, False, IF_STACK_TABLE[:-1] + (3,)),
                  (IF_STACK_TABLE, False, IF_STACK_LAST_CHANGE + (1,)))
        answers = self.ask(
            lambda conn: conn.request_ranges(agentx.GETNEXT, *ranges),
            standardTables="ifStack")
        self.assertEqual([(name, kind) for name, kind, _ in answers],
                         [(IF_STACK_LAST_CHANGE + (0,), agentx.TICKS),
                          (IF_STACK_TABLE, END_OF_MIB_VIEW),
                          (IF_STACK_LAST_CHANGE + (0,), agentx.TICKS)])

    def test_network_order(self):
        """The answer uses the byte order of the request (6.1)."""
        def ask(conn):
            conn.send(conn.pack_request(agentx.GET, conn.objects + (1, 1, 0)))
            return conn.read_until(agentx.RESPONSE)
        self.assertEqual(self.ask(ask).flags, agentx.NETWORK_ORDER)

    def test_little_endian(self):
        """The same."""
        def ask(conn):
            name = conn.objects + (1, 1, 0)
            payload = struct.pack("<BBBB%dI" % len(name), len(name), 0, 0, 0,
                                  *name) + bytes(4)
            conn.send(struct.pack("<BBBBIIII", 1, agentx.GET, 0, 0,
                                  conn.number + 1, 0x01020304, 0x05060708,
                                  len(payload)) + payload)
            return name, conn.read_until(agentx.RESPONSE)
        name, pdu = self.ask(ask)
        self.assertEqual((pdu.flags, pdu.transaction, pdu.packet),
                         (0, 0x01020304, 0x05060708))
        reader = pdu.reader()
        self.assertEqual(reader.take("IHH")[1:], (0, 0))
        self.assertEqual(reader.varbinds(), [(name, agentx.GAUGE32, 0)])

    def test_empty_context(self):
        """The default context (RFC 3411, 3.3.1)."""
        def ask(conn):
            conn.context = b""
            return conn.request(agentx.GET, conn.objects + (1, 1, 0))
        self.assertEqual([kind for _, kind, _ in self.ask(ask)],
                         [agentx.GAUGE32])
