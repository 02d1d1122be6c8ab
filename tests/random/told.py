# SPDX-License-Identifier: BSD-2-Clause
"""What managers were told: each raise has one clear, also over the agent's
end, and every event that is notified arrives."""

import collections

from sink import CLEARED, EVENT_TYPES, RAISED


class Told:
    """The notifications so far. One that comes once more is forgiven if the
    agent was killed meanwhile: it cannot know that the first one arrived."""

    def __init__(self, witness, complain):
        self.witness, self.complain = witness, complain
        self.open = []      # (trap, kills) of raises
        self.former = []    # raises that came again under another name
        self.closed = {}    # (bond, kind, slave name): kills at the clear
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

    def _find(self, trap, looser=False):
        """The raise that it is about: of the same device, though it may have
        another name by now; over a kill, of one with the same names.
        `looser`: or of any slave that the agent took for it."""
        same = [found for found in self.open if found[0].kind == trap.kind]
        older = [(raise_, kills) for raise_, kills in same
                 if kills < self.kills]
        for found in same:
            if found[0].bond == trap.bond and self._named(found[0], trap):
                return found
        for found in older:
            if (found[0].bond_name, found[0].slave_name) == \
                    (trap.bond_name, trap.slave_name):
                return found
        for found in older if looser else ():
            if trap.bond == found[0].bond or \
                    trap.bond_name == found[0].bond_name:
                return found
        return None

    def _named(self, raise_, trap):
        return (trap.bond_name in
                self.witness.names(raise_.bond, raise_.bond_name) and
                trap.slave_name in self._names(raise_.slave_name))

    def _names(self, slave_name):
        """What a slave of that name may be called too."""
        return {slave_name}.union(
            *(life for lives in self.witness.lives.values()
              for life in lives if slave_name in life))

    def _raise(self, trap):
        found = self._find(trap)
        if found:
            self.open.remove(found)
            if found[1] == self.kills:
                self.complain(f"{trap}: raised again")
            elif found[0].bond_name != trap.bond_name:
                # Renamed, and another bond had its name when the agent began
                # again: that one clears what was raised under the name.
                self.former.append(found[0][2:])
        self.open.append((trap, self.mark))

    def _clear(self, trap):
        found = self._find(trap, looser=True)
        key = trap.bond, trap.kind, trap.slave_name
        if found:
            self.open.remove(found)
        elif any(former[1:] == trap[3:] for former in self.former):
            self.former = [former for former in self.former
                           if former[1:] != trap[3:]]
        elif self.closed.get(key, self.kills) == self.kills:
            self.complain(f"{trap}: it was not raised")
        self.closed[key] = self.mark

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
            bond = next((index for index in (trap.bond, names.get(
                trap.bond_name)) if left.get((index, trap.kind))), None)
            if bond is None:
                self.complain(f"{trap}: never cleared")
            else:
                left[bond, trap.kind] -= 1
        for (bond, kind), count in left.items():
            if count:
                self.complain(f"kind {kind} of bond {bond}: {count} raises "
                              "that nobody was told of")
