# SPDX-License-Identifier: BSD-2-Clause
"""Waits until the agent's tables are what the kernel and the second opinion
say, and keeps count."""

import collections
import time

from compare import (FINDINGS, KERNEL, Snapshot, compare, without_silent)
from report import report
from snmp import SnmpError

DEADLINE = 120   # seconds until everything must agree, on a busy machine too
MEMORY = 20      # what the kernel said so long ago may still be believed
MOVING = 0.5     # a bond that never rests is looked at for so long
PATIENCE = 2     # longer than any updelay that the operations give


class Stale:
    """The kernel's carrier is not what the design says it decides."""

    check, column = "kernel's logic", "LOWER_UP"

    def __init__(self, index):
        self.row = (index,)

    def __str__(self):
        return "the kernel's carrier is not what section 1 makes of it"

    def key(self):
        """As of a Difference."""
        return self.row, self.check, self.column


class Settling:
    """Needs nothing of an agent that is None: then the second opinion is
    held against the kernel alone."""

    def __init__(self, tools, agent):
        self.tools, self.agent, self.done = tools, agent, 0
        self.count = collections.Counter()
        self.deferred = set()
        self.known = {}      # mismatches that were reported and still are
        self.mismatches = collections.Counter()
        self.slowest = (0, 0)
        self.spent = collections.Counter()

    def snapshot(self, waited=False):
        """The kernel now."""
        return Snapshot(self.tools.ip.links(), time.monotonic(), waited)

    def rows(self, moment):
        """The agent's; none while it starts."""
        if not self.agent:
            return moment.agents()
        try:
            return self.agent.rows()
        except SnmpError:
            return {}

    def settle(self, deep):
        """Waits until agent and kernel agree; reports what never does. The
        kernel as it was then."""
        start = time.monotonic()
        moments = collections.deque([self.snapshot()])
        pause = 0.002
        while True:
            before = moments[-1]
            rows = self.rows(before)
            waited = deep and time.monotonic() > start + PATIENCE
            after = self.snapshot(waited)
            moments.append(after)
            while moments[0].now < after.now - MEMORY:
                moments.popleft()
            wrong = self.differences(rows, [before, after], deep)
            spent = after.now - start
            still = before.model == after.model
            sure = not deep or (before.is_sure() and after.is_sure())
            if not wrong and sure and (still or spent > MOVING):
                break
            if spent > DEADLINE:
                wrong = self.differences(rows, moments, deep)
                self.count["never at rest"] += not wrong
                for difference in wrong:
                    self.known[difference.key()] = str(difference)
                    self.mismatches[difference.check] += 1
                report(self, wrong, rows, after)
                break
            time.sleep(pause)
            pause = min(pause * 1.5, 0.05)
        self.slowest = max(self.slowest, (spent, self.done))
        self.spent["deep" if deep else "ordinary"] += spent
        self.tally(after, rows, deep, still)
        return after

    def differences(self, rows, moments, deep):
        """Those that are not known yet."""
        found = compare(rows, moments, deep)
        if not self.agent:  # the model was compared with itself
            found = [d for d in found if d.check == KERNEL]
            found += [Stale(index) for index in moments[-1].stale()
                      if deep and index in moments[0].stale()]
        self.deferred = set()
        if not deep:
            told = without_silent(found, moments[-1])
            self.deferred = ({d.row[0] for d in found} -
                             {d.row[0] for d in told})
            found = told
        keys = {d.key() for d in found}
        self.known = {key: text for key, text in self.known.items()
                      if key in keys}
        return [d for d in found if d.key() not in self.known]

    def tally(self, snapshot, rows, deep, still):
        """Counts what was checked; a bond that is in silent change is left
        for the next thorough check."""
        self.count["settled"] += 1
        self.count["settled while moving"] += not still
        self.count["deep"] += deep
        for row, columns in snapshot.expected.items():
            if row not in rows:
                continue
            if row[0] in self.deferred:
                self.count["deferred"] += len(row) == 1
                continue
            checks = {check for check, _ in columns}
            for check in checks - (set() if deep else {FINDINGS}):
                self.count[check, "bonds" if len(row) == 1
                           else "slaves"] += 1
