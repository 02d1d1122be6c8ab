# SPDX-License-Identifier: BSD-2-Clause
"""Operations of tests/sim/ops.h on the real kernel: by ip, sysfs and ioctl.

Each returns None or the errno with which the kernel refused.
"""

import ctypes
import errno
import fcntl
import os
import re
import socket
import struct

FAR = "far"
TUNSETIFF, TUNSETIFINDEX = 0x400454CA, 0x400454DA
IFF_TAP, IFF_NO_PI = 0x0002, 0x1000
SIOCETHTOOL, ETHTOOL_GLINKSETTINGS, ETHTOOL_SLINKSETTINGS = 0x8946, 0x4C, 0x4D
OPERSTATES = {"4": "testing", "5": "dormant", "6": "up"}
TARGET = "10.0.0.1"
BY_MESSAGE = {os.strerror(number): number for number in errno.errorcode}


def refusal(message):
    """The errno of ip's words, None where there are none."""
    if not message:
        return None
    for text, number in BY_MESSAGE.items():
        if text in message:
            return number
    return message


def bond_words(words):
    """Options as ip has them."""
    pairs = zip(words[::2], words[1::2])
    return " ".join(f"{name} {TARGET if name == 'arp_ip_target' else value}"
                    for name, value in pairs)


class Links:
    """The links of the lab, and what is known of them."""

    def __init__(self, near, far, far_ends):
        self.near, self.far, self.far_ends = near, far, far_ends
        self.ports, self.peers, self.taps = {}, {}, set()
        self.count = 0

    def do(self, words, index, entries):
        """One operation; `index`: what the model gave a new link; `entries`:
        the links before it, by name."""
        verb = words[0].replace("-", "_")
        if verb in ("add", "add_bond"):
            # TUNSETIFF would take it for another queue of a tap.
            if words[1] == "tap" and words[2] in entries:
                return errno.EEXIST
            return getattr(self, verb)(words[1:], index)
        name = words[1]
        if name not in entries:
            return errno.ENODEV
        return getattr(self, verb)(name, words[2:], entries)

    def ip(self, *commands):
        """The first refusal."""
        for command in commands:
            error = refusal(self.near.do("link " + command))
            if error:
                return error
        return None

    def follow(self, entries):
        """Tells the far ends whose slaves their near ends are."""
        for name, port in self.ports.items():
            port.bond = entries.get(name, {}).get("master")

    def add(self, words, index):
        """A link that is no bond."""
        kind, name, _, lower = words[:4]
        self.count += 1
        where = f"{name} index {index}" if index else name
        if kind == "veth":
            return self.add_veth(name, where, index, words[4:])
        if kind == "tap":
            return self.add_tap(name, index, words[4:])
        if kind == "dummy":
            return self.ip(f"add {where} type dummy")
        what = f"vlan id {2 + self.count}" if kind == "vlan" \
            else "macvlan mode bridge"
        return self.ip(f"add link {lower} {where} type {what}")

    def add_veth(self, name, where, index, partner):
        """A cable; its far end is abroad."""
        peer = f"p{self.count}"
        # An end whose index is its peer's would not be LOWERLAYERDOWN.
        error = self.ip(f"add {where} type veth peer name {peer} "
                        f"index {100000 + self.count} netns {FAR}")
        if error:
            return error
        self.far.do(f"link set {peer} up")
        self.peers[name] = peer
        self.ports[name] = self.far_ends.add_veth(index, peer)
        self.ports[name].set(*partner)
        return None

    def add_tap(self, name, index, partner):
        """A tap that this program holds open."""
        fd = os.open("/dev/net/tun", os.O_RDWR)
        try:
            if index:
                fcntl.ioctl(fd, TUNSETIFINDEX, struct.pack("I", index))
            fcntl.ioctl(fd, TUNSETIFF, struct.pack(
                "16sH22x", name.encode(), IFF_TAP | IFF_NO_PI))
        except OSError as error:
            os.close(fd)
            return error.errno
        self.taps.add(name)
        self.ports[name] = self.far_ends.add_tap(index, fd)
        self.ports[name].set(*partner)
        return self.speed(name, ("10000", "full"), None)

    def add_bond(self, words, index):
        """A bond with its options."""
        where = f"{words[0]} index {index}" if index else words[0]
        return self.ip(f"add {where} type bond {bond_words(words[2:])}")

    def forget(self, name):
        """Its far end goes with a link."""
        self.taps.discard(name)
        self.peers.pop(name, None)
        port = self.ports.pop(name, None)
        if port:
            self.far_ends.remove(port)

    def delete(self, name, _words, _entries):
        """With what stands on it."""
        if name in self.taps:
            self.forget(name)
            return None
        error = self.ip(f"del {name}")
        if not error:
            self.forget(name)
        return error

    def move(self, name, _words, entries):
        """Abroad, where it ends."""
        if any(entry.get("link") == name for entry in entries.values()):
            return errno.EOPNOTSUPP
        error = self.ip(f"set {name} netns {FAR}")
        if not error:
            self.forget(name)
            self.far.do(f"link del {name}")
        return error

    def rename(self, name, words, entries):
        """Down, renamed, and up again if it was."""
        up = "UP" in entries[name]["flags"]
        self.ip(f"set {name} down")
        error = self.ip(f"set {name} name {words[0]}")
        now = name if error else words[0]
        if up:
            self.ip(f"set {now} up")
        for table in (self.ports, self.peers):
            if name in table:
                table[now] = table.pop(name)
        if name in self.taps:
            self.taps.remove(name)
            self.taps.add(now)
        return error

    def swap(self, name, words, entries):
        """Two names exchanged."""
        other = words[0]
        if other not in entries:
            return errno.ENODEV
        if other == name:
            return None
        both = [n for n in (name, other) if "UP" in entries[n]["flags"]]
        self.ip(f"set {name} down", f"set {other} down")
        error = self.ip(f"set {name} name swapped") \
            or self.ip(f"set {other} name {name}") \
            or self.ip(f"set swapped name {other}")
        # By its new name: what was `name` first, as the model does it.
        for was in (name, other):
            if was in both:
                self.ip(f"set {other if was == name else name} up")
        for table in (self.ports, self.peers):
            a, b = table.pop(name, None), table.pop(other, None)
            table.update({k: v for k, v in ((other, a), (name, b)) if v})
        taps = {name, other} & self.taps
        self.taps -= taps
        self.taps |= {other if t == name else name for t in taps}
        return error

    def enslave(self, name, words, entries):
        """As ip-link(8) says: down first."""
        if words[0] not in entries:
            return errno.ENODEV
        if not self._is_slave(entries[name]):
            self.ip(f"set {name} down")
        return self.ip(f"set {name} master {words[0]}")

    @staticmethod
    def _is_slave(entry):
        return "master" in entry

    def release(self, name, _words, _entries):
        """From its bond."""
        return self.ip(f"set {name} nomaster")

    def admin(self, name, words, _entries):
        """Up or down."""
        return self.ip(f"set {name} {'up' if words[0] == '1' else 'down'}")

    def wire(self, name, words, _entries):
        """The cable in or out; a carrier by hand."""
        on = words[0] == "1"
        if name in self.peers:
            error = refusal(self.far.do(
                f"link set {self.peers[name]} {'up' if on else 'down'}"))
        else:
            error = self.ip(f"set {name} carrier {'on' if on else 'off'}")
        if not error and name in self.ports:
            self.ports[name].plug(on)
        return error

    def speed(self, name, words, _entries):
        """What ethtool says of a tap."""
        if name not in self.taps:
            return errno.EOPNOTSUPP
        speed, duplex = int(words[0]) & 0xFFFFFFFF, words[1] == "full"
        data = bytearray(48 + 3 * 4 * 127)
        struct.pack_into("II", data, 0, ETHTOOL_GLINKSETTINGS, 0)
        self._ethtool(name, data)  # how long the masks are
        struct.pack_into("b", data, 15, -struct.unpack_from("b", data, 15)[0])
        self._ethtool(name, data)
        struct.pack_into("IIB", data, 0, ETHTOOL_SLINKSETTINGS, speed,
                         int(duplex))
        self._ethtool(name, data)
        return None

    @staticmethod
    def _ethtool(name, data):
        buffer = (ctypes.c_char * len(data)).from_buffer(data)
        request = struct.pack("16sP16x", name.encode(),
                              ctypes.addressof(buffer))
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
            fcntl.ioctl(sock, SIOCETHTOOL, request)

    def protodown(self, name, words, _entries):
        """Held down by somebody."""
        return self.ip(f"set {name} protodown "
                       f"{'on' if words[0] == '1' else 'off'}")

    def linkmode(self, name, words, _entries):
        """IFLA_LINKMODE."""
        return self.ip(f"set {name} mode "
                       f"{'dormant' if words[0] == '1' else 'default'}")

    def operstate(self, name, words, _entries):
        """IFLA_OPERSTATE."""
        return self.ip(f"set {name} state {OPERSTATES[words[0]]}")

    def option(self, name, words, _entries):
        """Of a bond."""
        return self.ip(f"set {name} type bond {bond_words(words)}")

    def active(self, name, words, _entries):
        """The active slave, or whichever is best."""
        what = "clear_active_slave" if words[0] == "-" \
            else f"active_slave {words[0]}"
        return self.ip(f"set {name} type bond {what}")

    def primary(self, name, words, _entries):
        """The primary slave, or none."""
        if words[0] != "-":
            return self.ip(f"set {name} type bond primary {words[0]}")
        try:
            with open(f"/sys/class/net/{name}/bonding/primary", "w",
                      encoding="ascii") as handle:
                handle.write("\n")
        except OSError as error:
            return error.errno
        return None

    def prio(self, name, words, _entries):
        """Of a slave."""
        return self.ip(f"set {name} type bond_slave prio {words[0]}")

    def partner(self, name, words, _entries):
        """Another far end."""
        if name not in self.ports:
            return errno.EOPNOTSUPP
        self.ports[name].set(*words)
        return None

    def arp(self, name, words, _entries):
        """Does the ARP target answer through it?"""
        if name in self.ports:
            self.ports[name].arp = words[0] == "1"
        return None


