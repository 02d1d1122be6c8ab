# SPDX-License-Identifier: BSD-2-Clause
"""The second opinion itself, on the rows of the design's oracle that a view
can express. Run by `make check` without any lab."""

import unittest

from kernelview import View
from second import (Second, UP, DOWN, FALSE_UP, FALSE_DOWN, OPER_STATUS, STALE,
                    ACTIVE_SLAVE_DOWN, NO_PARTNER, SPLIT, SLAVE_FALSE_UP,
                    SLAVE_FALSE_DOWN, NOT_OPERATIONAL, LINK_UP, MIN_LINKS,
                    NO_AGGREGATOR, NOT_DISTRIBUTING, PORTS_DISABLED,
                    UNMONITORED, MIN_LINKS_IGNORED, ARP_DOWN, DEGRADED,
                    SLOW_MONITOR, has_real_carrier)

MII = {"U": "UP", "F": "GOING_DOWN", "D": "DOWN", "B": "GOING_BACK"}
# Monitors: miimon, updelay, arp_interval. "over": the updelay is.
MONITORS = {None: (0, 0, 0), "mii": (100, 0, 0), "slow": (100000, 0, 0),
            "updelay": (100, 1000, 0), "over": (100, 1000, 0),
            "arp": (0, 0, 100)}


def bond(index, name, mode, monitor, min_links, reported, **more):
    """`ip -d -j link`'s entry of a bond; reported: running, lower_up."""
    flags = ["MASTER"]
    if reported != "adminDown":
        running, lower_up = reported
        flags += ["UP"] + ["NO-CARRIER"] * (not running)
        flags += ["LOWER_UP"] * lower_up
    miimon, updelay, arp_interval = MONITORS[monitor]
    data = {"mode": mode, "miimon": miimon, "updelay": updelay,
            "arp_interval": arp_interval, "downdelay": 0, "use_carrier": 1,
            "min_links": min_links}
    data.update(more)
    return {"ifindex": index, "ifname": name, "flags": flags,
            "operstate": "UP", "linkinfo": {"info_kind": "bond",
                                            "info_data": data}}


def slave(index, text, master="bond0", **more):
    """A slave written as the oracle writes it: 1U/1; 1U/1! where LACP lets it
    neither collect nor distribute."""
    text, mute, _ = text.partition("!")
    text, _, group = text.partition("/")
    lower_up, mii = text[0] == "1", text[1]
    data = {"mii_status": MII[mii], "state": "ACTIVE"}
    if group:
        data["ad_aggregator_id"] = int(group)
        data["ad_actor_oper_port_state"] = 0x05 if mute else 0x3d
    flags = ["SLAVE", "UP"] + (["LOWER_UP"] if lower_up else ["NO-CARRIER"])
    entry = {"ifindex": index, "ifname": f"v{index}", "flags": flags,
             "operstate": "UP" if lower_up else "DOWN", "master": master,
             "linkinfo": {"info_kind": "veth", "info_slave_kind": "bond",
                          "info_slave_data": data}}
    entry.update(more)
    return entry


def ad(group, ports, partner):
    """AD_INFO."""
    return {"aggregator": group, "num_ports": ports,
            "partner_mac": ("02:00:00:00:00:01" if partner == "y"
                            else "00:00:00:00:00:00")}


