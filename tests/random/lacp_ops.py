# SPDX-License-Identifier: BSD-2-Clause
"""An 802.3ad bond whose cables go to two switches that are no MLAG: one
aggregator for each, of which the driver uses one."""

from idea import Idea, Operation

OPTIONS = "type bond mode 802.3ad miimon 20 lacp_rate fast"


def stage():
    """`two`, with a cable to a bond in each of two namespaces."""
    steps = [("ip", f"link add two {OPTIONS}")]
    for i in range(2):
        switch = f"sw{i}"
        steps += [("ip", f"netns add {switch}"),
                  (switch, f"link add lag {OPTIONS}"),
                  ("ip", f"link add w{i} type veth peer name q{i} "
                         f"netns {switch}"),
                  (switch, f"link set q{i} master lag"),
                  (switch, "link set lag up"),
                  ("ip", f"link set w{i} master two")]
    return steps + [("ip", "link set two up")]


class LacpOps(Idea):
    """Cables pulled on either side, mostly one of the two."""

    def __init__(self, seed):
        super().__init__(seed)
        self.down = {}  # cable: (tool, command that plugs it)

    def pull(self):
        """Or plug, what was pulled; about the cable alone."""
        i = self.rng.randrange(2)
        if i not in self.down and self.down and self.rng.random() < 0.85:
            i = 1 - i
        if i in self.down:
            step = self.down.pop(i)
        else:
            tool, link = self.rng.choice(((f"sw{i}", f"q{i}"),
                                          (f"sw{i}", f"q{i}"),
                                          (f"sw{i}", "lag"), ("ip", f"w{i}")))
            step = tool, f"link set {link} down"
            self.down[i] = tool, f"link set {link} up"
        return Operation(step, about=[f"w{i}", f"q{i}"])

    def swing(self):
        """From one switch to the other and back, at once."""
        self.down.clear()
        i = self.rng.randrange(2)
        steps = [(f"sw{n}", f"link set {link} up") for n in range(2)
                 for link in (f"q{n}", "lag")]
        steps += [("ip", f"link set w{n} up") for n in range(2)]
        steps += [(f"sw{i}", f"link set q{i} {state}")
                  for state in ("down", "up", "down", "up")]
        return Operation(*steps, about=["w0", "w1"])

    def delays(self):
        """Mostly none."""
        up, down = (self.rng.choice((0, 0, 0, 100)) for _ in range(2))
        return Operation(("ip", f"link set two type bond updelay {up} "
                                f"downdelay {down}"), about=["two"])
