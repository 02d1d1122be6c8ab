# SPDX-License-Identifier: BSD-2-Clause
"""The agent does not look: it is stopped, or killed and started again, and
things happen meanwhile."""

from idea import FAR, PAIRS, Idea, Operation
from options import bond_options


class AgentOps(Idea):
    """Needs `any_operation` of the generator."""

    def unseen(self, steps, about):
        """What happens while it is stopped, or dead."""
        before, after = self.rng.choice((("STOP", "CONT"), ("STOP", "CONT"),
                                         ("KILL", "START"),
                                         ("TERM", "START")))
        return Operation(("agent", before), *steps, ("agent", after),
                         about=about)

    def kill(self):
        """At any time, which is now."""
        signal = self.rng.choice(("KILL", "KILL", "TERM"))
        return Operation(("agent", signal), ("agent", "START"))

    def absent(self):
        """Some operations that it does not see."""
        operations = [self.any_operation()
                      for _ in range(self.rng.choice((1, 2, 4)))]
        return self.unseen([step for o in operations for step in o.steps],
                           set().union(*(o.about for o in operations)))

    def bond_again(self):
        """A bond is deleted and made again with the same ifindex, under the
        same name or another one, perhaps with the same slaves."""
        old = self.bond()
        if old is None:
            return None
        slaves, new = self.slaves_of(old), old
        free = [name for name in ("b0", "b1", "b2", "b3", "b4")
                if name not in self.bonds]
        if free and self.rng.random() < 0.5:
            new = self.rng.choice(free)
        self.forget(old)
        mode = self.rng.choice(("balance-rr", "active-backup", "802.3ad"))
        self.bonds[new] = mode
        steps = [("again", (old, new, f"type bond mode {mode} " +
                            bond_options(self.rng, mode)))]
        for slave in slaves if self.rng.random() < 0.6 else ():
            self.master[slave] = new
            steps += [("ip", f"link set {slave} down"),
                      ("ip", f"link set {slave} master {new}")]
        steps.append(("ip", f"link set {new} up"))
        return self.unseen(steps, [old, new] + slaves)

    def slave_again(self):
        """The same of a slave, which mostly is one again."""
        slaves = [i for i in range(PAIRS) if self.names[i] in self.master]
        if not slaves:
            return None
        i = self.rng.choice(slaves)
        old, new = self.names[i], f"v{i}"
        bond, self.names[i] = self.master[old], new
        self.forget(f"p{i}")
        self.forget(old)
        far = i < FAR
        steps = [("again", (old, new, f"type veth peer name p{i}" +
                            " netns far" * far))]
        if far:
            steps.append(("far", f"link set p{i} master br0"))
        steps.append(("far" if far else "ip", f"link set p{i} up"))
        if self.rng.random() < 0.7:
            self.master[new] = bond
            steps.append(("ip", f"link set {new} master {bond}"))
        return self.unseen(steps, [old, new, f"p{i}", bond])
