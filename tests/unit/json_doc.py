#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Holds bondcarrier's JSON against doc/json.md: each member that is printed
is documented there, with that type and, where words are listed, with that
word; each that is documented is printed of at least one capture; and the
example is what the command above it prints.

    json_doc.py BONDCARRIER DOC CAPTURE...
"""
import difflib
import json
import re
import subprocess
import sys

failures = []


def fail(text):
    if text not in failures:
        failures.append(text)


def tables(text):
    """The rows of each table, under the title or half sentence above it."""
    found, title = {}, None
    for line in text.split("```json")[0].splitlines():
        if line.startswith("## "):
            title = line[3:]
        elif re.match(r"(An element of )?`\w+`:$", line):
            title = line.split("`")[1]
        elif line.startswith("| type |"):
            title = "types"
        elif line.startswith("| `"):
            cells = [c.strip() for c in line.strip()[1:-1].split("|")]
            found.setdefault(title, []).append(cells)
    return found


def members(rows):
    """name -> type, of a table of members."""
    result = {}
    for row in rows:
        names = re.findall(r"`(\w+)`", row[0])
        types = [t.strip() for t in row[1].split(", ")] or [""]
        for place, name in enumerate(names):
            kind = types[place] if len(types) == len(names) else types[0]
            result[name] = kind
    return result


TYPES = {"integer": int, "string": str, "boolean": bool, "true": bool,
         "object": dict, "array": list, "array of strings": list}


class Schema:
    def __init__(self, rows, inherited=None):
        self.types = members(rows)
        for name, kind in self.types.items():
            if kind == "":
                self.types[name] = inherited.types[name]
        self.words = {}
        for row in rows:
            words = re.match(r"`(\w+)`(, `\w+`)+", row[2]) \
                if len(row) > 2 and row[1] == "string" else None
            if words:
                listed = re.split(r"[:;.(]", row[2])[0]
                self.words[re.findall(r"`(\w+)`", row[0])[0]] = \
                    set(re.findall(r"`([^`]+)`", listed))
        self.seen = set()

    def hold(self, where, value):
        for name, got in value.items():
            kind = self.types.get(name)
            if kind is None:
                fail(f"{where}: member {name} is not documented")
                continue
            self.seen.add(name)
            if type(got) is not TYPES[kind]:
                fail(f"{where}: {name} is {got!r}, not {kind}")
            if kind == "array of strings" and \
                    not all(type(word) is str for word in got):
                fail(f"{where}: {name} is {got!r}, not strings")
            if name in self.words and got not in self.words[name]:
                fail(f"{where}: {name} is {got!r}, which is not listed")

    def unseen(self, where, excused=()):
        for name in set(self.types) - self.seen - set(excused):
            fail(f"{where}: {name} is documented, but was in no output")


def reference(where, value):
    if set(value) - {"ifindex", "name"} or type(value["ifindex"]) is not int:
        fail(f"{where}: {value!r}")


def hold_example(program, text, captures):
    """The example, to the byte: its command is on a line of its own."""
    command = re.search(r"^    bondcarrier (show --json --from (\S+\.pcap).*)$",
                        text, re.M)
    block = re.search(r"```json\n(.*?)```", text, re.S)
    if not command or not block:
        fail("no example with its command")
        return
    path = [c for c in captures if c.split("/")[-1] == command.group(2)]
    words = [path[0] if path and word == command.group(2) else word
             for word in command.group(1).split()]
    output = subprocess.run([program, *words], stdout=subprocess.PIPE,
                            check=False).stdout.decode("utf-8")
    if output != block.group(1):
        fail("the example is not what its command prints:")
        for line in difflib.unified_diff(block.group(1).splitlines(),
                                         output.splitlines(), "example",
                                         "output", n=1, lineterm=""):
            print(line)


def main():
    program, doc, captures = sys.argv[1], sys.argv[2], sys.argv[3:]
    with open(doc, encoding="utf-8") as file:
        text = file.read()
    found = tables(text)
    hold_example(program, text, captures)
    bond = Schema(found["A bond"])
    slave = Schema(found["A slave"], bond)
    effective = Schema(found["effective"])
    discrepancy = Schema(found["discrepancies"])
    line = Schema(found["A line of watch"])
    types = {t for row in found["types"] for t in
             re.findall(r"`(\w+)`", row[0])}
    warnings = set(re.findall(r"`(\w+)`", next(
        row[2] for row in found["A bond"] if row[0] == "`warnings`")))
    happened = set()

    for capture in captures:
        name = capture.split("/")[-1]
        output = subprocess.run([program, "show", "--json", "--from", capture],
                                stdout=subprocess.PIPE, check=False).stdout
        shown = json.loads(output.decode("utf-8"))
        if list(shown) != ["strictLacp", "bonds"] or \
                shown["strictLacp"] is not False:
            fail(f"{name}: {list(shown)}, not strictLacp and bonds")
        for b in shown["bonds"]:
            bond.hold(name, b)
            effective.hold(name, b["effective"])
            for member in ("activeSlave", "primarySlave"):
                if member in b:
                    reference(name, b[member])
            for d in b["discrepancies"]:
                discrepancy.hold(name, d)
            for w in b["warnings"]:
                if set(w) != {"warning", "text"} or \
                        w["warning"] not in warnings:
                    fail(f"{name}: warning {w!r}")
            for s in b["slaves"]:
                slave.hold(name, s)

        output = subprocess.run([program, "watch", "--json", "--from", capture],
                                stdout=subprocess.PIPE, check=False).stdout
        for text in output.decode("utf-8").splitlines():
            event = json.loads(text)
            line.hold(name, event)
            happened.add(event["type"])
            if event["type"] not in types:
                fail(f"{name}: type {event['type']} is not documented")
            if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}"
                                r"[+-]\d\d:\d\d", event["time"]):
                fail(f"{name}: time {event['time']}")
            reference(name, event["bond"])
            if "slave" in event:
                reference(name, event["slave"])
            if set(event["effective"]) != {"carrier", "reason"}:
                fail(f"{name}: effective {event['effective']!r}")
            effective.hold(name, event["effective"])
            if (event["type"] == "state") != ("strictLacp" in event):
                fail(f"{name}: {event['type']} and strictLacp")
            if (event["type"] == "state") != ("warnings" in event):
                fail(f"{name}: {event['type']} and warnings")
            if event["type"].startswith("discrepancy") != ("kind" in event):
                fail(f"{name}: {event['type']} and kind")
            if set(event.get("warnings", [])) - warnings:
                fail(f"{name}: warnings {event['warnings']}")

    bond.unseen("a bond")
    slave.unseen("a slave")
    effective.unseen("effective")
    discrepancy.unseen("discrepancies")
    line.unseen("a line of watch")
    # The kernel is neither overrun nor lost in a capture.
    for name in types - happened - {"overrun", "kernelLost", "kernelFound"}:
        fail(f"type {name} is documented, but never happened")

    for text in failures:
        print("FAIL:", text)
    print(f"{len(captures)} captures held against {doc.split('/')[-1]}")
    return 1 if failures else 0


sys.exit(main())
