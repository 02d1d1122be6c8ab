# SPDX-License-Identifier: BSD-2-Clause
"""What the random test demands of events and notifications. Run by `make
check` without any lab."""

import unittest

from events import CLEARED, EFFECTIVE_DOWN, RAISED, Event
from explained import is_unprompted
from kernelview import View
from replay import Replay
from sink import Trap
from test_second import A, L, ON, bond, slave
from told import Told
from witness import Epoch

RAISE, CLEAR = 1, 2  # notifications
KIND = 8


class Names:
    """A witness of renames: {ifindex: names}."""

    def __init__(self, lives):
        self.lives = lives

    def names(self, index, name):
        """As of Witness."""
        return {name} | self.lives.get(index, set())


class Notifications(unittest.TestCase):
    """A clear and its raise."""

    def setUp(self):
        self.wrong = []
        self.told = Told(Names({5: {"b0", "trunk"}}), self.wrong.append)
        self.index = 0

    def tell(self, number, index, name, slave_name="v0"):
        """One that arrives."""
        self.index += 1
        self.told.tell(Trap(self.index, number, index, name, KIND,
                            slave_name))

    def restart(self):
        """The agent's end, and all that came of it."""
        self.told.killed()
        self.told.calm()

    def assert_wrong(self, *words):
        """One complaint for each."""
        self.assertEqual(len(self.wrong), len(words), self.wrong)
        for text, word in zip(self.wrong, words):
            self.assertIn(word, text)

    def test_pair(self):
        """Names of the raise: in one life and the next, and by another
        number in the next one only."""
        self.tell(RAISE, 5, "b0")
        self.tell(CLEAR, 5, "b0")
        self.tell(RAISE, 5, "b0")
        self.restart()
        self.tell(CLEAR, 5, "b0")
        self.tell(RAISE, 5, "b0")
        self.restart()
        self.tell(CLEAR, 7, "b0")
        self.assert_wrong()
        self.tell(RAISE, 5, "b0")
        self.tell(CLEAR, 7, "b0")
        self.assert_wrong("it was not raised")

    def test_renamed(self):
        """The new name clears nothing."""
        self.tell(RAISE, 5, "b0")
        self.tell(CLEAR, 5, "trunk")
        self.assert_wrong("it was not raised")
        self.tell(RAISE, 5, "trunk")
        self.restart()
        self.tell(CLEAR, 5, "b0")
        self.assert_wrong("it was not raised")

    def test_slave_renamed(self):
        """Nor does the slave's."""
        self.tell(RAISE, 5, "b0")
        self.restart()
        self.tell(CLEAR, 5, "b0", "cable")
        self.assert_wrong("it was not raised")

    def test_once_more(self):
        """Over the agent's end each may come twice, and no more than that."""
        for number, words in ((RAISE, ["raised again"]),
                              (CLEAR, ["it was not raised"])):
            self.setUp()
            self.tell(RAISE, 5, "b0")
            self.tell(number, 5, "b0")
            self.restart()
            self.wrong.clear()
            self.tell(number, 5, "b0")
            self.assert_wrong()
            self.tell(number, 5, "b0")
            self.assert_wrong(*words)

    def test_end(self):
        """What is open is what is raised, also of a bond renamed since."""
        self.tell(RAISE, 5, "b0")
        self.told.compare({(5, KIND, 11)}, {5: "trunk"})
        self.assert_wrong()
        self.told.compare({(7, KIND, 11)}, {7: "other"})
        self.assert_wrong("never cleared", "nobody was told of")


class Events(unittest.TestCase):
    """Those of the event table."""

    def test_names(self):
        """A clear is of the names of its raise."""
        for name, slave_name, right in (("b0", "v0", True),
                                        ("trunk", "v0", False),
                                        ("b0", "cable", False)):
            wrong = []
            columns = dict.fromkeys(
                ("bondEffectiveCarrier", "bondEffectiveTransitions",
                 "bondActiveSlave", "bondActiveSlaveChanges",
                 "bondDiscrepancyRaises"), 0)
            replay = Replay({(5,): columns}, (), wrong.append)
            replay.apply(Event(1, RAISED, KIND, 5, 11, "b0", "v0"))
            replay.apply(Event(2, CLEARED, KIND, 5, 11, name, slave_name))
            with self.subTest(name=name, slave=slave_name):
                self.assertEqual(not wrong, right, wrong)

    def test_unprompted(self):
        """Something must happen before a carrier goes."""
        event = Event(1, EFFECTIVE_DOWN, 0, 10, 0, "bond0", "")
        for mode, monitor, heard, about, unprompted in (
                (A, "mii", (), (), True), (A, None, (12,), (), True),
                (A, "mii", (11,), (), False), (A, "mii", (10,), (), False),
                (A, "mii", (), ("v11",), False), (A, "arp", (), (), False),
                (L, "mii", (), (), False)):
            view = View([bond(10, "bond0", mode, monitor, 0, ON),
                         slave(11, "1U")])
            epoch = Epoch()
            epoch.heard.update(heard)
            epoch.about.update(about)
            with self.subTest(mode=mode, monitor=monitor, heard=heard,
                              about=about):
                self.assertEqual(is_unprompted(event, [view], [epoch]),
                                 unprompted)


if __name__ == "__main__":
    unittest.main()