ON, OFF = (1, 1), (0, 0)
R, A, L = "balance-rr", "active-backup", "802.3ad"
# row, mode, monitor, min_links, slaves (* active), AD, reported, effective,
# kinds
ORACLE = (
    (1, R, "mii", 0, "", None, OFF, DOWN, ()),
    (2, R, None, 0, "0U 0U", None, ON, DOWN, (FALSE_UP, SLAVE_FALSE_UP)),
    (3, A, None, 0, "0U* 0U", None, ON, DOWN, (FALSE_UP, SLAVE_FALSE_UP)),
    (4, A, None, 0, "0U* 1U", None, ON, UP,
     (ACTIVE_SLAVE_DOWN, SLAVE_FALSE_UP)),
    (5, A, None, 0, "1U* 0U", None, ON, UP, (SLAVE_FALSE_UP,)),
    (7, R, None, 0, "1D 1D", None, OFF, UP, (FALSE_DOWN, SLAVE_FALSE_DOWN)),
    (8, A, None, 0, "1D 0U*", None, ON, UP,
     (ACTIVE_SLAVE_DOWN, SLAVE_FALSE_UP, SLAVE_FALSE_DOWN)),
    (9, A, "mii", 0, "0D 0D", None, OFF, DOWN, ()),
    (10, R, "mii", 0, "1U 0D", None, ON, UP, ()),
    (11, A, "mii", 0, "0F* 0D", None, OFF, DOWN, ()),
    (12, A, "mii", 0, "0F* 1U", None, ON, UP, (ACTIVE_SLAVE_DOWN,)),
    (13, A, "updelay", 0, "1U* 1B", None, ON, UP, ()),
    (14, R, "updelay", 0, "1B 0D", None, OFF, DOWN, ()),
    (15, A, "mii", 0, "0U* 0U", None, ON, DOWN, (FALSE_UP, SLAVE_FALSE_UP)),
    (16, "balance-tlb", "mii", 0, "1D", None, OFF, UP,
     (FALSE_DOWN, SLAVE_FALSE_DOWN)),
    (17, L, "mii", 0, "1D/1", None, OFF, UP, (FALSE_DOWN, SLAVE_FALSE_DOWN)),
    (18, A, "mii", 2, "1U* 0D", None, ON, UP, ()),
    (20, A, "mii", 0, "1U*", None, (0, 1), UP, (FALSE_DOWN, OPER_STATUS)),
    (21, A, "mii", 0, "0U* 0U", None, "adminDown", DOWN, ()),
    (22, A, "arp", 0, "1D 1U*", None, ON, UP, ()),
    (23, A, "arp", 0, "1F 1B", None, OFF, DOWN, ()),
    (24, "balance-xor", "arp", 0, "1D 0D", None, OFF, DOWN, ()),
    (25, A, "arp", 0, "0U*", None, ON, DOWN, (FALSE_UP, SLAVE_FALSE_UP)),
    (26, L, "mii", 0, "1U/1 1U/1", ad(1, 2, "y"), ON, UP, ()),
    (27, L, "mii", 2, "1U/1 0D/1", ad(1, 1, "y"), OFF, DOWN, ()),
    (28, L, "mii", 3, "1U/1 1U/1 0D/3", ad(1, 2, "y"), OFF, DOWN, ()),
    (29, L, "mii", 0, "1U/1 1U/2", ad(1, 1, "n"), ON, UP, (NO_PARTNER, SPLIT)),
    (30, L, "mii", 2, "1U/1 1U/2", ad(1, 1, "n"), OFF, DOWN,
     (NO_PARTNER, SPLIT)),
    (31, L, "mii", 0, "1U/1 1U/2", ad(1, 1, "y"), ON, UP, (SPLIT,)),
    (32, L, "mii", 0, "0F/1 0F/2", ad(1, 1, "n"), ON, DOWN,
     (FALSE_UP, NO_PARTNER)),
    (33, L, None, 0, "1U/1 0U/2", None, OFF, UP, (FALSE_DOWN, SLAVE_FALSE_UP)),
    (34, L, None, 0, "0U/1 0U/2", ad(1, 1, "n"), ON, DOWN,
     (FALSE_UP, NO_PARTNER, SLAVE_FALSE_UP)),
    (35, L, "mii", 0, "0D/1 0D/2", None, OFF, DOWN, ()),
    (38, L, "mii", 2, "1U/1 0F/1", ad(1, 2, "y"), ON, DOWN, (FALSE_UP,)),
    (39, R, None, 0, "0D", None, ON, DOWN, (FALSE_UP, STALE)),
    (40, L, "mii", 0, "0U/1 1U/2", ad(1, 1, "y"), ON, UP,
     (SPLIT, SLAVE_FALSE_UP)),
    (41, L, "mii", 0, "0F/1 1U/2", ad(1, 1, "y"), ON, UP, (SPLIT,)),
    (42, L, "over", 0, "1B/1 1B/1", ad(1, 0, "y"), ON, DOWN,
     (FALSE_UP, SLAVE_FALSE_DOWN)),
    (45, A, "over", 0, "1U* 1D", None, ON, UP, (SLAVE_FALSE_DOWN,)),
    (45, A, "over", 0, "1U* 1B", None, ON, UP, (SLAVE_FALSE_DOWN,)),
    (46, R, None, 0, "1U 1B", None, ON, UP, (SLAVE_FALSE_DOWN,)),
    (46, R, None, 0, "1U 1F", None, ON, UP, (SLAVE_FALSE_DOWN,)),
    (47, R, "slow", 0, "0U 0U", None, ON, DOWN, (FALSE_UP, SLAVE_FALSE_UP)),
)
# row: the warnings.
WARNINGS = {
    7: {UNMONITORED, DEGRADED},   # no slave is used
    9: {DEGRADED}, 10: {DEGRADED}, 13: {DEGRADED}, 14: {DEGRADED},
    16: {DEGRADED},               # refused, though linked
    18: {MIN_LINKS_IGNORED, DEGRADED},
    22: {ARP_DOWN, DEGRADED}, 23: {ARP_DOWN, DEGRADED},
    24: {ARP_DOWN, DEGRADED}, 26: set(),
    42: {DEGRADED}, 45: {DEGRADED}, 46: {UNMONITORED, DEGRADED},
    47: {SLOW_MONITOR, DEGRADED},
}


