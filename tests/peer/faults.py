# SPDX-License-Identifier: BSD-2-Clause
"""Scripts for master.Master: a healthy one and many faulty ones."""

import random
import select
import socket
import struct
import time

import agentx
import master


def healthy(conn):
    conn.serve_all()


def answer_nothing(conn):
    """Accepts, reads and never answers."""
    conn.drain()


def read_nothing(conn):
    """Accepts, and never reads."""
    while True:
        time.sleep(3600)


def hang_up(_conn):
    """Closes at once."""


def hang_up_in_register(conn):
    """Closes after reading part of Register."""
    conn.serve(conn.read())
    conn.recv(24)


def refuse_open(conn):
    conn.answer(conn.read(), agentx.PROCESSING_ERROR)
    conn.drain()


def refuse_register(conn):
    """As if another subagent had registered the subtree."""
    conn.answer(conn.read_until(agentx.REGISTER),
                agentx.DUPLICATE_REGISTRATION)
    conn.serve_all()


def never_answer_notify(conn):
    while True:
        conn.read_until(agentx.NOTIFY)


def refuse_notify(conn):
    """Every second one."""
    while True:
        conn.serve(conn.read_until(agentx.NOTIFY))
        conn.answer(conn.read_until(agentx.NOTIFY), agentx.PROCESSING_ERROR)


def no_answer_to_register(conn):
    conn.read_until(agentx.REGISTER)
    conn.drain()


def late(due):
    """Answers all at once when the function that due() returned is true.
    due() is called again for the next unanswered PDU."""
    def script(conn):
        register(conn)
        pdus, is_due = [], None
        while True:
            if select.select([conn.sock], [], [], 0.02)[0]:
                pdus.append(conn.read())
                is_due = is_due or due(conn)
            if is_due and is_due():
                for pdu in pdus:
                    conn.serve(pdu)
                pdus, is_due = [], None
    return script


def late_by(seconds):
    def due(_conn):
        end = time.monotonic() + seconds
        return lambda: time.monotonic() >= end
    return late(due)


def late_till_missed(conn):
    """Until the agent logs once more that the master is silent."""
    late(lambda conn: conn.master.missed.once_more())(conn)


def register(conn):
    """Serves up to AddAgentCaps."""
    conn.serve(conn.read_until(agentx.REGISTER))
    conn.serve(conn.read_until(agentx.ADD_CAPS))


def silence(conn):
    """Until the agent logs it, or closes the connection."""
    missed = conn.master.missed.once_more()
    while not missed():
        if select.select([conn.sock], [], [], 0.02)[0] and \
                not conn.sock.recv(65536):
            return


def silent_then_close(conn):
    """A master that stops answering notifications and pings, then dies."""
    register(conn)
    conn.read_until(agentx.NOTIFY)
    silence(conn)


def busy_but_silent(conn):
    """Always has a request in flight, and acknowledges nothing."""
    register(conn)
    conn.read_until(agentx.NOTIFY)
    missed = conn.master.missed.once_more()
    name = conn.objects + (1, 7, 0)
    conn.send(b"".join(conn.pack_request(agentx.GET, name)
                       for _ in range(300)))
    while not missed():
        if conn.read().kind == agentx.RESPONSE:
            conn.send(conn.pack_request(agentx.GET, name))


