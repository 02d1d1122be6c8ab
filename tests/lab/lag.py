#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Compares a walk of IEEE8023-LAG-MIB with the module's syntax and the kernel.

    lag.py counters                    the kernel's counters of every link
    lag.py check MIB WALK COUNTERS     prints what differs; exit 1 if anything
                                       does. COUNTERS were read before the walk
    lag.py librenms WALK               members of LAGs, as that program sees
    lag.py observium WALK              them

It does not read the kernel as the agent does: it uses ip, /proc/net/bonding,
and for the counters, which ip does not show, a request of its own. MIB is
tests/agent/lag_mib.txt; WALK is snmpwalk's output with -On -Ox -Ot.
"""
import json
import re
import socket
import struct
import subprocess
import sys

BASE = ".1.2.840.10006.300.43.1."
LIST_MAX = 2048  # the largest ifIndex that fits the agent's PortList
UNSET = "00:00:00:00:00:00"
STATES = ("active", "short_timeout", "aggregating", "in_sync", "collecting",
          "distributing", "defaulted", "expired")  # LacpState's 0 to 7
CHURNS = ("none", "churned", "monitoring")  # ChurnState's 1 to 3
TYPES = {"INTEGER": "integer", "Counter32": "counter", "Timeticks": "ticks",
         "Hex-STRING": "octets", "STRING": "octets"}
# linux/if_bonding.h, BOND_3AD_STAT_*: which make up columns 1 to 8
COLUMNS = ((0,), (4,), (6,), (2, 8), (3,), (1,), (5,), (7,))


def attributes(data):
    found = {}
    while len(data) >= 4:
        length, kind = struct.unpack_from("=HH", data)
        found[kind & 0x3fff] = data[4:length]
        data = data[(length + 3) & ~3:]
    return found


def counters_of(sock, ifindex):
    """The eight columns; None: the link has no such counters."""
    sock.send(struct.pack("=IHHIIBBHII", 28, 94, 1, 1, 0, 0, 0, 0, ifindex,
                          1 << 2))  # RTM_GETSTATS, LINK_XSTATS_SLAVE
    answer = sock.recv(65536)
    if struct.unpack_from("=H", answer, 4)[0] != 92:  # RTM_NEWSTATS
        return None
    nest = attributes(answer[28:])
    for kind in (3, 2, 1):
        if kind not in nest:
            return None
        nest = attributes(nest[kind])
    return [sum(struct.unpack("=Q", nest[stat])[0] for stat in stats) % 2**32
            for stats in COLUMNS]


def links():
    shown = subprocess.run(["ip", "-d", "-j", "link"], check=True,
                           stdout=subprocess.PIPE).stdout
    return [link for link in json.loads(shown) if link]


def counters():
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0) as sock:
        return {str(link["ifindex"]): counters_of(sock, link["ifindex"])
                for link in links()}


def octets(numbers):
    return "".join(f"{number:02x}" for number in numbers)


def mac(text):
    return text.replace(":", "")


def bits(words):
    return octets([sum(0x80 >> STATES.index(word) for word in words)])


def pdus_of(bond, slave):
    """A port's priority, its partner's system and key, and the ends' churn
    states, from /proc/net/bonding."""
    with open(f"/proc/net/bonding/{bond}", encoding="ascii") as file:
        part = file.read().split(f"Slave Interface: {slave}\n")[1]
    priority = re.search(r"port priority: (\d+)", part)
    partner = part.partition("details partner lacp pdu:")[2]
    if not partner:
        return None, None, None, ()
    return (int(priority[1]),
            re.search(r"system mac address: (\S+)", partner)[1],
            int(re.search(r"oper key: (\d+)", partner)[1]),
            re.findall(r"Churn State: (\S+)", part)[:2])


def port_rows(bond, slave, rows):
    """Adds the rows of a port; returns (selected the aggregator, attached)."""
    at = slave["ifindex"]
    options = bond["linkinfo"]["info_data"]
    port = slave["linkinfo"]["info_slave_data"]
    active = options.get("ad_info", {}).get("aggregator")
    selected = port.get("ad_aggregator_id", -1) == active
    words = port.get("ad_actor_oper_port_state_str", [])
    attached = selected and "in_sync" in words
    rows[f"2.1.1.2.{at}"] = options["ad_actor_sys_prio"]
    if options["ad_actor_system"] != UNSET:
        rows[f"2.1.1.3.{at}"] = mac(options["ad_actor_system"])
    priority, system, key, churns = pdus_of(bond["ifname"], slave["ifname"])
    rows[f"2.1.1.15.{at}"] = priority
    for column, churn in zip((5, 6), churns):
        rows[f"2.3.1.{column}.{at}"] = CHURNS.index(churn) + 1
    if selected:
        rows[f"2.1.1.9.{at}"] = mac(system)
        rows[f"2.1.1.11.{at}"] = key
    rows[f"2.1.1.12.{at}"] = bond["ifindex"] if selected else 0
    rows[f"2.1.1.13.{at}"] = bond["ifindex"] if attached else 0
    if "ad_actor_oper_port_state" in port:
        asked = [word for word, is_set in
                 (("active", options["ad_lacp_active"] == "on"),
                  ("short_timeout", options["ad_lacp_rate"] == "fast"),
                  ("aggregating", True)) if is_set]
        rows[f"2.1.1.20.{at}"] = bits(asked)
        rows[f"2.1.1.21.{at}"] = bits(words)
        rows[f"2.1.1.23.{at}"] = bits(port["ad_partner_oper_port_state_str"])
        rows[f"2.1.1.24.{at}"] = 1 if "aggregating" in words else 2
    return selected, attached


def kernel_rows():
    rows, all_links = {}, links()
    for bond in all_links:
        options = bond.get("linkinfo", {}).get("info_data", {})
        if options.get("mode") != "802.3ad":
            continue
        at = bond["ifindex"]
        rows[f"1.1.1.2.{at}"] = mac(bond["address"])
        rows[f"1.1.1.3.{at}"] = options["ad_actor_sys_prio"]
        if options["ad_actor_system"] != UNSET:
            rows[f"1.1.1.4.{at}"] = mac(options["ad_actor_system"])
        if "ad_info" in options:
            rows[f"1.1.1.7.{at}"] = options["ad_info"]["actor_key"]
            rows[f"1.1.1.8.{at}"] = mac(options["ad_info"]["partner_mac"])
            rows[f"1.1.1.10.{at}"] = options["ad_info"]["partner_key"]
        ports = [0] * LIST_MAX
        for slave in all_links:
            if slave.get("master") != bond["ifname"]:
                continue
            selected, attached = port_rows(bond, slave, rows)
            if selected:
                port = slave["linkinfo"]["info_slave_data"]
                both = all("aggregating" in port[f"ad_{end}_oper_port_state_str"]
                           for end in ("actor", "partner"))
                rows[f"1.1.1.5.{at}"] = 1 if both else 2
            if attached:
                ports += [0] * (slave["ifindex"] - len(ports))
                ports[slave["ifindex"] - 1] = 1
        if len(ports) == LIST_MAX:
            text = "".join(map(str, ports))
            rows[f"1.2.1.1.{at}"] = octets(
                int(text[i:i + 8], 2) for i in range(0, LIST_MAX, 8)
            ).rstrip("0")
    return rows


def walked(path):
    """Type and value by number; octets as hexadecimal digits."""
    rows = {}
    with open(path, encoding="ascii") as file:
        for line in file:
            name, _, rest = line.rstrip("\n").partition(" = ")
            if not name.startswith(BASE):
                raise SystemExit(f"not of this MIB: {line}")
            kind, _, value = rest.partition(": ")
            if rest == '""':
                kind, value = "STRING", ""
            elif rest.isdigit():
                kind, value = "Timeticks", rest
            if TYPES[kind] == "octets":
                value = value.replace(" ", "").lower()
            else:
                value = int(value)
            rows[name[len(BASE):]] = (TYPES[kind], value)
    return rows


def syntax(path):
    with open(path, encoding="ascii") as file:
        for line in file:
            if not line.startswith("#"):
                number, name, kind, fits = line.split()
                low, dots, high = fits.partition("..")
                high = int(high or 2**31) if dots else int(low)
                yield number, (name, kind, int(low), high)


def check_syntax(mib, rows):
    objects = dict(syntax(mib))
    for number, (kind, value) in rows.items():
        name, wanted, low, high = objects.get(
            number.rpartition(".")[0], ("no such object", "", 0, 0))
        size = len(value) // 2 if kind == "octets" else value
        if kind != wanted or not low <= size <= high:
            yield f"{number} ({name}): {kind} {value}"


def number_key(text):
    return [int(part) for part in text.split(".")]


def check(mib, walk, before):
    rows = walked(walk)
    yield from check_syntax(mib, rows)
    if list(rows) != sorted(rows, key=number_key):
        yield "not in order"
    if "3.0" not in rows:
        yield "no dot3adTablesLastChanged"
    served = {number: value for number, (_, value) in rows.items()
              if not number.startswith(("2.2.", "3."))}
    expected = kernel_rows()
    for number in sorted(served.keys() | expected.keys(), key=number_key):
        value = served.get(number)
        if number.startswith("1.2.") and value is not None:
            value = value.rstrip("0")
        if number.startswith(("2.1.1.15.", "2.3.")) and value is None:
            continue  # by netlink only since Linux 6.18
        if value != expected.get(number):
            yield f"{number}: {value}; the kernel: {expected.get(number)}"
    with open(before, encoding="ascii") as file:
        before = json.load(file)
    now = counters()
    for at in (link for link, counts in now.items() if counts):
        for column in range(8):
            _, value = rows.pop(f"2.2.1.{column + 1}.{at}", (None, None))
            low = (before.get(at) or [0] * 8)[column]
            if value is None or not low <= value <= now[at][column]:
                yield (f"counter {column + 1} of {at}: {value}; the kernel: "
                       f"{low}, then {now[at][column]}")
    for number in rows:
        if number.startswith("2.2."):
            yield f"{number}: the kernel does not count there"


def chosen(rows, column):
    """Pairs of aggregator and port in a column of dot3adAggPortTable."""
    return [(value, number.rpartition(".")[2])
            for number, (_, value) in rows.items()
            if number.startswith(f"2.1.1.{column}.") and value]


def librenms(rows):
    """LibreNMS/Modules/PortsStack.php: SelectedAggID"""
    return chosen(rows, 12)


def observium(rows):
    """includes/discovery/ports-stack.inc.php: AttachedAggID, and others"""
    if not any(number.startswith("1.2.1.1.") for number in rows):
        return []
    return [(high, at) for high, at in chosen(rows, 13)
            if rows[f"2.1.1.24.{at}"][1] != 2
            and int(rows[f"2.1.1.20.{at}"][1], 16) & 0x20]


def members(seen):
    names = {str(link["ifindex"]): link["ifname"] for link in links()}
    print(" ".join(sorted(f"{names[str(high)]}-{names[low]}"
                          for high, low in seen)))


def main():
    command, arguments = sys.argv[1], sys.argv[2:]
    if command == "counters":
        print(json.dumps(counters()))
    elif command == "librenms":
        members(librenms(walked(arguments[0])))
    elif command == "observium":
        members(observium(walked(arguments[0])))
    else:
        wrong = list(check(*arguments))
        print("\n".join(wrong))
        sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