def judge(row):
    """The verdict on one of the oracle."""
    _, mode, monitor, min_links, slaves, info, reported, _, _ = row
    more = {"ad_info": info} if info else {}
    entries = []
    for i, text in enumerate(slaves.split(), 11):
        if text.endswith("*"):
            more["active_slave"] = f"v{i}"
        entries.append(slave(i, text.rstrip("*")))
    entries.append(bond(10, "bond0", mode, monitor, min_links, reported,
                        **more))
    return Second(View(entries), monitor == "over").verdict(10)


class Oracle(unittest.TestCase):
    """One test per thing the table can say."""

    def test_rows(self):
        """Effective carrier and kinds of every row."""
        for row in ORACLE:
            verdict = judge(row)
            with self.subTest(row=row[0]):
                self.assertEqual(verdict.effective, row[-2])
                self.assertEqual(verdict.kinds, set(row[-1]))

    def test_warnings(self):
        """Of the rows that name them."""
        for row in ORACLE:
            if row[0] in WARNINGS:
                with self.subTest(row=row[0]):
                    self.assertEqual(judge(row).warnings, WARNINGS[row[0]])

    def test_slow_arp(self):
        """Its lag counts the answers that may be missed."""
        for interval, more, slow in ((3333, {}, False), (3334, {}, True),
                                     (4000, {"arp_missed_max": 1}, False),
                                     (2000, {"arp_missed_max": 5}, True)):
            view = View([slave(11, "1U"),
                         bond(10, "bond0", A, "arp", 0, ON,
                              arp_interval=interval, **more)])
            with self.subTest(interval=interval):
                self.assertEqual(
                    SLOW_MONITOR in Second(view).verdict(10).warnings, slow)

    def test_dormant_slave(self):
        """Row 19."""
        one = slave(11, "1U")
        one["flags"].append("NO-CARRIER")
        verdict = Second(View([bond(10, "bond0", A, "mii", 0, ON), one]))
        self.assertEqual(verdict.verdict(10).kinds, {NOT_OPERATIONAL})

    def test_bond_in_bond(self):
        """Row 37, and a VLAN between the two."""
        inner = bond(10, "inner", A, None, 0, ON, active_slave="v11")
        inner["master"] = "outer"
        inner["linkinfo"].update(info_slave_kind="bond", info_slave_data={
            "mii_status": "UP", "state": "ACTIVE"})
        outer = bond(9, "outer", A, "mii", 0, ON, active_slave="inner")
        view = View([slave(11, "0U", "inner"), inner, outer])
        self.assertEqual(Second(view).verdict(9).kinds,
                         {FALSE_UP, SLAVE_FALSE_UP})
        self.assertFalse(has_real_carrier(view, 9))

        vlan = slave(12, "1U", "outer", link="inner")
        vlan["linkinfo"]["info_kind"] = "vlan"
        del inner["master"]
        outer["linkinfo"]["info_data"]["active_slave"] = "v12"
        view = View([slave(11, "0U", "inner"), inner, outer, vlan])
        self.assertEqual(Second(view).verdict(9).effective, DOWN)

    def test_8023ad(self):
        """What rows 40 to 42 and 48 are of, with the reason; waited, strict."""
        cases = (
            ("1U/1 1U/2", 0, ad(1, 1, "y"), "", UP, LINK_UP),
            ("0U/1 1U/2 1U/3 1U/3", 2, ad(1, 1, "y"), "", UP, LINK_UP),
            ("0U/1 1U/2 1U/3", 2, ad(1, 1, "y"), "", DOWN, MIN_LINKS),
            ("1U/1 1U/2 1U/2", 2, ad(1, 1, "y"), "", DOWN, MIN_LINKS),
            ("1U/1 1U/2", 0, ad(3, 1, "y"), "", UP, LINK_UP),
            ("1U 1U", 0, None, "", DOWN, NO_AGGREGATOR),
            ("0D/1 1U", 0, ad(1, 1, "y"), "", DOWN, NO_AGGREGATOR),
            ("1B/1 1B/1", 0, ad(1, 0, "y"), "w", DOWN, PORTS_DISABLED),
            ("1D/1 1D/1", 0, ad(1, 0, "y"), "w", DOWN, PORTS_DISABLED),
            ("1D/1 1D/1", 0, ad(1, 0, "y"), "", UP, LINK_UP),
            ("1U/1! 1U/1!", 0, ad(1, 2, "y"), "s", DOWN, NOT_DISTRIBUTING),
            ("1U/1! 1U/1!", 0, ad(1, 2, "y"), "", UP, LINK_UP),
            ("1U/1 1U/1!", 2, ad(1, 2, "y"), "s", DOWN, MIN_LINKS),
            ("1D/1", 0, ad(1, 1, "y"), "s", DOWN, NOT_DISTRIBUTING),
            ("1F/1", 0, ad(1, 1, "y"), "s", UP, LINK_UP),
        )
        for slaves, min_links, info, how, effective, reason in cases:
            more = {"ad_info": info} if info else {}
            entries = [slave(i, text)
                       for i, text in enumerate(slaves.split(), 11)]
            entries.append(bond(10, "bond0", L, "mii", min_links, ON, **more))
            verdict = Second(View(entries), "w" in how,
                             "s" in how).verdict(10)
            with self.subTest(slaves=slaves, min_links=min_links, how=how):
                self.assertEqual(verdict.effective, effective)
                self.assertEqual(verdict.reason, reason)

    def test_torn(self):
        """Nobody stands in the active aggregator: nothing is stale for it."""
        for group, ports, found in ((1, 2, set()), (1, 0, {STALE}),
                                    (3, 0, set())):
            view = View([slave(11, "1U/1"), slave(12, "1U/1"),
                         bond(10, "bond0", L, "mii", 1, ON,
                              ad_info=ad(group, ports, "y"))])
            with self.subTest(group=group, ports=ports):
                self.assertEqual(Second(view).verdict(10).kinds & {STALE},
                                 found)

    def test_updelay(self):
        """It holds back a slave from the look that shows a link, and is no
        reason any more when it has run out, or where there is none."""
        for monitor, text, held in (
                ("updelay", "1B", True), ("updelay", "1D", True),
                ("updelay", "1U", False), ("updelay", "1F", False),
                ("over", "1B", False), ("over", "1D", False),
                ("mii", "1B", False), (None, "1B", False)):
            verdict = judge((0, R, monitor, 0, text, None, OFF, None, None))
            with self.subTest(monitor=monitor, slave=text):
                self.assertEqual(verdict.effective, DOWN if held else UP)
                self.assertEqual(SLAVE_FALSE_DOWN in verdict.kinds,
                                 not held and text != "1U")


if __name__ == "__main__":
    unittest.main()
