# SPDX-License-Identifier: BSD-2-Clause
"""What managers were told: each raise has one clear, also over the agent's
end, and every event that is notified arrives.

A clear bears the names of its raise, whatever the bond and the slave are
called by then, and in one life of the agent its number too. Over the agent's
end the names alone decide: a number may be another bond's by then.
"""

import collections

from sink import CLEARED, EVENT_TYPES, RAISED


class Told:
    """The notifications so far. One that comes once more is forgiven if the
    agent was killed meanwhile: it cannot know that the first one arrived."""

    def __init__(self, witness, complain):
        self.witness, self.complain = witness, complain
        self.open = []      # (trap, kills) of raises
        self.closed = {}    # what a clear was about: kills at the clear
        self.kills = self.mark = 0
        self.events = {}    # index: trap

    def killed(self):
        """What comes until calm() is from before the kill or from after it:
        it may have been said once, and may be said once more."""
        self.kills += 1
        self.mark = self.kills - 1

    def calm(self):
        """What comes now is of one life of the agent."""
        self.mark = self.kills

    def tell(self, trap):
        """One that arrived."""
        if trap.event in self.events:
            self.complain(f"{trap}: came as {self.events[trap.event]} before")
        self.events[trap.event] = trap
        if trap.number == RAISED:
            self._raise(trap)
        elif trap.number == CLEARED:
            self._clear(trap)

    def _find(self, trap):
        """The raise that it is about."""
        same = [found for found in self.open
                if about(found[0]) == about(trap)]
        for found in same:
            if found[0].bond == trap.bond:
                return found
        for found in same:
            if found[1] < self.kills:
                return found
        return None

    def _raise(self, trap):
        found = self._find(trap)
        if found:
            self.open.remove(found)
            if found[1] == self.kills:
                self.complain(f"{trap}: raised again")
        self.open.append((trap, self.mark))

    def _clear(self, trap):
        found = self._find(trap)
        if found:
            self.open.remove(found)
        elif self.closed.get(about(trap), self.kills) == self.kills:
            self.complain(f"{trap}: it was not raised")
        self.closed[about(trap)] = self.mark

    def matches(self, event):
        """Whether its notification says the same; None: there is none."""
        trap = self.events.get(event.index)
        if trap is None:
            return None
        return (EVENT_TYPES[trap.number], trap.kind, trap.bond,
                trap.bond_name, trap.slave_name) == (
                    event.type, event.kind, event.bond, event.bond_name,
                    event.slave_name)

    def compare(self, raised, names):
        """With nothing on its way: open is what is raised. `names`: of the
        bonds that are."""
        left = collections.Counter((bond, kind) for bond, kind, _ in raised)
        for trap, _ in self.open:
            bond = next((index for index in (trap.bond, *names)
                         if left.get((index, trap.kind)) and trap.bond_name in
                         self.witness.names(index, names[index])), None)
            if bond is None:
                self.complain(f"{trap}: never cleared")
            else:
                left[bond, trap.kind] -= 1
        for (bond, kind), count in left.items():
            if count:
                self.complain(f"kind {kind} of bond {bond}: {count} raises "
                              "that nobody was told of")


def about(trap):
    """What a raise and its clear have in common."""
    return trap.kind, trap.bond_name, trap.slave_name
