# SPDX-License-Identifier: BSD-2-Clause
"""The programs under test, and waiting for what they do."""

import atexit
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time

BUILD = os.environ.get("abs_top_builddir", os.getcwd())
DEADLINE = 60

# One event that is delivered takes less than this, on the slowest machine.
FLOOD_CONF = {"notifyQueue": 20000, "eventLog": 20000, "exclude": "*",
              "agentXPingInterval": 1}


def wait_for(condition, what, seconds=DEADLINE):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise AssertionError("%s: not within %g s" % (what, seconds))
        time.sleep(0.005)


def folder():
    path = tempfile.mkdtemp(prefix="peer.")
    atexit.register(shutil.rmtree, path, True)
    return path


def write_conf(**settings):
    """Of an agent that has never run before."""
    home = folder()
    path = os.path.join(home, "conf")
    settings.setdefault("stateFile", os.path.join(home, "state"))
    with open(path, "w", encoding="ascii") as out:
        for token, value in settings.items():
            print(token, value, file=out)
    return path


class Agent:
    """A process with a log, which is its standard error."""

    def __init__(self, *command):
        self.folder = folder()
        self.log_path = os.path.join(self.folder, "log")
        with open(self.log_path, "wb") as log:
            self.process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                stderr=log, text=True)
        atexit.register(self.kill)

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def log(self, address=None):
        """Its lines; the address of the master is written as HERE."""
        with open(self.log_path, encoding="utf-8") as log:
            text = log.read()
        if address:
            text = text.replace(address, "HERE")
        return text.splitlines()

    def must_live(self):
        if self.process.poll() is not None:
            raise AssertionError("it has ended:\n" + "\n".join(self.log()))

    def wait_for_log(self, text, times=1, seconds=DEADLINE):
        def said():
            self.must_live()
            return sum(text in line for line in self.log()) >= times
        wait_for(said, "%r in the log %d times" % (text, times), seconds)

    def wait_for_start(self):
        """Until SIGTERM is the agent's own affair."""
        def blocked():
            self.must_live()
            with open("/proc/%d/status" % self.process.pid,
                      encoding="ascii") as status:
                mask = re.search(r"SigBlk:\s+(\w+)", status.read())[1]
            return int(mask, 16) >> (signal.SIGTERM - 1) & 1
        wait_for(blocked, "blocked signals")

    def end(self):
        """SIGTERM; the exit code, and after how many seconds."""
        began = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(DEADLINE)
        took = time.monotonic() - began
        self.process.stdin.close()
        self.process.stdout.close()
        return code, took

    def rss_kb(self):
        with open("/proc/%d/status" % self.process.pid,
                  encoding="ascii") as status:
            return int(re.search(r"VmRSS:\s+(\d+)", status.read())[1])


class Flood(Agent):
    """tests/peer/flood: see there for its commands."""

    def __init__(self, address, *options, **settings):
        conf = write_conf(**{**FLOOD_CONF, **settings})
        super().__init__(os.path.join(BUILD, "tests/peer/flood"),
                         "-x", address, "-c", conf, *options)

    def ask(self, command):
        self.process.stdin.write(command + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline().split()
        if not answer:
            raise AssertionError("the agent has died:\n" +
                                 "\n".join(self.log()))
        return [int(word) for word in answer[1:]]

    def push(self, count, rate=0):
        return self.ask("push %d %d" % (count, rate))[0]

    def state(self):
        """queued, in flight, most in flight, sent, dropped"""
        return self.ask("state")

    def fates(self, fate):
        """How many rows, the first and the last."""
        return self.ask("fates %d" % fate)

    def wait_empty(self, seconds=DEADLINE):
        wait_for(lambda: self.state()[0] == 0, "an empty queue", seconds)


def daemon(address, **settings):
    conf = write_conf(**settings)
    return Agent(os.path.join(BUILD, "bondcarrierd"), "-f", "-x", address,
                 "-C", conf)


class Tally:
    """Which indexes of 1 to `count` came, in the order they came in."""

    def __init__(self, indexes, count):
        self.first = list(dict.fromkeys(indexes))
        self.delivered = len(self.first)
        self.lost = count - self.delivered
        self.duplicated = len(indexes) - self.delivered
        self.in_order = self.first == sorted(self.first)
