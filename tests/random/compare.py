# SPDX-License-Identifier: BSD-2-Clause
"""Holds what the agent says against the kernel and the second opinion."""

from kernelview import SILENT, View
from second import ACTIVE_SLAVE_DOWN, DOWN, STALE, UP, Second, \
    has_real_carrier

# What a check is about.
MODEL, KERNEL, SECOND, FINDINGS = "model", "kernel", "second", "findings"


class Snapshot:
    """The kernel at one moment, and what the agent should make of it.

    `waited`: nothing has happened for longer than any updelay takes.
    `expected`: {row: {(check, column): values that are right}}.
    """

    def __init__(self, entries, now, waited=False):
        self.view, self.now = View(entries), now
        self.opinions = [Second(self.view, over)
                         for over in ((True,) if waited else (False, True))]
        self.model = self.view.rows()
        self.expected = {}
        for row, columns in self.model.items():
            self.expected[row] = {(MODEL, name): (value,)
                                  for name, value in columns.items()}
        for index in self.view.bonds:
            self._judge(index)

    def _judge(self, index):
        bond = self.view.bonds[index]
        verdicts = [o.verdict(index) for o in self.opinions]
        row = self.expected[index,]
        self._add(row, SECOND, "bondEffectiveCarrier",
                  (v.effective for v in verdicts))
        self._add(row, SECOND, "bondEffectiveReason",
                  (v.reason for v in verdicts))
        self._add(row, SECOND, "bondSlavesUsable",
                  (v.usable() for v in verdicts))
        if bond.up:
            self._add(row, SECOND, "bondWarnings",
                      (frozenset(v.warnings) for v in verdicts))
            self._add(row, KERNEL, "bondEffectiveCarrier",
                      (UP if bond.lower_up else DOWN,)
                      if has_real_carrier(self.view, index) else (None,))
        self._add(row, FINDINGS, "bondDiscrepancies",
                  (frozenset(v.kinds) for v in verdicts))
        row[FINDINGS, "bondPending"] = (frozenset(),)
        for slave in self.view.slaves[index]:
            row = self.expected[index, slave]
            self._add(row, SECOND, "bondSlaveCorrectedLink",
                      (UP if v.corrected[slave] else DOWN for v in verdicts))
            if bond.up:
                self._add(row, FINDINGS, "bondSlaveDiscrepancies",
                          (frozenset(v.slave_kinds[slave]
                                     | activity(self.view, bond, slave, v))
                           for v in verdicts))

    @staticmethod
    def _add(row, check, column, values):
        values = tuple(dict.fromkeys(values))
        if None not in values:
            row[check, column] = values

    def is_sure(self):
        """Whether nothing leaves a choice."""
        return all(len(values) == 1 for columns in self.expected.values()
                   for values in columns.values())

    def agents(self):
        """The rows of an agent that is of the second opinion: to try the
        second opinion on the kernel without any agent."""
        rows = {row: dict(columns) for row, columns in self.model.items()}
        for row, columns in self.expected.items():
            for (check, name), values in columns.items():
                if check in (SECOND, FINDINGS):
                    rows[row][name] = values[0]
        return rows

    def stale(self):
        """Bonds whose carrier is not what section 1 makes of it."""
        return [index for index in self.view.bonds
                if STALE in self.opinions[0].verdict(index).kinds]

    def touched_by(self, bonds):
        """These bonds, and those that stand on them."""
        links, touched = self.view.links, set(bonds)
        while True:
            more = {link.master for link in links.values()
                    if link.master in self.view.bonds and
                    (link.index in touched or link.below in touched)}
            more |= {link.index for link in links.values()
                     if link.below in touched}
            if more <= touched:
                return touched
            touched |= more


def activity(view, bond, slave, verdict):
    """activeSlaveDown is a finding of the bond and of that slave."""
    active = view.index_of.get(bond.data.get("active_slave"))
    return verdict.kinds & {ACTIVE_SLAVE_DOWN} if slave == active else set()


class Difference:
    """One value of the agent that nothing seen in the kernel explains."""

    def __init__(self, row, check, column, right, found):
        self.row, self.check, self.column = row, check, column
        self.right, self.found = right, found

    def __str__(self):
        right = " or ".join(show(value) for value in self.right)
        return (f"{self.check}: {self.column}"
                f".{'.'.join(str(part) for part in self.row)}: "
                f"agent {show(self.found)}, right would be {right}")

    def key(self):
        """What it is about, whatever the values."""
        return self.row, self.check, self.column


def show(value):
    """A value for people."""
    if isinstance(value, frozenset):
        return "{" + " ".join(str(bit) for bit in sorted(value)) + "}"
    if isinstance(value, bytes):
        try:
            return repr(value.decode("ascii"))
        except UnicodeDecodeError:
            return value.hex(":")
    return "absent" if value is None else str(value)


def compare(agent, snapshots, deep):
    """The differences; `deep`: also what takes time, of which the kernel
    tells nothing and which waits for its grace."""
    differences = []
    rows = set(agent).union(*(s.expected for s in snapshots))
    for row in rows:
        known = [s.expected[row] for s in snapshots if row in s.expected]
        if row not in agent:
            if len(known) == len(snapshots):
                differences.append(Difference(row, MODEL, "row", ("there",),
                                              "absent"))
            continue
        if not known:
            differences.append(Difference(row, MODEL, "row", ("absent",),
                                          "there"))
            continue
        differences += compare_row(row, agent[row], known, deep)
    return differences


def compare_row(row, found, known, deep):
    """Of one row; each value must be right in one of the moments."""
    differences = []
    for check, name in known[0]:
        if check == FINDINGS and not deep:
            continue
        if any((check, name) not in moment for moment in known):
            continue
        right = {v for moment in known for v in moment[check, name]}
        if found[name] not in right:
            differences.append(Difference(row, check, name,
                                          sorted(right, key=str),
                                          found[name]))
    return differences


def without_silent(differences, snapshot):
    """Less what the kernel changes silently, and what follows from it."""
    silent = {d.row[0] for d in differences if d.column in SILENT}
    touched = snapshot.touched_by(silent)
    return [d for d in differences if d.column not in SILENT and
            not (d.check in (SECOND, KERNEL) and d.row[0] in touched)]
