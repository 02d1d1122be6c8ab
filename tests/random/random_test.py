#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""Random operations on real bonds against an agent that is killed, stopped
and started again.

After every few of them the agent's whole model is held against iproute2's,
its effective carrier against the kernel's own where that can be trusted, and
against a second implementation of the decision; what it told meanwhile, by
event and notification, against what happened; and of bonds that rest nothing
may be told at all. Runs as root in the lab, never on a host's own bonds.
Exit: 0, or 1 with any mismatch.
"""

import argparse
import collections
import random
import sys
import time

import idea
import lacp_ops
import rest
import tap_ops
from agentview import Agent, root_of
from daemon import Daemon
from events import Reader
from ops import Generator
from report import report_told, summary
from settle import DEADLINE, Settling
from sink import Sink
from snmp import Client
from tools import Tools
from watch import Watch
from witness import Witness


class Run(Settling):
    """One run of the test."""

    def __init__(self, options):
        self.options, self.watch, daemon, agent = options, None, None, None
        if not options.kernel_only:
            self.client, root = Client(), root_of(options.config)
            agent = Agent(self.client, root)
            daemon = Daemon((options.daemon, "-f", "-L", "e",
                             "-x", f"{options.folder}/agentx",
                             "-C", f"{options.folder}/bondcarrierd.conf"),
                            f"{options.folder}/bondcarrierd.out.log")
        super().__init__(Tools(daemon), agent)
        self.refused, self.kinds = 0, collections.Counter()
        self.history = collections.deque(maxlen=4000)
        self.daemon = daemon
        self.set_the_stage()
        if agent:
            self.watch = Watch(
                agent, Reader(self.client, root), Sink(root),
                Witness(self.tools.ip.links()), daemon,
                f"{options.folder}/track")

    def set_the_stage(self):
        """What is there before the agent's first start, settled."""
        for part in (rest, idea, lacp_ops, tap_ops):
            for tool, argument in part.stage():
                error = self.tools.do(tool, argument)
                if error:
                    raise SystemExit(f"cannot set the stage: {tool} "
                                     f"{argument}: {error}")
        end = time.monotonic() + DEADLINE
        while not rest.is_calm(self.snapshot().view):
            if time.monotonic() > end:
                raise SystemExit("the bonds at rest do not come to rest")
            time.sleep(0.1)

    def operate(self, operation):
        """Carries it out and remembers it."""
        self.done += 1
        self.kinds[operation.kind] += 1
        if self.watch:
            self.watch.witness.epoch.about |= operation.about
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
        """Also holds what was told against what happened."""
        snapshot = super().settle(deep)
        if self.watch:
            start = time.monotonic()
            report_told(self, self.watch.settled(snapshot))
            self.spent["told"] += time.monotonic() - start
        return snapshot

    def run(self):
        """All operations; the number of mismatches."""
        if self.daemon:
            self.daemon.do("START")
        self.settle(True)
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
        if self.watch:
            report_told(self, self.watch.end())
        return sum(self.mismatches.values())


def main():
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int)
    parser.add_argument("--ops", type=int, default=300)
    parser.add_argument("--deep", type=int, default=50,
                        help="operations between two thorough checks")
    parser.add_argument("--config", help="the build's config.h")
    parser.add_argument("--daemon", help="bondcarrierd")
    parser.add_argument("--folder", help="where its bondcarrierd.conf is")
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
    summary(run, time.monotonic() - start)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
