# SPDX-License-Identifier: BSD-2-Clause
"""A very small SNMPv2c client: GETBULK over UDP, many columns at once.

snmpbulkwalk would do, but in the lab's kernel a process costs more than a
whole walk of the agent's tables, and the random test makes thousands.
"""

import socket
import time

INTEGER, OCTETS, NULL, OID = 0x02, 0x04, 0x05, 0x06
SEQUENCE, RESPONSE, GETBULK = 0x30, 0xA2, 0xA5
COUNTER32, GAUGE32, TICKS, COUNTER64 = 0x41, 0x42, 0x43, 0x46
NO_OBJECT, NO_INSTANCE, END_OF_VIEW = 0x80, 0x81, 0x82


class SnmpError(Exception):
    """The agent did not answer, or not with what was asked."""


def _tlv(tag, body):
    size = len(body)
    if size < 128:
        return bytes((tag, size)) + body
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(length))) + length + body


def _integer(value):
    return _tlv(INTEGER, value.to_bytes(value.bit_length() // 8 + 1, "big",
                                        signed=True))


def _oid(numbers):
    body = bytearray((numbers[0] * 40 + numbers[1],))
    for number in numbers[2:]:
        part = [number & 0x7F]
        while number > 0x7F:
            number >>= 7
            part.append(0x80 | number & 0x7F)
        body += bytes(reversed(part))
    return _tlv(OID, bytes(body))


def _read(data, at):
    """The tag, the body, and where the next one starts."""
    tag, size, at = data[at], data[at + 1], at + 2
    if size & 0x80:
        count = size & 0x7F
        size, at = int.from_bytes(data[at:at + count], "big"), at + count
    if at + size > len(data):
        raise SnmpError("a truncated answer")
    return tag, data[at:at + size], at + size


def _parts(data):
    at = 0
    while at < len(data):
        tag, body, at = _read(data, at)
        yield tag, body


def _oid_numbers(body):
    numbers, number = [body[0] // 40, body[0] % 40], 0
    for byte in body[1:]:
        number = number << 7 | byte & 0x7F
        if not byte & 0x80:
            numbers.append(number)
            number = 0
    return tuple(numbers)


def _value(tag, body):
    """int, bytes, a tuple of an OID, or None for the three exceptions."""
    if tag == INTEGER:
        return int.from_bytes(body, "big", signed=True)
    if tag in (COUNTER32, GAUGE32, TICKS, COUNTER64):
        return int.from_bytes(body, "big")
    if tag == OID:
        return _oid_numbers(body)
    if tag in (NULL, NO_OBJECT, NO_INSTANCE, END_OF_VIEW):
        return None
    return bytes(body)


def varbinds_of_trap(message):
    """[(OID, value)] of an SNMPv2-Trap."""
    _, message, _ = _read(message, 0)
    _, _, (_, pdu) = _parts(message)
    _, _, _, (_, varbinds) = _parts(pdu)
    pairs = (tuple(_parts(body)) for _, body in _parts(varbinds))
    return [(_oid_numbers(name), _value(tag, body))
            for (_, name), (tag, body) in pairs]


class Client:
    """One manager asking one agent."""

    def __init__(self, host="127.0.0.1", port=161, community=b"public",
                 timeout=2.0, retries=4):
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.connect((host, port))
        self.community, self.timeout = community, timeout
        self.retries, self.request_id = retries, 1

    def bulk(self, oids, repetitions):
        """A list of (OID, value, end-of-view) as the agent gave them."""
        self.request_id += 1
        varbinds = b"".join(_tlv(SEQUENCE, _oid(oid) + _tlv(NULL, b""))
                            for oid in oids)
        message = _tlv(SEQUENCE, _integer(1) + _tlv(OCTETS, self.community) +
                       _tlv(GETBULK, _integer(self.request_id) + _integer(0) +
                            _integer(repetitions) + _tlv(SEQUENCE, varbinds)))
        for _ in range(self.retries):
            try:
                self.socket.send(message)
                return self._answer()
            except (socket.timeout, ConnectionRefusedError):
                time.sleep(0.05)
        raise SnmpError(f"no answer after {self.retries} times "
                        f"{self.timeout} s")

    def _answer(self):
        deadline = time.monotonic() + self.timeout
        while True:
            left = deadline - time.monotonic()
            if left <= 0:
                raise socket.timeout()
            self.socket.settimeout(left)
            _, message, _ = _read(self.socket.recv(65535), 0)
            _, _, (_, pdu) = _parts(message)
            (_, reqid), (_, status), _, (_, varbinds) = _parts(pdu)
            if int.from_bytes(reqid, "big") != self.request_id:
                continue  # the answer to an earlier try
            if status != b"\0":
                raise SnmpError(f"error-status {status[0]}")
            return [self._varbind(body) for _, body in _parts(varbinds)]

    @staticmethod
    def _varbind(body):
        (_, name), (tag, value) = _parts(body)
        return _oid_numbers(name), _value(tag, value), tag == END_OF_VIEW

    def scalars(self, *oids):
        """The value of each; absent is None."""
        answer = self.bulk(oids, 1)
        return [value if oid == asked + (0,) else None
                for asked, (oid, value, _) in zip(oids, answer)]

    def table(self, entry, columns, repetitions=12, after=()):
        """{index: {column: value}} of these columns, of the rows behind that
        index."""
        rows = {}
        at = {column: entry + (column,) + after for column in columns}
        while at:
            asked = sorted(at)
            answer = self.bulk([at[column] for column in asked], repetitions)
            if not answer:
                raise SnmpError("an empty answer")
            for i, (oid, value, end) in enumerate(answer):
                column = asked[i % len(asked)]
                if column not in at:
                    continue
                prefix = entry + (column,)
                if end or oid[:len(prefix)] != prefix:
                    del at[column]
                    continue
                if oid <= at[column]:
                    raise SnmpError(f"{oid} does not rise")
                at[column] = oid
                rows.setdefault(oid[len(prefix):], {})[column] = value
        return rows
