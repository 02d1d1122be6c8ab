# SPDX-License-Identifier: BSD-2-Clause
"""Bonds that rest: made before the agent's first start, never touched.

Nothing may be told of them, and nothing that the agent says of them changes,
whatever happens beside them.
"""

import os

# How the agent came to its values; they begin again with each start.
HISTORY = {"bondEffectiveLastChange", "bondEffectiveTransitions",
           "bondDiscrepancyLastChange", "bondDiscrepancyRaises",
           "bondActiveSlaveChanges", "bondDiscontinuityTime",
           "bondSlaveLowerUpTransitions", "bondSlaveLowerUpLastChange",
           "bondSlaveDiscontinuityTime"}
PREFIX = "rest"
# Numbers below, between and above those of the bonds that are not at rest.
BONDS = (("rest-ab", 60, "active-backup miimon 100", 2),
         ("rest-rr", 901, "balance-rr miimon 100", 2),
         ("rest-ad", 5000, "802.3ad miimon 100 lacp_rate slow", 2),
         ("rest-lie", 30000, "active-backup miimon 0", 1))
IN_STEP = 0x3C  # aggregating, in sync, collecting, distributing


def stage():
    """Steps that make them; `calm` is what they are connected with."""
    steps = [("ip", "netns add calm"),
             ("calm", "link add partner type bond mode 802.3ad miimon 100")]
    cable = 0
    for bond, index, options, count in BONDS:
        steps.append(("ip", f"link add {bond} index {index} type bond "
                            f"mode {options}"))
        for _ in range(count):
            near, far = f"rest{cable}", f"calm{cable}"
            cable += 1
            steps += [("ip", f"link add {near} type veth peer name {far} "
                             "netns calm"),
                      ("ip", f"link set {near} master {bond}")]
            if bond == "rest-ad":
                steps.append(("calm", f"link set {far} master partner"))
            elif bond != "rest-lie":
                steps.append(("calm", f"link set {far} up"))
        steps.append(("ip", f"link set {bond} up"))
    return steps + [("calm", "link set partner up")]


def is_calm(view):
    """They have settled: each is up, and the partners know each other."""
    for name, _, options, count in BONDS:
        index = view.index_of.get(name)
        bond, slaves = view.bonds.get(index), view.slaves.get(index, {})
        if not bond or not bond.lower_up or len(slaves) < count:
            return False
        if "miimon 0" not in options and not all(
                slave.lower_up and slave.slave["mii_status"] == "UP"
                for slave in slaves.values()):
            return False
        if "802.3ad" in options and not all(
                slave.slave[f"ad_{end}_oper_port_state"] & IN_STEP == IN_STEP
                for slave in slaves.values() for end in ("actor", "partner")):
            return False
    return True


class Rest:
    """What was known of them when all was quiet, against what is now."""

    def __init__(self, folder):
        self.folder, self.files = folder, None
        self.known, self.history = None, None
        self.checked = 0

    def restarted(self):
        """The agent's history of them begins again."""
        self.history = None

    @staticmethod
    def own(rows):
        """The rows of bonds at rest."""
        indexes = {index for _, index, _, _ in BONDS}
        return {row: columns for row, columns in rows.items()
                if row[0] in indexes}

    def changes(self, rows):
        """What changed, as texts, each once; the first look learns."""
        rows = self.own(rows)
        state = {(row, name): value for row, columns in rows.items()
                 for name, value in columns.items() if name not in HISTORY}
        history = {(row, name): value for row, columns in rows.items()
                   for name, value in columns.items() if name in HISTORY}
        files = {name: self._file(name) for name, _, _, _ in BONDS}
        if self.known is None:
            self.known, self.files = state, files
        if self.history is None:
            self.history = history
        self.checked += len(state) + len(history) + len(files)
        for known, now in ((self.known, state), (self.history, history),
                           (self.files, files)):
            for key in known.keys() | now.keys():
                if known.get(key) != now.get(key):
                    yield f"{key}: {known.get(key)}, now {now.get(key)}"
        self.known, self.history, self.files = state, history, files

    def _file(self, name):
        """A file that is written again has another inode."""
        path = os.path.join(self.folder, name)
        try:
            with open(path, encoding="ascii") as file:
                status = os.fstat(file.fileno())
                return file.read(), status.st_ino, status.st_mtime_ns
        except OSError as error:
            return str(error)
