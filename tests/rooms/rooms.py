#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Holds the source to its rooms.

    rooms.py TOP BUILD

TOP is the source, BUILD where its objects are. Each finding is a line, with
the file it is about. Fails on

  - an include that does not name its room, or names one that rooms.txt does
    not allow;
  - headers that include each other in a circle, and a circle of rooms.txt;
  - net-snmp's headers, also by way of others, in src/, cli/ and what of agent/
    links without it;
  - a call into a room that rooms.txt does not allow, and sources that call
    each other in a circle: what the linker would see, so with the names that
    are declared somewhere else than where they are defined;
  - a public name that two sources define;
  - a public name that does not begin with the name of its file or of the
    module that its file is a part of;
  - a source without a header of its own that is not a part of a module.

Exit: 0 none, 1 findings, 2 usage, or nothing to look at.
"""
import os
import re
import subprocess
import sys

SIDES = ("src", "agent", "cli")
INCLUDE = re.compile(r'^\s*#\s*include\s+(\S+)', re.M)
# Of agent/, what is in this library needs no net-snmp; nor do src/ and cli/.
WITHOUT_NETSNMP = "libbcservice_a-"
HERE = os.path.dirname(os.path.abspath(__file__))


def read_rooms(path):
    """Room -> the rooms that it may know."""
    may = {}
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            line = line.split("#")[0].strip()
            if not line:
                continue
            room, _, others = line.partition(":")
            may[room] = set(others.split())
    for room, others in may.items():
        for other in [o for o in others if o.endswith("/*")]:
            others.remove(other)
            others |= {r for r in may if r.startswith(other[:-1])}
        others.discard(room)
        for other in others:
            if other not in may:
                sys.exit(f"rooms.txt: {room}: there is no room {other}")
    return may


def sources(top):
    """Every source and header, relative to the top."""
    found = []
    for side in SIDES:
        for folder, _, names in os.walk(os.path.join(top, side)):
            found += [os.path.relpath(os.path.join(folder, name), top)
                      for name in names if name.endswith((".c", ".h"))]
    return sorted(found)


def circles(graph):
    """Each circle of the graph once, as the list of its nodes (Tarjan)."""
    index, low, stack, out = {}, {}, [], []

    def visit(node):
        index[node] = low[node] = len(index)
        stack.append(node)
        for other in sorted(graph.get(node, ())):
            if other not in index:
                visit(other)
                low[node] = min(low[node], low[other])
            elif other in stack:
                low[node] = min(low[node], index[other])
        if low[node] == index[node]:
            component = []
            while True:
                component.append(stack.pop())
                if component[-1] == node:
                    break
            if len(component) > 1 or node in graph.get(node, ()):
                out.append(sorted(component))

    sys.setrecursionlimit(10000)
    for node in sorted(graph):
        if node not in index:
            visit(node)
    return out


def stem(path):
    return os.path.splitext(os.path.basename(path))[0]


class Tree:
    def __init__(self, top, build):
        self.top, self.build = top, build
        self.may = read_rooms(os.path.join(HERE, "rooms.txt"))
        self.files = sources(top)
        self.findings = []

    def complain(self, text):
        self.findings.append(text)

    def allowed(self, room, other):
        return other == room or other in self.may[room]

    def rooms(self):
        for circle in circles(self.may):
            self.complain("rooms.txt: know each other: " + " ".join(circle))
        for path in self.files:
            room = os.path.dirname(path)
            if room not in self.may:
                self.complain(f"{path}: rooms.txt has no room {room}")
        self.files = [path for path in self.files
                      if os.path.dirname(path) in self.may]

    def resolve(self, path, name):
        """The header that an include means, as the compiler finds it."""
        side = path.split("/")[0]
        for root in (side,) + SIDES:
            if os.path.exists(os.path.join(self.top, root, name)):
                return f"{root}/{name}"
        return None

    def includes(self):
        """Fills `headers`: file -> the headers it includes, ours by path."""
        self.headers = {}
        for path in self.files:
            with open(os.path.join(self.top, path), encoding="utf-8") as file:
                words = INCLUDE.findall(file.read())
            self.headers[path] = set()
            for word in words:
                self.include(path, word)
        for circle in circles({path: others & set(self.files)
                               for path, others in self.headers.items()
                               if path.endswith(".h")}):
            self.complain("include each other: " + " ".join(circle))

    def include(self, path, word):
        room = os.path.dirname(path)
        name = word.strip('"<>')
        if word == '"config.h"':
            return
        if word[0] not in '"<':
            self.complain(f"{path}: includes {word}, which is a macro")
            return
        header = self.resolve(path, name)
        if header:
            self.headers[path].add(header)
            if not self.allowed(room, os.path.dirname(header)):
                self.complain(f'{path}: includes "{name}", which {room} '
                              "may not know")
        elif word[0] == '"':
            self.complain(f'{path}: "{name}" does not name its room')
        else:
            self.headers[path].add(word)

    def has_netsnmp(self, path, seen):
        """By itself, or by a header of ours."""
        if path in seen:
            return False
        seen.add(path)
        return any(other.startswith("<net-snmp/") or
                   other in self.headers and self.has_netsnmp(other, seen)
                   for other in self.headers[path])

    def objects(self):
        """Source -> (names it defines, names it needs), by nm. A source that
        is compiled for several programs counts once, with all of them."""
        found = {}
        known = set(self.files)
        self.without = {path for path in known if path.endswith(".c") and
                        path.split("/")[0] != "agent"}
        for side in SIDES:
            for folder, _, names in os.walk(os.path.join(self.build, side)):
                for name in sorted(names):
                    if not name.endswith(".o"):
                        continue
                    source = os.path.join(
                        os.path.relpath(folder, self.build),
                        name[:-2].split("-")[-1] + ".c")
                    if source not in known:
                        continue
                    defines, needs = self.symbols(os.path.join(folder, name))
                    all_of = found.setdefault(source, (set(), set()))
                    all_of[0].update(defines)
                    all_of[1].update(needs)
                    if WITHOUT_NETSNMP in name:
                        self.without.add(source)
        return found

    @staticmethod
    def symbols(path):
        lines = subprocess.run(["nm", "-g", path], check=True,
                               stdout=subprocess.PIPE, text=True).stdout
        defines, needs = set(), set()
        for line in lines.splitlines():
            words = line.split()
            if words[-2] == "U":
                needs.add(words[-1])
            elif not words[-1].startswith("__"):
                defines.add(words[-1])
        return defines, needs

    def calls(self):
        objects = self.objects()
        missing = [path for path in self.files
                   if path.endswith(".c") and path not in objects]
        if missing:
            print("rooms: not built: " + " ".join(missing), file=sys.stderr)
            sys.exit(2)
        where = {}
        for path, (defines, _) in objects.items():
            for name in defines:
                where.setdefault(name, []).append(path)
        for name, paths in sorted(where.items()):
            if len(paths) > 1 and name != "main":
                self.complain(f"{name} is defined by " +
                              " and ".join(sorted(paths)))
        for path in sorted(self.without):
            if self.has_netsnmp(path, set()):
                self.complain(f"{path}: includes net-snmp")
        graph = {}
        for path, (_, needs) in objects.items():
            for name in needs:
                for other in where.get(name, ()):
                    if other == path:
                        continue
                    graph.setdefault(path, {}).setdefault(other, name)
                    room = os.path.dirname(path)
                    if not self.allowed(room, os.path.dirname(other)):
                        self.complain(f"{path}: calls {name}() of {other}, "
                                      f"which {room} may not know")
        for circle in circles(graph):
            names = [f"{path} -> {name}() of {other}"
                     for path in circle for other, name in
                     sorted(graph[path].items()) if other in circle]
            self.complain("call each other: " + "; ".join(names))
        self.names(objects)

    def modules(self, path, headers):
        """The modules that a source is, or is a part of: by its own name, and
        by headers of its room whose name its own begins with."""
        own = stem(path)
        found = {own}
        for header in headers:
            if os.path.dirname(header) == os.path.dirname(path):
                name = stem(header)
                if name.endswith("_internal"):
                    name = name[:-len("_internal")]
                if own == name or own.startswith(name + "_"):
                    found.add(name)
        return found

    def names(self, objects):
        headers = [path for path in self.files if path.endswith(".h")]
        for path, (defines, _) in sorted(objects.items()):
            if defines == {"main"}:
                continue
            modules = self.modules(path, headers)
            if len(modules) == 1 and path[:-2] + ".h" not in headers:
                self.complain(f"{path}: has no header, and is no part of a "
                              "module of its room that has one")
            for name in sorted(defines):
                if not any(name == module or name.startswith(module + "_")
                           for module in modules):
                    self.complain(f"{path}: {name} begins with none of " +
                                  ", ".join(sorted(modules)))


def main():
    if len(sys.argv) != 3:
        print(__doc__, file=sys.stderr)
        return 2
    tree = Tree(sys.argv[1], sys.argv[2])
    if not tree.files:
        print(f"rooms: no sources below {sys.argv[1]}", file=sys.stderr)
        return 2
    tree.rooms()
    tree.includes()
    tree.calls()
    for finding in tree.findings:
        print(finding)
    return 1 if tree.findings else 0


if __name__ == "__main__":
    sys.exit(main())