def ask_very_often(conn):
    """Many requests without waiting for answers. Sockets buffer some of them;
    the rest can't be sent before others are answered. GetBulk, which goes
    through the pipes inside net-snmp. What the agent sends is answered
    meanwhile, however long this takes; it is read at once, since the agent
    gives a master up that does not read for a second."""
    register(conn)
    count, asked, answered = 20000, 0, 0
    waiting, arrived = bytearray(), bytearray()

    def receive():
        more = conn.sock.recv(1 << 18)
        if not more:
            raise EOFError("not read for up to %.1f s" % longest_s)
        arrived.extend(more)

    def has_pdu():
        header = bytes(arrived[:agentx.HEADER_SIZE])
        return len(header) == agentx.HEADER_SIZE and \
            len(arrived) >= len(header) + agentx.payload_size(header)

    def take(size):
        while len(arrived) < size:
            receive()
        data = bytes(arrived[:size])
        del arrived[:size]
        return data
    send, conn.send, conn.recv = conn.send, waiting.extend, take
    longest_s, since = 0, time.monotonic()
    while answered < count:
        while asked < count and len(waiting) < 4096:
            asked, at_end = asked + 1, answered
            waiting += conn.pack_request(agentx.GETBULK, conn.objects + (1, 6))
        readable, writable, _ = select.select(
            [conn.sock], [conn.sock] if waiting else [], [])
        if writable:
            try:
                del waiting[:conn.sock.send(waiting, socket.MSG_DONTWAIT)]
            except BlockingIOError:     # room, but not for one piece
                pass
        longest_s = max(longest_s, time.monotonic() - since)
        since = time.monotonic()
        if readable:
            receive()
        while has_pdu():
            pdu = conn.read()
            answered += pdu.kind == agentx.RESPONSE
            conn.serve(pdu)
    if at_end < count / 4:
        raise AssertionError("read ahead: %d answered" % at_end)
    conn.send = send
    conn.send(bytes(waiting))
    conn.serve_all()


def ask_before_answering(conn):
    """Asks while a whole window of notifications is unanswered."""
    register(conn)
    pdus = [conn.read_until(agentx.NOTIFY) for _ in range(16)]
    conn.send(conn.pack_request(agentx.GET, conn.objects + (1, 7, 0)))
    while True:
        pdu = conn.read()
        if pdu.kind == agentx.RESPONSE:
            break
        pdus.append(pdu)
    for pdu in pdus:
        conn.serve(pdu)
    conn.serve_all()


def drip(conn):
    """Answers byte by byte."""
    plain = conn.send

    def send(data):
        for byte in data:
            plain(bytes((byte,)))
    conn.send = send
    conn.serve_all()


def truncate(conn):
    """Closes after half an answer to the fifth notification."""
    register(conn)
    for _ in range(4):
        conn.serve(conn.read_until(agentx.NOTIFY))
    pdu = conn.read_until(agentx.NOTIFY)
    conn.send(conn.response(pdu)[:17])


def truncate_open(conn):
    conn.send(conn.response(conn.read())[:13])


def hang_up_on_notify(conn):
    """Reads ten, answers the first five, and closes."""
    register(conn)
    for number in range(10):
        pdu = conn.read_until(agentx.NOTIFY)
        if number < 5:
            conn.serve(pdu)


def reset_on_notify(conn):
    """The same with a reset, and with unread data."""
    register(conn)
    for _ in range(5):
        conn.serve(conn.read_until(agentx.NOTIFY))
    time.sleep(0.05)
    master.reset(conn.sock)


def garbage(seed):
    """Random bytes after the registration."""
    def script(conn):
        register(conn)
        conn.read_until(agentx.NOTIFY)
        conn.send(random.Random(seed).randbytes(4096))
        conn.sock.settimeout(1)
        conn.drain()
    return script


def bad_length(size):
    """An answer whose header has this payload length."""
    def script(conn):
        register(conn)
        answer = bytearray(conn.response(conn.read_until(agentx.NOTIFY)))
        answer[16:20] = struct.pack(">I", size)
        conn.send(bytes(answer))
        silence(conn)
    return script


def never_read(conn):
    """Sends requests and reads no answers, until the agent can't send."""
    register(conn)
    name = conn.objects + (2,)
    many = b"".join(conn.pack_request(agentx.GETNEXT, *[name] * 50)
                    for _ in range(50))
    while True:
        conn.send(many)


def forget(kind):
    """Answers notOpen to the first PDU of that kind and to all later ones."""
    def script(conn):
        register(conn)
        conn.answer(conn.read_until(kind), agentx.NOT_OPEN)
        while True:
            conn.answer(conn.read(), agentx.NOT_OPEN)
    return script
