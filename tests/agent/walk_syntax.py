#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Checks a walk against the syntax of a MIB module.

    walk_syntax.py DIRECTORY MODULE <WALK

DIRECTORY has the modules, for smidump; the walk is from `snmpbulkwalk -On -Ox
-Ot -Oe`, without MIBs. Each instance must belong to an accessible column or
scalar of MODULE, have a valid index, conform to its SYNTAX in type, range,
enumeration, size and bits, and follow the previous one. Prints the number of
instances of each object. Exit: 0, or 1 with the errors.
"""

import os
import subprocess
import sys

# What smidump calls a base type, and how snmpwalk names it on the wire.
WIRE = {
    "Integer32": "INTEGER",
    "Enumeration": "INTEGER",
    "Unsigned32": "Gauge32",
    "Gauge32": "Gauge32",
    "Counter32": "Counter32",
    "Counter64": "Counter64",
    "TimeTicks": "Timeticks",
    "OctetString": "Hex-STRING",
    "Bits": "Hex-STRING",
}
BOUNDS = {
    "Integer32": (-(2**31), 2**31 - 1),
    "Counter64": (0, 2**64 - 1),
    "OctetString": (0, 65535),
}
UNSIGNED = (0, 2**32 - 1)


class Modules:
    """Modules as smidump parses them, on demand."""

    def __init__(self, folder):
        self.environ = dict(os.environ, SMIPATH=folder)
        self.known = {}

    def __getitem__(self, name):
        if name not in self.known:
            # -k: of SNMPv2-TC, which defines what it is made of, it complains.
            text = subprocess.run(
                ["smidump", "-k", "-f", "python", name],
                env=self.environ,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                check=True,
            ).stdout
            space = {}
            exec(text, space)  # a dictionary, in smidump's words
            self.known[name] = space["MIB"]
        return self.known[name]


class Syntax:
    """A SYNTAX clause, including its textual conventions."""

    def __init__(self, modules, clause):
        self.ranges = None
        self.numbers = None
        while True:
            self.take(clause)
            name = clause.get("name")
            if "basetype" in clause:
                self.base = clause["basetype"]
                parent = clause.get("parent module")
                if not parent or parent["type"] in WIRE:
                    break
                where, name = parent["name"], parent["type"]
            elif name in WIRE:
                self.base = name
                break
            else:
                where = clause["module"]
            clause = modules[where]["typedefs"][name]
        if self.base not in WIRE:
            raise ValueError(f"no idea of {self.base}")

    def take(self, clause):
        """A refinement overrides what it refines."""
        if self.ranges is None and "ranges" in clause:
            self.ranges = [
                (int(r["min"]), int(r["max"])) for r in clause["ranges"]
            ]
        numbers = {
            int(v["number"])
            for v in clause.values()
            if isinstance(v, dict) and v.get("nodetype") == "namednumber"
        }
        if self.numbers is None and numbers:
            self.numbers = numbers

    def within(self, number):
        bounds = self.ranges or [BOUNDS.get(self.base, UNSIGNED)]
        return any(low <= number <= high for low, high in bounds)

    def complaint(self, wire, text):
        """The error in the value; None: valid."""
        if wire != WIRE[self.base]:
            return f"is of type {wire}, not {WIRE[self.base]}"
        if self.base == "OctetString":
            size = len(text.split())
            return None if self.within(size) else f"has {size} octets"
        if self.base == "Bits":
            return self.bits_complaint(bytes.fromhex(text))
        number = int(text)
        if self.base == "Enumeration":
            right = number in self.numbers
        else:
            right = self.within(number)
        return None if right else f"is {number}"

    def bits_complaint(self, octets):
        if len(octets) != max(self.numbers) // 8 + 1:
            return f"has {len(octets)} octets of bits"
        for bit in range(8 * len(octets)):
            if octets[bit // 8] & 0x80 >> bit % 8 and bit not in self.numbers:
                return f"has bit {bit}, which has no name"
        return None


class Checker:
    def __init__(self, modules, module):
        self.modules = modules
        self.nodes = modules[module]["nodes"]
        self.objects = {
            numbers(node["oid"]): name
            for name, node in self.nodes.items()
            if node["nodetype"] in ("column", "scalar")
        }
        self.counts = {}
        self.wrong = 0

    def complain(self, what):
        self.wrong += 1
        print(f"FAIL: {what}")

    def syntax(self, name):
        return Syntax(self.modules, self.nodes[name]["syntax"]["type"])

    def index_complaint(self, name, node, index):
        if node["nodetype"] == "scalar":
            return None if index == (0,) else f"a scalar under {index}"
        row = numbers(node["oid"])[:-1]
        linkage = next(
            other["linkage"]
            for other in self.nodes.values()
            if other["nodetype"] == "row" and numbers(other["oid"]) == row
        )
        if len(index) != len(linkage):
            return f"{len(index)} numbers of index, not {len(linkage)}"
        for number, key in zip(index, linkage):
            wrong = self.syntax(key).complaint("INTEGER", str(number))
            if wrong:
                return f"its {key} {wrong}"
        return None

    def check(self, oid, wire, text):
        prefix = next(
            (oid[:n] for n in range(len(oid), 0, -1) if oid[:n] in self.objects),
            None,
        )
        if prefix is None:
            self.complain(f"{oid} is no object of the module")
            return
        name = self.objects[prefix]
        node = self.nodes[name]
        self.counts[name] = self.counts.get(name, 0) + 1
        label = f"{name}.{'.'.join(map(str, oid[len(prefix):]))}"
        if node["access"] == "noaccess":
            self.complain(f"{label} is not accessible")
        for wrong in (
            self.index_complaint(name, node, oid[len(prefix) :]),
            self.syntax(name).complaint(wire, text),
        ):
            if wrong:
                self.complain(f"{label}: {wrong}")


def numbers(oid):
    return tuple(int(part) for part in oid.strip(".").split("."))


def instances(lines):
    """Of snmpwalk's lines; -Ot omits the type of TimeTicks."""
    joined = []
    for line in lines:
        if line.startswith("."):
            joined.append(line.rstrip("\n"))
        elif line.strip():
            joined[-1] += " " + line.strip()  # of a long value
    for line in joined:
        oid, value = line.split(" = ", 1)
        if value == '""':
            value = "Hex-STRING: "
        if ":" not in value:
            value = "Timeticks: " + value
        wire, text = value.split(":", 1)
        yield numbers(oid), wire, text.strip()


def main():
    checker = Checker(Modules(sys.argv[1]), sys.argv[2])
    before = ()
    for oid, wire, text in instances(sys.stdin):
        if oid <= before:
            checker.complain(f"{oid} comes after {before}")
        before = oid
        checker.check(oid, wire, text)
    for name, count in checker.counts.items():
        print(f"{name}: {count}")
    sys.exit(1 if checker.wrong or not checker.counts else 0)


if __name__ == "__main__":
    main()
