# SPDX-License-Identifier: BSD-2-Clause
"""Random operations on bonds and their slaves."""

from idea import BONDS, FAR, MODES, PAIRS, Idea, Operation
from options import PRIORITIES, bond_options, one_option


class BondOps(Idea):
    """What an administrator does to bonds."""

    def add_bond(self):
        """Of any mode, with any options, mostly with slaves and up."""
        name = f"b{self.rng.randrange(BONDS)}"
        if name in self.bonds and self.rng.random() < 0.9:
            free = [n for n in (f"b{i}" for i in range(BONDS))
                    if n not in self.bonds]
            if not free:
                return self.delete_bond()
            name = self.rng.choice(free)
        if self.rng.random() < 0.05:
            steps = [("sys", ("bonding_masters", f"+{name}"))]
            mode = "balance-rr"
        else:
            mode = self.rng.choice(MODES)
            options = bond_options(self.rng, mode)
            options = f"type bond mode {mode} {options}"
            index = self.index()
            steps = [("ip", f"link add {name} {index} {options}")]
            if index:
                steps.append(("else", f"link add {name} {options}"))
        if name not in self.bonds:
            self.bonds[name] = mode
        about = [name]
        for _ in range(self.rng.choice((0, 0, 1, 2, 2, 3))):
            port = self.port()
            about.append(port)
            self.master.setdefault(port, name)
            steps += [("ip", f"link set {port} down"),
                      ("ip", f"link set {port} master {name}")]
        if self.rng.random() < 0.9:
            steps.append(("ip", f"link set {name} up"))
        return Operation(*steps, about=about)

    def delete_bond(self):
        """With whatever it holds."""
        name = self.bond()
        if name is None:
            return None
        about = [name] + self.slaves_of(name)
        self.forget(name)
        if self.rng.random() < 0.1:
            return Operation(("sys", ("bonding_masters", f"-{name}")),
                             about=about)
        return Operation(("ip", f"link del {name}"), about=about)

    def admin_bond(self):
        """Up, down, or down and up at once."""
        name = self.bond()
        if name is None:
            return None
        steps = [("ip", f"link set {name} {state}") for state in
                 self.rng.choice((("up",), ("up",), ("down",),
                                  ("down", "up")))]
        return Operation(*steps, about=[name])

    def option(self):
        """One option, through netlink or sysfs."""
        name = self.bond()
        if name is None:
            return None
        option, value, numeric = one_option(self.rng)
        if self.rng.random() < 0.5:
            return Operation(("ip", f"link set {name} type bond {option} "
                                    f"{value}"), about=[name])
        sysfs = {"peer_notify_delay": "peer_notif_delay"}.get(option, option)
        return Operation(("sys", (f"{name}/bonding/{sysfs}", numeric)),
                         about=[name])

    def monitor(self):
        """Another monitor: the heart of the matter."""
        name = self.bond()
        if name is None:
            return None
        miimon = self.rng.choice((0, 20, 20, 30, 50))
        if self.rng.random() < 0.25:
            target = self.rng.choice(("10.99.0.254", "10.99.0.77"))
            # The long one hides a dead slave for longer than anybody waits.
            interval = self.rng.choice((100, 100, 100, 100, 5000))
            return Operation(("ip", f"link set {name} type bond "
                                    f"arp_interval {interval} arp_ip_target "
                                    f"{target}"), about=[name])
        if self.rng.random() < 0.5:
            return Operation(("sys", (f"{name}/bonding/miimon", miimon)),
                             about=[name])
        return Operation(("ip", f"link set {name} type bond miimon {miimon}"),
                         about=[name])

    def select(self):
        """The active slave or the primary one."""
        name, slave = self.bond(), self.slave()
        if name is None or slave is None:
            return None
        own = self.slaves_of(name)
        if own and self.rng.random() < 0.9:
            slave = self.rng.choice(own)
        option = self.rng.choice(("active_slave", "primary"))
        if self.rng.random() < 0.5:
            return Operation(("sys", (f"{name}/bonding/{option}", slave)),
                             about=[name, slave])
        return Operation(("ip", f"link set {name} type bond {option} "
                                f"{slave}"), about=[name, slave])

    def enslave(self):
        """By netlink or sysfs, mostly down as the driver wants it."""
        bond, port = self.bond(), self.port()
        if bond is None:
            return None
        steps = []
        if self.rng.random() < 0.95:
            steps.append(("ip", f"link set {port} down"))
        if self.rng.random() < 0.7:
            steps.append(("ip", f"link set {port} master {bond}"))
        else:
            steps.append(("sys", (f"{bond}/bonding/slaves", f"+{port}")))
        self.master.setdefault(port, bond)
        return Operation(*steps, about=[bond, port])

    def release(self):
        """By netlink or sysfs; sometimes one that is no slave."""
        slave = self.slave()
        if slave is None:
            return None
        bond = self.master.pop(slave)
        if self.rng.random() < 0.5:
            return Operation(("ip", f"link set {slave} nomaster"),
                             about=[bond, slave])
        return Operation(("sys", (f"{bond}/bonding/slaves", f"-{slave}")),
                         about=[bond, slave])

    def plug(self):
        """The other end of a cable up or down; sometimes a flap."""
        i = self.rng.choice((*range(PAIRS), 6, 7))
        tool = "far" if i < FAR else "ip"
        states = self.rng.choice((("up",), ("up",), ("down",), ("down",),
                                  ("down", "up"), ("up", "down")))
        return Operation(*((tool, f"link set p{i} {s}") for s in states),
                         about=[f"p{i}", self.names[i]])

    def admin_slave(self):
        """The slave's own switch."""
        slave = self.slave() or self.port()
        states = self.rng.choice((("up",), ("up",), ("down",),
                                  ("down", "up")))
        return Operation(*(("ip", f"link set {slave} {s}") for s in states),
                         about=[slave])

    def slave_option(self):
        """Priority or queue."""
        slave = self.slave()
        if slave is None:
            return None
        if self.rng.random() < 0.5:
            step = ("ip", f"link set {slave} type bond_slave prio "
                          f"{self.rng.choice(PRIORITIES)}")
        else:
            step = ("ip", f"link set {slave} type bond_slave queue_id "
                          f"{self.rng.randrange(4)}")
        return Operation(step, about=[slave])
