# SPDX-License-Identifier: BSD-2-Clause
"""What the generator of random operations believes to be there.

An operation is a list of steps (tool, argument): "ip" a command of iproute2,
"else" the same if the step before was refused, "tc" a command of tc, "sys" a
pair (path under /sys/class/net, text), "tap" (name, what, value) of taps.py,
"again" (name, new name, kind) a link deleted and made with the same ifindex,
"agent" START or a signal; any other tool is a command of iproute2 in the
namespace of that name.
"""

import random

BONDS = 5
PAIRS = 8          # v0 ... and their peers p0 ...
FAR = 3            # so many peers are in the other namespace, on a bridge
DUMMIES = 3
TAPS = ("tap0", "tap1", "tap2")
MODES = ("balance-rr", "active-backup", "active-backup", "balance-xor",
         "broadcast", "802.3ad", "802.3ad", "balance-tlb", "balance-alb")


class Operation:
    """What to do, and which devices it is about (for the history)."""

    def __init__(self, *steps, about=()):
        self.steps, self.about, self.kind = steps, set(about), None

    def __str__(self):
        return "; ".join(
            f"echo {step[1]} > {step[0]}" if tool == "sys" else
            " ".join((tool, *map(str, step if isinstance(step, tuple)
                                 else (step,)))) for tool, step in self.steps)


def stage():
    """What is there before the first operation."""
    steps = [("ip", "netns add far"), ("far", "link set lo up"),
             ("far", "link add br0 type bridge"),
             ("far", "link set br0 up"),
             ("far", "addr add 10.99.0.254/24 dev br0")]
    for i in range(PAIRS):
        steps += cable(i)
    for i in range(DUMMIES):
        steps.append(("ip", f"link add d{i} type dummy"))
    return steps


def cable(i, index=""):
    """A veth pair; the peers of the first ones are ports of a switch."""
    tool = "far" if i < FAR else "ip"
    steps = []
    for tried in (index, "") if index else ("",):
        steps.append(("else" if steps else "ip",
                      f"link add v{i} {tried} type veth peer name p{i}" +
                      " netns far" * (i < FAR)))
    if i < FAR:
        steps.append((tool, f"link set p{i} master br0"))
    return steps + [(tool, f"link set p{i} up")]


class Idea:
    """Bonds, slaves and what stands on what, if nothing is refused."""

    def __init__(self, seed):
        self.rng = random.Random(seed)
        self.bonds = {}       # name: mode
        self.master = {}      # device: bond
        self.uppers = {}      # VLAN or macvlan: its lower device
        self.names = [f"v{i}" for i in range(PAIRS)]  # renamed ones too
        self.indexes = []     # of links that were deleted, perhaps free
        self.next_index = 1000

    def bond(self):
        """One that should exist, or None."""
        return self.rng.choice(sorted(self.bonds)) if self.bonds else None

    def port(self):
        """A device that may become a slave, more often a free one."""
        devices = (self.names + [f"d{i}" for i in range(DUMMIES)] +
                   sorted(self.uppers) + ["p6", "p7", *TAPS])
        free = [device for device in devices if device not in self.master]
        if free and self.rng.random() < 0.9:
            return self.rng.choice(free)
        return self.rng.choice(devices)

    def slave(self):
        """A slave of some bond, or None."""
        return self.rng.choice(sorted(self.master)) if self.master else None

    def slaves_of(self, bond):
        """Those that it should have."""
        return sorted(d for d, b in self.master.items() if b == bond)

    def index(self):
        """"index N" in a third of the cases, mostly one used before."""
        chance = self.rng.random()
        if chance < 0.25 and self.indexes:
            return f"index {self.rng.choice(self.indexes)}"
        if chance < 0.4:
            self.next_index += 1
            self.indexes = (self.indexes + [self.next_index])[-6:]
            return f"index {self.next_index}"
        return ""

    def forget(self, device):
        """It is deleted: so are those on top, and its slaves are free."""
        self.bonds.pop(device, None)
        self.master.pop(device, None)
        self.uppers.pop(device, None)
        for slave in self.slaves_of(device):
            del self.master[slave]
        for upper in [u for u, lower in self.uppers.items()
                      if lower == device]:
            self.forget(upper)
