# SPDX-License-Identifier: BSD-2-Clause
"""bondEventTable: its rows as events.

Read incrementally, so that a table that is full loses nothing.
"""

import collections

(EFFECTIVE_UP, EFFECTIVE_DOWN, RAISED, CLEARED, ACTIVE, BOND_ADDED,
 BOND_REMOVED, SLAVE_ADDED, SLAVE_REMOVED, LOWER_UP, LOWER_DOWN) = \
    range(1, 12)
NAMES = ("", "effectiveUp", "effectiveDown", "discrepancyRaised",
         "discrepancyCleared", "activeSlaveChanged", "bondAdded",
         "bondRemoved", "slaveAdded", "slaveRemoved", "slaveLowerUp",
         "slaveLowerDown")
COLUMNS = range(4, 10)


class Event(collections.namedtuple(
        "Event", "index type kind bond slave bond_name slave_name")):
    """A row."""

    def __str__(self):
        kind = f" kind {self.kind}" if self.kind else ""
        return (f"event {self.index} {NAMES[self.type]}{kind} of bond "
                f"{self.bond} {self.bond_name} slave {self.slave} "
                f"{self.slave_name}")


class Reader:
    """Each row once."""

    def __init__(self, client, root):
        self.client, self.entry, self.last = client, root + (1, 7, 1), 0

    def read(self):
        """Those that are new."""
        rows = self.client.table(self.entry, COLUMNS, after=(self.last,))
        events = [Event(index, row[4], row[5], row[6], row[7],
                        row[8].decode(), row[9].decode())
                  for (index,), row in sorted(rows.items()) if len(row) == 6]
        if events:
            self.last = events[-1].index
        return events
