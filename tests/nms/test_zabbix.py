# SPDX-License-Identifier: BSD-2-Clause
"""Compares the Zabbix template with BOND-CARRIER-MIB:

    test_zabbix.py TEMPLATE MIB ROOT NAMES RULES

Each number is that of the object that the item is named after, each list of
words the MIB's; triggers, graphs and the dashboard name existing items; the
alerts are the same as Prometheus' (RULES). NAMES: the table that the agent is
compared with. Zabbix itself: `make check-zabbix`."""

import re
import sys

# The same alert at both: Prometheus' name, and the trigger's.
SAME = {"BondFalseUp": "{#BONDNAME} lies about being up",
        "BondDown": "{#BONDNAME} has no carrier",
        "BondRedundancyLost": "{#BONDNAME} is up without its redundancy",
        "BondNoLacpPartner": "{#BONDNAME} has no LACP partner",
        "BondUnmonitored": "{#BONDNAME} does not watch its links",
        "BondNotificationsQueued": "Notifications are waiting",
        "BondAgentLost": "The state of the bonds is unknown"}
SEVERE = {"critical": ("DISASTER", "HIGH"), "warning": ("AVERAGE", "WARNING")}
# The first is suppressed by the second: one cause, one alarm.
SILENT = {("BondUnmonitored", "BondFalseUp")}
INDEX = {"": ".0", "[{#BONDNAME}]": ".{#SNMPINDEX}",
         "[{#BONDNAME},{#SLAVENAME}]": ".{#SNMPINDEX}"}


def parse(lines, depth=0):
    """The YAML that make-template writes, and no more of it."""
    pad = "  " * depth
    sequence = lines and re.match(pad + "-( |$)", lines[0])
    made = [] if sequence else {}
    while lines and lines[0].startswith(pad) and lines[0][len(pad):][:1] != " ":
        line = lines.pop(0)[len(pad):]
        key, rest = ("", line[1:].strip()) if sequence else re.match(
            r"(\w+): ?(.*)", line).groups()
        if rest == "|-":
            text = []
            while lines and (not lines[0] or lines[0].startswith(pad + "  ")):
                text.append(lines.pop(0)[len(pad) + 2:])
            value = "\n".join(text)
        elif rest:
            value = re.sub("''", "'", rest[1:-1]) if rest[0] == "'" else rest
        else:
            value = parse(lines, depth + 1)
        if sequence:
            made.append(value)
        else:
            assert key not in made, key
            made[key] = value
    return made


def everything(what, name):
    """All values of that name, however deep."""
    if isinstance(what, dict):
        for key, value in what.items():
            if key == name:
                yield value
            yield from everything(value, name)
    elif isinstance(what, list):
        for value in what:
            yield from everything(value, name)


def words(mib, name):
    """What the MIB's text lists for an object: { number: word }, or none."""
    part = re.split(r"\n%s +(?:OBJECT-TYPE|::= TEXTUAL-CONVENTION)\n" % name,
                    mib, maxsplit=1)[1]
    syntax = part.split("SYNTAX", 1)[1].split("\n\n")[0]
    kind = syntax.split()[0]
    if kind == "TruthValue":
        return kind, {"1": "true", "2": "false"}
    if kind.startswith("Bond"):
        return words(mib, kind)
    body = re.match(r"\s*(?:INTEGER|BITS)\s*\{([^}]*)\}", syntax)
    return kind, {n: w for w, n in re.findall(r"(\w+)\((\d+)\)", body[1])} \
        if body else {}


def check_item(item, mib, root, numbers, maps):
    name, macros = re.match(r"(\w+)(.*)", item["key"]).groups()
    assert item["snmp_oid"] == "%s.%s%s" % (
        root, numbers[name], INDEX[macros]), item["key"]
    assert len(numbers[name].split(".")) == (4 if macros else 3), item["key"]
    kind, listed = words(mib, name)
    steps = {s["type"]: s for s in item.get("preprocessing", [])}
    if kind == "BITS":
        found = re.search(r"names = \[([^]]*)\]",
                          steps["JAVASCRIPT"]["parameters"][0])[1]
        assert re.findall(r"'(\w+)'", found) == [
            listed[str(n)] for n in range(len(listed))], item["key"]
        assert "valuemap" not in item, item["key"]
    elif listed:
        if "CHECK_NOT_SUPPORTED" in steps:
            assert steps["CHECK_NOT_SUPPORTED"][
                "error_handler_params"] == "0" not in listed, item["key"]
            listed = {"0": "noAnswer", **listed}
        assert maps[item["valuemap"]["name"]] == listed, item["key"]
    else:
        assert "valuemap" not in item, item["key"]


def check_discovery(rule, root, numbers):
    pairs = re.fullmatch(r"discovery\[(.*)\]", rule["snmp_oid"])[1].split(",")
    assert len(pairs) % 2 == 0, rule["key"]
    meant = {"{#BONDNAME}": "bondName", "{#SLAVENAME}": "bondSlaveName",
             "{#BONDMODE}": "bondMode", "{#STATUS}": "bondAgentStatus"}
    for macro, oid in zip(pairs[::2], pairs[1::2]):
        assert oid == "%s.%s" % (root, numbers[meant[macro]]), (macro, oid)


