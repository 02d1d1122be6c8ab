# SPDX-License-Identifier: BSD-2-Clause
"""A second opinion on what a bond's carrier is, and what it should be.

Written from the design's words and in another language than the agent, so
that a mistake in one is not a mistake in both. Knows only a `View`.
"""

from kernelview import AD, MII_BACK, MII_DOWN, MII_UP, MII

UP, DOWN = 1, 2
LINK_UP, ADMIN_DOWN, NO_SLAVES, NO_SLAVE_UP, MIN_LINKS, NO_AGGREGATOR = \
    range(1, 7)

# BITS bondDiscrepancies
(FALSE_UP, FALSE_DOWN, OPER_STATUS, STALE, ACTIVE_SLAVE_DOWN, NO_PARTNER,
 SPLIT, SLAVE_FALSE_UP, SLAVE_FALSE_DOWN, NOT_OPERATIONAL) = range(10)
# BITS bondWarnings
UNMONITORED, UNVERIFIED, MIN_LINKS_IGNORED, ARP_DOWN, DEGRADED = range(5)

DEPTH = 8  # of links on links; the kernel has the same limit


class Verdict:
    """What one bond should say of itself."""

    def __init__(self):
        self.effective = DOWN
        self.reason = None      # None: the design leaves a choice
        self.corrected = {}     # slave: bool
        self.kinds = set()
        self.slave_kinds = {}   # slave: set
        self.warnings = set()

    def usable(self):
        """How many slaves are corrected up."""
        return sum(self.corrected.values())


class Second:
    """Judges the bonds of one view.

    `back_is_up`: a slave in BACK has waited out its updelay. A view does not
    say since when it waits, so both answers may have to be asked for.
    """

    def __init__(self, view, back_is_up=False):
        self.view, self.back_is_up = view, back_is_up
        self.verdicts = {}

    def verdict(self, index, depth=0):
        """The bond's, remembered."""
        if index not in self.verdicts:
            self.verdicts[index] = self._judge(index, depth)
        return self.verdicts[index]

    def kernel_carrier(self, index):
        """What bond_set_carrier makes of the kernel's own beliefs."""
        bond, slaves = self.view.bonds[index], self.view.slaves[index]
        if not slaves:
            return False
        if bond.mode() != AD:
            return any(mii(slave) == MII_UP for slave in slaves.values())
        info = bond.data.get("ad_info")
        return bool(info) and info["num_ports"] >= bond.data["min_links"]

    def real_link(self, link, depth=0):
        """LOWER_UP, unless what the link stands on says otherwise."""
        if not link.lower_up or depth > DEPTH:
            return False
        if link.kind == "bond":
            return self.verdict(link.index, depth + 1).effective == UP
        below = self.view.links.get(link.below)
        return below is None or self.real_link(below, depth + 1)

    def _judge(self, index, depth):
        bond, slaves = self.view.bonds[index], self.view.slaves[index]
        verdict = Verdict()
        real = {s: self.real_link(slave, depth)
                for s, slave in slaves.items()}
        for s, slave in slaves.items():
            verdict.corrected[s] = (real[s] and
                                    self._believed(bond.monitor(), slave))
        verdict.effective, verdict.reason = decide(bond, slaves,
                                                   verdict.corrected)
        if bond.up:
            self._kinds(verdict, bond, slaves, real)
            warn(verdict, bond, slaves, real)
        return verdict

    def _believed(self, monitor, slave):
        if monitor == "arp":
            return mii(slave) == MII_UP
        if monitor == "mii":
            return self.back_is_up or mii(slave) != MII_BACK
        return True

    def _kinds(self, verdict, bond, slaves, real):
        effective = verdict.effective == UP
        kinds = verdict.kinds
        if bond.running and not effective:
            kinds.add(FALSE_UP)
        if effective and not bond.running:
            kinds.add(FALSE_DOWN)
        if bond.running != bond.lower_up:
            kinds.add(OPER_STATUS)
        if bond.lower_up != self.kernel_carrier(bond.index):
            kinds.add(STALE)
        active = self.view.index_of.get(bond.data.get("active_slave"))
        if active in slaves and not real[active] and any(real.values()):
            kinds.add(ACTIVE_SLAVE_DOWN)
        info = bond.data.get("ad_info") if bond.mode() == AD else None
        if info and not int(info["partner_mac"].replace(":", ""), 16):
            kinds.add(NO_PARTNER)
        for s, slave in slaves.items():
            own = verdict.slave_kinds[s] = set()
            if info and real[s] and aggregator(slave) != info["aggregator"]:
                own.add(SPLIT)
            if mii(slave) == MII_UP and not real[s]:
                own.add(SLAVE_FALSE_UP)
            if (real[s] and mii(slave) == MII_DOWN and
                    bond.monitor() != "arp"):
                own.add(SLAVE_FALSE_DOWN)
            if real[s] and not slave.running:
                own.add(NOT_OPERATIONAL)
            kinds |= own


def mii(slave):
    """What the bonding driver believes of the slave."""
    return MII[slave.slave["mii_status"]]


def aggregator(slave):
    """The slave's aggregator; None outside 802.3ad."""
    return slave.slave.get("ad_aggregator_id")


def decide(bond, slaves, corrected):
    """The effective carrier and, where the design names one, the reason."""
    if not bond.up:
        return DOWN, ADMIN_DOWN
    if not slaves:
        return DOWN, NO_SLAVES
    if bond.mode() != AD:
        if any(corrected.values()):
            return UP, LINK_UP
        return DOWN, NO_SLAVE_UP
    links = {}
    for s, slave in slaves.items():
        links.setdefault(aggregator(slave), []).append(corrected[s])
    info = bond.data.get("ad_info")
    if info:
        usable = sum(links.get(info["aggregator"], ()))
    else:
        usable = max(sum(group) for group in links.values())
    if usable >= max(1, bond.data["min_links"]):
        return UP, LINK_UP
    if usable:
        return DOWN, MIN_LINKS
    return DOWN, None


def warn(verdict, bond, slaves, real):
    """The warnings."""
    monitor = bond.monitor()
    if monitor is None:
        verdict.warnings.add(UNMONITORED)
    if bond.data["min_links"] and bond.mode() != AD:
        verdict.warnings.add(MIN_LINKS_IGNORED)
    for s, slave in slaves.items():
        if real[s] and slave.operstate == "UNKNOWN":
            verdict.warnings.add(UNVERIFIED)
        if real[s] and monitor == "arp" and mii(slave) != MII_UP:
            verdict.warnings.add(ARP_DOWN)
        if not verdict.corrected[s]:
            verdict.warnings.add(DEGRADED)


def has_real_carrier(view, index):
    """Whether the kernel's own carrier of this bond is to be trusted: MII,
    and every slave a device that tells of its link, with a known speed where
    the mode wants one."""
    bond, slaves = view.bonds[index], view.slaves[index]
    if not bond.up or bond.monitor() != "mii" or not bond.data["use_carrier"]:
        return False
    kinds = {"veth"}  # tells a speed, always
    if bond.mode() not in (AD, "balance-tlb", "balance-alb"):
        kinds.add("dummy")
    return all(slave.kind in kinds for slave in slaves.values())
