# SPDX-License-Identifier: BSD-2-Clause
"""An agent with synthetic events against a scripted master agent."""

import os
import unittest

import faults
import running
from master import Master

UP = "connected to the master agent at HERE"
WAITING = "waiting for the master agent at HERE: "
NO_RESPONSE = WAITING + "no response"
LOST = "lost the master agent at HERE"
SILENT = "the master agent at HERE is not responding"
AGAIN = "the master agent at HERE is responding again"
WINDOW = 16     # AGENTX_NOTIFY_WINDOW of agent/agentx/agentx_notify.h

DROPPED, ACKNOWLEDGED = 4, 3    # bondEventNotified
DROPPED_SCALAR = 7              # below bondCarrierAgent


class Case(unittest.TestCase):
    """An agent and a master with scripts."""

    def another(self, *scripts, tcp=False):
        path = None if tcp else os.path.join(running.folder(), "master")
        master = Master(*scripts, path=path)
        self.addCleanup(master.close)
        return master

    def start(self, *scripts, options=(), tcp=False, in_conf=False,
              **settings):
        self.master = self.another(*scripts, tcp=tcp)
        address = self.master.address
        if in_conf:     # -x would override the configuration
            address, settings["agentXSocket"] = None, address
        self.flood = running.Flood(address, *options, **settings)
        self.addCleanup(self.flood.kill)
        self.master.missed = running.Missed(self.flood)

    def agent(self):
        """For scripts, which may run before start() has returned."""
        running.wait_for(lambda: getattr(self, "flood", None), "the agent")
        return self.flood

    def finish(self, log=None):
        """Ends cleanly, with exactly this log."""
        code, _ = self.flood.end()
        self.assertEqual(code, 0)
        self.assertEqual(self.master.errors, [])
        if log is not None:
            self.assertEqual(self.flood.log(self.master.address), log,
                             self.master.ends)

    def flood_through(self, *scripts, log, events=200, rate=400, again=0,
                      **settings):
        """All events arrive in order; at most `again` of them twice. The
        agent's own waits end only where the log is to show that: on a busy
        machine a master that answers may outlast them."""
        if log is None or SILENT in log:
            settings.setdefault("agentXPingInterval", 1)
        if log is not None and NO_RESPONSE in log:
            settings["hasty"] = True
        self.start(*scripts, faults.healthy, **settings)
        self.flood.push(events, rate)
        self.flood.wait_empty()
        self.finish(log)
        tally = running.Tally(self.master.indexes(), events)
        running.report(self._testMethodName[5:].replace("_", " "), events,
                       tally, running.longest_gap(
                           [row[0] for row in self.master.accepted]))
        self.assertEqual(tally.lost, 0)
        self.assertTrue(tally.in_order, tally.first)
        self.assertLessEqual(tally.duplicated, again)
        self.assertLessEqual(self.master.most_unanswered, WINDOW)