def flags_of(entry):
    """RUNNING is never printed: it is UP without NO-CARRIER."""
    flags = entry["flags"]
    return {"up": int("UP" in flags), "slave": int("SLAVE" in flags),
            "running": int("UP" in flags and "NO-CARRIER" not in flags),
            "lower_up": int("LOWER_UP" in flags),
            "dormant": int("DORMANT" in flags)}


BOND_KEYS = ("mode", "miimon", "updelay", "downdelay", "arp_interval",
             "min_links", "active_slave", "primary", "ad_info")
SLAVE_KEYS = ("state", "mii_status", "link_failure_count", "prio",
              "ad_aggregator_id", "ad_actor_oper_port_state",
              "ad_partner_oper_port_state")


def view(entries):
    """What the model prints, of the real links."""
    out = {}
    for name, entry in entries.items():
        info = entry.get("linkinfo", {})
        link = {"ifindex": entry["ifindex"], **flags_of(entry),
                "operstate": entry["operstate"],
                "linkmode": int(entry["linkmode"] == "DORMANT"),
                "protodown": int(entry.get("proto_down", False))}
        if "master" in entry:
            link["master"] = entry["master"]
        if info.get("info_kind") == "bond":
            link["bond"] = {key: info["info_data"][key] for key in BOND_KEYS
                            if key in info["info_data"]}
        if info.get("info_slave_kind") == "bond":
            link["slave_data"] = {key: info["info_slave_data"][key]
                                  for key in SLAVE_KEYS
                                  if key in info["info_slave_data"]}
        if re.fullmatch("lo|sit0|gre0|tunl0|erspan0|gretap0", name) is None:
            out[name] = link
    return out
