# SPDX-License-Identifier: BSD-2-Clause
"""SIGTERM ends bondcarrierd with 0 within two seconds, at any time and
whatever the master agent does.

The times are random but the same in every run; LONG=1 tries more, and enforces
the two seconds.
"""

import os
import random
import socket
import time
import unittest

import agentx
import faults
import running
from master import Master

# Two seconds apply to an idle machine. On any machine the end must not wait
# for the master, whose answers may take longer than this limit.
LIMIT = 2 if running.LONG and not running.VALGRIND else 45
TIMEOUT = 120
TIMES = 8 if running.LONG else 2
LATEST = 1.5    # after the start: startup, first connections, back-off

SCRIPTS = {
    "healthy": faults.healthy,
    "answer nothing": faults.answer_nothing,
    "read nothing": faults.read_nothing,
    "hang up": faults.hang_up,
    "hang up in register": faults.hang_up_in_register,
    "refuse open": faults.refuse_open,
    "refuse register": faults.refuse_register,
    "no answer to register": faults.no_answer_to_register,
    "late": faults.late_by(3),
    "drip": faults.drip,
    "truncated open": faults.truncate_open,
    "never read": faults.never_read,
    "forgets at ping": faults.forget(agentx.PING),
}


class End(unittest.TestCase):

    def end_at(self, name, moment):
        master = Master(SCRIPTS[name],
                        path=os.path.join(running.folder(), "master"))
        agent = running.daemon(master.address, agentXPingInterval=1,
                               agentXTimeout=TIMEOUT)
        try:
            agent.wait_for_start()
            time.sleep(moment)
            code, took = agent.end()
        finally:
            agent.kill()
            master.close()
        self.assertEqual(code, 0, agent.log())
        self.assertLess(took, LIMIT, agent.log())
        self.assertEqual(master.errors, [])
        return took

    def end_often(self, names):
        rng = random.Random(705)
        slowest = 0, None
        for name in names:
            for _ in range(TIMES):
                moment = rng.uniform(0, LATEST)
                with self.subTest(master=name, seconds=round(moment, 3)):
                    slowest = max(slowest,
                                  (self.end_at(name, moment), name))
        print(running.NOTE + "slowest end: %.2f s (%s)" % slowest)

    def test_masters_that_answer(self):
        self.end_often(["healthy", "late", "drip", "never read",
                        "forgets at ping"])

    def test_masters_that_do_not_answer(self):
        self.end_often(["answer nothing", "read nothing",
                        "no answer to register"])

    def test_masters_that_refuse(self):
        self.end_often(["hang up", "hang up in register", "refuse open",
                        "refuse register", "truncated open"])

    def test_queue_full_of_connections(self):
        """connect() itself would block."""
        path = os.path.join(running.folder(), "master")
        listener = socket.socket(socket.AF_UNIX)
        self.addCleanup(listener.close)
        listener.bind(path)
        listener.listen(0)
        agent = running.daemon(path, agentXTimeout=TIMEOUT)
        agent.wait_for_log("queue is full")
        code, took = agent.end()
        self.assertEqual(code, 0)
        self.assertLess(took, LIMIT)

    def test_no_master(self):
        agent = running.daemon(os.path.join(running.folder(), "master"))
        agent.wait_for_log("waiting for")
        code, took = agent.end()
        self.assertEqual(code, 0)
        self.assertLess(took, LIMIT)
