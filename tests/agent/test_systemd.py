#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Notifications of bondcarrierd to a service manager, and when they stop.

This test is the service manager: it binds the socket, starts the daemon, and
reads the datagrams. A stuck thread is a real one: ptrace(2) stops this thread
while the other continues.
"""
import ctypes
import os
import re
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import time

DAEMON = os.path.abspath("bondcarrierd")
DEADLINE = 180  # for what has to come; nothing waits for it when it comes
PTRACE_DETACH, PTRACE_SEIZE, PTRACE_INTERRUPT = 17, 0x4206, 0x4207
WALL = 0x40000000
libc = ctypes.CDLL(None, use_errno=True)
libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p,
                        ctypes.c_void_p]


class Failed(Exception):
    pass


class Skipped(Exception):
    pass


def hold(what, words):
    if not what:
        raise Failed(words)


def ptrace(request, thread):
    if libc.ptrace(request, thread, None, None) != 0:
        error = os.strerror(ctypes.get_errno())
        raise Skipped(f"ptrace is not allowed here: {error}")


class Thread:
    """A thread of the daemon that can be stopped and continued."""

    def __init__(self, process, name):
        folder = f"/proc/{process.pid}/task"
        by_name = {"SNMP": process.pid}
        for number in os.listdir(folder):
            with open(f"{folder}/{number}/comm", encoding="ascii") as comm:
                by_name.setdefault(comm.read().strip(), int(number))
        hold(name in by_name, f"no thread {name} among {by_name}")
        self.held = False
        self.number = by_name[name]

    def hold_still(self):
        ptrace(PTRACE_SEIZE, self.number)
        self.held = True
        ptrace(PTRACE_INTERRUPT, self.number)
        os.waitpid(self.number, WALL)

    def let_go(self):
        if self.held:
            ptrace(PTRACE_DETACH, self.number)
            self.held = False


class Daemon:
    """bondcarrierd under this service manager."""

    def __init__(self, folder, *arguments, abstract=False, descriptors=0,
                 **environment):
        def limit():
            if descriptors:
                resource.setrlimit(resource.RLIMIT_NOFILE, (descriptors,) * 2)

        self.path = os.path.join(folder, "notify")
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        if abstract:
            self.path = "@bondcarrier-test-%d" % os.getpid()
        elif os.path.exists(self.path):
            os.unlink(self.path)
        self.socket.bind(self.path.replace("@", "\0"))
        self.log = os.path.join(folder, "log")
        settings = os.path.join(folder, "conf")
        if not os.path.exists(settings):
            with open(settings, "w", encoding="ascii") as file:
                file.write("stateFile none\n")
        self.settings = settings
        environment = {"NOTIFY_SOCKET": self.path, **environment}
        with open(self.log, "w", encoding="ascii") as log:
            self.process = subprocess.Popen(
                [DAEMON, "-f", "-L", "e", "-C", settings,
                 "-x", os.path.join(folder, "no-master"), *arguments],
                env={**os.environ, **environment}, stdin=subprocess.DEVNULL,
                stdout=log, stderr=log, preexec_fn=limit)

    def next(self, timeout=DEADLINE):
        """The next datagram as a dictionary, or None."""
        self.socket.settimeout(max(timeout, 0.001))
        try:
            text = self.socket.recv(65536).decode()
        except (socket.timeout, BlockingIOError):
            return None
        return dict(line.split("=", 1) for line in text.split("\n") if line)

    def until(self, key, timeout=DEADLINE):
        """Datagrams up to the first with the key."""
        end = time.monotonic() + timeout
        got = []
        while time.monotonic() < end:
            message = self.next(end - time.monotonic())
            if message is None:
                break
            got.append(message)
            if key in message:
                return got
        raise Failed(f"no {key} within {timeout} s; got {got}, "
                     f"log: {self.said()}")

    def drain(self):
        while self.next(0):
            pass

    def said(self):
        with open(self.log, encoding="utf-8") as log:
            return log.read()

    def end(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.socket.close()


def tell_ready_reload_and_stop(folder, abstract):
    daemon = Daemon(folder, abstract=abstract)
    try:
        first = daemon.until("READY")
        hold(len(first) == 1, f"something before READY: {first}")
        hold(first[0]["READY"] == "1", "READY is not 1")
        # The number of bonds is known only after the kernel was read.
        hold(re.match(r"\d+ bonds?, \d+ discrepanc(y|ies); waiting for the "
                      r"master agent at ", first[0].get("STATUS", "")),
             f"STATUS with READY: {first[0]}")
        before = time.monotonic_ns() // 1000
        daemon.process.send_signal(signal.SIGHUP)
        reload = daemon.until("READY")
        hold("RELOADING" in reload[-2], f"no RELOADING before: {reload}")
        stamp = int(reload[-2]["MONOTONIC_USEC"])
        hold(before - 1000 <= stamp <= time.monotonic_ns() // 1000,
             "MONOTONIC_USEC is not the time of the reload")
        with open(daemon.settings, "w", encoding="ascii") as file:
            file.write("stateFile none\nnonsense 1\n")
        daemon.process.send_signal(signal.SIGHUP)
        hold("rejected" in daemon.until("READY")[-1]["STATUS"],
             "STATUS does not show the rejected configuration")
        with open(daemon.settings, "w", encoding="ascii") as file:
            file.write("stateFile none\n")
        daemon.process.send_signal(signal.SIGHUP)
        hold("rejected" not in daemon.until("READY")[-1]["STATUS"],
             "STATUS still shows a rejected configuration")
        daemon.process.send_signal(signal.SIGTERM)
        messages = daemon.until("STOPPING")
        hold(all("WATCHDOG" not in message for message in messages),
             "fed a watchdog that there is none of")
        hold(daemon.process.wait(DEADLINE) == 0, "the end was not clean")
    finally:
        daemon.end()


def test_ready_reload_and_stop(folder):
    tell_ready_reload_and_stop(folder, False)


def test_abstract_socket(folder):
    tell_ready_reload_and_stop(folder, True)


def test_not_ready_without_the_kernel(folder):
    """Never ready without access to the kernel: no descriptor is left for
    the netlink socket."""
    daemon = Daemon(folder, descriptors=8)
    try:
        hold(daemon.process.wait(DEADLINE) == 1,
             f"exit status {daemon.process.returncode}")
        hold("cannot" in daemon.said(), f"log: {daemon.said()}")
        hold(daemon.next(0) is None, "told something")
    finally:
        daemon.end()


def test_watchdog(folder):
    """Fed while both threads run, and not while either is stuck. The missing
    master has no influence."""
    for name in "kernel", "SNMP":
        # Four feedings in 4 s.
        daemon = Daemon(folder, WATCHDOG_USEC="4000000")
        thread = None
        try:
            daemon.until("WATCHDOG")
            daemon.until("WATCHDOG")
            thread = Thread(daemon.process, name)
            daemon.until("WATCHDOG")
            thread.hold_still()
            # What was fed before the hold, and for the two periods in which
            # a beat counts. Then silence, well over the timeout.
            end = time.monotonic() + 2.5
            while time.monotonic() < end:
                daemon.next(end - time.monotonic())
            end = time.monotonic() + 5
            while time.monotonic() < end:
                message = daemon.next(end - time.monotonic())
                hold(message is None or "WATCHDOG" not in message,
                     f"fed while its thread {name} stood still")
            if name == "kernel":
                hold("kernel thread is stuck" in daemon.said(),
                     f"log: {daemon.said()}")
            thread.let_go()
            daemon.until("WATCHDOG")
        finally:
            # A process is not reaped while its tracer holds one of its threads.
            if thread:
                thread.let_go()
            daemon.end()


def test_watchdog_of_another(folder):
    daemon = Daemon(folder, WATCHDOG_USEC="4000", WATCHDOG_PID="1")
    try:
        daemon.until("READY")
        daemon.process.send_signal(signal.SIGHUP)
        messages = daemon.until("READY")
        daemon.process.send_signal(signal.SIGTERM)
        messages += daemon.until("STOPPING")
        hold(all("WATCHDOG" not in message for message in messages),
             "fed another process's watchdog")
    finally:
        daemon.end()


def test_odd_environment(folder):
    """Invalid numbers mean no watchdog, invalid addresses no socket."""
    for number in "", "-1", "1x", "9" * 30:
        daemon = Daemon(folder, WATCHDOG_USEC=number)
        try:
            daemon.until("READY")
            daemon.process.send_signal(signal.SIGTERM)
            messages = daemon.until("STOPPING")
            hold(all("WATCHDOG" not in message for message in messages),
                 f"a watchdog of WATCHDOG_USEC={number}")
        finally:
            daemon.end()
    for address in "relative", "/", "@", "/" + "x" * 200:
        daemon = Daemon(folder, NOTIFY_SOCKET=address)
        try:
            end = time.monotonic() + DEADLINE
            while "waiting for the master" not in daemon.said():
                hold(time.monotonic() < end, f"log: {daemon.said()}")
                hold(daemon.process.poll() is None, "it has ended")
                time.sleep(0.05)
            hold("NOTIFY_SOCKET" in daemon.said(), f"log: {daemon.said()}")
            daemon.process.send_signal(signal.SIGTERM)
            hold(daemon.process.wait(DEADLINE) == 0, "no clean end")
        finally:
            daemon.end()


def test_state_folder(folder):
    """The state is kept in StateDirectory=."""
    state = os.path.join(folder, "states")
    os.mkdir(state)
    with open(os.path.join(folder, "conf"), "w", encoding="ascii") as file:
        file.write("# nothing\n")
    daemon = Daemon(folder, STATE_DIRECTORY=state)
    try:
        daemon.until("READY")
        daemon.process.send_signal(signal.SIGTERM)
        hold(daemon.process.wait(DEADLINE) == 0, "no clean end")
        hold(os.path.exists(os.path.join(state, "state")),
             f"no state in {os.listdir(state)}")
    finally:
        daemon.end()


def test_journal(folder):
    """Lines start with a priority if stderr is the journal's, and only then;
    never with a time."""
    read_end, write_end = os.pipe()
    info = os.fstat(write_end)
    stream = f"{info.st_dev}:{info.st_ino}"
    config = os.path.join(folder, "conf")
    with open(config, "w", encoding="ascii") as file:
        file.write("nonsense 1\nstateFile none\n")
    texts = []
    for value in stream, f"{info.st_dev}:{info.st_ino + 1}", stream + "x", "":
        done = subprocess.run([DAEMON, "-t", "-f", "-C", config],
                              env={**os.environ, "JOURNAL_STREAM": value},
                              stderr=write_end, check=False)
        hold(done.returncode == 1, "a faulty configuration was accepted")
        texts.append(os.read(read_end, 65536).decode())
    lines = texts[0].rstrip("\n").split("\n")
    hold(all(re.match(r"<[0-7]>[^<0-9]", line) for line in lines),
         f"for the journal: {lines}")
    for text in texts[1:]:
        hold(re.sub("(?m)^<.>", "", texts[0]) == text,
             f"not for the journal: {text}")
    os.close(read_end)
    os.close(write_end)


def main():
    failed = skipped = 0
    for name, test in list(globals().items()):
        if not name.startswith("test_") or sys.argv[1:] and \
                name not in sys.argv[1:]:
            continue
        with tempfile.TemporaryDirectory() as folder:
            try:
                test(folder)
                print(f"ok: {name}")
            except Skipped as why:
                print(f"SKIP: {name}: {why}")
                skipped = 1
            except Failed as why:
                print(f"FAIL: {name}: {why}")
                failed = 1
    if skipped and os.environ.get("BONDCARRIER_REQUIRE") == "1":
        failed = 1
    return failed or (77 if skipped else 0)


sys.exit(main())
