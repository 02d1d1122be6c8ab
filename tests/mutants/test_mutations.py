#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""The mutations of a small source are those that a reader would make."""
import glob
import os
import sys
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
from mutants import read_lines
from mutations import mutations

SOURCE = '''\
/* a == b in a comment */
#define LIMIT (1 + 2)
static const char *text = "a && b";

static bool is_near(int a, int b)
{
	int far = 20; /* a < b */

	if (a == b)
		return true;
	count++;
	free(table + 1);
	far = a < far ? a : far;
	if (far > b)
		far = b;
	return a < b && b <= 9 + far;
}

int table[] = { 1, 2 };
'''


class Mutations(unittest.TestCase):
    def setUp(self):
        self.found = mutations("src/near.c", SOURCE)

    def lines(self):
        return {(m.line, m.after) for m in self.found}

    def test_each_piece_of_a_function_is_replaced(self):
        self.assertEqual(self.lines(), {
            (7, "int far = 40; /* a < b */"),
            (9, "if (a != b)"),
            (10, "return false;"),
            (11, "count--;"),
            (11, ";"),
            (13, ";"),
            (14, "if (!(far > b))"),
            (16, "return a <= b && b <= 9 + far;"),
            (16, "return a < b || b <= 9 + far;"),
            (16, "return a < b && b < 9 + far;"),
            (16, "return a < b && b <= 9 - far;"),
            (16, "return a < b && b <= 10 + far;"),
        })

    def test_nothing_is_replaced_outside_of_functions(self):
        self.assertFalse([m for m in self.found if m.line < 7 or m.line > 16])

    def test_a_mutant_differs_in_the_piece_alone(self):
        for mutation in self.found:
            changed = mutation.apply(SOURCE).splitlines()
            differ = [i for i, (a, b) in enumerate(
                zip(SOURCE.splitlines(), changed), 1) if a != b]
            self.assertEqual(differ, [mutation.line])

    def test_the_key_holds_when_the_line_moves(self):
        moved = mutations("src/near.c", "\n\n" + SOURCE)
        self.assertEqual([m.key for m in moved], [m.key for m in self.found])


class TheTests(unittest.TestCase):
    def test_every_part_of_a_test_is_listed(self):
        """test_monitor_lost with test_monitor."""
        top = os.path.join(HERE, "..", "..")
        listed = read_lines("tests.txt")
        sources = [f"{top}/{name}.c" for name in listed]
        for name in listed:
            self.assertIn(f"{top}/{name}.c", glob.glob(f"{top}/{name}*.c"))
            for part in glob.glob(f"{top}/{name}_*.c"):
                self.assertIn(part, sources)


if __name__ == "__main__":
    unittest.main()
