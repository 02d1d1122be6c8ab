#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""The same operations on the virtual kernel and on the real one; for
tests/sim/model.story.

    lab_model.py VKRUN RANDOM-DIR LINES

After each operation both settle, and must show the same links. The lab is
given as much time as the model says that it needs, and is then looked at until
both agree, or a deadline has passed. Exit: 1 with any mismatch.
"""

import subprocess
import sys
import time

VKRUN, RANDOM = sys.argv[1:3]
sys.path.insert(0, RANDOM)
from coprocess import Ip  # noqa: E402
from lab_far import FarEnds  # noqa: E402
from lab_links import FAR, Links, view  # noqa: E402

MARGIN_S = 0.15
DEADLINE_S = 12
MOST = 12  # mismatches before it gives up


class Model:
    """vkrun, kept running."""

    def __init__(self):
        self.process = subprocess.Popen((VKRUN,), stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True)

    def ask(self, line):
        """Its answer, of one line."""
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().strip()

    def show(self):
        """Links by name."""
        import json
        return json.loads(self.ask("show"))


def differences(model, real, path=""):
    """Where two trees differ, as lines."""
    out = []
    for key in sorted(model.keys() | real.keys()):
        ours, theirs = model.get(key), real.get(key)
        if isinstance(ours, dict) and isinstance(theirs, dict):
            out += differences(ours, theirs, f"{path}{key}.")
        elif ours != theirs:
            out.append(f"{path}{key}: model {ours}, kernel {theirs}")
    return out


def ignored(text, restless):
    """A monitor that tries one slave after the other never rests."""
    return restless and (".slave_data" in text or ".bond." in text)


class Run:
    """One list of operations."""

    def __init__(self):
        self.model, self.near = Model(), Ip()
        self.far, far_ends = Ip("-n", FAR), FarEnds(FAR)
        far_ends.start()
        self.links = Links(self.near, self.far, far_ends)
        self.mismatches = self.refused = self.count = 0
        self.done, self.broken = [], False

    def entries(self):
        """The real links by name."""
        return {entry["ifname"]: entry for entry in self.near.links()}

    def step(self, line):
        """One operation, on both."""
        words = line.split()
        before = self.entries()
        answer = int(self.model.ask(line))
        index = None
        if words[0] in ("add", "add-bond"):
            name = words[2] if words[0] == "add" else words[1]
            index = self.model.show().get(name, {}).get("ifindex") \
                if not answer else None
            given = words[3] if words[0] == "add" else words[2]
            index = index or int(given) or None
        real = self.links.do(words, index, before)
        self.links.follow(self.entries())
        self.refused += answer != 0
        if (answer != 0) != (real is not None) \
                or (isinstance(real, int) and answer and -answer != real):
            self.complain(line, [f"answer: model {answer}, kernel {real}"])
        else:
            self.compare(line)

    def compare(self, line):
        """Both settled."""
        begin = time.monotonic()
        needs_s = int(self.model.ask("settle")) / 1000
        model, restless = self.model.show(), needs_s < 0
        time.sleep(max(needs_s, 0) + MARGIN_S)
        while True:
            found = [text for text in differences(model, view(self.entries()))
                     if not ignored(text, restless)]
            if not found:
                return
            if time.monotonic() > begin + needs_s + DEADLINE_S:
                break
            time.sleep(0.1)
        self.complain(line, found)

    def complain(self, line, found):
        """And begin again: what follows would differ for it."""
        self.mismatches += 1
        print(f"MISMATCH at operation {self.count}, {line}", flush=True)
        for text in found:
            print(f"    {text}", flush=True)
        print("  after\n    " + "\n    ".join(self.done), flush=True)
        self.broken = True

    def new(self):
        """An empty world."""
        self.model.ask("new")
        for name in view(self.entries()):
            if name in self.entries():
                self.links.delete(name, (), {})
                self.links.forget(name)
        # ip goes on knowing the indexes of names that are gone.
        self.near.process.stdin.close()
        self.near.process.wait()
        self.near = self.links.near = Ip()
        self.done, self.broken = [], False

    def all(self, lines):
        """Until the end, or enough is enough."""
        begin = time.monotonic()
        for line in lines:
            if line == "new":
                self.new()
            elif not self.broken:
                self.count += 1
                self.step(line)
                self.done.append(line)
            if self.mismatches >= MOST:
                break
        print(f"{self.count} operations, {self.refused} of them refused, "
              f"{self.mismatches} mismatches, "
              f"{time.monotonic() - begin:.0f} s")


def main():
    """Reads the operations from a file."""
    with open(sys.argv[3], encoding="ascii") as handle:
        lines = [line.strip() for line in handle if line.strip()]
    run = Run()
    run.all(lines)
    return 1 if run.mismatches else 0


sys.exit(main())
