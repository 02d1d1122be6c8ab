#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""The state file of a daemon that is root: attacked, unreadable, or no file."""
import os
import socket
import stat
import subprocess
import sys
import time
import unittest

from files_case import (ATTACKER, DAEMON, DEADLINE, QUIET, Case,
                        picture, read, write)


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

    def test_no_lock(self):
        """Another process on the file would not be noticed: that is logged."""
        os.mkdir(self.at("state.lock"))
        self.assertTrue(self.start(
            settings=QUIET + "stateFile " + self.at("state") + "\n"))
        self.until(lambda: "cannot lock the state file" in read(self.said),
                   "no word of the lock")
        self.stop()

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


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[1:]])
