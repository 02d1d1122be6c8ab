#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""Random operations on real bonds against a running agent.

After every few of them the agent's whole model is held against iproute2's,
its effective carrier against the kernel's own where that can be trusted, and
against a second implementation of the decision. Runs as root in the lab,
never on a host's own bonds. Exit: 0, or 1 with any mismatch.
"""

import argparse
import collections
import random
import sys
import time

from agentview import Agent, root_of
from compare import (FINDINGS, KERNEL, MODEL, SECOND, Snapshot, compare,
                     without_silent)
from coprocess import Ip, Tc
from idea import stage
from ops import Generator
from snmp import Client

DEADLINE = 120   # seconds until everything must agree, on a busy machine too
MEMORY = 20      # what the kernel said so long ago may still be believed
MOVING = 0.5     # a bond that never rests is looked at for so long
HISTORY = 40     # operations shown with a mismatch


class Tools:
    """Carries out the steps of operations."""

    def __init__(self):
        self.ip, self.tc, self.far = Ip(), Tc(), None

    def do(self, tool, argument):
        """None, or why it was refused."""
        if tool == "sys":
            path, text = argument
            try:
                with open(f"/sys/class/net/{path}", "w",
                          encoding="ascii") as file:
                    file.write(f"{text}\n")
            except OSError as error:
                return str(error)
            return None
        if tool == "tc":
            return self.tc.do(argument)
        if tool == "far":
            self.far = self.far or Ip("-n", "far")
            return self.far.do(argument)
        return self.ip.do(argument)


class Run:
    """One run of the test."""

    def __init__(self, options):
        self.options = options
        self.tools = Tools()
        self.agent = None
        if not options.kernel_only:
            self.agent = Agent(Client(port=options.port),
                               root_of(options.config))
        self.count = collections.Counter()
        self.done, self.refused = 0, 0
        self.history = collections.deque(maxlen=4000)
        self.deferred = set()
        self.known = {}      # mismatches that were reported and still are
        self.mismatches = collections.Counter()
        self.slowest = (0, 0)
        self.spent = collections.Counter()

    def snapshot(self):
        """The kernel now."""
        return Snapshot(self.tools.ip.links(), time.monotonic())

    def operate(self, operation):
        """Carries it out and remembers it."""
        self.done += 1
        refusals, error = [], None
        start = time.monotonic()
        for tool, argument in operation.steps:
            if tool == "else" and not error:
                continue
            error = self.tools.do(tool, argument)
            if error:
                refusals.append(" ".join(error.split()))
        if refusals:
            self.refused += 1
        self.spent["operations"] += time.monotonic() - start
        self.history.append((self.done, operation, refusals))
        if self.options.verbose:
            print(self.done, operation, *refusals, sep=" | ", flush=True)

    def settle(self, deep):
        """Waits until agent and kernel agree; reports what never does."""
        start = time.monotonic()
        moments = collections.deque([self.snapshot()])
        pause = 0.002
        while True:
            before = moments[-1]
            rows = self.agent.rows() if self.agent else before.agents()
            after = self.snapshot()
            moments.append(after)
            while moments[0].now < after.now - MEMORY:
                moments.popleft()
            wrong = self.differences(rows, [before, after], deep)
            spent = after.now - start
            still = before.model == after.model
            if not wrong and (still or spent > MOVING):
                break
            if spent > DEADLINE:
                wrong = self.differences(rows, moments, deep)
                self.count["never at rest"] += not wrong
                self.report(wrong, rows, after)
                break
            time.sleep(pause)
            pause = min(pause * 1.5, 0.05)
        self.slowest = max(self.slowest, (spent, self.done))
        self.spent["deep" if deep else "ordinary"] += spent
        self.tally(after, rows, deep, still)

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

    def report(self, wrong, rows, snapshot):
        """Everything one needs to see what was wrong."""
        for difference in wrong:
            self.known[difference.key()] = str(difference)
            self.mismatches[difference.check] += 1
        for index in sorted({d.row[0] for d in wrong}):
            print(f"\nMISMATCH seed {self.options.seed} after operation "
                  f"{self.done}, bond {index}")
            for difference in wrong:
                if difference.row[0] == index:
                    print("  ", difference)
            self.show(index, rows, snapshot)
        sys.stdout.flush()

    def show(self, index, rows, snapshot):
        """Both views of one bond, and its history."""
        names = set()
        for row in sorted(set(rows) | set(snapshot.model)):
            if row[0] != index:
                continue
            for who, view in (("kernel", snapshot.model), ("agent ", rows)):
                print(" ", who, row, {name: value for name, value in
                                      view.get(row, {}).items()
                                      if value is not None})
            name = snapshot.model.get(row, rows.get(row))
            name = name.get("bondName") or name.get("bondSlaveName")
            names.add(name.decode())
        for link in snapshot.view.links.values():
            if link.index == index or link.master == index:
                print("  link  ", link.entry["ifname"], link.kind,
                      link.entry["flags"], link.data or "", link.slave or "")
                below = snapshot.view.links.get(link.below)
                if below:
                    print("    on  ", below.name, below.entry["flags"])
        own = [entry for entry in self.history if entry[1].about & names]
        for number, operation, refusals in own[-HISTORY:]:
            print(f"  {number:6} {operation}"
                  f"{'  REFUSED ' + '; '.join(refusals) if refusals else ''}")

    def run(self):
        """All operations; the number of mismatches."""
        for tool, argument in stage():
            error = self.tools.do(tool, argument)
            if error:
                raise SystemExit(f"cannot set the stage: {argument}: {error}")
        generator = Generator(self.options.seed)
        pace = random.Random(self.options.seed + 1)
        last_deep = said = 0
        while self.done < self.options.ops:
            for _ in range(pace.choice((1, 1, 2, 3, 6))):
                if self.done < self.options.ops:
                    self.operate(generator.operation())
            deep = (self.done >= last_deep + self.options.deep or
                    self.done == self.options.ops)
            if deep:
                last_deep = self.done
            self.settle(deep)
            if self.done // 1000 > said:
                said = self.done // 1000
                print(f"{self.done} operations, "
                      f"{sum(self.mismatches.values())} mismatches",
                      flush=True)
        return sum(self.mismatches.values())


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


def main():
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int)
    parser.add_argument("--ops", type=int, default=300)
    parser.add_argument("--deep", type=int, default=50,
                        help="operations between two thorough checks")
    parser.add_argument("--config", help="the build's config.h")
    parser.add_argument("--port", type=int, default=161)
    parser.add_argument("--kernel-only", action="store_true",
                        help="the second opinion against the kernel alone")
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    if options.seed is None:
        options.seed = random.SystemRandom().randrange(1, 1 << 31)
    print(f"seed {options.seed}, {options.ops} operations", flush=True)
    start = time.monotonic()
    run = Run(options)
    bad = run.run()
    spent = time.monotonic() - start
    print(f"\nseed {options.seed}: {run.done} operations "
          f"({run.refused} refused in part or whole) in {spent:.0f} s; "
          f"settled {run.count['settled']} times, "
          f"{run.count['deep']} of them thoroughly, "
          f"{run.count['settled while moving']} on bonds that never rest; "
          f"slowest {run.slowest[0]:.1f} s after operation "
          f"{run.slowest[1]}")
    print("  seconds:", ", ".join(f"{name} {seconds:.0f}" for name, seconds
                                  in run.spent.items()))
    for check in (MODEL, KERNEL, SECOND, FINDINGS):
        print(f"  {check}: {run.count[check, 'bonds']} checks of bonds, "
              f"{run.count[check, 'slaves']} of slaves, "
              f"{run.mismatches[check]} mismatches")
    print(f"  left for the next thorough check: {run.count['deferred']} "
          "checks of bonds")
    print(f"  never at rest, nothing provably wrong: "
          f"{run.count['never at rest']}")
    print(f"{bad} mismatches")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
