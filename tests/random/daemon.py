# SPDX-License-Identifier: BSD-2-Clause
"""bondcarrierd under test: started, stopped, killed and started again."""

import signal
import subprocess


class Daemon:
    """One process at a time; `starts` counts them, `ends` says how each one
    ended that did not end as it was asked to. `ready`: it has answered, so
    that a SIGTERM finds its handler."""

    def __init__(self, command, log):
        self.command, self.log = command, log
        self.process, self.starts, self.ends = None, 0, []
        self.ready = False

    def do(self, what):
        """START, or a signal's name without SIG. None: it cannot be
        refused."""
        if what == "START":
            with open(self.log, "ab") as log:
                self.process = subprocess.Popen(
                    self.command, stdin=subprocess.DEVNULL, stdout=log,
                    stderr=log)
            self.starts += 1
            self.ready = False
            return
        number = signal.Signals[f"SIG{what}"]
        self.process.send_signal(number)
        if number in (signal.SIGKILL, signal.SIGTERM):
            status = self.process.wait()
            right = [0] if number == signal.SIGTERM else [-number]
            if not self.ready:
                right.append(-number)
            if status not in right:
                self.ends.append(f"bondcarrierd ended with {status} "
                                 f"after {number.name}")

    def gone(self):
        """Its status if it ended though nobody asked it to."""
        return self.process.poll()
