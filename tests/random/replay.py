# SPDX-License-Identifier: BSD-2-Clause
"""The events, replayed on what was known before them, give what is known now:
nothing is left out, told twice, or told under another's name."""

from events import (ACTIVE, BOND_ADDED, BOND_REMOVED, CLEARED, EFFECTIVE_DOWN,
                    EFFECTIVE_UP, LOWER_DOWN, LOWER_UP, RAISED, SLAVE_ADDED,
                    SLAVE_REMOVED)

UP, DOWN, UNKNOWN = 1, 2, 3
BOND = ("bondEffectiveCarrier", "bondEffectiveTransitions", "bondActiveSlave",
        "bondActiveSlaveChanges", "bondDiscrepancyRaises")
SLAVE = ("bondSlaveLowerUp", "bondSlaveLowerUpTransitions")
# Of a bond or slave that an event adds: its counters begin.
NEW_BOND = dict(zip(BOND, (None, 0, None, 0, 0)))
NEW_SLAVE = dict(zip(SLAVE, (None, 0)))


class Replay:
    """What follows for each bond and slave. `complain` is called with what is
    wrong."""

    def __init__(self, rows, raised, complain):
        self.complain = complain
        self.rows = {row: {name: columns[name] for name in
                           (BOND if len(row) == 1 else SLAVE)}
                     for row, columns in rows.items()}
        self.raised = {key: (None, None) for key in raised}
        self.steps = {
            BOND_ADDED: self._bond_added, BOND_REMOVED: self._bond_removed,
            SLAVE_ADDED: self._slave_added,
            SLAVE_REMOVED: self._slave_removed,
            RAISED: self._raise, CLEARED: self._clear, ACTIVE: self._active,
            EFFECTIVE_UP: self._effective, EFFECTIVE_DOWN: self._effective,
            LOWER_UP: self._lower, LOWER_DOWN: self._lower}

    def apply(self, event):
        """One event more."""
        if event.type != BOND_ADDED and (event.bond,) not in self.rows:
            self.complain(f"{event}: there is no such bond")
        elif (event.type in (SLAVE_REMOVED, LOWER_UP, LOWER_DOWN) and
              (event.bond, event.slave) not in self.rows):
            self.complain(f"{event}: it is no slave of that bond")
        else:
            self.steps[event.type](event)

    def _add(self, event, row, columns):
        if row in self.rows:
            self.complain(f"{event}: it was there")
        self.rows[row] = dict(columns)

    def _bond_added(self, event):
        self._add(event, (event.bond,), NEW_BOND)

    def _slave_added(self, event):
        self._add(event, (event.bond, event.slave), NEW_SLAVE)

    def _slave_removed(self, event):
        del self.rows[event.bond, event.slave]

    def _bond_removed(self, event):
        left = [key for key in [*self.rows, *self.raised]
                if key[0] == event.bond and len(key) > 1]
        if left:
            self.complain(f"{event}: {left} are left")
        self.rows = {row: columns for row, columns in self.rows.items()
                     if row[0] != event.bond}
        self.raised = {key: names for key, names in self.raised.items()
                       if key[0] != event.bond}

    def _raise(self, event):
        key = event.bond, event.kind, event.slave
        if key in self.raised:
            self.complain(f"{event}: it was raised")
        self.raised[key] = event.bond_name, event.slave_name
        self.rows[event.bond,]["bondDiscrepancyRaises"] += 1

    def _clear(self, event):
        key = event.bond, event.kind, event.slave
        if key not in self.raised:
            self.complain(f"{event}: it was not raised")
            return
        names = self.raised.pop(key)
        # Raised before anybody listened: see told.py.
        if None not in names and names != (event.bond_name, event.slave_name):
            self.complain(f"{event}: it was raised as {names}")

    def _active(self, event):
        row = self.rows[event.bond,]
        if row["bondActiveSlave"] == event.slave:
            self.complain(f"{event}: it was active")
        row["bondActiveSlave"] = event.slave
        row["bondActiveSlaveChanges"] += 1

    def _turn(self, event, row, name, value):
        if self.rows[row][name] == value:
            self.complain(f"{event}: it was")
        self.rows[row][name] = value
        transitions = ("bondEffectiveTransitions" if len(row) == 1
                       else "bondSlaveLowerUpTransitions")
        self.rows[row][transitions] += 1

    def _effective(self, event):
        self._turn(event, (event.bond,), "bondEffectiveCarrier",
                   UP if event.type == EFFECTIVE_UP else DOWN)

    def _lower(self, event):
        self._turn(event, (event.bond, event.slave), "bondSlaveLowerUp",
                   UP if event.type == LOWER_UP else DOWN)

    def compare(self, rows, raised):
        """Holds it against what the agent says now. What no event has told
        of is learned."""
        for row in self.rows.keys() ^ rows.keys():
            self.complain(f"row {row} is there by the "
                          f"{'events' if row in self.rows else 'tables'} "
                          "alone")
        for row in self.rows.keys() & rows.keys():
            for name, value in self.rows[row].items():
                if not self._agree(name, value, rows[row][name]):
                    self.complain(f"{name}.{row} is {rows[row][name]}, by "
                                  f"the events {value}")
        for key in self.raised.keys() ^ raised:
            self.complain(f"(bond, kind, slave) {key} is raised by the "
                          f"{'table' if key in raised else 'events'} alone")
        self.rows = {row: {name: columns[name] for name in
                           (BOND if len(row) == 1 else SLAVE)}
                     for row, columns in rows.items()}
        self.raised = {key: self.raised.get(key, (None, None))
                       for key in raised}

    @staticmethod
    def _agree(name, told, found):
        if name == "bondEffectiveCarrier":
            # Not known is no event, neither to it nor back.
            return told is None or UNKNOWN in (told, found) or told == found
        return told is None or told == (found or 0)
