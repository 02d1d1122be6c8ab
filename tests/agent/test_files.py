#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Attacks on the files of bondcarrierd and of bondcarrier capture.

Root runs them, and each file is in a folder of another user, who puts a link,
a FIFO or another folder in its place. Nothing outside that folder may change:
neither content nor owner nor mode, and nothing may appear.
"""
import os
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time
import unittest

DAEMON = os.path.abspath("bondcarrierd")
CLI = os.path.abspath("cli/bondcarrier")
DEADLINE = 120  # for what has to come; nothing waits for it when it comes
ATTACKER = 4711
QUIET = "exclude *\nagentXSocket /none/of/it\n"


def write(path, text="", mode=0o600, owner=0):
    with open(path, "w", encoding="ascii") as file:
        file.write(text)
    os.chmod(path, mode)
    os.chown(path, owner, owner)


def read(path):
    with open(path, encoding="ascii", errors="replace") as file:
        return file.read()


def picture(folder):
    """All that must not change in a folder, by path."""
    found = {}
    for root, folders, files in os.walk(folder):
        for path in [root] + [os.path.join(root, name)
                              for name in folders + files]:
            status = os.lstat(path)
            text = (read(path) if stat.S_ISREG(status.st_mode) else None)
            found[path] = (text, oct(status.st_mode), status.st_uid,
                           status.st_gid)
    return found


class Case(unittest.TestCase):
    def setUp(self):
        self.work = tempfile.mkdtemp()
        os.chmod(self.work, 0o755)
        self.vault = self.folder("vault", 0)
        self.victim = os.path.join(self.vault, "victim")
        write(self.victim, "root's\n")
        self.theirs = self.folder("theirs", ATTACKER)
        self.before = picture(self.vault)
        self.process = None

    def tearDown(self):
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        subprocess.run(["rm", "-rf", self.work], check=True)

    def folder(self, name, owner, mode=0o755):
        path = os.path.join(self.work, name)
        os.mkdir(path)
        os.chmod(path, mode)
        os.chown(path, owner, owner)
        return path

    def at(self, name):
        """A path in the attacker's folder."""
        return os.path.join(self.theirs, name)

    def link(self, target, name):
        os.symlink(target, self.at(name))
        os.lchown(self.at(name), ATTACKER, ATTACKER)

    def assert_untouched(self):
        self.assertEqual(picture(self.vault), self.before)

    def start(self, *arguments, settings=QUIET + "stateFile none\n",
              listens=False):
        """Starts the daemon; True: it is ready, False: it has ended.

        `listens`: self.listener stays open."""
        conf = os.path.join(self.work, "conf")
        self.said = os.path.join(self.work, "said")
        write(conf, settings, 0o644)
        path = os.path.join(self.work, "notify")
        if os.path.exists(path):
            os.unlink(path)
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        listener.bind(path)
        os.chmod(path, 0o777)
        listener.settimeout(0.1)
        with open(self.said, "w", encoding="ascii") as said:
            self.process = subprocess.Popen(
                [DAEMON, "-f", "-C", conf, *arguments], stdout=said,
                stderr=said, stdin=subprocess.DEVNULL,
                env={**os.environ, "NOTIFY_SOCKET": path,
                     "SNMP_PERSISTENT_DIR": os.path.join(self.work, "none"),
                     "SNMPCONFPATH": os.path.join(self.work, "none")})
        end = time.monotonic() + DEADLINE
        self.listener = listener
        try:
            while time.monotonic() < end and self.process.poll() is None:
                try:
                    self.ready = listener.recv(65536)
                    if b"READY=1" in self.ready:
                        return True
                except socket.timeout:
                    pass
        finally:
            if not listens:
                listener.close()
        if self.process.poll() is None:
            self.fail("neither ready nor ended: " + read(self.said))
        return False

    def until(self, happened, what):
        end = time.monotonic() + DEADLINE
        while not happened():
            self.assertLess(time.monotonic(), end, what)
            self.assertIsNone(self.process.poll(), read(self.said))
            time.sleep(0.02)

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.assertEqual(self.process.wait(DEADLINE), 0, read(self.said))

    def refused(self, words, *arguments, **more):
        """It doesn't start, says why, and touches nothing."""
        started = self.start(*arguments, **more)
        if started:
            self.stop()
        self.assert_untouched()
        self.assertFalse(started, "it runs: " + read(self.said))
        self.assertEqual(self.process.returncode, 1, read(self.said))
        self.assertIn(words, read(self.said))

    def attacks(self):
        """Everything that the attacker may put in the place of a file."""
        self.link(self.victim, "link")
        yield self.at("link"), "symbolic link"
        self.link(os.path.join(self.vault, "new"), "dangling")
        yield self.at("dangling"), "symbolic link"
        os.link(self.victim, self.at("hard"))
        yield self.at("hard"), "hard links"
        os.mkfifo(self.at("fifo"))
        yield self.at("fifo"), "not a regular file"
        self.link(self.vault, "folder")
        yield self.at("folder/victim"), "symbolic link"
        yield self.at("folder/new"), "symbolic link"


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


