#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Attacks on the files of bondcarrierd and of bondcarrier capture.

Root runs them, and each file is in a folder of another user, who puts a link,
a FIFO or another folder in its place. Nothing outside that folder may change:
neither content nor owner nor mode, and nothing may appear.
"""
import os
import signal
import subprocess
import sys
import unittest

from files_case import (ATTACKER, CLI, DAEMON, DEADLINE, Case,
                        picture, read, write)


class LogFile(Case):
    def test_attacks(self):
        for path, words in self.attacks():
            for where in (["-L", "f " + path], ["-L", "F", "5", path],
                          ["-LF 0-7 " + path]):
                with self.subTest(where=where):
                    self.refused(words, *where, "-u", str(ATTACKER))

    def test_what_is_there_keeps_its_owner(self):
        log = self.at("log")
        write(log, "earlier\n", 0o640)
        self.assertTrue(self.start("-L", "f " + log, "-u", str(ATTACKER)))
        self.stop()
        status = os.stat(log)
        self.assertEqual((status.st_uid, status.st_mode & 0o7777), (0, 0o640))
        self.assertTrue(read(log).startswith("earlier\n"))
        self.assertGreater(len(read(log).splitlines()), 1)

    def test_what_is_made_is_given_away(self):
        for where in (["-L", "f " + self.at("a")],
                      ["-L", "F", "5", self.at("b")]):
            self.assertTrue(self.start(*where, "-u", str(ATTACKER)))
            self.stop()
        for name in "ab":
            self.assertEqual(os.stat(self.at(name)).st_uid, ATTACKER)

    def test_net_snmps_form_appends(self):
        log = self.at("log")
        write(log, "earlier\n")
        self.assertTrue(self.start("-L", "F", "5", log))
        self.stop()
        self.assertTrue(read(log).startswith("earlier\n"))

    def test_rotation(self):
        """A link comes in the place of the log that is opened again."""
        log = self.at("log")
        self.assertTrue(self.start("-L", "f " + log))
        os.rename(log, log + ".1")
        self.link(self.victim, "log")
        self.process.send_signal(signal.SIGHUP)
        self.until(lambda: "configuration reloaded" in read(log + ".1"),
                   "no word of SIGHUP")
        self.stop()
        self.assertIn("symbolic link", read(log + ".1"))
        self.assert_untouched()

    def test_good_rotation(self):
        log = self.at("log")
        self.assertTrue(self.start("-L", "f " + log, "-u", str(ATTACKER)))
        self.until(lambda: "waiting for" in read(log), "nothing in the log")
        os.rename(log, log + ".1")
        before = read(log + ".1")
        self.process.send_signal(signal.SIGHUP)
        self.until(lambda: os.path.exists(log) and
                   "configuration reloaded" in read(log), "no new log")
        self.stop()
        self.assertEqual(os.stat(log).st_uid, ATTACKER)
        self.assertEqual(read(log + ".1"), before)


class PidFile(Case):
    def test_attacks(self):
        for path, words in self.attacks():
            with self.subTest(path=path):
                self.refused(words, "-p", path, "-u", str(ATTACKER))

    def test_the_end(self):
        """Another folder comes in the place of the pid file's."""
        os.mkdir(self.at("run"))
        write(os.path.join(self.vault, "pid"), "root's\n")
        self.before = picture(self.vault)
        self.assertTrue(self.start("-p", self.at("run/pid")))
        os.rename(self.at("run"), self.at("old"))
        self.link(self.vault, "run")
        self.stop()
        self.assert_untouched()

    def test_another_one_stays(self):
        """A pid file that is not ours any more is not removed."""
        self.assertTrue(self.start("-p", self.at("pid")))
        os.rename(self.at("pid"), self.at("old"))
        write(self.at("pid"), "1\n")
        self.stop()
        self.assertEqual(read(self.at("pid")), "1\n")


