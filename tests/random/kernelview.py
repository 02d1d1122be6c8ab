# SPDX-License-Identifier: BSD-2-Clause
"""What iproute2 says of bonds and slaves, in the MIB's terms.

`ip -d -j link` never prints RUNNING: it prints NO-CARRIER for a link that is
UP and not RUNNING (iproute2's print_link_flags), so RUNNING is UP without
NO-CARRIER.
"""

MODES = {"balance-rr": 1, "active-backup": 2, "balance-xor": 3,
         "broadcast": 4, "802.3ad": 5, "balance-tlb": 6, "balance-alb": 7}
OPERSTATES = {"UP": 1, "DOWN": 2, "TESTING": 3, "UNKNOWN": 4, "DORMANT": 5,
              "NOTPRESENT": 6, "LOWERLAYERDOWN": 7}
MII_UP, MII_FAIL, MII_DOWN, MII_BACK = 1, 2, 3, 4
MII = {"UP": MII_UP, "GOING_DOWN": MII_FAIL, "DOWN": MII_DOWN,
       "GOING_BACK": MII_BACK}
SLAVE_STATES = {"ACTIVE": 1, "BACKUP": 2}
LACP_RATES = {"slow": 1, "fast": 2}
AD = "802.3ad"
ONE_ACTIVE = ("active-backup", "balance-tlb", "balance-alb")

# What the kernel changes without telling anybody; to be re-read within 5 s.
SILENT = {"bondAggregatorId", "bondAggregatorPorts", "bondActorKey",
          "bondPartnerKey", "bondPartnerMac", "bondSlaveMiiStatus",
          "bondSlaveActorState", "bondSlavePartnerState",
          "bondSlaveAggregatorId"}


def truth(value):
    """TruthValue."""
    return 1 if value else 2


def mac(text):
    """MacAddress."""
    return bytes.fromhex(text.replace(":", ""))


def lacp_bits(state):
    """BITS: the first is the highest of the octet; LACP's is the lowest."""
    return bytes((int(f"{state & 0xFF:08b}"[::-1], 2),))


class Link:
    """One link as `ip -d -j link` has it, and what it stands on."""

    def __init__(self, entry, index_of):
        flags = entry["flags"]
        info = entry.get("linkinfo", {})
        self.entry, self.name = entry, entry["ifname"]
        self.index = entry["ifindex"]
        self.kind = info.get("info_kind")
        self.data = info.get("info_data", {})
        self.up = "UP" in flags
        self.lower_up = "LOWER_UP" in flags
        self.running = self.up and "NO-CARRIER" not in flags
        self.operstate = entry["operstate"]
        self.master = index_of.get(entry.get("master"))
        self.slave = (info.get("info_slave_data", {})
                      if info.get("info_slave_kind") == "bond" else None)
        # "link_index" (a number) is printed for another namespace's.
        self.below = None
        if self.kind in ("vlan", "macvlan"):
            self.below = index_of.get(entry.get("link"))

    def mode(self):
        """The bond's mode."""
        return self.data["mode"]

    def monitor(self):
        """Which monitor looks at the slaves: "mii", "arp" or None."""
        if self.data.get("miimon"):
            return "mii"
        return "arp" if self.data.get("arp_interval") else None


class View:
    """All links at one moment."""

    def __init__(self, entries):
        index_of = {entry["ifname"]: entry["ifindex"] for entry in entries}
        self.index_of = index_of
        self.links = {entry["ifindex"]: Link(entry, index_of)
                      for entry in entries}
        self.bonds = {index: link for index, link in self.links.items()
                      if link.kind == "bond"}
        self.slaves = {index: {} for index in self.bonds}
        for index, link in self.links.items():
            if link.slave is not None and link.master in self.slaves:
                self.slaves[link.master][index] = link

    def rows(self):
        """{(bond,): columns, (bond, slave): columns} as the MIB has them."""
        rows = {}
        for index, bond in self.bonds.items():
            slaves = self.slaves[index]
            rows[index,] = self._bond_row(bond, slaves)
            for slave in slaves.values():
                rows[index, slave.index] = slave_row(slave)
        return rows

    def _bond_row(self, bond, slaves):
        data = bond.data
        lacp = data["mode"] == AD
        info = data.get("ad_info") or {}
        partner = info.get("partner_mac")
        monitor = bond.monitor()
        return {
            "bondName": bond.name.encode(),
            "bondMode": MODES[data["mode"]],
            "bondAdminStatus": 1 if bond.up else 2,
            "bondOperStatus": OPERSTATES[bond.operstate],
            "bondRunning": truth(bond.running),
            "bondLowerUp": truth(bond.lower_up),
            "bondSlaveCount": len(slaves),
            "bondSlavesLowerUp": sum(s.lower_up for s in slaves.values()),
            "bondActiveSlave": self._index(data, "active_slave"),
            "bondPrimarySlave": self._index(data, "primary"),
            "bondLinkMonitor": {None: 1, "mii": 2, "arp": 3}[monitor],
            "bondMonitorInterval": data["miimon"] or data["arp_interval"],
            "bondUpDelay": data["updelay"],
            "bondDownDelay": data["downdelay"],
            "bondUseCarrier": truth(data["use_carrier"]),
            "bondMinLinks": data["min_links"],
            "bondLacpRate": LACP_RATES[data["ad_lacp_rate"]] if lacp else None,
            "bondAggregatorId": info.get("aggregator") if lacp else None,
            "bondAggregatorPorts": info.get("num_ports") if lacp else None,
            "bondActorKey": info.get("actor_key") if lacp else None,
            "bondPartnerKey": info.get("partner_key") if lacp else None,
            "bondPartnerMac": mac(partner) if lacp and partner else None,
        }

    def _index(self, data, option):
        """A slave's ifindex; 0 without one, absent where there is none."""
        name = data.get(option)
        if name:
            return self.index_of.get(name, -1)
        return 0 if data["mode"] in ONE_ACTIVE else None


def slave_row(slave):
    """The columns of bondSlaveTable that iproute2 can confirm."""
    data = slave.slave
    actor = data.get("ad_actor_oper_port_state")
    partner = data.get("ad_partner_oper_port_state")
    return {
        "bondSlaveName": slave.name.encode(),
        "bondSlaveAdminStatus": 1 if slave.up else 2,
        "bondSlaveOperStatus": OPERSTATES[slave.operstate],
        "bondSlaveRunning": truth(slave.running),
        "bondSlaveLowerUp": truth(slave.lower_up),
        "bondSlaveMiiStatus": MII[data["mii_status"]],
        "bondSlaveState": SLAVE_STATES[data["state"]],
        "bondSlaveLinkFailures": data["link_failure_count"],
        "bondSlavePermanentMac": mac(data["perm_hwaddr"]),
        "bondSlaveAggregatorId": data.get("ad_aggregator_id"),
        "bondSlaveActorState": None if actor is None else lacp_bits(actor),
        "bondSlavePartnerState":
            None if partner is None else lacp_bits(partner),
        "bondSlavePriority": data["prio"],
        "bondSlaveQueueId": data["queue_id"],
    }
