# SPDX-License-Identifier: BSD-2-Clause
"""`ip` and `tc` kept running in batch mode: in the lab's kernel starting a
process costs a hundred times what a whole dump of the links costs.

Every command is followed by one that always prints a line; what stands on
standard error by then is the command's.
"""

import json
import os
import subprocess


class Coprocess:
    """One of them; commands are refused or done, in order."""

    def __init__(self, *command, marker):
        self.command, self.marker = command, marker
        self.process = self.errors_fd = None
        self._start()

    def _start(self):
        if self.process:
            os.close(self.errors_fd)
            self.process.stdin.close()
            self.process.stdout.close()
            self.process.wait()
        self.errors_fd, writing = os.pipe()
        os.set_blocking(self.errors_fd, False)
        self.process = subprocess.Popen(
            ("stdbuf", "-oL") + self.command + ("-force", "-batch", "-"),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=writing)
        os.close(writing)

    def say(self, *lines):
        """The marker's line, and the errors of the lines."""
        text = "".join(line + "\n" for line in lines + (self.marker,))
        self.process.stdin.write(text.encode())
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        return answer, self._errors()

    def do(self, command):
        """None, or why it was refused: by the kernel, or by the tool, which
        ends itself when it doesn't like a word."""
        answer, errors = self.say(command)
        if not answer:
            self._start()
            return errors.strip() or "it ended"
        return errors.strip() if "Command failed" in errors else None

    def _errors(self):
        errors = b""
        while True:
            try:
                more = os.read(self.errors_fd, 65536)
            except BlockingIOError:
                return errors.decode(errors="replace")
            if not more:
                return errors.decode(errors="replace")
            errors += more


class Ip(Coprocess):
    """iproute2 in this network namespace or in another one.

    A dump before each command refreshes the names that `ip` keeps: it would
    otherwise go on using the index that a name had before.
    """

    def __init__(self, *options):
        super().__init__("ip", *options, "-d", "-j", marker="link show")

    def links(self):
        """What `ip -d -j link` prints."""
        return json.loads(self.say()[0])

    def do(self, command):
        """None, or why it was refused."""
        self.say()
        return super().do(command)


class Tc(Coprocess):
    """Traffic control, to silence a link."""

    def __init__(self):
        super().__init__("tc", "-j", marker="qdisc show dev lo")
