# SPDX-License-Identifier: BSD-2-Clause
"""An AgentX master agent that follows a script, correctly or not.

A script is a function of a connection; they are in faults.py. The first
connection runs the first script, and so on; the last script runs for all later
ones.
"""

import os
import socket
import struct
import threading
import time

import agentx

SYSUPTIME = (1, 3, 6, 1, 2, 1, 1, 3, 0)


class Connection:
    """The interface for scripts. EOFError: the agent closed it."""

    def __init__(self, master, number, sock):
        self.master, self.number, self.sock = master, number, sock
        self.objects = None     # the registered subtree
        self.context = None
        self.unanswered = 0     # notifications
        self.packets = 0

    def recv(self, size):
        data = b""
        while len(data) < size:
            more = self.sock.recv(size - len(data))
            if not more:
                raise EOFError
            data += more
        return data

    def send(self, data):
        self.sock.sendall(data)

    def read(self):
        header = self.recv(agentx.HEADER_SIZE)
        pdu = agentx.Pdu(header, self.recv(agentx.payload_size(header)))
        if pdu.kind == agentx.REGISTER:
            reader = pdu.reader()
            reader.take("BBBB")
            self.objects = self.objects or reader.oid()  # the first
            self.context = pdu.context
            self.master.contexts.add(pdu.context)
        if pdu.kind == agentx.NOTIFY:
            self.unanswered += 1
            self.master.note_unanswered(self.unanswered)
        return pdu

    def read_until(self, kind):
        """Serves PDUs up to the first of that kind, and returns it."""
        while True:
            pdu = self.read()
            if pdu.kind == kind:
                return pdu
            self.serve(pdu)

    def response(self, pdu, error=0):
        return agentx.pack_response(pdu, self.number + 1,
                                    self.master.uptime_cs(), error)

    def answer(self, pdu, error=0):
        if pdu.kind == agentx.NOTIFY:
            self.unanswered -= 1
            if not error:
                self.master.note_accepted(self, pdu)
        self.send(self.response(pdu, error))

    def serve(self, pdu):
        """Handles a PDU as a healthy master does."""
        if pdu.kind == agentx.CLOSE:
            self.master.closed.append(pdu.reader().take("BBBB")[0])
            self.answer(pdu)
            raise EOFError
        if pdu.kind != agentx.RESPONSE:
            self.answer(pdu)

    def serve_all(self):
        while True:
            self.serve(self.read())

    def drain(self):
        """Reads without answering until the agent closes."""
        while self.sock.recv(65536):
            pass

    def pack(self, kind, payload=b"", *, session=None, transaction=1,
             context=None):
        """A request of this session."""
        self.packets += 1
        return agentx.pack(kind, self.number + 1 if session is None
                           else session, transaction, self.packets, payload,
                           context)

    def exchange(self, data):
        """Sends a request; error, index and VarBinds of its Response."""
        self.send(data)
        return agentx.answer_of(self.read_until(agentx.RESPONSE))

    def request(self, kind, *names):
        """Sends a request, and serves others while waiting for the answer.
        [(name, type, value)]"""
        return self.request_ranges(kind, *no_ends(names))

    def request_ranges(self, kind, *ranges):
        """The same, of ranges: start, include, end or None."""
        self.send(self.pack_ranges(kind, *ranges))
        reader = self.read_until(agentx.RESPONSE).reader()
        reader.take("IHH")
        return reader.varbinds()

    def pack_request(self, kind, *names):
        return self.pack_ranges(kind, *no_ends(names))

    def pack_ranges(self, kind, *ranges):
        self.packets += 1
        payload = b"".join(
            agentx.pack_oid(start, include) + agentx.pack_oid(end or ())
            for start, include, end in ranges)
        if kind == agentx.GETBULK:
            payload = struct.pack(">HH", 0, 1) + payload    # one repetition
        return agentx.pack(kind, self.number + 1, 1, self.packets, payload,
                           self.context)


def no_ends(names):
    return [(name, False, None) for name in names]


class Master:
    """Listens; runs a thread for each connection."""

    def __init__(self, *scripts, path=None):
        self.scripts = scripts
        self.began = time.monotonic()
        self.set_uptime(4242)
        self.lock = threading.Lock()
        self.accepted = []      # (when, connection, index, sysUpTime)
        self.most_unanswered = 0
        self.connections = 0
        self.closed = []        # the reasons
        self.contexts = set()   # of registrations
        self.missed = None      # set by the test: see running.Missed
        self.ends = []          # of connections that the agent ended
        self.errors = []
        if path:
            self.listener = socket.socket(socket.AF_UNIX)
            self.listener.bind(path)
            self.address = path
        else:
            self.listener = socket.socket()
            self.listener.bind(("127.0.0.1", 0))
            self.address = "tcp:127.0.0.1:%d" % (
                self.listener.getsockname()[1])
        self.listener.listen(16)
        self.sockets = []
        threading.Thread(target=self._accept, daemon=True).start()

    def set_uptime(self, uptime_cs):
        self.zero = time.monotonic() - uptime_cs / 100

    def uptime_cs(self):
        """sysUpTime, which wraps."""
        return int((time.monotonic() - self.zero) * 100) % (1 << 32)

    def _accept(self):
        while True:
            try:
                sock, _address = self.listener.accept()
            except OSError:
                return
            number = self.connections
            self.connections += 1
            self.sockets.append(sock)
            script = self.scripts[min(number, len(self.scripts) - 1)]
            threading.Thread(target=self._run, daemon=True, args=(
                script, Connection(self, number, sock))).start()

    def _run(self, script, connection):
        try:
            script(connection)
        except (EOFError, OSError) as error:
            self.ends.append("connection %d at %.1f s: %r" % (
                connection.number, time.monotonic() - self.began, error))
        except Exception as error:      # a bug of the script: fail the test
            self.errors.append(repr(error))
        connection.sock.close()

    def note_unanswered(self, count):
        with self.lock:
            self.most_unanswered = max(self.most_unanswered, count)

    def note_accepted(self, connection, pdu):
        last_event = connection.objects + (1, 7, 0)
        binds = {name: value for name, _, value in pdu.reader().varbinds()}
        with self.lock:
            self.accepted.append((time.monotonic(), connection.number,
                                  binds[last_event], binds[SYSUPTIME]))

    def indexes(self):
        with self.lock:
            return [row[2] for row in self.accepted]

    def close(self):
        if self.listener.fileno() < 0:
            return
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        for sock in self.sockets:
            try:
                sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
        if self.listener.family == socket.AF_UNIX:
            os.unlink(self.address)


def reset(sock):
    """Closes it with a TCP reset."""
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER,
                    struct.pack("ii", 1, 0))
    sock.close()
