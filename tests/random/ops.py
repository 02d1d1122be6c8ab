# SPDX-License-Identifier: BSD-2-Clause
"""Random operations on bonds: a pure function of the seed.

The generator never looks at the kernel. It keeps an idea of what should be
there, so that most operations make sense; where the kernel disagrees it
refuses, which is a test too, and counted.

An operation is a list of steps (tool, argument): "ip" a command of iproute2,
"else" the same if the step before was refused, "far" the same in the other
namespace, "tc" a command of tc, "sys" a pair (path under /sys/class/net,
text).
"""

import random

from options import bond_options, one_option, PRIORITIES

BONDS = 5
PAIRS = 8          # v0 ... and their peers p0 ...
FAR = 3            # so many peers are in the other namespace, on a bridge
DUMMIES = 3
MODES = ("balance-rr", "active-backup", "active-backup", "balance-xor",
         "broadcast", "802.3ad", "802.3ad", "balance-tlb", "balance-alb")


class Operation:
    """What to do, and which devices it is about (for the history)."""

    def __init__(self, *steps, about=()):
        self.steps, self.about = steps, set(about)

    def __str__(self):
        return "; ".join(
            f"echo {step[1]} > {step[0]}" if tool == "sys"
            else f"{tool} {step}" for tool, step in self.steps)


def stage():
    """What is there before the first operation."""
    steps = [("ip", "netns add far"), ("far", "link set lo up"),
             ("far", "link add br0 type bridge"),
             ("far", "link set br0 up"),
             ("far", "addr add 10.99.0.254/24 dev br0")]
    for i in range(PAIRS):
        steps += cable(i)
    for i in range(DUMMIES):
        steps.append(("ip", f"link add d{i} type dummy"))
    return steps


def cable(i, index=""):
    """A veth pair; the peers of the first ones are ports of a switch."""
    tool = "far" if i < FAR else "ip"
    steps = []
    for tried in (index, "")[not index:]:
        steps.append(("else" if steps else "ip",
                      f"link add v{i} {tried} type veth peer name p{i}" +
                      " netns far" * (i < FAR)))
    if i < FAR:
        steps.append((tool, f"link set p{i} master br0"))
    return steps + [(tool, f"link set p{i} up")]


