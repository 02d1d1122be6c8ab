# SPDX-License-Identifier: BSD-2-Clause
"""The programs under test, and waiting for their effects."""

import atexit
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time

BUILD = os.environ.get("abs_top_builddir", os.getcwd())
LONG = bool(os.environ.get("LONG"))
VALGRIND = bool(os.environ.get("VALGRIND"))
DEADLINE = 600 if VALGRIND else 180
ROW, NOTE = "ROW\t", "NOTE: "     # for suite.py

# Without pings: a master on a busy machine may be silent for longer than the
# agent tolerates, and then it pings where it waits for an answer anyway.
FLOOD_CONF = {"notifyQueue": 20000, "eventLog": 20000, "exclude": "*",
              "agentXPingInterval": 86400}


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


def report(fault, events, tally, stall):
    """A row of suite.py's table."""
    print("%s%s\t%d\t%d\t%d\t%d\t%.1f s" % (
        ROW, fault, events, tally.delivered, tally.lost, tally.duplicated,
        stall), flush=True)


def longest_gap(times):
    return max((b - a for a, b in zip(times, times[1:])), default=0)


def write_conf(path=None, **settings):
    """Without a path: for an agent that has never run."""
    path = path or os.path.join(folder(), "conf")
    settings.setdefault("stateFile", path + ".state")
    with open(path, "w", encoding="ascii") as out:
        for token, value in settings.items():
            print(token, value, file=out)
    return path


class Agent:
    """A process whose log is its standard error."""

    def __init__(self, *command, **environment):
        self.folder = folder()
        self.log_path = os.path.join(self.folder, "log")
        self.valgrind_log = os.path.join(self.folder, "valgrind")
        if VALGRIND:
            command = ("valgrind", "-q", "--leak-check=full",
                       "--errors-for-leak-kinds=definite,indirect",
                       "--show-leak-kinds=definite,indirect",
                       "--num-callers=30", "--error-exitcode=99",
                       "--log-file=" + self.valgrind_log, *command)
        with open(self.log_path, "wb") as log:
            self.process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                stderr=log, text=True, env={**os.environ, **environment})
        atexit.register(self.kill)

    def count_logged(self, text):
        return sum(text in line for line in self.log())

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def log(self, address=None):
        """Its lines, with HERE for the address of the master."""
        with open(self.log_path, encoding="utf-8") as log:
            text = log.read()
        if address:
            text = text.replace(address, "HERE")
        return text.splitlines()

    def must_live(self):
        if self.process.poll() is not None:
            raise AssertionError("it ended:\n" + "\n".join(self.log()))

    def wait_for_log(self, text, times=1, seconds=DEADLINE):
        def logged():
            self.must_live()
            return self.count_logged(text) >= times
        wait_for(logged, "%r in the log %d times" % (text, times), seconds)

    def wait_for_start(self):
        """Until the agent handles SIGTERM itself."""
        if VALGRIND:    # which blocks signals itself
            self.wait_for_log("master agent")
            return

        def blocked():
            self.must_live()
            with open("/proc/%d/status" % self.process.pid,
                      encoding="ascii") as status:
                mask = re.search(r"SigBlk:\s+(\w+)", status.read())[1]
            return int(mask, 16) >> (signal.SIGTERM - 1) & 1
        wait_for(blocked, "blocked signals")

    def end(self):
        """Sends SIGTERM; the exit code, and the seconds it took."""
        began = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(DEADLINE)
        took = time.monotonic() - began
        self.process.stdin.close()
        self.process.stdout.close()
        if VALGRIND and code == 99:
            with open(self.valgrind_log, encoding="utf-8") as log:
                raise AssertionError("valgrind:\n" + log.read())
        return code, took

    def rss_kb(self):
        with open("/proc/%d/status" % self.process.pid,
                  encoding="ascii") as status:
            return int(re.search(r"VmRSS:\s+(\d+)", status.read())[1])


class Missed:
    """For scripts: whether the agent logged that the master is silent."""

    def __init__(self, agent):
        self.agent = agent

    def once_more(self):
        before = self.agent.count_logged("is not responding")
        return lambda: self.agent.count_logged("is not responding") > before


class Flood(Agent):
    """tests/peer/flood; flood.c describes its commands. It waits longer for
    an answer to Open than the agent does, unless it is `hasty`: a master on a
    busy machine may take longer for it."""

    def __init__(self, address, *options, hasty=False, environment=None,
                 **settings):
        self.settings = {**FLOOD_CONF, **settings}
        self.conf = write_conf(**self.settings)
        if address:
            options = ("-x", address, *options)
        if not hasty:
            options = ("-p", *options)
        super().__init__(os.path.join(BUILD, "tests/peer/flood"),
                         "-c", self.conf, *options, **(environment or {}))

    def ask(self, command):
        self.process.stdin.write(command + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline().split()
        if not answer:
            raise AssertionError("the agent has died:\n" +
                                 "\n".join(self.log()))
        return [int(word) for word in answer[1:]]

    def configure(self, **settings):
        self.settings.update(settings)
        write_conf(self.conf, **self.settings)
        self.process.send_signal(signal.SIGHUP)

    def push(self, count, rate=0):
        return self.ask("push %d %d" % (count, rate))[0]

    def push_links(self, count, rate=0):
        return self.ask("link %d %d" % (count, rate))[0]

    def state(self):
        """queued, in flight, most in flight, sent, dropped"""
        return self.ask("state")

    def fates(self, fate):
        """Number of rows with that fate, the first and the last."""
        return self.ask("fates %d" % fate)

    def publish(self, status):
        """bondAgentStatus, until the next pass of the kernel thread."""
        self.ask("status %d" % status)

    def wait_empty(self, seconds=DEADLINE):
        wait_for(lambda: self.state()[0] == 0, "an empty queue", seconds)


def daemon(address, **settings):
    conf = write_conf(**settings)
    return Agent(os.path.join(BUILD, "bondcarrierd"), "-f", "-x", address,
                 "-C", conf)


class Tally:
    """Which indexes of 1 to `count` arrived, in order of arrival."""

    def __init__(self, indexes, count):
        self.first = list(dict.fromkeys(indexes))
        self.delivered = len(self.first)
        self.lost = count - self.delivered
        self.duplicated = len(indexes) - self.delivered
        self.in_order = self.first == sorted(self.first)
