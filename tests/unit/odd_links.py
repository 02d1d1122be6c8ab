# SPDX-License-Identifier: BSD-2-Clause
"""Captures of bonds that nobody would make, but somebody can."""
import struct

NEWLINK = 16
UP, RUNNING, LOWER_UP = 0x1, 0x40, 0x10000
ANSWER, EVENT = 6, 2
START_S = 1700000000

# What the kernel refuses in a name (slash, colon, white space) a capture may
# hold all the same: the last two.
NAMES = [
    b"abcdefghijklmno", "bönd-ü".encode(), "結合".encode(),
    b"\xff\xfe\xc3(", b"\x1b[2J\x1b[1m", b"\x01\x07\x08\x7f", b"\xc2\x9b2J",
    "\u202egnp".encode(), "a\u00adb\u2060c".encode(), "\U000e0041".encode(),
    b"a'b=c|d;e", b'"quote"\\', b"\\x41", b"A", b"$(id)`x`", b"*?[a]",
    b"%s%n%x", b"<b>&amp;", b"-rf", b"--json", b"--", b".hidden", b"..",
    b"show", b"all", b"\xf0\x9f\x94", b"a\nb c:d/e", b"\r\t|",
]


def attribute(number, payload):
    length = 4 + len(payload)
    return struct.pack("=HH", length, number) + payload + bytes(-length % 4)


def string(number, text):
    return attribute(number, text + b"\0")


def u8(number, value):
    return attribute(number, struct.pack("=B", value))


def u32(number, value):
    return attribute(number, struct.pack("=I", value))


def message(ifindex, flags, attributes):
    body = struct.pack("=BBHiII", 0, 0, 1, ifindex, flags, 0) + attributes
    return struct.pack("=IHHII", 16 + len(body), NEWLINK, 0, 0, 0) + body


def bond(ifindex, name, slave):
    """Active-backup, unmonitored, with a primary, and RUNNING."""
    data = u8(1, 1) + u32(2, slave) + u32(3, 0) + u32(7, 0) + u32(11, slave)
    info = string(1, b"bond") + attribute(2, data)
    return message(ifindex, UP | RUNNING | LOWER_UP,
                   string(3, name) + u8(16, 6) + attribute(18, info))


def slave(ifindex, name, master, link):
    flags = UP | (RUNNING | LOWER_UP if link else 0)
    info = string(4, b"bond") + attribute(5, u8(1, 0) + u8(2, 0))
    return message(ifindex, flags, string(3, name) + u32(10, master) +
                   u8(16, 6 if link else 2) + attribute(18, info))


def malformed(ifindex):
    """The name's attribute says that it is longer than the message."""
    return message(ifindex, UP, struct.pack("=HH", 200, 3) + b"abcd")


def record(packet_type, at_s, datagram):
    data = struct.pack(">HH10xH", packet_type, 824, 0) + datagram
    return struct.pack("=IIII", START_S + at_s, 0, len(data),
                       len(data)) + data


def capture(records):
    return struct.pack("=IHHiIII", 0xa1b2c3d4, 2, 4, 0, 0, 65535, 253) + \
        b"".join(records)


def slave_name(name):
    return (b"s" + name)[:15]


def odd_names():
    """A bond of each name; then its slave loses its link."""
    records = []
    for i, name in enumerate(NAMES):
        first = 100 + 2 * i
        records.append(record(ANSWER, 0, bond(first, name, first + 1)))
        records.append(record(ANSWER, 0,
                              slave(first + 1, slave_name(name), first, True)))
    for i, name in enumerate(NAMES):
        first = 100 + 2 * i
        records.append(record(EVENT, 10 + i,
                              slave(first + 1, slave_name(name), first,
                                    False)))
    # The last grace ends before the capture does.
    records.append(record(EVENT, 100, bond(100, NAMES[0], 101)))
    return capture(records)


def malformed_links():
    """A bond and another's slave whose last message can't be read."""
    return capture([
        record(ANSWER, 0, bond(10, b"bond0", 11)),
        record(ANSWER, 0, slave(11, b"eth0", 10, True)),
        record(ANSWER, 0, bond(20, b"bond1", 21)),
        record(ANSWER, 0, slave(21, b"eth1", 20, True)),
        record(EVENT, 10, malformed(10)),
        record(EVENT, 10, malformed(21)),
        record(EVENT, 20, malformed(21)),
    ])
