# SPDX-License-Identifier: BSD-2-Clause
"""AgentX on the wire (RFC 2741): bytes to PDUs and back."""

import struct

OPEN, CLOSE, REGISTER, UNREGISTER = 1, 2, 3, 4
GET, GETNEXT, GETBULK = 5, 6, 7
TEST_SET, COMMIT_SET, UNDO_SET, CLEANUP_SET = 8, 9, 10, 11
NOTIFY, PING, ADD_CAPS, RESPONSE = 12, 13, 16, 18

INTEGER, OCTETS, NULL, OID = 2, 4, 5, 6
COUNTER32, GAUGE32, TICKS, COUNTER64 = 65, 66, 67, 70

NON_DEFAULT_CONTEXT, NETWORK_ORDER = 0x08, 0x10
HEADER_SIZE = 20

NOT_OPEN, UNSUPPORTED_CONTEXT, DUPLICATE_REGISTRATION = 257, 262, 263
UNKNOWN_REGISTRATION, PARSE_ERROR, PROCESSING_ERROR = 264, 266, 268


class Truncated(Exception):
    """The PDU is truncated."""


class Reader:
    """Parses a payload from the front."""

    def __init__(self, data, order):
        self.data, self.order, self.at = data, order, 0

    def take(self, form):
        size = struct.calcsize(form)
        if self.at + size > len(self.data):
            raise Truncated
        values = struct.unpack_from(self.order + form, self.data, self.at)
        self.at += size
        return values if len(values) > 1 else values[0]

    def octets(self):
        size = self.take("I")
        value = self.data[self.at:self.at + size]
        self.at += (size + 3) // 4 * 4
        if self.at > len(self.data):
            raise Truncated
        return value

    def oid(self):
        count, prefix, _include, _reserved = self.take("BBBB")
        head = (1, 3, 6, 1, prefix) if prefix else ()
        return head + tuple(self.take("I") for _ in range(count))

    def value(self, kind):
        if kind == INTEGER:
            return self.take("i")
        if kind in (COUNTER32, GAUGE32, TICKS):
            return self.take("I")
        if kind == COUNTER64:
            return self.take("Q")
        if kind == OID:
            return self.oid()
        if kind >= 128 or kind == NULL:
            return None
        return self.octets()

    def varbinds(self):
        """The remaining (name, type, value)."""
        binds = []
        while self.at < len(self.data):
            kind, _reserved = self.take("HH")
            name = self.oid()
            binds.append((name, kind, self.value(kind)))
        return binds


class Pdu:
    """A received PDU."""

    def __init__(self, header, payload):
        self.kind, self.flags = header[1], header[2]
        self.order = ">" if self.flags & NETWORK_ORDER else "<"
        self.session, self.transaction, self.packet = struct.unpack(
            self.order + "III", header[4:16])
        self.payload = payload

    def reader(self):
        """Of the payload after the context, which is stored."""
        reader = Reader(self.payload, self.order)
        self.context = None
        if self.flags & NON_DEFAULT_CONTEXT:
            self.context = reader.octets()
        return reader


def payload_size(header):
    order = ">" if header[2] & NETWORK_ORDER else "<"
    return struct.unpack(order + "I", header[16:20])[0]


def pack_oid(name, include=False):
    return struct.pack(">BBBB%dI" % len(name), len(name), 0, include, 0, *name)


def pack_range(start, include=False, end=()):
    return pack_oid(start, include) + pack_oid(end)


def pack_bind(name, kind, value=b""):
    """`value`: a number, or what is on the wire."""
    if isinstance(value, int):
        value = struct.pack(">i" if value < 0 else ">I", value)
    return struct.pack(">HH", kind, 0) + pack_oid(name) + value


def pack_octets(value):
    return struct.pack(">I", len(value)) + value + b"\0" * (-len(value) % 4)


def pack(kind, session, transaction, packet, payload, context=None):
    """A PDU in network byte order."""
    flags = NETWORK_ORDER
    if context is not None:
        flags |= NON_DEFAULT_CONTEXT
        payload = pack_octets(context) + payload
    return struct.pack(">BBBBIIII", 1, kind, flags, 0, session, transaction,
                       packet, len(payload)) + payload


def answer_of(pdu):
    """Error, index and VarBinds of a Response."""
    reader = pdu.reader()
    _uptime, error, index = reader.take("IHH")
    return error, index, reader.varbinds()


def pack_response(pdu, session, uptime_cs, error=0):
    return pack(RESPONSE, session, pdu.transaction, pdu.packet,
                struct.pack(">IHH", uptime_cs, error, 0))
