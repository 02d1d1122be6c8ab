# SPDX-License-Identifier: BSD-2-Clause
"""A daemon whose files are in another user's folder: see test_files.py."""
import os
import signal
import socket
import stat
import subprocess
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
