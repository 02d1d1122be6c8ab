# SPDX-License-Identifier: BSD-2-Clause
"""Carries out the steps of operations."""

from coprocess import Ip, Tc
from taps import Taps


def write_sysfs(path, text):
    """None, or why it was refused."""
    try:
        with open(f"/sys/class/net/{path}", "w", encoding="ascii") as file:
            file.write(f"{text}\n")
    except OSError as error:
        return str(error)
    return None


class Tools:
    """One tool for each word that a step can begin with; see idea.py."""

    def __init__(self, daemon=None):
        self.ip, self.tc, self.taps, self.daemon = Ip(), Tc(), Taps(), daemon
        self.elsewhere = {}  # namespace: its Ip
        self.does = {
            "ip": self.ip.do, "else": self.ip.do, "tc": self.tc.do,
            "sys": lambda argument: write_sysfs(*argument),
            "tap": lambda argument: self.taps.do(*argument),
            "again": lambda argument: self.again(*argument),
            "agent": daemon.do if daemon else lambda argument: None,
        }

    def do(self, tool, argument):
        """None, or why it was refused."""
        if tool in self.does:
            return self.does[tool](argument)
        if tool not in self.elsewhere:
            self.elsewhere[tool] = Ip("-n", tool)
        return self.elsewhere[tool].do(argument)

    def again(self, old, new, kind):
        """Deletes a link and makes another one with the same ifindex."""
        index = [link["ifindex"] for link in self.ip.links()
                 if link["ifname"] == old]
        if not index:
            return f"no {old} to make again"
        return (self.ip.do(f"link del {old}") or
                self.ip.do(f"link add {new} index {index[0]} {kind}"))
