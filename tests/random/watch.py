# SPDX-License-Identifier: BSD-2-Clause
"""What the agent tells, checked whenever all is quiet: events, notifications,
and that there is none of either about bonds that rest."""

import collections
import time

from events import ACTIVE, BOND_REMOVED, EFFECTIVE_DOWN, NAMES, SLAVE_REMOVED
from explained import is_announced, is_groundless, is_unprompted
from replay import Replay
from rest import PREFIX, Rest
from told import Told

EVENTS, REST, TOLD = "events", "rest", "notifications"
NOTIFIED = range(1, ACTIVE + 1)
DELIVERY = 60  # seconds until a notification is there, on a busy machine too


class Watch:
    """Everything that is told, from one quiet moment to the next."""

    def __init__(self, agent, reader, sink, witness, daemon, folder):
        self.agent, self.reader, self.sink = agent, reader, sink
        self.witness, self.daemon = witness, daemon
        self.rest, self.replay, self.starts = Rest(folder), None, 0
        self.told = Told(witness, lambda text: self.wrong(TOLD, text))
        self.count, self.found = collections.Counter(), []
        self.owed, self.gone, self.overruns = [], {}, 0
        self.views = collections.deque(maxlen=3)
        self.recent = []   # events of this epoch

    def wrong(self, check, text):
        """Takes down what is wrong."""
        self.found.append((check, text))

    def settled(self, snapshot):
        """All is quiet, and the tables are right: [(check, what is wrong)]."""
        self.found, self.recent = [], []
        self.views.append(snapshot.view)
        restarted = self.starts != self.daemon.starts
        self.daemon.ready = True
        if restarted:
            self.told.killed()
            self.rest.restarted()
            self.replay, self.starts = None, self.daemon.starts
            self.owed, self.gone = [], {}
        quiet_rows, raised = self._quiet()
        if self.replay:
            self.replay.compare(quiet_rows, raised)
        else:
            self.replay = Replay(quiet_rows, raised,
                                 lambda text: self.wrong(EVENTS, text))
        for text in self.rest.changes(quiet_rows):
            self.wrong(REST, text)
        if not self.witness.epoch.blind:
            self._check_removals(restarted)
            for event in () if restarted else self.recent:
                self._check_cause(event)
        self._check_delivery()
        self.told.calm()
        self.witness.next_epoch()
        return self.found

    def _quiet(self):
        """The tables at a moment without any event."""
        end = time.monotonic() + DELIVERY
        while True:
            self._read()
            if not self.replay:
                # What an agent told last before it ended nobody may have read.
                self.reader.last = max(self.reader.last,
                                       self.agent.scalars()[0] or 0)
            rows, raised = self.agent.rows(), self.agent.raised()
            last, overruns = self.agent.scalars()
            self.witness.epoch.blind |= overruns != self.overruns
            self.overruns = overruns
            if last is not None and last < self.reader.last:
                self.wrong(EVENTS, f"bondEventLastIndex fell from "
                                   f"{self.reader.last} to {last}")
                self.reader.last = last
            if last == self.reader.last or time.monotonic() > end:
                return rows, raised

    def _read(self):
        """All that has come."""
        self.witness.hear()
        for trap in self.sink.receive():
            self.count[TOLD] += 1
            if self.rest.known is not None and \
                    trap.bond_name.startswith(PREFIX):
                self.wrong(REST, trap)
            self.told.tell(trap)
        before = self.reader.last
        for event in self.reader.read():
            self.count[NAMES[event.type]] += 1
            self.recent.append(event)
            if self.rest.known is not None and \
                    (event.bond_name + " " + event.slave_name).count(PREFIX):
                self.wrong(REST, event)
            if self.replay:
                if event.index != before + 1:
                    self.wrong(EVENTS, f"{event} follows {before}")
                self.replay.apply(event)
            before = event.index

    def _check_removals(self, restarted):
        """A link that was deleted ends a life, whoever has its number now."""
        removed = {event.slave or event.bond for event in self.recent
                   if event.type in (BOND_REMOVED, SLAVE_REMOVED)}
        for index, text in self.gone.items():
            if index not in removed:
                self.wrong(EVENTS, text)
        self.gone = {}
        if restarted or len(self.views) < 2:
            return
        view = self.views[-2]
        for index in self.witness.epoch.gone - removed:
            link = view.links.get(index)
            if link and (index in view.bonds or link.slave is not None):
                self.gone[index] = f"no event tells that {link.name}, " \
                                   f"number {index}, was deleted"

    def _check_cause(self, event):
        """Something must have happened to what it is about."""
        epochs = (self.witness.before, self.witness.epoch)
        self.count["caused"] += 1
        if not is_announced(event, epochs):
            self.wrong(EVENTS, f"{event}: the kernel spoke of no change")
        if event.type == EFFECTIVE_DOWN and \
                is_groundless(event, self.views, epochs):
            self.wrong(EVENTS, f"{event}: a slave had its link all the time")
        if event.type == EFFECTIVE_DOWN and \
                is_unprompted(event, self.views, epochs):
            self.wrong(EVENTS, f"{event}: nothing happened to its links")

    def _check_delivery(self):
        """What is to be notified arrives, and says the same."""
        end = time.monotonic() + DELIVERY
        self.owed += [e for e in self.recent if e.type in NOTIFIED]
        while True:
            waiting = [e for e in self.owed
                       if self.told.matches(e) is None]
            if not waiting or time.monotonic() > end:
                break
            time.sleep(0.01)
            self._read()
        for event in self.owed:
            same = self.told.matches(event)
            if not same:
                self.wrong(TOLD, f"{event}: " + (
                    "never arrived" if same is None else
                    f"notified as {self.told.events[event.index]}"))
        self.owed = []

    def end(self):
        """The last word: what is open at the sink is what is raised."""
        self.found = []
        rows, raised = self._quiet()
        self.told.compare(raised, {row[0]: columns["bondName"].decode()
                                   for row, columns in rows.items()
                                   if len(row) == 1})
        if self.daemon.gone() is not None:
            self.wrong(EVENTS, f"the agent is gone: {self.daemon.gone()}")
        else:
            self.daemon.do("TERM")
        for text in self.daemon.ends:
            self.wrong(EVENTS, text)
        return self.found
