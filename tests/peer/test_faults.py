# SPDX-License-Identifier: BSD-2-Clause
"""Notifications against a master agent with each fault in turn.

Checks the whole log, one line for each change of state, and every event:
delivered, in order, and only once where the fault permits.
"""

import time

import agentx
import faults
import running
from master import Master
from peer_case import ACKNOWLEDGED, AGAIN, DROPPED, DROPPED_SCALAR, LOST, \
    NO_RESPONSE, SILENT, UP, WAITING, WINDOW, Case

class Faults(Case):

    def test_health(self):
        self.flood_through(log=[UP])
        self.assertEqual(self.master.connections, 1)

    def test_burst_keeps_to_the_window(self):
        """The master answers only after reading everything sent."""
        self.flood_through(faults.late_by(0.3), log=[UP], events=100, rate=0)
        self.assertEqual(self.master.most_unanswered, WINDOW)

    def test_burst(self):
        self.flood_through(log=[UP], events=10000, rate=0)

    def test_tcp(self):
        self.flood_through(log=[UP], tcp=True)

    def test_tcp_reset(self):
        self.flood_through(faults.reset_on_notify, log=[UP, LOST, UP],
                           tcp=True, again=0)

    def test_context(self):
        self.flood_through(log=[UP], options=("-n", "blue"))
        self.assertEqual(self.master.contexts, {b"blue"})

    def test_answer_nothing(self):
        self.flood_through(faults.answer_nothing, faults.answer_nothing,
                           log=[NO_RESPONSE, UP])

    def test_read_nothing(self):
        self.flood_through(faults.read_nothing, faults.read_nothing,
                           log=[NO_RESPONSE, UP])

    def test_hang_up(self):
        self.flood_through(*[faults.hang_up] * 4, log=[
            WAITING + "AgentX session refused", UP])

    def test_refuse_open(self):
        self.flood_through(*[faults.refuse_open] * 3, log=[
            WAITING + "AgentX session refused", UP])

    def test_truncated_open(self):
        self.flood_through(*[faults.truncate_open] * 3, log=[
            WAITING + "AgentX session refused", UP])

    def test_hang_up_in_register(self):
        self.flood_through(*[faults.hang_up_in_register] * 3, log=[
            WAITING + "connection closed", UP])

    def test_refuse_register(self):
        self.flood_through(*[faults.refuse_register] * 3, log=[
            WAITING + "another subagent has registered BOND-CARRIER-MIB",
            UP])

    def test_different_refusals_are_told_apart(self):
        self.flood_through(
            faults.refuse_register, faults.hang_up_in_register,
            faults.refuse_register, faults.hang_up_in_register, log=[
                WAITING + "another subagent has registered BOND-CARRIER-MIB",
                WAITING + "connection closed", UP])

    def test_no_answer_to_register(self):
        self.flood_through(faults.no_answer_to_register, log=[
            NO_RESPONSE, UP])

    def test_refuse_notify(self):
        """Refused notifications are dropped, and block no others."""
        self.start(faults.refuse_notify)
        self.flood.push(20, 400)
        self.flood.wait_empty()
        self.assertEqual(self.master.indexes(), list(range(1, 21, 2)))
        self.assertEqual(self.flood.fates(DROPPED), [10, 2, 20])
        self.assertEqual(self.flood.fates(ACKNOWLEDGED), [10, 1, 19])
        self.assertEqual(self.flood.state()[3:], [10, 10])
        self.finish([UP, "the master agent refused a notification "
                     "(AgentX error 268): dropped"])

    def test_late(self):
        self.flood_through(faults.late_by(0.5), log=[UP], events=60)
        self.assertEqual(self.master.connections, 1)

    def test_very_late(self):
        """Later than the timeout of a ping: nothing is sent twice."""
        self.flood_through(faults.late_till_missed,
                           log=[UP] + [SILENT, AGAIN] * 2, events=30, rate=0)
        self.assertEqual(self.master.connections, 1)

    def test_silent_then_close(self):
        self.flood_through(faults.silent_then_close,
                           log=[UP, SILENT, LOST, UP])

    def test_silence_is_seen_by_what_waits(self):
        """Independently of agentXPingInterval."""
        self.flood_through(faults.silent_then_close,
                           log=[UP, SILENT, LOST, UP],
                           agentXPingInterval=86400)

    def test_drip(self):
        self.flood_through(faults.drip, log=[UP], events=100)
        self.assertEqual(self.master.connections, 1)

    def test_truncate(self):
        self.flood_through(faults.truncate, log=[UP, LOST, UP])

    def test_hang_up_on_notify(self):
        self.flood_through(faults.hang_up_on_notify, log=[UP, LOST, UP])

    def test_hang_up_on_notify_many_times(self):
        self.flood_through(*[faults.hang_up_on_notify] * 5,
                           log=[UP] + [LOST, UP] * 5)

    def test_hang_up_on_notify_in_a_burst(self):
        """Answers still in the socket when it closes count."""
        self.flood_through(*[faults.hang_up_on_notify] * 5,
                           log=[UP] + [LOST, UP] * 5, rate=0)

    def test_bad_length(self):
        """More than any master sends: nothing behind it can be read."""
        for size in 0x7fffffff, 0xffffffff, 0xfffffff0, 0x40000000, 0x100001:
            with self.subTest(size=hex(size)):
                self.flood_through(faults.bad_length(size), log=[
                    UP, LOST + ": PDU of an impossible length", UP])

    def test_garbage(self):
        for seed in range(5):
            with self.subTest(seed=seed):
                self.flood_through(faults.garbage(seed), log=None)
                log = self.flood.log(self.master.address)
                self.assertEqual([log[0], log[-1]], [UP, UP])
                self.assertLess(len(log), 12)

    def test_never_read(self):
        """What can't be sent doesn't fill the log."""
        self.flood_through(faults.never_read, log=None)
        self.assertEqual(
            [line for line in self.flood.log(self.master.address)
             if line != SILENT], [UP, LOST, UP])

    def test_forgotten_at_notify(self):
        why = ": session no longer known"
        self.flood_through(faults.forget(agentx.NOTIFY),
                           log=[UP, LOST + why, UP])

    def test_forgotten_at_ping(self):
        self.start(faults.forget(agentx.PING), faults.healthy,
                   agentXPingInterval=1)
        self.flood.wait_for_log("connected", 2)
        self.finish([UP, LOST + ": session no longer known", UP])

    def test_overflow(self):
        """The oldest are dropped, counted and marked in their rows."""
        self.start(faults.healthy, notifyQueue=50)
        self.flood.wait_for_log("connected")
        self.master.close()
        self.flood.wait_for_log("lost")
        self.flood.push(200)
        again = Master(faults.healthy, path=self.master.address)
        self.addCleanup(again.close)
        self.flood.wait_empty()
        self.assertEqual(again.indexes(), list(range(151, 201)))
        self.assertEqual(self.flood.fates(DROPPED), [150, 1, 150])
        self.assertEqual(self.flood.fates(ACKNOWLEDGED), [50, 151, 200])
        self.assertEqual(self.flood.state()[4], 150)

    def test_overflow_is_served(self):
        """bondAgentNotificationsDropped and bondEventNotified."""
        seen = []

        def ask(conn):
            faults.register(conn)
            for _ in range(10):
                conn.serve(conn.read_until(agentx.NOTIFY))
            name = conn.objects + (7, 1, 10)
            seen.append(conn.request(agentx.GETNEXT,
                                     conn.objects + (2,), name,
                                     name + (10,), name + (11,)))
            dropped = conn.objects + (2, DROPPED_SCALAR, 0)
            seen.append(conn.request(agentx.GET, dropped))
            conn.serve_all()

        self.start(*[faults.answer_nothing] * 2, ask, notifyQueue=10,
                   hasty=True)
        self.flood.push(20)
        self.flood.wait_empty()
        running.wait_for(lambda: len(seen) == 2, "the answers")
        values = [value for _, _, value in seen[0]]
        self.assertEqual(values[1:], [DROPPED, ACKNOWLEDGED, ACKNOWLEDGED])
        self.assertEqual([value for _, _, value in seen[1]], [10])
        self.finish()

    def test_times_are_of_the_events(self):
        """sysUpTime is the time of the event, not of sending."""
        self.start(faults.answer_nothing, faults.healthy, hasty=True)
        pushed = []
        for _ in range(3):
            began = time.monotonic()
            self.flood.push(1)
            pushed.append((began, time.monotonic()))
            time.sleep(1)
        self.flood.wait_empty()
        stamps = [row[3] / 100 for row in self.master.accepted]
        for at in 1, 2:
            step = stamps[at] - stamps[at - 1]
            least = pushed[at][0] - pushed[at - 1][1]
            most = pushed[at][1] - pushed[at - 1][0]
            self.assertTrue(least - 0.05 < step < most + 0.05,
                            (stamps, pushed))
        self.finish()
