# SPDX-License-Identifier: BSD-2-Clause
"""Whether something happened that explains an event."""

from events import (ACTIVE, BOND_ADDED, BOND_REMOVED, LOWER_DOWN, LOWER_UP,
                    SLAVE_ADDED, SLAVE_REMOVED)
from kernelview import AD

# What the kernel never does silently, and of which of the two it speaks.
OF_BOND = {ACTIVE, BOND_ADDED, BOND_REMOVED}
OF_SLAVE = {SLAVE_ADDED, SLAVE_REMOVED, LOWER_UP, LOWER_DOWN}


def steady_slaves(bond, views, epochs):
    """Those that had their link and belonged to the bond all the time, and
    that no operation was about."""
    slaves = set.intersection(*(set(view.slaves.get(bond, ()))
                                for view in views))
    about = set().union(*(epoch.about for epoch in epochs))
    broken = set().union(*(epoch.broken for epoch in epochs))
    for index in slaves - broken:
        links = [view.slaves[bond][index] for view in views]
        # A veth pair tells a speed, and has nothing below it.
        if all(link.kind == "veth" and link.lower_up and
               link.name not in about for link in links):
            yield links[-1]


def is_groundless(event, views, epochs):
    """An effectiveDown of a bond with a slave whose link serves: the design's
    section 2, where it leaves no choice. Without delays a slave that is
    linked is usable, and one is enough."""
    bonds = [view.bonds.get(event.bond) for view in views]
    about = set().union(*(epoch.about for epoch in epochs))
    for bond in bonds:
        if not bond or not bond.up or bond.name in about or \
                bond.monitor() != "mii" or bond.data["updelay"] or \
                bond.data["min_links"] > 1 or not bond.data["use_carrier"]:
            return False
    return any(True for _ in steady_slaves(event.bond, views, epochs))


def is_unprompted(event, views, epochs):
    """An effectiveDown of a bond though the kernel spoke neither of it nor of
    its slaves, and no operation was about them. What changes silently outside
    802.3ad and ARP monitoring takes nothing away: an updelay counts once."""
    heard = set().union(*(epoch.heard for epoch in epochs))
    about = set().union(*(epoch.about for epoch in epochs))
    for view in views:
        bond = view.bonds.get(event.bond)
        if not bond or bond.mode() == AD or bond.monitor() == "arp":
            return False
        slaves = view.slaves[event.bond].values()
        if any(slave.kind == "bond" or slave.below for slave in slaves) or \
                any(link.index in heard or link.name in about
                    for link in (bond, *slaves)):
            return False
    return True


def is_announced(event, epochs):
    """The kernel spoke of it in this epoch or the one before."""
    heard = set().union(*(epoch.heard for epoch in epochs))
    if event.type in OF_BOND:
        return event.bond in heard
    if event.type in OF_SLAVE:
        return event.slave in heard
    return True
