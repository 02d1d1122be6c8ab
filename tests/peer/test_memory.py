# SPDX-License-Identifier: BSD-2-Clause
"""Memory after 10 000 reconnects, each with a notification.

Waiting for each back-off would take an hour. So SIGHUP alternates between the
addresses of two masters, since a new address is tried at once; each master
closes the connection after it acknowledged a notification, or is left.
"""

import agentx
import faults
import peer_case
import running

WARM = 1000
TURNS = 10000 if running.LONG else 200
LEAK = 50       # bytes per turn that would be detected


def take_one(closes):
    """Half of them close, half of them are left."""
    def script(conn):
        faults.register(conn)
        conn.serve(conn.read_until(agentx.NOTIFY))
        if not closes(conn.number):
            conn.serve_all()
    return script


class Memory(peer_case.Case):

    def turn(self):
        """One event, through the master that is not connected now."""
        self.masters.reverse()
        self.flood.configure(agentXSocket=self.masters[0].address)
        self.turns += 1
        self.flood.push(1)
        running.wait_for(lambda: self.flood.state()[3] == self.turns,
                         "turn %d" % self.turns)

    def test_memory(self):
        closing = take_one(lambda number: number % 2 == 0)
        self.start(closing, in_conf=True, eventLog=100, notifyQueue=100)
        self.flood.wait_for_log("connected")
        self.masters = [self.master, self.another(closing)]
        self.turns = 0
        sizes = []
        for count in WARM, TURNS:
            for _ in range(count):
                self.turn()
            sizes.append(self.flood.rss_kb())
        print("%sRSS after %d turns %d kB, after %d more %d kB" % (
            running.NOTE, WARM, sizes[0], TURNS, sizes[1]))
        self.assertGreaterEqual(
            sum(master.connections for master in self.masters), TURNS + WARM)
        self.assertLess((sizes[1] - sizes[0]) * 1024, TURNS * LEAK)
        self.finish()
