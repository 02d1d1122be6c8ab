# SPDX-License-Identifier: BSD-2-Clause
"""Random operations on what bonds stand on, and on each other."""

from idea import BONDS, DUMMIES, MODES, PAIRS, Idea, Operation, cable


class LinkOps(Idea):
    """What happens below, above and beside bonds."""

    def rename(self):
        """A bond, which comes back under its own name some time, or a
        slave. No link that is up may have another name."""
        if self.rng.random() < 0.5:
            slaves = [i for i in range(PAIRS) if self.names[i] in self.master]
            i = self.rng.choice(slaves or range(PAIRS))
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

    def tower(self):
        """A bond, or a VLAN on it, in a bond; the lower one doesn't look at
        its cables, or not for long."""
        names = [f"b{i}" for i in range(BONDS)]
        inner, outer = self.rng.sample(names, 2)
        ports = [self.names[4], self.names[5]]
        steps = []
        for bond, options in ((inner, f"miimon {self.rng.choice((0, 0, 20))}"),
                              (outer, "miimon 20")):
            self.forget(bond)
            self.bonds[bond] = self.rng.choice(MODES[:5])
            steps += [("ip", f"link del {bond}"),
                      ("ip", f"link add {bond} type bond mode "
                             f"{self.bonds[bond]} {options}")]
        for port in ports:
            self.master[port] = inner
            steps += [("ip", f"link set {port} nomaster"),
                      ("ip", f"link set {port} down"),
                      ("ip", f"link set {port} master {inner}")]
        top = inner
        if self.rng.random() < 0.4:
            top = "vl0"
            self.forget(top)
            self.uppers[top] = inner
            steps += [("ip", f"link del {top}"),
                      ("ip", f"link add link {inner} name {top} "
                             "type vlan id 2")]
        self.master[top] = outer
        steps += [("ip", f"link set {top} master {outer}"),
                  ("ip", f"link set {inner} up"),
                  ("ip", f"link set {outer} up")]
        return Operation(*steps, about=[inner, outer, top] + ports)

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

    def lacp_pair(self):
        """Two bonds back to back, which find each other; one may have a
        third slave, whose cable leads elsewhere."""
        names = [f"b{i}" for i in range(BONDS)]
        near, far = self.rng.sample(names, 2)
        steps, about = [], [near, far]
        options = ("mode 802.3ad miimon 20 lacp_rate fast "
                   f"min_links {self.rng.choice((0, 1, 2, 2, 3))}")
        more = self.rng.choice(([], [self.names[3]]))
        for bond, ports in ((near, [self.names[6], self.names[7]] + more),
                            (far, ["p6", "p7"])):
            self.forget(bond)
            self.bonds[bond] = "802.3ad"
            steps += [("ip", f"link del {bond}"),
                      ("ip", f"link add {bond} type bond {options}")]
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
