# SPDX-License-Identifier: BSD-2-Clause
"""A real snmpd (tests/lib/snmpd.sh), and snmptrapd, which receives by TCP:
over UDP a burst would lose traps through no fault of the agent."""

import atexit
import os
import re
import select
import signal
import socket
import subprocess
import threading
import time

import running

LIB = os.path.join(os.path.dirname(os.path.abspath(__file__)),
                   "../lib/snmpd.sh")
START = '. "$0"; dir=$1; shift; snmpd_start "$dir" "$@" >"$dir/said" 2>&1 ' \
    '&& echo "$SNMPD_PID $SNMPD_ADDRESS" >"$dir/run"'


def free_port():
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


def mib_root():
    with open(os.path.join(running.BUILD, "config.h"),
              encoding="ascii") as config:
        return re.search(r'BOND_MIB_ROOT_TEXT "([\d.]+)"', config.read())[1]


class Snmpd:
    """start() may follow kill() or stop(): the same addresses again."""

    environment = {}

    def __init__(self, *lines):
        self.folder = running.folder()
        self.lines = lines
        self.socket = os.path.join(self.folder, "agentx")
        self.address = self.pidfd = self.child = None
        atexit.register(self.kill)

    def start(self):
        environment = {**os.environ, **self.environment}
        if self.address:
            environment["SNMPD_PORT"] = self.address.split(":")[1]
        subprocess.run(("sh", "-c", START, LIB, self.folder, *self.lines),
                       check=True, env=environment,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with open(os.path.join(self.folder, "run"), encoding="ascii") as run:
            pid, self.address = run.read().split()
        self.pid = int(pid)
        self.pidfd = os.pidfd_open(self.pid)

    def spawn(self):
        """Starts it again without waiting."""
        process = subprocess.Popen(
            ("snmpd", "-f", "-C", "-c", self.folder + "/private.conf",
             "-Ln", "udp:" + self.address), stderr=subprocess.DEVNULL,
            env={**os.environ, "SNMPCONFPATH": self.folder,
                 "SNMP_PERSISTENT_DIR": self.folder + "/persistent"})
        self.pid, self.child = process.pid, process
        self.pidfd = os.pidfd_open(self.pid)

    def has_accepted(self):
        """Whether there is an AgentX connection to the socket."""
        with open("/proc/net/unix", encoding="ascii") as table:
            return sum(line.rstrip().endswith(" " + self.socket) and
                       " 03 " in line for line in table) > 0

    def signal(self, number):
        signal.pidfd_send_signal(self.pidfd, number)

    def end(self, number):
        if self.pidfd is None:
            return
        try:
            self.signal(number)
        except ProcessLookupError:
            pass
        if not select.select([self.pidfd], [], [], running.DEADLINE)[0]:
            raise AssertionError("snmpd does not end")
        os.close(self.pidfd)
        self.pidfd = None
        if self.child:
            self.child.wait()
            self.child = None

    def stop(self):
        self.end(signal.SIGTERM)

    def kill(self):
        self.end(signal.SIGKILL)

    def ask(self, tool, *arguments, community="public"):
        """Lines of NAME = VALUE; the names are numbers."""
        return subprocess.run(
            (tool, "-v2c", "-c", community, "-t", "10", "-r", "5", "-OnQeU",
             self.address, *arguments), check=True, text=True,
            stdout=subprocess.PIPE,
            env={**os.environ, "MIBS": ""}).stdout.splitlines()


class AgelessSnmpd(Snmpd):
    """Its sysUpTime can be set."""

    def __init__(self, *lines):
        super().__init__(*lines)
        library = os.path.join(self.folder, "set_uptime.so")
        self.uptime_path = os.path.join(self.folder, "uptime")
        subprocess.run(("cc", "-shared", "-fPIC", "-o", library, os.path.join(
            os.path.dirname(os.path.abspath(__file__)), "set_uptime.c")),
            check=True)
        self.environment = {"LD_PRELOAD": library,
                            "UPTIME_FILE": self.uptime_path}

    def uptime_cs(self):
        return int(self.ask("snmpget", "-Ot", "1.3.6.1.2.1.1.3.0")[0]
                   .split()[-1])

    def set_uptime(self, uptime_cs):
        with open(self.uptime_path, "w", encoding="ascii") as out:
            out.write(str(uptime_cs))
        self.signal(signal.SIGUSR2)
        running.wait_for(lambda: 0 <= self.uptime_cs() - uptime_cs < 6000,
                         "the new sysUpTime")


class Trapd:
    """What it writes is read while it comes, to know when it came."""

    def __init__(self):
        self.folder = running.folder()
        self.port = free_port()
        self.sink = "trap2sink tcp:127.0.0.1:%d public" % self.port
        self.got = []       # (when, bond's ifIndex, event's index)
        self.uptimes = {}   # of the events
        root = re.escape("." + mib_root() + ".1.")
        self.index = re.compile(root + r"1\.7\.0 = (\d+)")
        self.uptime = re.compile(r"\.1\.3\.6\.1\.2\.1\.1\.3\.0 = (\d+)\b")
        self.bond = re.compile(root + r"4\.1\.\d+\.(\d+) = ")
        self.start()
        threading.Thread(target=self._read, daemon=True).start()
        atexit.register(self.stop)

    def start(self):
        conf = os.path.join(self.folder, "conf")
        with open(conf, "w", encoding="ascii") as out:
            out.write("disableAuthorization yes\n")
        self.log = os.path.join(self.folder, "traps")
        self.process = subprocess.Popen(
            ("snmptrapd", "-f", "-C", "-c", conf, "-n", "-OnQet", "-Lf",
             self.log, "-F", "%v\n", "tcp:127.0.0.1:%d" % self.port),
            env={**os.environ, "MIBS": "",
                 "SNMP_PERSISTENT_DIR": self.folder})
        running.wait_for(self._listens, "snmptrapd")

    def _listens(self):
        with open("/proc/net/tcp", encoding="ascii") as table:
            return ":%04X 00000000:0000 0A" % self.port in table.read()

    def stop(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def _read(self):
        rest = ""
        with open(self.log, encoding="utf-8") as log:
            while True:
                more = log.read()
                if not more:
                    time.sleep(0.01)
                    continue
                *lines, rest = (rest + more).split("\n")
                self.got.extend(filter(None, map(self._parse, lines)))

    def _parse(self, line):
        index, bond = self.index.search(line), self.bond.search(line)
        if not index or not bond:
            return None
        self.uptimes[int(index[1])] = int(self.uptime.search(line)[1])
        return time.monotonic(), int(bond[1]), int(index[1])

    def indexes(self, bond=7):
        return [index for _, number, index in list(self.got)
                if number == bond]

    def longest_stall(self):
        return running.longest_gap([when for when, _, _ in list(self.got)])