class PersistentDir(Case):
    """The folder of SNMPv3's keys, with -S."""

    def listen(self, path, *arguments):
        unix = "unix:" + os.path.join(self.work, "snmp.socket")
        started = self.start("-S", unix, *arguments, settings=(
            "exclude *\nstateFile none\nrocommunity public\n"
            "persistentDir " + path + "\n"))
        self.assertTrue(started, read(self.said))
        self.stop()

    def test_a_parent_keeps_its_mode(self):
        for arguments in ([], ["-u", str(ATTACKER)]):
            for slash in ("", "/"):
                parent = self.folder("parent", 0, 0o700)
                self.listen(parent + "/snmp" + slash, *arguments)
                status = os.stat(parent)
                subprocess.run(["rm", "-rf", parent], check=True)
                self.assertEqual((status.st_uid, status.st_mode & 0o7777),
                                 (0, 0o700))

    def test_what_is_made(self):
        self.listen(self.work + "/lib/snmp", "-u", str(ATTACKER))
        for path, mode in (("lib", 0o755), ("lib/snmp", 0o700)):
            status = os.stat(os.path.join(self.work, path))
            self.assertEqual((status.st_uid, status.st_mode & 0o7777),
                             (ATTACKER, mode), path)
        text = read(self.work + "/lib/snmp/bondcarrierd.conf")
        self.assertIn("engineBoots 1", text)
        self.listen(self.work + "/lib/snmp", "-u", str(ATTACKER))
        text = read(self.work + "/lib/snmp/bondcarrierd.conf")
        self.assertIn("engineBoots 2", text)

    def test_a_link_to_a_folder(self):
        os.chmod(self.vault, 0o700)
        self.before = picture(self.vault)
        self.link(self.vault, "folder")
        for arguments in ([], ["-u", str(ATTACKER)]):
            self.listen(self.at("folder/snmp"), *arguments)
            self.assert_untouched()
            self.listen(self.at("folder"), *arguments)
            self.assert_untouched()

    def test_a_folder_of_somebody_else(self):
        """net-snmp opens, renames and removes by name, and follows links."""
        for name in ("bondcarrierd.conf", "snmp.conf"):
            os.mkdir(self.at("snmp"))
            os.chown(self.at("snmp"), ATTACKER, ATTACKER)
            os.chmod(self.at("snmp"), 0o700)
            self.link(self.victim, "snmp/" + name)
            self.listen(self.at("snmp"))
            subprocess.run(["rm", "-rf", self.at("snmp")], check=True)
            self.assert_untouched()
            self.assertIn("another user", read(self.said))

    def test_a_folder_that_others_write(self):
        os.mkdir(self.at("snmp"))
        os.chmod(self.at("snmp"), 0o777)
        self.link(self.victim, "snmp/bondcarrierd.conf")
        self.listen(self.at("snmp"))
        self.assert_untouched()


class Capture(Case):
    def test_attacks(self):
        for path, words in self.attacks():
            with self.subTest(path=path):
                done = subprocess.run(
                    [CLI, "capture", "-d", "1", path], timeout=DEADLINE,
                    stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                    stderr=subprocess.STDOUT, check=False)
                self.assert_untouched()
                self.assertEqual(done.returncode, 1, done.stdout)
                self.assertIn(words, done.stdout.decode())

    def test_good(self):
        path = self.at("out.pcap")
        write(path, "earlier, and longer than a capture's header" * 1000)
        subprocess.run([CLI, "capture", "-n", "1", path], check=True)
        with open(path, "rb") as file:
            self.assertIn(file.read(4), (b"\xd4\xc3\xb2\xa1",
                                         b"\xa1\xb2\xc3\xd4"))
        self.assertLess(os.path.getsize(path), 40000)


class Config(Case):
    def test_a_link_shows_nothing(self):
        """The first word of a line that is wrong goes to the log."""
        self.link(self.victim, "conf")
        done = subprocess.run([DAEMON, "-t", "-C", self.at("conf")],
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              check=False)
        self.assertEqual(done.returncode, 1, done.stdout)
        self.assertNotIn("root's", done.stdout.decode())
        self.assertIn("symbolic link", done.stdout.decode())


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[1:]])
