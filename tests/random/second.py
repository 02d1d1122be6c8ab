# SPDX-License-Identifier: BSD-2-Clause
"""A second opinion on what a bond's carrier is, and what it should be.

Written from the design's words and in another language than the agent, so
that a mistake in one is not a mistake in both. Knows only a `View`.
"""

from kernelview import AD, MII_BACK, MII_DOWN, MII_FAIL, MII_UP, MII

UP, DOWN = 1, 2
(LINK_UP, ADMIN_DOWN, NO_SLAVES, NO_SLAVE_UP, MIN_LINKS, NO_AGGREGATOR,
 NOT_SYNCHRONISED, NOT_DISTRIBUTING, PORTS_DISABLED) = range(1, 10)

COLLECTING_AND_DISTRIBUTING = 0x30  # of LACP's actor state

# BITS bondDiscrepancies
(FALSE_UP, FALSE_DOWN, OPER_STATUS, STALE, ACTIVE_SLAVE_DOWN, NO_PARTNER,
 SPLIT, SLAVE_FALSE_UP, SLAVE_FALSE_DOWN, NOT_OPERATIONAL) = range(10)
# BITS bondWarnings
(UNMONITORED, UNVERIFIED, MIN_LINKS_IGNORED, ARP_DOWN, DEGRADED,
 SLOW_MONITOR) = range(6)

SLOW_MS = 10000    # a monitor's lag beyond it is a warning
MISSED_MAX = 2     # of ARP monitoring, where the kernel has no such option
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

    `waited`: what the driver takes its time for is over: a slave has waited
    out its updelay, and a port that is disabled stays so. A view does not say
    since when they wait, so both answers may have to be asked for.
    `strict`: the agent's strictLacp.
    """

    def __init__(self, view, waited=False, strict=False):
        self.view, self.waited, self.strict = view, waited, strict
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
        if info and is_torn(info, slaves):
            return None
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
                                    self._believed(bond, slave))
        verdict.effective, verdict.reason = self._decide(
            bond, slaves, verdict.corrected)
        if bond.up:
            self._kinds(verdict, bond, slaves, real)
            warn(verdict, bond, slaves, real)
        return verdict

    def _held(self, bond, slave):
        """Whether an updelay holds back a slave that has a link: it counts
        from when the kernel could see that, as BACK or while it still says
        DOWN."""
        return (bond.monitor() == "mii" and bond.data["updelay"] > 0 and
                not self.waited and mii(slave) in (MII_DOWN, MII_BACK))

    def _believed(self, bond, slave):
        if bond.monitor() == "arp":
            return mii(slave) == MII_UP
        return not self._held(bond, slave)

    def _decide(self, bond, slaves, corrected):
        if not bond.up:
            return DOWN, ADMIN_DOWN
        if not slaves:
            return DOWN, NO_SLAVES
        if not any(corrected.values()):
            return DOWN, NO_SLAVE_UP
        if bond.mode() == AD:
            return self._decide_8023ad(bond, slaves, corrected)
        return UP, LINK_UP

    def _decide_8023ad(self, bond, slaves, corrected):
        groups = {}
        for s, slave in slaves.items():
            if aggregator(slave) and corrected[s]:
                groups.setdefault(aggregator(slave), []).append(slave)
        if not groups:
            return DOWN, NO_AGGREGATOR
        counting = {group: [slave for slave in members
                            if not self.strict or distributes(slave)]
                    for group, members in groups.items()}
        # The active aggregator; the best that is left, where that has no link.
        info = bond.data.get("ad_info")
        active = info["aggregator"] if info else None
        if active not in groups:
            active = max(groups, key=lambda group: (len(counting[group]),
                                                    len(groups[group])))
        if info and info["num_ports"] == 0 and self.waited:
            return DOWN, PORTS_DISABLED
        if len(counting[active]) >= max(1, bond.data["min_links"]):
            return UP, LINK_UP
        return DOWN, MIN_LINKS if counting[active] else NOT_DISTRIBUTING

    def _kinds(self, verdict, bond, slaves, real):
        effective = verdict.effective == UP
        kinds = verdict.kinds
        if bond.running and not effective:
            kinds.add(FALSE_UP)
        if effective and not bond.running:
            kinds.add(FALSE_DOWN)
        if bond.running != bond.lower_up:
            kinds.add(OPER_STATUS)
        if self.kernel_carrier(bond.index) not in (None, bond.lower_up):
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
            if real[s] and is_refused(bond, slave) and \
                    not self._held(bond, slave):
                own.add(SLAVE_FALSE_DOWN)
            if real[s] and not slave.running:
                own.add(NOT_OPERATIONAL)
            kinds |= own


def mii(slave):
    """What the bonding driver believes of the slave."""
    return MII[slave.slave["mii_status"]]


def is_refused(bond, slave):
    """Of a slave with a link: the driver does not use it, and no ARP says
    why."""
    return bond.monitor() != "arp" and mii(slave) != MII_UP


def monitor_lag(bond):
    """How many milliseconds a dead slave may go unseen."""
    if bond.monitor() == "arp":
        missed = bond.data.get("arp_missed_max", MISSED_MAX)
        return (missed + 1) * bond.data["arp_interval"]
    return bond.data["miimon"]


def aggregator(slave):
    """The slave's aggregator; None outside 802.3ad."""
    return slave.slave.get("ad_aggregator_id")


def is_torn(info, slaves):
    """AD_INFO and the slaves are of two moments: nobody is in the active
    aggregator."""
    return info["aggregator"] not in map(aggregator, slaves.values())


def distributes(slave):
    """Under strict LACP: are the bits set, and are they of this time? The
    driver leaves those of a port that it has disabled as they are."""
    ready = slave.slave["ad_actor_oper_port_state"]
    return (ready & COLLECTING_AND_DISTRIBUTING ==
            COLLECTING_AND_DISTRIBUTING and mii(slave) in (MII_UP, MII_FAIL))


def warn(verdict, bond, slaves, real):
    """The warnings."""
    monitor = bond.monitor()
    if monitor is None:
        verdict.warnings.add(UNMONITORED)
    if bond.data["min_links"] and bond.mode() != AD:
        verdict.warnings.add(MIN_LINKS_IGNORED)
    if monitor_lag(bond) > SLOW_MS:
        verdict.warnings.add(SLOW_MONITOR)
    for s, slave in slaves.items():
        if real[s] and slave.operstate == "UNKNOWN":
            verdict.warnings.add(UNVERIFIED)
        if real[s] and monitor == "arp" and mii(slave) != MII_UP:
            verdict.warnings.add(ARP_DOWN)
        if not verdict.corrected[s] or is_refused(bond, slave):
            verdict.warnings.add(DEGRADED)


def has_real_carrier(view, index):
    """Whether the kernel's own carrier of this bond is to be trusted: MII,
    looking often, and every slave a device that tells of its link, with a
    known speed where the mode wants one."""
    bond, slaves = view.bonds[index], view.slaves[index]
    if not bond.up or bond.monitor() != "mii" or \
            not bond.data["use_carrier"] or monitor_lag(bond) > SLOW_MS:
        return False
    kinds = {"veth"}  # tells a speed, always
    if bond.mode() not in (AD, "balance-tlb", "balance-alb"):
        kinds.add("dummy")
    return all(slave.kind in kinds for slave in slaves.values())
