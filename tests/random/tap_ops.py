# SPDX-License-Identifier: BSD-2-Clause
"""Taps: slaves with or without a speed; see taps.py."""

from idea import TAPS, Idea, Operation


def stage():
    """One has a speed."""
    steps = [("tap", (name, "queue", True)) for name in TAPS]
    return steps + [("tap", (TAPS[0], "speed", 1000))]


class TapOps(Idea):
    """What only taps can."""

    def tap(self):
        """Its carrier, often for a moment alone; its speed; its queue."""
        name = self.rng.choice(TAPS)
        chance, steps = self.rng.random(), []
        if chance < 0.3:
            steps = [("tap", (name, "speed",
                              self.rng.choice((0, 0, 100, 1000))))]
        elif chance < 0.45:
            steps = [("tap", (name, "queue", self.rng.random() < 0.6))]
        else:
            steps = [("tap", (name, "carrier", state)) for state in
                     self.rng.choice(((0,), (1,), (1,), (0, 1), (1, 0)))]
        return Operation(*steps, about=[name])
