# SPDX-License-Identifier: BSD-2-Clause
"""TimeStamps, and the sysUpTime of notifications, by the master's sysUpTime at
its edges: beyond an int, at the wrap, set forward and back.
"""

import time

import agentx
import faults
import running
from peer_case import Case

EVENT_TIME = (7, 1, 2)
WRAP = 1 << 32
# The master's clock is known as well as an answer of it takes to arrive.
SLACK = 100


class Time(Case):

    def ask(self, ask):
        """The result of `ask` for a connection, before it is served."""
        found = []

        def script(conn):
            found.append(ask(conn))
            conn.serve_all()
        self.start(script)
        running.wait_for(lambda: found or self.master.errors, "the answers")
        self.assertEqual(self.master.errors, [])
        self.finish()
        return found[0]

    def push(self, conn):
        """An event; the sysUpTime when it was, and its notification's."""
        before = conn.master.uptime_cs()
        index = self.agent().push(1)
        conn.serve(conn.read_until(agentx.NOTIFY))
        row = conn.master.accepted[-1]
        self.assertEqual(row[2], index)
        return before, row[3]

    def stamp(self, conn, index):
        name = conn.objects + EVENT_TIME + (index,)
        return conn.request(agentx.GET, name)[0][2]

    def near(self, stamp, expected):
        self.assertLessEqual(abs(stamp - expected), SLACK, (stamp, expected))

    def test_age(self):
        """Of a master, from the first second to the last."""
        for age in (0, 360000, (1 << 31) - 1, 1 << 31, 2200000000,
                    WRAP - 360000):
            def ask(conn, age=age):
                conn.master.set_uptime(age)
                faults.register(conn)
                at, notified = self.push(conn)
                return at, notified, self.stamp(conn, 1)
            with self.subTest(age=age):
                at, notified, stamp = self.ask(ask)
                self.near(notified, at)
                self.near(stamp, at)

    def test_wrap(self):
        """Known by the clock alone: 0 for what is older, and then from 0."""
        def ask(conn):
            conn.master.set_uptime(WRAP - 300)
            faults.register(conn)
            at, notified = self.push(conn)
            before = self.stamp(conn, 1)
            asked = conn.master.uptime_cs()
            while conn.master.uptime_cs() > WRAP / 2:
                time.sleep(0.05)
            time.sleep(2 * SLACK / 100)     # beyond doubt
            after = self.stamp(conn, 1)
            return (at, notified, before, asked, after,
                    *self.push(conn), self.stamp(conn, 1),
                    self.stamp(conn, 2))
        at, notified, before, asked, after, at_2, notified_2, old, stamp = \
            self.ask(ask)
        self.near(notified, at)
        if asked > WRAP / 2:    # else the machine was too busy
            self.near(before, at)
        self.assertEqual((after, old), (0, 0))
        self.assertLess(at_2, WRAP / 2)
        self.near(notified_2, at_2)
        self.near(stamp, at_2)

    def test_it_is_set(self):
        """While the session lasts: known from the next response. What was
        before it was 0 has no time; the others move with it."""
        def ask(conn):
            faults.register(conn)
            began = time.monotonic()
            self.push(conn)
            seen = []
            for age in 3000000000, 500000, 1 << 31, 0, WRAP - 900000:
                conn.master.set_uptime(age)
                self.push(conn)         # its response tells the agent
                passed = int((time.monotonic() - began) * 100)
                at, notified = self.push(conn)
                seen.append((at, notified,
                             self.stamp(conn, len(conn.master.accepted)),
                             max(at - passed, 0), self.stamp(conn, 1)))
            return seen
        for at, notified, stamp, first_at, first in self.ask(ask):
            with self.subTest(at=at):
                self.near(notified, at)
                self.near(stamp, at)
                self.near(first, first_at)

    def test_another_master(self):
        """Events of before its start have no time."""
        def first(conn):
            conn.master.set_uptime(3000000000)
            faults.register(conn)
            self.push(conn)
            self.push(conn)
            time.sleep(2 * SLACK / 100)

        def second(conn):
            conn.master.set_uptime(50)
            faults.register(conn)
            at, notified = self.push(conn)
            found.append((at, notified, self.stamp(conn, 1),
                          self.stamp(conn, 2), self.stamp(conn, 3)))
            conn.serve_all()
        found = []
        self.start(first, second)
        running.wait_for(lambda: found or self.master.errors, "the answers")
        self.finish()
        at, notified, *stamps = found[0]
        self.near(notified, at)
        self.assertEqual(stamps[:2], [0, 0])
        self.near(stamps[2], at)

    def test_answers_without_a_time(self):
        """A refusal's is of no use: that of an error may be anything."""
        def ask(conn):
            conn.master.set_uptime(700000)
            faults.register(conn)
            self.push(conn)
            self.flood.push(1)
            pdu = conn.read_until(agentx.NOTIFY)
            conn.send(agentx.pack_response(pdu, conn.number + 1, 0,
                                           agentx.PROCESSING_ERROR))
            return self.stamp(conn, 1)
        self.near(self.ask(ask), 700000)