class Generator:
    """Random operations, one after the other."""

    def __init__(self, seed):
        self.rng = random.Random(seed)
        self.bonds = {}       # name: mode
        self.master = {}      # device: bond
        self.uppers = {}      # VLAN or macvlan: its lower device
        self.names = [f"v{i}" for i in range(PAIRS)]  # renamed ones too
        self.indexes = []     # of links that were deleted, perhaps free
        self.next_index = 1000
        self.table = (
            (8, self.add_bond), (3, self.delete_bond), (22, self.enslave),
            (9, self.release), (24, self.plug), (5, self.admin_bond),
            (9, self.admin_slave), (9, self.option), (7, self.monitor),
            (4, self.select), (4, self.slave_option), (3, self.rename),
            (4, self.nest), (4, self.add_upper), (2, self.delete_upper),
            (4, self.dummy_carrier), (2, self.remake), (4, self.lacp_pair),
            (3, self.silence), (2, self.dormant), (3, self.nonsense),
            (1, self.abroad))

    def operation(self):
        """The next one."""
        make = self.rng.choices([entry[1] for entry in self.table],
                                [entry[0] for entry in self.table])[0]
        return make() or self.add_bond()

    # -- choosing

    def bond(self):
        """One that should exist, or None."""
        return self.rng.choice(sorted(self.bonds)) if self.bonds else None

    def port(self):
        """A device that may become a slave, more often a free one."""
        devices = (self.names + [f"d{i}" for i in range(DUMMIES)] +
                   sorted(self.uppers) + ["p6", "p7"])
        free = [device for device in devices if device not in self.master]
        if free and self.rng.random() < 0.9:
            return self.rng.choice(free)
        return self.rng.choice(devices)

    def slave(self):
        """A slave of some bond, or None."""
        return self.rng.choice(sorted(self.master)) if self.master else None

    def slaves_of(self, bond):
        """Those that it should have."""
        return sorted(d for d, b in self.master.items() if b == bond)

    def index(self):
        """"index N" in a third of the cases, mostly one used before."""
        chance = self.rng.random()
        if chance < 0.25 and self.indexes:
            return f"index {self.rng.choice(self.indexes)}"
        if chance < 0.4:
            self.next_index += 1
            self.indexes = (self.indexes + [self.next_index])[-6:]
            return f"index {self.next_index}"
        return ""

    # -- bonds

    def add_bond(self):
        """Of any mode, with any options, mostly up."""
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
        if self.rng.random() < 0.9:
            steps.append(("ip", f"link set {name} up"))
        if name not in self.bonds:
            self.bonds[name] = mode
        return Operation(*steps, about=[name])

    def forget(self, device):
        """It is deleted: so are those on top, and its slaves are free."""
        self.bonds.pop(device, None)
        self.master.pop(device, None)
        self.uppers.pop(device, None)
        for slave in self.slaves_of(device):
            del self.master[slave]
        for upper in [u for u, lower in self.uppers.items()
                      if lower == device]:
            self.forget(upper)

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
            return Operation(("ip", f"link set {name} type bond "
                                    f"arp_interval 100 arp_ip_target "
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

    # -- slaves

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

    def rename(self):
        """A bond, which comes back under its own name some time, or a
        slave. No link that is up may have another name."""
        if self.rng.random() < 0.5:
            i = self.rng.randrange(PAIRS)
            old = self.names[i]
            new = f"v{i}" if old != f"v{i}" else f"cable-{i}"
            self.names[i] = new
        else:
            old = self.bond()
            if old is None:
                return None
            new = old[6:] if old.startswith("trunk-") else f"trunk-{old}"
            if new in self.bonds:
                return None
            self.bonds[new] = self.bonds.pop(old)
            for slave in self.slaves_of(old):
                self.master[slave] = new
        if old in self.master:
            self.master[new] = self.master.pop(old)
        for upper in [u for u, lower in self.uppers.items() if lower == old]:
            self.uppers[upper] = new
        steps = [("ip", f"link set {old} down"),
                 ("ip", f"link set {old} name {new}"),
                 ("ip", f"link set {new} up")]
        return Operation(*steps, about=[old, new])

    # -- on top of each other

    def nest(self):
        """A bond in a bond."""
        outer, inner = self.bond(), self.bond()
        if inner is None or inner in self.master:
            return None
        if inner != outer:
            self.master[inner] = outer
        return Operation(("ip", f"link set {inner} down"),
                         ("ip", f"link set {inner} master {outer}"),
                         about=[outer, inner])

    def add_upper(self):
        """A VLAN or a macvlan, mostly on a cable, sometimes on a bond."""
        kind = self.rng.choice(("vlan", "macvlan"))
        name = f"{kind[0]}l{self.rng.randrange(2)}"
        lower = self.rng.choice(self.names)
        if self.bonds and self.rng.random() < 0.3:
            lower = self.bond()
        if name in self.uppers:
            return self.delete_upper()
        self.uppers[name] = lower
        what = f"vlan id {self.rng.randrange(2, 9)}" if kind == "vlan" \
            else "macvlan mode bridge"
        return Operation(("ip", f"link add link {lower} name {name} "
                                f"{self.index()} type {what}"),
                         ("ip", f"link set {lower} up"),
                         about=[lower, name])

    def delete_upper(self):
        """One of those."""
        if not self.uppers:
            return None
        name = self.rng.choice(sorted(self.uppers))
        about = [name, self.uppers[name]]
        self.forget(name)
        return Operation(("ip", f"link del {name}"), about=about)

    # -- devices

    def dummy_carrier(self):
        """A user's word on a dummy's carrier."""
        name = f"d{self.rng.randrange(DUMMIES)}"
        state = self.rng.choice(("on", "off"))
        return Operation(("ip", f"link set {name} carrier {state}"),
                         about=[name])

    def remake(self):
        """A cable or a dummy vanishes and comes back, perhaps under an
        index that another link had."""
        if self.rng.random() < 0.6:
            i = self.rng.randrange(PAIRS)
            old, self.names[i] = self.names[i], f"v{i}"
            make, about = cable(i, self.index()), [old, f"v{i}", f"p{i}"]
            self.forget(f"p{i}")
        else:
            old = f"d{self.rng.randrange(DUMMIES)}"
            make = [("ip", f"link add {old} {self.index()} type dummy"),
                    ("else", f"link add {old} type dummy")]
            about = [old]
        self.forget(old)
        return Operation(("ip", f"link del {old}"), *make, about=about)

    def abroad(self):
        """To another namespace, which releases it, and back."""
        name = self.slave()
        if name is None or name not in self.names:
            return None
        self.master.pop(name)
        return Operation(("ip", f"link set {name} netns far"),
                         ("far", f"link set {name} netns 1"), about=[name])

    # -- LACP

    def lacp_pair(self):
        """Two bonds back to back, which find each other; one may have a
        third slave, whose cable leads elsewhere."""
        names = [f"b{i}" for i in range(BONDS)]
        near, far = self.rng.sample(names, 2)
        steps, about = [], [near, far]
        min_links = self.rng.choice((0, 1, 2, 2, 3))
        more = self.rng.choice(([], [self.names[3]]))
        for bond, ports in ((near, [self.names[6], self.names[7]] + more),
                            (far, ["p6", "p7"])):
            self.forget(bond)
            self.bonds[bond] = "802.3ad"
            steps += [("ip", f"link del {bond}"),
                      ("ip", f"link add {bond} type bond mode 802.3ad "
                             f"miimon 20 lacp_rate fast min_links {min_links}")]
            for port in ports:
                self.master[port] = bond
                about.append(port)
                steps += [("ip", f"link set {port} nomaster"),
                          ("ip", f"link set {port} down"),
                          ("ip", f"link set {port} master {bond}")]
            steps.append(("ip", f"link set {bond} up"))
        return Operation(*steps, about=about)

    def silence(self):
        """A partner falls silent, or speaks again, though the link stays."""
        port = f"p{self.rng.choice((6, 7))}"
        if self.rng.random() < 0.5:
            step = ("tc", f"qdisc add dev {port} root netem loss 100%")
        else:
            step = ("tc", f"qdisc del dev {port} root")
        return Operation(step, about=[port])

    def dormant(self):
        """RUNNING taken away above the carrier (RFC 2863), or given back."""
        name = self.slave() if self.rng.random() < 0.5 else self.bond()
        if name is None:
            return None
        what = self.rng.choice(("mode dormant state dormant", "state testing",
                                "mode default state up",
                                "mode default state up"))
        return Operation(("ip", f"link set {name} {what}"), about=[name])

    def nonsense(self):
        """What the kernel must refuse, and the agent never hear of."""
        name, slave = self.bond(), self.slave()
        if name is None or slave is None:
            return None
        outer = self.master[slave]
        return Operation(self.rng.choice((
            ("ip", f"link set {name} master {name}"),
            ("ip", f"link set {outer} master {slave}"),
            ("sys", (f"{outer}/bonding/mode", self.rng.choice(MODES))),
            ("sys", (f"{name}/bonding/miimon", "-1")),
            ("sys", (f"{name}/bonding/slaves", "+lo")),
            ("ip", f"link set {name} type bond updelay 99999999999"),
            ("sys", (f"{name}/bonding/active_slave", "nobody")),
            ("ip", "link add b0 type bond mode nonsense"),
            ("ip", "link add b1 index 1 type bond"),
        )), about=[name, slave, outer])
