# SPDX-License-Identifier: BSD-2-Clause
"""The template's scripts in Zabbix' own JavaScript: zabbix_scripts.py TEMPLATE

Values as Zabbix has them from SNMP: octets in hexadecimal, or as they are where
all can be printed; rows of a discovery; traps, of zabbixtrap and of others."""

import json
import subprocess
import sys

from test_zabbix import everything, parse

ROW = "{#SNMPINDEX}"
FALSE_UP = "falseUp: bond0 is RUNNING, but cannot carry traffic"


def scripts(path):
    with open(path, encoding="utf-8") as file:
        tree = parse([x for x in file.read().rstrip("\n").split("\n")
                      if x[:1] != "#"])
    template = tree["zabbix_export"]["templates"][0]
    rules = template["discovery_rules"]
    found = {}
    for thing in template["items"] + rules + sum(
            everything(rules, "item_prototypes"), []):
        for step in thing.get("preprocessing", []):
            if step["type"] == "JAVASCRIPT":
                found[thing["key"].split("[")[0]] = step["parameters"][0]
    return found


def run(script, value):
    """What it returns; None where it throws."""
    done = subprocess.run(["zabbix_js", "-s", "/dev/stdin", "-p", value],
                          input=script, capture_output=True, text=True,
                          check=False)
    if done.returncode:
        return None
    return done.stdout.strip()


def main():
    made = scripts(sys.argv[1])
    with open(sys.argv[1], encoding="utf-8") as file:
        root = file.read().split("BOND-CARRIER-MIB below ")[1].split(".\n")[0]

    def check(key, value, wanted):
        found = run(made[key], value)
        if found != wanted:
            sys.exit("%s of %r: %r, not %r" % (key, value, found, wanted))

    check("bondDiscrepancies", "00 00 ", "none")
    check("bondDiscrepancies", "80 00 ", "falseUp")
    check("bondDiscrepancies", "81 40 ",
          "falseUp, slaveFalseUp, slaveNotOperational")
    check("bondDiscrepancies", "@@", "falseDown, slaveNotOperational")
    check("bondDiscrepancies", "00 01 ", "bit 15")
    check("bondWarnings", "88 ", "unmonitored, degraded")
    check("bondWarnings", "@", "linkUnverified")
    check("bondWarnings", " ", "minLinksIgnored")
    check("bondSlaveActorState", "=",
          "aggregation, synchronization, collecting, distributing, expired")
    check("bondPartnerMac", "02 AB 00 00 00 01 ", "02:ab:00:00:00:01")
    check("bondPartnerMac", "none", "none")
    check("bond.carries", "1", "1")
    check("bond.carries", "3", "0")

    bond = {ROW: "10", "{#BONDNAME}": "bond0", "{#BONDMODE}": "2"}
    slave = {ROW: "10.3", "{#SLAVENAME}": "eth0"}
    agent = {ROW: "0", "{#STATUS}": "1"}
    for key in "bond.discovery", "slave.discovery":
        check(key, "[]", None)
        check(key, json.dumps([bond, slave]), None)
        check(key, json.dumps([agent]), "[]")

    def rows(key, *given):
        return json.loads(run(made[key], json.dumps(given)))
    assert rows("bond.discovery", bond, agent) == [bond]
    assert rows("slave.discovery", slave, bond, agent) == [{**bond, **slave}]
    assert rows("slave.discovery", slave, agent) == []

    what = "bondDiscrepancyRaised: " + FALSE_UP
    for trap in (
            "12:00:00 2026/11/28 ZBXTRAP 192.0.2.1\n"
            ".1.3.6.1.6.3.1.1.4.1.0 = .%s.0.1\n"
            ".%s.1.4.1.2.10 = bond0\n"
            ".%s.1.7.1.11.5 = %s",
            "12:00:00 2026/11/28 ZBXTRAP 192.0.2.1\nPDU INFO:\n"
            "  version                        1\nVARBINDS:\n"
            "  .1.3.6.1.6.3.1.1.4.1.0         type=6  value=OID: .%s.0.1\n"
            "  .%s.1.4.1.2.10 type=4  value=STRING: \"bond0\"\n"
            "  .%s.1.7.1.11.5 type=4  value=STRING: \"%s\"\n"):
        check("snmptrap", trap % (root, root, root, FALSE_UP), what)
    check("snmptrap", "of another form", "of another form")
    print("the template's scripts: as they are meant")


main()
