# SPDX-License-Identifier: BSD-2-Clause
"""The agent's bondTable and bondSlaveTable, whole, in the MIB's terms."""

BOND_COLUMNS = (
    "bondIfIndex bondName bondMode bondAdminStatus bondOperStatus bondRunning "
    "bondLowerUp bondEffectiveCarrier bondEffectiveReason "
    "bondEffectiveLastChange bondEffectiveTransitions bondDiscrepancies "
    "bondPending bondWarnings bondDiscrepancyLastChange "
    "bondDiscrepancyRaises bondSlaveCount bondSlavesLowerUp "
    "bondSlavesUsable bondActiveSlave bondPrimarySlave "
    "bondActiveSlaveChanges bondLinkMonitor bondMonitorInterval bondUpDelay "
    "bondDownDelay bondUseCarrier bondMinLinks bondLacpRate "
    "bondAggregatorId bondAggregatorPorts bondActorKey bondPartnerKey "
    "bondPartnerMac bondDiscontinuityTime").split()
SLAVE_COLUMNS = (
    "bondSlaveIfIndex bondSlaveName bondSlaveAdminStatus bondSlaveOperStatus "
    "bondSlaveRunning bondSlaveLowerUp bondSlaveMiiStatus "
    "bondSlaveCorrectedLink bondSlaveState bondSlaveDiscrepancies "
    "bondSlaveLinkFailures bondSlaveLowerUpTransitions "
    "bondSlaveLowerUpLastChange bondSlavePermanentMac bondSlaveAggregatorId "
    "bondSlaveActorState bondSlavePartnerState bondSlavePriority "
    "bondSlaveQueueId bondSlaveDiscontinuityTime").split()
# Kept as sets of numbers; the LACP states are compared as octets.
BITS = {"bondDiscrepancies", "bondPending", "bondWarnings",
        "bondSlaveDiscrepancies"}


def root_of(config_h):
    """The MIB's root, from the build's config.h."""
    with open(config_h, encoding="ascii") as lines:
        for line in lines:
            if line.startswith("#define BOND_MIB_ROOT_TEXT "):
                return tuple(int(part) for part in
                             line.split('"')[1].strip(".").split("."))
    raise SystemExit(f"{config_h} has no BOND_MIB_ROOT_TEXT")


def bits(value):
    """The set of numbers that are on in a BITS; the first is 0."""
    return frozenset(8 * i + bit for i, octet in enumerate(value or b"")
            for bit in range(8) if octet & (0x80 >> bit))


class Agent:
    """What a manager sees."""

    def __init__(self, client, root):
        self.client = client
        self.bond_entry = root + (1, 4, 1)
        self.slave_entry = root + (1, 5, 1)
        self.discrepancy_entry = root + (1, 6, 1)
        self.root = root
        self.bonds, self.slaves = 8, 16  # rows to expect

    def rows(self):
        """{(bond,): columns, (bond, slave): columns}; absent is None."""
        bonds = self.client.table(self.bond_entry,
                                  range(2, len(BOND_COLUMNS) + 1),
                                  self.bonds + 1)
        slaves = self.client.table(self.slave_entry,
                                   range(2, len(SLAVE_COLUMNS) + 1),
                                   self.slaves + 1)
        self.bonds, self.slaves = len(bonds), len(slaves)
        named = {}
        for names, rows in ((BOND_COLUMNS, bonds), (SLAVE_COLUMNS, slaves)):
            for index, row in rows.items():
                named[index] = {name: row.get(column) for column, name
                                in enumerate(names, 1)}
                for name in BITS & named[index].keys():
                    named[index][name] = bits(named[index][name])
        return named

    def raised(self):
        """{(bond, kind, slave)}, of bondDiscrepancyTable."""
        return set(self.client.table(self.discrepancy_entry, (3,)))

    def scalars(self):
        """bondEventLastIndex and bondAgentOverruns."""
        return self.client.scalars(self.root + (1, 1, 7),
                                   self.root + (1, 2, 4))
