#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""rooms.py finds each thing that it forbids, and nothing in a good tree.

Each test takes the good tree, which has a line of every rule, spoils one thing
in it, compiles it, and compares all findings with the one that must be there.
"""
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
CC = os.environ.get("CC", "cc").split()

ROOMS = """\
# A comment.
src/low:
src/mid:    src/low    # another
agent/high: src/*
agent:      src/* agent/*
"""

# far_internal.h serves two parts of module far; far_part.c has no other header.
GOOD = {
    "src/low/near.h": "int near_get(void);\n",
    "src/low/near.c": '#include "low/near.h"\n'
                      "static int helper(void) { return 1; }\n"
                      "int near_get(void) { return helper(); }\n",
    "src/mid/far.h": '#include "low/near.h"\nint far_get(void);\n',
    "src/mid/far_internal.h": "int far_part(void);\n",
    "src/mid/far.c": '#include "config.h"\n'
                     "#include <stddef.h>\n"
                     '#include "mid/far.h"\n'
                     '#include "mid/far_internal.h"\n'
                     "int far_get(void) { return far_part(); }\n",
    "src/mid/far_part.c": '#include "mid/far_internal.h"\n'
                          '#include "low/near.h"\n'
                          "int far_part(void) { return near_get(); }\n",
    "agent/high/top.h": "int top_get(void);\n",
    "agent/high/top.c": '#include "high/top.h"\n'
                        '#include "low/near.h"\n'
                        '#include "mid/far.h"\n'
                        "int top_get(void) { return far_get(); }\n",
    "agent/main.c": '#include "high/top.h"\n'
                    '#include "low/near.h"\n'
                    "int main(void) { return top_get() - near_get(); }\n",
}


OBJECTS = {}    # by the text of the source


class Rooms(unittest.TestCase):
    def setUp(self):
        self.top = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.top)
        # It reads the rooms.txt beside it.
        shutil.copy(os.path.join(HERE, "rooms.py"), self.top)
        self.write("rooms.txt", ROOMS)
        self.write("config.h", "")
        for path, text in GOOD.items():
            self.write(path, text)

    def write(self, path, text):
        path = os.path.join(self.top, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)

    def add(self, path, text):
        with open(os.path.join(self.top, path), "a", encoding="utf-8") as file:
            file.write(text)

    def compile(self):
        """Every source, as automake does: FOLDER/LIBRARY-SOURCE.o. Headers
        here only declare, so a source makes the same object each time."""
        for folder, _, names in os.walk(self.top):
            for name in names:
                if not name.endswith(".c"):
                    continue
                source = os.path.join(folder, name)
                build = os.path.join(self.top, "build",
                                     os.path.relpath(folder, self.top))
                os.makedirs(build, exist_ok=True)
                with open(source, encoding="utf-8") as file:
                    key = file.read()
                if key not in OBJECTS:
                    OBJECTS[key] = self.object_of(source)
                with open(f"{build}/lib_a-{name[:-2]}.o", "wb") as file:
                    file.write(OBJECTS[key])

    def object_of(self, source):
        out = os.path.join(self.top, "out.o")
        subprocess.run(
            CC + ["-c", "-w", "-I" + self.top, "-I" + self.top + "/src",
                  "-I" + self.top + "/agent", "-o", out, source], check=True)
        with open(out, "rb") as file:
            return file.read()

    def run_rooms(self):
        return subprocess.run(
            [sys.executable, "-B", os.path.join(self.top, "rooms.py"),
             self.top, os.path.join(self.top, "build")],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def findings(self, *expected):
        """The findings are these, whole lines, in any order."""
        self.compile()
        done = self.run_rooms()
        self.assertEqual(sorted(done.stdout.splitlines()), sorted(expected),
                         done.stderr)
        self.assertEqual(done.stderr, "")
        self.assertEqual(done.returncode, 1 if expected else 0)

    def test_good(self):
        self.findings()

    def test_include_upward(self):
        self.add("src/low/near.c", '#include "mid/far.h"\n')
        self.findings('src/low/near.c: includes "mid/far.h", which src/low '
                      "may not know")

    def test_include_upward_by_a_header(self):
        self.write("src/low/near.h",
                   '#ifndef N\n#define N\n#include "high/top.h"\n'
                   "int near_get(void);\n#endif\n")
        self.findings('src/low/near.h: includes "high/top.h", which src/low '
                      "may not know")

    def test_include_indented(self):
        self.add("src/low/near.c", '#if 1\n#  include "mid/far.h"\n#endif\n')
        self.findings('src/low/near.c: includes "mid/far.h", which src/low '
                      "may not know")

    def test_include_sideways(self):
        """A room that has nothing of another, though neither is below."""
        self.write("rooms.txt", ROOMS + "src/aside: src/low\n")
        self.write("src/aside/own.h", "int own_get(void);\n")
        self.write("src/aside/own.c", '#include "aside/own.h"\n'
                   '#include "mid/far.h"\nint own_get(void) { return 2; }\n')
        self.findings('src/aside/own.c: includes "mid/far.h", which src/aside '
                      "may not know")

    def test_include_bare(self):
        self.add("src/mid/far.c", '#include "far.h"\n')
        self.findings('src/mid/far.c: "far.h" does not name its room')

    def test_header_circle(self):
        self.write("src/mid/far.h", "#ifndef F\n#define F\n"
                   '#include "mid/far_internal.h"\nint far_get(void);\n'
                   "#endif\n")
        self.write("src/mid/far_internal.h", "#ifndef I\n#define I\n"
                   '#include "mid/far.h"\nint far_part(void);\n#endif\n')
        self.findings("include each other: src/mid/far.h "
                      "src/mid/far_internal.h")

    def test_header_includes_itself(self):
        self.write("src/low/near.h", "#ifndef N\n#define N\n"
                   '#include "low/near.h"\nint near_get(void);\n#endif\n')
        self.findings("include each other: src/low/near.h")

    def test_call_upward(self):
        """Declared in place, so that no include shows it."""
        self.add("src/low/near.c", "int far_lone(void);\n"
                 "int near_more(void) { return far_lone(); }\n")
        self.write("src/mid/far_lone.c",
                   "int far_lone(void) { return 3; }\n")
        self.findings("src/low/near.c: calls far_lone() of "
                      "src/mid/far_lone.c, which src/low may not know")

    def test_data_upward(self):
        self.add("src/low/near.c", "extern int far_level;\n"
                 "int near_more(void) { return far_level; }\n")
        self.write("src/mid/far_level.c", "int far_level = 3;\n")
        self.findings("src/low/near.c: calls far_level() of "
                      "src/mid/far_level.c, which src/low may not know")

    def test_call_circle(self):
        self.add("src/mid/far_part.c", '#include "mid/far.h"\n'
                 "int far_part_more(void) { return far_get(); }\n")
        self.findings(
            "call each other: "
            "src/mid/far.c -> far_part() of src/mid/far_part.c; "
            "src/mid/far_part.c -> far_get() of src/mid/far.c")

    def test_call_circle_of_three(self):
        self.write("src/low/a.h", "int a_get(void);\n")
        self.write("src/low/b.h", "int b_get(void);\n")
        self.write("src/low/c.h", "int c_get(void);\n")
        for one, other in ("ab", "bc", "ca"):
            self.write(f"src/low/{one}.c", f'#include "low/{other}.h"\n'
                       f"int {one}_get(void) {{ return {other}_get(); }}\n")
        self.findings("call each other: "
                      "src/low/a.c -> b_get() of src/low/b.c; "
                      "src/low/b.c -> c_get() of src/low/c.c; "
                      "src/low/c.c -> a_get() of src/low/a.c")

    def test_wrong_prefix(self):
        self.add("src/low/near.c", "int nearest(void) { return 0; }\n"
                 "int other_value;\n")
        self.findings("src/low/near.c: nearest begins with none of near",
                      "src/low/near.c: other_value begins with none of near")

    def test_prefix_of_a_part(self):
        """A part may use the name of its module as well as its own."""
        self.add("src/mid/far_part.c", "int far_more(void) { return 0; }\n"
                 "int part_more(void) { return 0; }\n")
        self.findings("src/mid/far_part.c: part_more begins with none of "
                      "far, far_part")

    def test_no_header(self):
        self.write("src/low/lone.c", "int lone_get(void) { return 0; }\n")
        self.findings("src/low/lone.c: has no header, and is no part of a "
                      "module of its room that has one")

    def test_part_of_a_module_elsewhere(self):
        self.write("src/low/far_more.c", "int far_more(void) { return 0; }\n")
        self.findings("src/low/far_more.c: has no header, and is no part of "
                      "a module of its room that has one")

    def test_unknown_room(self):
        self.write("src/attic/old.h", "int old_get(void);\n")
        self.findings("src/attic/old.h: rooms.txt has no room src/attic")

    def test_rooms_of_unknown_rooms(self):
        self.write("rooms.txt", ROOMS + "src/aside: src/none\n")
        self.compile()
        done = self.run_rooms()
        self.assertIn("src/aside: there is no room src/none", done.stderr)
        self.assertNotEqual(done.returncode, 0)

    def test_not_built(self):
        """What it can't look at, it does not pass."""
        self.compile()
        os.remove(os.path.join(self.top, "build/src/mid/lib_a-far_part.o"))
        done = self.run_rooms()
        self.assertEqual(done.stderr,
                         "rooms: not built: src/mid/far_part.c\n")
        self.assertEqual(done.returncode, 2)

    def test_nothing_there(self):
        done = subprocess.run(
            [sys.executable, "-B", os.path.join(self.top, "rooms.py"),
             os.path.join(self.top, "none"), self.top],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.assertEqual(done.returncode, 2)
        self.assertIn("no sources", done.stderr)


if __name__ == "__main__":
    unittest.main()
