# SPDX-License-Identifier: BSD-2-Clause
"""RFC 2741, 7.2, clause by clause: what a subagent answers to each PDU, and
what it doesn't. The phases of a SET are in tests/agent/test_set_phases.py, and
Get and GetNext in test_requests.py; doc/agentx.md has the table.
"""

import random
import struct

import agentx
import faults
import running
from peer_case import LOST, UP, Case

END_OF_MIB_VIEW = 130
FIRST, SECOND, LAST_INDEX = (1, 1, 0), (1, 2, 0), (1, 7, 0)
ENABLED, GRACE = (3, 1, 0), (3, 2, 0)
EVENTS = (7, 1, 2)      # bondEventTime
BULK_MAX = 100          # of agent/agentx/requests_get.c
GEN_ERR = 5


class Procedure(Case):

    def ask(self, ask, log=None, **settings):
        """The result of `ask` for an agent that has registered. What it sends
        in `log` is all that happened."""
        found = []

        def script(conn):
            if conn.number == 0:
                faults.register(conn)
                found.append(ask(conn))
            conn.serve_all()
        self.start(script, **settings)
        running.wait_for(lambda: found or self.master.errors, "the answers")
        self.assertEqual(self.master.errors, [])
        self.finish(log or [UP])
        return found[0]

    def is_well(self, conn):
        """Whether the session is as it was."""
        error, index, binds = conn.exchange(conn.pack(
            agentx.GET, agentx.pack_range(conn.objects + FIRST)))
        return (error, index, len(binds)) == (0, 0, 1)

    # 7.2.2, Responses

    def test_malformed_responses_are_dropped(self):
        """No answer, and the session goes on."""
        name = agentx.pack_oid((1, 3, 6, 1))

        def ask(conn):
            for payload in (b"", bytes(4), bytes(8) + struct.pack(">HH", 99, 0)
                            + name, bytes(8) + b"\0\2\0\0\x7f\0\0\0"):
                conn.send(conn.pack(agentx.RESPONSE, payload))
            return self.is_well(conn)
        self.assertTrue(self.ask(ask))

    # 7.2.2, requests

    def requests(self, conn, **fields):
        """One well-formed request of each kind that has a Response."""
        ours = conn.objects
        some = agentx.pack_range(ours + FIRST)
        return {
            kind: conn.pack(kind, payload, **fields) for kind, payload in (
                (agentx.GET, some), (agentx.GETNEXT, some),
                (agentx.GETBULK, struct.pack(">HH", 0, 1) + some),
                (agentx.TEST_SET, agentx.pack_bind(
                    ours + GRACE, agentx.GAUGE32, 2000)),
                (agentx.COMMIT_SET, b""), (agentx.UNDO_SET, b""),
                (agentx.PING, b""))}

    def test_header_of_the_response(self):
        """Identical to the request's, in its byte order."""
        def ask(conn):
            seen = []
            for pdu in self.requests(conn, transaction=0x80000001).values():
                conn.send(pdu)
                answer = conn.read_until(agentx.RESPONSE)
                seen.append((pdu[4:16], struct.pack(
                    ">III", answer.session, answer.transaction,
                    answer.packet), answer.flags))
            return seen
        for asked, answered, flags in self.ask(ask):
            self.assertEqual(asked, answered)
            self.assertEqual(flags, agentx.NETWORK_ORDER)

    def malformed(self, conn):
        """(what, kind, payload)"""
        ours = conn.objects + FIRST
        name, null = agentx.pack_oid(ours), agentx.pack_oid(())
        grace = agentx.pack_bind(conn.objects + GRACE, agentx.GAUGE32, 3000)
        text = agentx.pack_bind(ours, agentx.OCTETS, struct.pack(">I", 9))
        return (
            ("half a range", agentx.GET, name),
            ("half a name", agentx.GET, name[:-4]),
            ("half a name's header", agentx.GETNEXT, name + null + b"\1\0"),
            ("a name of 129", agentx.GET, b"\x81\0\0\0" + bytes(4 * 129) +
             null),
            ("a name of 129 by its prefix", agentx.GET,
             b"\x7c\2\0\0" + bytes(4 * 124) + null),
            ("a name of 255", agentx.GETNEXT, name + b"\xff\0\0\0"),
            ("include is 2", agentx.GETNEXT, name[:2] + b"\2" + name[3:] +
             null),
            ("three octets", agentx.GET, name + null + bytes(3)),
            ("no repetitions", agentx.GETBULK, b""),
            ("half of them", agentx.GETBULK, b"\0\0"),
            ("half a range in bulk", agentx.GETBULK, bytes(4) + name),
            ("an unknown type", agentx.TEST_SET,
             agentx.pack_bind(ours, 69, 1)),
            ("no value", agentx.TEST_SET, grace[:-4]),
            ("half a Counter64", agentx.TEST_SET,
             agentx.pack_bind(ours, agentx.COUNTER64, 1)),
            ("more octets than there are", agentx.TEST_SET, text + bytes(4)),
            ("2^32 - 1 octets", agentx.TEST_SET, agentx.pack_bind(
                ours, agentx.OCTETS, b"\xff" * 4)),
            ("half an OID as value", agentx.TEST_SET, agentx.pack_bind(
                ours, agentx.OID, b"\5\0\0\0")),
            ("a good one and a bad one", agentx.TEST_SET, grace + text),
            ("a payload of CommitSet", agentx.COMMIT_SET, bytes(4)),
            ("a payload of UndoSet", agentx.UNDO_SET, bytes(8)),
            ("no reason", agentx.CLOSE, b""),
            ("type 0", 0, b""), ("type 19", 19, b""), ("type 255", 255, b""),
        )

    def test_parse_error(self):
        """Each has its Response, and the session goes on."""
        def ask(conn):
            seen = []
            for what, kind, payload in self.malformed(conn):
                seen.append((what, conn.exchange(conn.pack(kind, payload))))
            return seen, self.is_well(conn)
        seen, well = self.ask(ask)
        for what, answer in seen:
            self.assertEqual(answer, (agentx.PARSE_ERROR, 0, []), what)
        self.assertTrue(well)

    def test_parse_error_of_a_context(self):
        def ask(conn):
            seen = []
            for context in (b"", bytes(2), b"\0\0\0\5abcd",
                            b"\xff\xff\xff\xff", b"\x7f\xff\xff\xfd"):
                pdu = bytearray(conn.pack(agentx.GET, context))
                pdu[2] |= agentx.NON_DEFAULT_CONTEXT
                seen.append(conn.exchange(bytes(pdu)))
            return seen, self.is_well(conn)
        seen, well = self.ask(ask)
        self.assertEqual(seen, [(agentx.PARSE_ERROR, 0, [])] * 5)
        self.assertTrue(well)

    def test_mutations(self):
        """Each request has one Response, which can be parsed, whatever has
        become of it; in both byte orders."""
        rng = random.Random(2741)

        def mutate(payload):
            payload = bytearray(payload)
            for _ in range(rng.choice((0, 1, 1, 2, 5))):
                at = rng.randrange(len(payload) + 1)
                rest = payload[at:]
                payload[at:] = rng.choice((
                    bytes(rng.choices((0, 1, 4, 127, 128, 255), k=4)) + rest,
                    rest[4:], payload[:rng.randrange(64)] + rest,
                    bytes((rng.randrange(256),)) + rest[1:], rest[:4]))
            return bytes(payload)

        def little(pdu):
            """Its header; the fields of its payload are not swapped, which
            makes other numbers of them."""
            return (pdu[:2] + bytes((pdu[2] & ~agentx.NETWORK_ORDER,)) +
                    pdu[3:4] + b"".join(pdu[at:at + 4][::-1]
                                        for at in range(4, 20, 4)) + pdu[20:])

        def ask(conn):
            # The one that never has a Response is sent in between.
            kinds = self.malformed(conn) + tuple(
                ("", pdu[1], pdu[20:]) for pdu in self.requests(conn).values())
            errors = set()
            for number in range(4000):
                _, kind, payload = rng.choice(kinds)
                pdu = conn.pack(kind, mutate(payload), context=rng.choice(
                    (None, None, None, b"", b"else")),
                    session=rng.choice((None, None, None, None, 7)))
                if kind == agentx.CLOSE:
                    pdu = pdu[:1] + bytes((agentx.CLEANUP_SET,)) + pdu[2:]
                conn.send(little(pdu) if number % 2 else pdu)
                if kind == agentx.CLOSE:
                    continue
                answer = conn.read_until(agentx.RESPONSE)
                if answer.packet != conn.packets:
                    raise AssertionError("%d, not %d" % (answer.packet,
                                                         conn.packets))
                errors.add(agentx.answer_of(answer)[0])
            return errors, self.is_well(conn)
        errors, well = self.ask(ask)
        self.assertTrue(well)
        self.assertLessEqual({0, agentx.NOT_OPEN, agentx.PARSE_ERROR,
                              agentx.UNSUPPORTED_CONTEXT}, errors)

    def test_not_open(self):
        """Another session's, and none's."""
        def ask(conn):
            seen = []
            for session in 0, 99, 0xffffffff:
                for pdu in self.requests(conn, session=session).values():
                    seen.append(conn.exchange(pdu))
                seen.append(conn.exchange(conn.pack(
                    agentx.CLOSE, b"\5\0\0\0", session=session)))
            return seen, self.is_well(conn)
        seen, well = self.ask(ask)
        self.assertEqual(seen, [(agentx.NOT_OPEN, 0, [])] * 24)
        self.assertTrue(well)

    def test_parse_error_before_not_open(self):
        def ask(conn):
            return [conn.exchange(conn.pack(kind, payload, session=99))
                    for _, kind, payload in self.malformed(conn)]
        for answer in self.ask(ask):
            self.assertEqual(answer, (agentx.PARSE_ERROR, 0, []))

    def test_not_open_yet(self):
        """Before the Response to Open."""
        seen = []

        def early(conn):
            pdu = conn.read_until(agentx.OPEN)
            seen.append(conn.exchange(conn.pack(
                agentx.GET, agentx.pack_range((1, 3)))))
            conn.serve(pdu)
            conn.serve_all()
        self.start(early)
        self.flood.wait_for_log("connected")
        self.finish([UP])
        self.assertEqual(seen, [(agentx.NOT_OPEN, 0, [])])

    def test_another_version(self):
        """Its header can't be parsed: no Response."""
        def ask(conn):
            for version in 0, 2, 255:
                for pdu in self.requests(conn).values():
                    conn.send(bytes((version,)) + pdu[1:])
            return self.is_well(conn)
        self.assertTrue(self.ask(ask))

    def test_context(self):
        """Of a request: ours, another, one that is longer than a string."""
        def ask(conn):
            payload = agentx.pack_range(conn.objects + FIRST)
            return [conn.exchange(conn.pack(kind, payload, context=context))
                    for context in (b"blue", None, b"", b"blu", b"blue\0",
                                    b"blue\0green", b"\0", b"x" * 300)
                    for kind in (agentx.GET, agentx.GETNEXT)]
        seen = self.ask(ask, options=("-n", "blue"))
        for error, index, binds in seen[:2]:
            self.assertEqual((error, index, len(binds)), (0, 0, 1))
        self.assertEqual(seen[2:], [(agentx.UNSUPPORTED_CONTEXT, 0, [])] * 14)

    def test_context_of_a_set(self):
        def ask(conn):
            bind = agentx.pack_bind(conn.objects + GRACE, agentx.GAUGE32, 5000)
            return [conn.exchange(conn.pack(agentx.TEST_SET, bind,
                                            context=context))
                    for context in (b"red", b"", None)]
        self.assertEqual(self.ask(ask), [(agentx.UNSUPPORTED_CONTEXT, 0, []),
                                         (0, 0, []), (0, 0, [])])

    def test_what_masters_do_not_send(self):
        """Administrative PDUs, which only subagents send."""
        def ask(conn):
            caps = agentx.pack_oid((1, 3)) + agentx.pack_octets(b"caps")
            return [conn.exchange(conn.pack(kind, payload)) for kind, payload
                    in ((agentx.OPEN, bytes(4) + caps),
                        (agentx.REGISTER, bytes(4) + agentx.pack_oid((1, 3))),
                        (agentx.NOTIFY, b""), (agentx.ADD_CAPS, caps))]
        self.assertEqual(self.ask(ask),
                         [(agentx.PROCESSING_ERROR, 0, [])] * 4)

    def test_close_of_the_master(self):
        """Heard at once, though the socket stays open; then a new session."""
        seen = []

        def close(conn):
            if conn.number == 0:
                faults.register(conn)
                self.agent().wait_for_log("connected")
                seen.append(conn.exchange(conn.pack(
                    agentx.CLOSE, b"\5\0\0\0")))
                conn.drain()    # until the agent closes
                seen.append("closed")
            conn.serve_all()
        self.start(close)
        self.flood.wait_for_log("connected", 2)
        self.finish([UP, LOST + ": session closed by the master (reason 5)",
                     UP])
        self.assertEqual(seen, [(0, 0, []), "closed"])

    # 7.2.3

    def test_what_does_not_fit(self):
        """genErr, the index of the SearchRange, and no VarBinds."""
        def ask(conn):
            span = agentx.pack_range((1, 3, 6, 1, 4, 1))
            return (conn.exchange(conn.pack(agentx.GETNEXT, span * 2000)),
                    conn.exchange(conn.pack(agentx.GETNEXT, span * 200)))
        (error, index, binds), few = self.ask(ask)
        self.assertEqual((error, binds), (GEN_ERR, []))
        # One VarBind has at least a name of ours.
        self.assertIn(index, range(1000, 2000))
        self.assertEqual((few[0], few[1], len(few[2])), (0, 0, 200))

    def test_request_that_is_too_long(self):
        """A manager's, by way of the master: it costs nobody the session."""
        def ask(conn):
            span = agentx.pack_range((1, 3, 6, 1, 4, 1))
            seen = [conn.exchange(conn.pack(agentx.GETNEXT, span * count))
                    for count in (2047, 2048, 5000, 32767)]
            return [(error, binds) for error, _, binds in seen], \
                self.is_well(conn)
        answers, well = self.ask(ask)
        self.assertEqual(answers, [(GEN_ERR, [])] * 4)
        self.assertTrue(well)

    # 7.2.3.3

    def bulk(self, conn, repeaters, repetitions, *ranges):
        """Names (below ours) and types of the answer."""
        payload = struct.pack(">HH", repeaters, repetitions) + b"".join(
            agentx.pack_range(conn.objects + start, include,
                              () if end is None else conn.objects + end)
            for start, include, end in ranges)
        error, index, binds = conn.exchange(conn.pack(agentx.GETBULK, payload))
        self.assertEqual((error, index), (0, 0))
        return [(name[len(conn.objects):], kind == END_OF_MIB_VIEW)
                for name, kind, _ in binds]

    def bulk_events(self, bulk, events=5):
        """The result of `bulk` for an agent with so many events."""
        def ask(conn):
            self.agent().push(events)
            for _ in range(events):
                conn.serve(conn.read_until(agentx.NOTIFY))
            return bulk(conn)
        return self.ask(ask)

    def test_bulk(self):
        """Repeaters in turn, each up to its end, which repeats its name."""
        def ask(conn):
            return self.bulk(conn, 1, 4, (FIRST, True, None),
                             (EVENTS, False, EVENTS + (3,)),
                             (EVENTS + (3,), True, None))
        found = self.bulk_events(ask)
        ends = EVENTS[:2] + (3,)    # the next column
        self.assertEqual(found, [
            (FIRST, False),
            (EVENTS + (1,), False), (EVENTS + (3,), False),
            (EVENTS + (2,), False), (EVENTS + (4,), False),
            (EVENTS + (2,), True), (EVENTS + (5,), False),
            (EVENTS + (2,), True), (ends + (1,), False)])

    def test_bulk_ends(self):
        """When all repeaters are at their ends, after the one that shows it.
        One without any variable keeps its start."""
        def ask(conn):
            return self.bulk(conn, 0, 50, (EVENTS, False, EVENTS + (3,)),
                             (EVENTS + (8,), False, EVENTS + (9,)))
        none = (EVENTS + (8,), True)
        self.assertEqual(self.bulk_events(ask), [
            (EVENTS + (1,), False), none, (EVENTS + (2,), False), none,
            (EVENTS + (2,), True), none])

    def test_bulk_counts(self):
        """No repetitions, no repeaters, and no ranges."""
        span = (FIRST, False, None)

        def ask(conn):
            return [self.bulk(conn, *counts) for counts in (
                (0, 0, span), (1, 0, span, span), (2, 9, span, span),
                (65535, 65535, span), (0, 9), (0, 65535))]
        self.assertEqual(self.ask(ask), [
            [], [(SECOND, False)], [(SECOND, False)] * 2, [(SECOND, False)],
            [], []])

    def test_bulk_is_limited(self):
        """However many repetitions were asked for."""
        def ask(conn):
            span = (EVENTS, False, None)
            return [len(self.bulk(conn, 0, *asked)) for asked in
                    ((65535, span), (65535, span, span, span),
                     (1, *[span] * 150), (9, *[span] * 150))]
        self.assertEqual(self.bulk_events(ask, 150),
                         [BULK_MAX, BULK_MAX // 3 * 3, 150, 150])