def main():
    path, mib_path, root, names_path, rules_path = sys.argv[1:]
    with open(mib_path, encoding="ascii") as file:
        mib = file.read()
    with open(names_path, encoding="ascii") as file:
        numbers = dict(re.findall(r"^(bond\w+) ([0-9.]+)$", file.read(), re.M))
    with open(rules_path, encoding="ascii") as file:
        alerts = dict(re.findall(r"- alert: (\w+).*?severity: (\w+)",
                                 file.read(), re.S))
    with open(path, encoding="utf-8") as file:
        lines = [x for x in file.read().split("\n") if x[:1] != "#"]
    while lines and not lines[-1]:
        lines.pop()
    tree = parse(lines)["zabbix_export"]
    assert not lines, lines[:3]
    assert tree["version"] == "6.0"
    template = tree["templates"][0]
    rules = template["discovery_rules"]

    uuids = list(everything(tree, "uuid"))
    assert len(set(uuids)) == len(uuids) > 90, len(uuids)
    for uuid in uuids:
        assert re.fullmatch("[0-9a-f]{12}4[0-9a-f]{3}[89ab][0-9a-f]{15}",
                            uuid), uuid

    maps = {}
    for one in template["valuemaps"]:
        maps[one["name"]] = {m["value"]: m["newvalue"]
                             for m in one["mappings"]}
    items = template["items"] + sum((r["item_prototypes"] for r in rules), [])
    keys = {item["key"] for item in items}
    assert len(keys) == len(items)
    polled = [i for i in items if i["type"] == "SNMP_AGENT"]
    assert len(polled) > 50, len(polled)
    for item in polled:
        check_item(item, mib, root, numbers, maps)
    assert {i["valuemap"]["name"] for i in items if "valuemap" in i} == \
        set(maps), "a map that nobody uses"
    for rule in rules:
        check_discovery(rule, root, numbers)
    for master in everything(items, "master_item"):
        assert master["key"] in keys, master
    told = {n: name for name, n in re.findall(
        r"^(\w+) NOTIFICATION-TYPE.*?::= \{ bondCarrierNotifications (\d+) \}",
        mib, re.M | re.S)}
    traps = [i for i in items if i["type"] == "SNMP_TRAP"]
    assert len(traps) == 2 and len(told) == 5
    for trap in traps:
        script = trap["preprocessing"][0]["parameters"][0]
        assert dict(re.findall(r"(\d+): '(\w+)'", script)) == told, script
        assert "'%s'" % root in script and root in trap["key"], trap["key"]

    # Expressions, graphs and the dashboard use existing items only.
    triggers = sum(everything(template, "triggers"), [])
    triggers += sum(everything(rules, "trigger_prototypes"), [])
    by_name = {t["name"]: t for t in triggers}
    assert set(by_name) == set(SAME.values()), sorted(by_name)
    assert set(SAME) == set(alerts), sorted(alerts)
    for alert, severity in alerts.items():
        assert by_name[SAME[alert]]["priority"] in SEVERE[severity], alert
    needs = set()
    for trigger in triggers:
        used = re.findall(r"/%s/([^,)\[]+(?:\[[^\]]*\])?)" % template["name"],
                          trigger["expression"])
        assert used and set(used) <= keys, trigger["name"]
        for need in trigger.get("dependencies", []):
            assert by_name[need["name"]]["expression"] == need["expression"]
            needs.add((trigger["name"], need["name"]))
    lost = SAME["BondAgentLost"]
    assert {(n, lost) for n in by_name if n != lost} <= needs
    assert {(SAME[a], SAME[b]) for a, b in SILENT} <= needs
    for name in "bondDiscrepancies", "bondPending":
        assert re.search(name + r'\[{#BONDNAME}\],#2,"regexp","[^"]*falseUp',
                         by_name[SAME["BondDown"]]["expression"]), name
    assert ",#3)=1" in by_name[SAME["BondRedundancyLost"]]["expression"]
    done = set()
    while len(done) < len(by_name):
        ready = {n for n in by_name if n not in done and
                 all(b in done for a, b in needs if a == n)}
        assert ready, "they wait for each other"
        done |= ready
    graphs = sum((r["graph_prototypes"] for r in rules), [])
    for item in everything(graphs, "item"):
        assert item["key"] in keys, item
    for widget in sum(everything(template["dashboards"], "widgets"), []):
        for value in everything(widget, "value"):
            if isinstance(value, dict):
                assert value.get("key") in keys or value.get("name") in {
                    g["name"] for g in graphs}, value
    macros = {m["macro"] for m in template["macros"]}
    with open(path, encoding="utf-8") as file:
        used = set(re.findall(r"\{\$[A-Z._]+", file.read()))
    assert used == {m[:-1] for m in macros}, used
    print("%d items, %d triggers, %d value maps" % (
        len(items), len(triggers), len(maps)))


if __name__ == "__main__":
    main()
