# SPDX-License-Identifier: BSD-2-Clause
"""Notifications from event to manager, through a real snmpd that is
stopped, killed and restarted.

LONG=1 runs longer.
"""

import signal
import subprocess
import threading
import time
import unittest

import running
import snmpd

RESTARTS = 100 if running.LONG else 8
KILLS = 30 if running.LONG else 4
STOPPED = 60 if running.LONG else 5
RATE = 200
LIFE = 1        # of a master, in seconds; shorter ones cause back-off
WINDOW = 16
ROOT = snmpd.mib_root()
EVENT_TIME = ROOT + ".1.7.1.2"
EVENT_TYPE = ROOT + ".1.7.1.4"
LAST_INDEX = ROOT + ".1.1.7.0"
SYSOR_ID = "1.3.6.1.2.1.1.9.1.2"


class Pushing:
    """Pushes events at RATE in the background; in a thread, since the agent
    answers `push` only when all are pushed."""

    def __init__(self, flood):
        self.flood, self.last, self.go = flood, 0, True
        self.thread = threading.Thread(target=self._run)

    def _run(self):
        while self.go:
            self.last = self.flood.push(RATE // 4, RATE)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_error):
        self.go = False
        self.thread.join()


class Snmpd(unittest.TestCase):

    def setUp(self):
        self.trapd = snmpd.Trapd()
        self.addCleanup(self.trapd.stop)

    def start(self, *lines, address=None, kind=snmpd.Snmpd, **settings):
        self.snmpd = kind(self.trapd.sink, *lines)
        self.addCleanup(self.snmpd.kill)
        self.snmpd.start()
        self.flood = self.agent(address or self.snmpd.socket, **settings)

    def agent(self, address, *options, **settings):
        settings.setdefault("agentXPingInterval", 1)
        flood = running.Flood(address, *options, **settings)
        self.addCleanup(flood.kill)
        flood.wait_for_log("connected")
        return flood

    def finish(self, name, count, again=0, flood=None, bond=7):
        """All arrive, in order, at most `again` of them twice."""
        flood = flood or self.flood
        flood.wait_empty()
        running.wait_for(
            lambda: len(set(self.trapd.indexes(bond))) >= count,
            "%d traps of %d" % (len(set(self.trapd.indexes(bond))), count))
        code, _ = flood.end()
        tally = running.Tally(self.trapd.indexes(bond), count)
        running.report(name, count, tally, self.trapd.longest_stall())
        self.assertEqual(code, 0)
        self.assertEqual(tally.lost, 0)
        self.assertTrue(tally.in_order)
        self.assertLessEqual(tally.duplicated, again)

    def test_burst(self):
        self.start()
        self.flood.push(10000)
        self.flood.wait_empty()
        # A fast snmpd never leaves it full; test_faults covers that.
        self.assertIn(self.flood.state()[2], range(1, WINDOW + 1))
        self.finish("burst", 10000)

    def test_stopped(self):
        self.start(agentXPingInterval=86400)
        with Pushing(self.flood) as pushing:
            running.wait_for(self.trapd.indexes, "traps")
            self.snmpd.signal(signal.SIGSTOP)
            self.flood.wait_for_log("is not responding")
            time.sleep(STOPPED)     # the fault itself
            self.snmpd.signal(signal.SIGCONT)
            self.flood.wait_for_log("is responding again")
        self.finish("SIGSTOP for %d s" % STOPPED, pushing.last)
        self.assertEqual(len(self.flood.log()), 3)

    def start_again(self):
        """Restarts snmpd, which gets more traps and is served."""
        seen = len(self.trapd.got)
        self.snmpd.start()
        running.wait_for(lambda: len(self.trapd.got) > seen, "traps")
        self.must_be_served()

    def must_be_served(self):
        """Checks the registration from outside."""
        self.assertIn(LAST_INDEX + " = ",
                      self.snmpd.ask("snmpget", LAST_INDEX)[0])

    def restart(self, times, end):
        for number in range(times):
            end()
            self.start_again()
            self.flood.wait_for_log("connected", number + 2)
            time.sleep(LIFE)

    def test_restarts(self):
        """Clean restarts: each notification arrives once."""
        self.start()
        with Pushing(self.flood) as pushing:
            self.restart(RESTARTS, self.snmpd.stop)
        self.finish("%d clean restarts" % RESTARTS, pushing.last)
        log = self.flood.log()
        for text in "connected to", "lost":
            self.assertEqual(sum(text in line for line in log),
                             RESTARTS + (text == "connected to"))

    def test_killed_in_notify(self):
        """At least once: unacknowledged ones may arrive twice."""
        self.start()
        with Pushing(self.flood) as pushing:
            self.restart(KILLS, self.snmpd.kill)
        self.finish("%d kills in Notify" % KILLS, pushing.last,
                    again=KILLS * WINDOW)

    def test_killed_in_walk(self):
        self.start()
        self.flood.push(3000)
        # snmptrapd may read the next snmpd's traps before the last one's.
        running.wait_for(lambda: len(self.trapd.got) == 3000, "traps")

        def kill():
            walk = subprocess.Popen(
                ("snmpbulkwalk", "-v2c", "-c", "public", "-t", "1", "-r",
                 "0", "-On", self.snmpd.address, ROOT),
                stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
            walk.stdout.readline()
            self.snmpd.kill()
            walk.stdout.close()
            walk.kill()
            walk.wait()
            self.flood.push(1)
        self.restart(KILLS, kill)
        # The interrupted walks leave nothing behind: it answers.
        self.snmpd.ask("snmpget", LAST_INDEX)
        self.finish("%d kills in a walk" % KILLS, 3000 + KILLS,
                    again=KILLS)

    def test_killed_in_register(self):
        """A new snmpd, to which the agent connects at once, is killed when its
        first answer is seen, or a little later."""
        self.start()
        with Pushing(self.flood) as pushing:
            running.wait_for(self.trapd.indexes, "traps")
            for number in range(KILLS):
                self.snmpd.stop()
                self.snmpd.spawn()
                running.wait_for(self.snmpd.has_accepted, "a connection")
                time.sleep(number % 5 * 0.001)
                self.snmpd.kill()
                self.start_again()
                time.sleep(LIFE)
        self.finish("%d kills in Register" % KILLS, pushing.last,
                    again=KILLS * WINDOW)

    def test_tcp(self):
        port = snmpd.free_port()
        address = "tcp:127.0.0.1:%d" % port
        self.start("agentXSocket " + address, address=address)
        with Pushing(self.flood) as pushing:
            self.restart(3, self.snmpd.stop)
        self.finish("TCP, 3 clean restarts", pushing.last)

    def test_two_contexts(self):
        lines = []
        for name in "red", "blue":
            lines += ["com2sec -Cn %s %ssec 127.0.0.1 %s" % ((name,) * 3),
                      "group %sgroup v2c %ssec" % (name, name),
                      "access %sgroup %s v2c noauth exact all none none" %
                      (name, name)]
        self.start("view all included .1", *lines)
        self.flood.end()
        red = self.agent(self.snmpd.socket, "-n", "red", "-i", "101")
        blue = self.agent(self.snmpd.socket, "-n", "blue", "-i", "102")
        red.push(300, 1000)
        blue.push(500, 1000)
        red.wait_empty()
        blue.wait_empty()
        for name, count in ("red", 300), ("blue", 500):
            self.assertEqual(
                self.snmpd.ask("snmpget", LAST_INDEX, community=name),
                [".%s = %d" % (LAST_INDEX, count)])
        self.finish("two contexts: one", 300, flood=red, bond=101)
        self.finish("two contexts: the other", 500, flood=blue, bond=102)

    def test_set_in_a_context(self):
        """All or nothing; the master answers pings there as well."""
        self.start("view all included .1",
                   "com2sec -Cn red redsec 127.0.0.1 red",
                   "group redgroup v2c redsec",
                   "access redgroup red v2c noauth exact all all none")
        self.flood.end()
        red = self.agent(self.snmpd.socket, "-n", "red", agentXPingInterval=1)
        enabled, grace = ROOT + ".1.3.1.0", ROOT + ".1.3.2.0"

        def set_to(*arguments):
            self.snmpd.ask("snmpset", *arguments, community="red")
        set_to(grace, "u", "4321", enabled, "i", "2")
        with self.assertRaises(subprocess.CalledProcessError):
            set_to(grace, "u", "4999", enabled, "i", "3")
        time.sleep(4)       # pings, and what is late for an answer
        self.assertEqual(
            self.snmpd.ask("snmpget", grace, enabled, community="red"),
            [".%s = 4321" % grace, ".%s = 2" % enabled])
        self.assertEqual(len(red.log()), 1)
        self.assertEqual(red.end()[0], 0)

    def test_catch_up(self):
        """A manager that was away can read what it missed, given only the last
        index it knows."""
        self.start()
        self.flood.push(40)
        self.flood.wait_empty()
        running.wait_for(lambda: len(self.trapd.got) == 40, "traps")
        known = self.trapd.indexes()[-1]
        self.trapd.stop()
        self.flood.push(100)
        self.flood.wait_empty()
        last = int(self.snmpd.ask("snmpget", LAST_INDEX)[0].split()[-1])
        missed = {}
        at = known
        while at < last:
            lines = self.snmpd.ask("snmpbulkget", "-Cn0", "-Cr20",
                                   "%s.%d" % (EVENT_TYPE, at))
            for line in lines:
                name, value = line.split(" = ")
                column, _, index = name.lstrip(".").rpartition(".")
                if column == EVENT_TYPE:
                    missed[int(index)] = int(value)
                    at = int(index)
        self.assertEqual(missed, {index: 1 + index % 2
                                  for index in range(41, 141)})
        self.flood.end()

    def sysor(self):
        """The number of our rows in sysORTable."""
        rows = self.snmpd.ask("snmpwalk", SYSOR_ID)
        return sum(row.endswith(" = .%s" % ROOT) for row in rows)

    def test_sysor(self):
        """One row while it runs, also after a restart; then none."""
        self.start()
        running.wait_for(self.sysor, "a row in sysORTable")
        self.snmpd.stop()
        self.snmpd.start()
        self.flood.wait_for_log("connected", 2)
        running.wait_for(self.sysor, "a row in sysORTable")
        self.assertEqual(self.sysor(), 1)
        self.assertEqual(self.flood.end()[0], 0)
        self.assertEqual(self.sysor(), 0)

    def test_answers_while_busy(self):
        """A master drops a subagent that answers late."""
        self.start(agentXPingInterval=86400)
        pushing = threading.Thread(target=self.flood.push, args=(10000,))
        pushing.start()
        asked = 0
        while pushing.is_alive() or not asked or \
                len(self.trapd.got) < 10000:
            self.must_be_served()
            asked += 1
        pushing.join()
        self.assertEqual(len(self.flood.log()), 1)
        self.finish("burst, asked all the while", 10000)

    def stamp(self, index):
        row = self.snmpd.ask("snmpget", "-Ot", "%s.%d" % (EVENT_TIME, index))
        return int(row[0].split()[-1])

    def is_timed(self):
        """Whether a new event has the time that snmpd has, in its row and in
        its notification."""
        before = self.snmpd.uptime_cs()
        index = self.flood.push(1)
        after = self.snmpd.uptime_cs()
        running.wait_for(lambda: index in self.trapd.uptimes, "a trap")
        times = self.stamp(index), self.trapd.uptimes[index]
        return all(before - 50 <= at <= after + 50 for at in times)

    def test_uptimes(self):
        """A snmpd of 254 days; set back and forth; beyond its wrap after 497
        days, when what is older has no time; restarted."""
        self.start(kind=snmpd.AgelessSnmpd)
        self.snmpd.set_uptime(2200000000)
        self.flood.end()
        self.flood = self.agent(self.snmpd.socket)
        self.assertTrue(self.is_timed())
        for uptime_cs in 1000, 4000000000, (1 << 32) - 1500:
            self.snmpd.set_uptime(uptime_cs)
            running.wait_for(self.is_timed, "the new sysUpTime")
        last = self.flood.push(1)
        running.wait_for(lambda: self.snmpd.uptime_cs() < 1 << 31, "the wrap")
        running.wait_for(lambda: self.stamp(last) == 0, "0")
        self.assertTrue(self.is_timed())
        self.assertEqual(self.stamp(last), 0)
        self.snmpd.stop()
        self.snmpd.start()
        self.flood.wait_for_log("connected", 2)
        self.assertTrue(self.is_timed())
        self.assertEqual(self.stamp(last), 0)
        self.assertEqual(self.flood.end()[0], 0)