class StateFile(Case):
    def run_with(self, path):
        self.assertTrue(self.start(
            settings=QUIET + "stateFile " + path + "\n"), read(self.said))
        self.stop()
        self.assert_untouched()

    def test_attacks(self):
        for suffix in ("", ".new", ".lock"):
            for name in ("link", "dangling", "hard", "fifo"):
                with self.subTest(suffix=suffix, name=name):
                    target = {"link": self.victim,
                              "dangling": self.vault + "/new"}.get(name)
                    path = self.at(name + suffix)
                    if target:
                        self.link(target, name + suffix)
                    elif name == "hard":
                        os.link(self.victim, path)
                    else:
                        os.mkfifo(path)
                    self.run_with(self.at(name))
                    for left in os.listdir(self.theirs):
                        os.unlink(self.at(left))

    def test_folders(self):
        self.link(self.vault, "folder")
        self.run_with(self.at("folder/new"))
        self.run_with(self.at("folder/victim"))
        self.run_with(self.at("folder/below/state"))

    def test_roots_own_links(self):
        """A system's folders may be links, such as /var/run."""
        os.symlink(self.folder("real", 0), os.path.join(self.work, "lib"))
        self.assertTrue(self.start(settings=QUIET + "stateFile " +
                                   self.work + "/lib/below/state\n"))
        self.stop()
        self.assertTrue(os.path.exists(self.work + "/real/below/state"))


class UnreadStateFile(Case):
    """As after a run as root: the folder is the user's, the file is not."""

    def setUp(self):
        super().setUp()
        self.path = self.at("state")
        self.settings = QUIET + "stateFile " + self.path + "\n"
        self.assertTrue(self.start(settings=self.settings))
        self.until(lambda: os.path.exists(self.path), "no state file")
        self.stop()
        os.unlink(self.path + ".lock")
        self.left = picture(self.theirs)[self.path]

    def check(self, *arguments):
        done = subprocess.run(
            [DAEMON, "-t", "-C", os.path.join(self.work, "conf"), *arguments],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        return done.returncode, done.stdout.decode()

    def test_it_is_left_alone(self):
        self.assertTrue(self.start("-u", str(ATTACKER),
                                   settings=self.settings))
        self.until(lambda: f"cannot read the state file {self.path} "
                   "(Permission denied)" in read(self.said), "no word of it")
        self.stop()
        self.assertEqual(picture(self.theirs)[self.path], self.left)
        self.assertFalse(os.path.exists(self.path + ".bad"))

    def test_the_status_says_so(self):
        self.assertTrue(self.start("-u", str(ATTACKER),
                                   settings=self.settings, listens=True))
        words = b"cannot read the state file: Permission denied"
        message = self.ready
        end = time.monotonic() + DEADLINE
        with self.listener:
            while words not in message:
                self.assertLess(time.monotonic(), end, "no status says so")
                try:
                    message = self.listener.recv(65536)
                except socket.timeout:
                    pass
        self.assertIn(b"0 bonds, 0 discrepancies", message)
        self.stop()

    def test_it_is_written_once_it_is_moved_away(self):
        self.assertTrue(self.start("-u", str(ATTACKER),
                                   settings=self.settings))
        self.until(lambda: "cannot read the state file" in read(self.said), "no word")
        os.rename(self.path, self.at("mine"))
        self.until(lambda: "writing the state file recovered" in
                   read(self.said), "no word of an end")
        self.stop()
        self.assertEqual(os.stat(self.path).st_uid, ATTACKER)

    def test_check(self):
        status, text = self.check("-u", str(ATTACKER))
        self.assertEqual(status, 1, text)
        self.assertIn(f"error: cannot read the state file {self.path}: "
                      "Permission denied", text)
        self.assertNotIn("configuration is valid", text)
        status, text = self.check()
        self.assertEqual(status, 0, text)
        self.assertIn("configuration is valid", text)

    def test_what_is_no_file_keeps_its_name(self):
        """A directory or a device: it was never a state."""
        os.mkdir(self.at("directory"))
        os.mknod(self.at("device"), 0o600 | stat.S_IFCHR, os.makedev(1, 3))
        os.mkfifo(self.at("pipe"))
        for name in ("directory", "device", "pipe"):
            with self.subTest(name=name):
                path = self.at(name)
                before = os.lstat(path)
                self.assertTrue(self.start(
                    settings=f"exclude *\nstateFile {path}\n"))
                self.until(lambda: "cannot read the state file" in
                           read(self.said), "no word of it")
                self.stop()
                after = os.lstat(path)
                self.assertEqual((after.st_ino, after.st_mode),
                                 (before.st_ino, before.st_mode))
                self.assertFalse(os.path.lexists(path + ".bad"))

    def test_check_of_an_invalid_one(self):
        write(self.path, "nonsense\n")
        status, text = self.check()
        self.assertEqual(status, 0, text)
        self.assertIn(f"warning: the state file {self.path} is invalid", text)
        self.assertEqual(read(self.path), "nonsense\n")
        os.unlink(self.path)
        status, text = self.check()
        self.assertEqual((status, "warning" in text), (0, False), text)


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
