#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Makes inputs of fuzz_linkmsg from captures (little-endian pcap).

    seeds.py CAPTURE... FOLDER

An input is the messages of a capture one after the other, with what
fuzz_linkmsg steers by written into them: see there.
"""
import pathlib
import struct
import sys

# IFLA_IFNAME, LINK, MASTER, WIRELESS, OPERSTATE, LINKINFO, LINK_NETNSID: the
# rest is not looked at, and would only make inputs long.
READ = {3, 5, 10, 11, 16, 18, 37}
IFINFO_LENGTH = 16 + 16
NLMSG_ERROR, NLMSG_DONE, NLM_F_MULTI = 2, 3, 2
HEADER = struct.Struct("=IHHII")


def records(data):
    """Time in milliseconds, packet type and datagram of each packet."""
    magic, = struct.unpack_from("<I", data)
    assert magic == 0xA1B2C3D4, "not a pcap file of this program"
    at = 24
    while at + 16 <= len(data):
        seconds, micros, kept, _ = struct.unpack_from("<4I", data, at)
        packet = data[at + 16:at + 16 + kept]
        yield (seconds * 1000 + micros // 1000,
               struct.unpack_from(">H", packet)[0], packet[16:])
        at += 16 + kept


def messages(datagram):
    while len(datagram) >= HEADER.size:
        length, = struct.unpack_from("=I", datagram)
        yield datagram[:length]
        datagram = datagram[(length + 3) & ~3:]


def thinned(message):
    """The header's length is the caller's to put right."""
    out, rest = message[:IFINFO_LENGTH], message[IFINFO_LENGTH:]
    while len(rest) >= 4:
        length, kind = struct.unpack_from("=HH", rest)
        if kind & 0x3FFF in READ:
            out += rest[:length] + b"\0" * (-length % 4)
        rest = rest[(length + 3) & ~3:]
    return out


def seed(data):
    out = b""
    last_ms = None
    in_dump = False
    for at_ms, packet_type, datagram in records(data):
        step = 0 if last_ms is None else max(0, at_ms - last_ms)
        last_ms = at_ms
        is_event = packet_type == 2
        if in_dump and (is_event or step > 100):
            # Merged, as the replay does it.
            out += HEADER.pack(16, NLMSG_DONE, 0, 0, 0xFFFFFFFF)
            in_dump = False
        for message in messages(datagram):
            kind, = struct.unpack_from("=4xH", message)
            if kind in (NLMSG_ERROR, NLMSG_DONE):
                continue
            message = thinned(message)
            flags = 0 if is_event else NLM_F_MULTI
            out += HEADER.pack(len(message), kind, flags, step, 0)
            out += message[HEADER.size:]
            in_dump = in_dump or not is_event
            step = 0
    if in_dump:
        out += HEADER.pack(16, NLMSG_DONE, 0, 0, 0xFFFFFFFF)
    return out


def main():
    *captures, folder = sys.argv[1:]
    if not captures:
        sys.exit(__doc__)
    for capture in map(pathlib.Path, captures):
        target = pathlib.Path(folder) / capture.stem
        target.write_bytes(seed(capture.read_bytes()))


main()
