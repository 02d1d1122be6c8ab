# SPDX-License-Identifier: BSD-2-Clause
"""OpenNMS' events against BOND-CARRIER-MIB: test_opennms.py EVENTS MIB ROOT

Each notification, of each kind there is and of one to come, fits one event,
with the severity that is meant; a raise makes an alarm that its own clear
ends, and no other; each number of a varbind means what it says, by the order
in the MIB; each decoded value is the MIB's. How OpenNMS reads a trap is told
here a second time, after its sources."""

import itertools
import re
import sys
import xml.etree.ElementTree as ET

NS = "{http://xmlns.opennms.org/xsd/eventconf}"
UEI = "uei.opennms.org/traps/BOND-CARRIER-MIB/"
# As `bondcarrier check` has it: falseUp is critical, any other kind is not.
OTHER_KINDS = "Minor"
# alarm-type: 1 a problem, 2 the end of one, 3 one without an end.
ALARMS = {"bondDiscrepancyRaised": "1", "bondDiscrepancyCleared": "2",
          "bondEffectiveCarrierDown": "1", "bondEffectiveCarrierUp": "2",
          "bondActiveSlaveChanged": "3"}
# What an alarm is about: these objects, besides the host.
ABOUT = {"bondDiscrepancyRaised":
         ["bondName", "bondEventKind", "bondEventSlaveName"],
         "bondEffectiveCarrierDown": ["bondName"],
         "bondActiveSlaveChanged": ["bondName"]}
ENDS = {"bondDiscrepancyCleared": "bondDiscrepancyRaised",
        "bondEffectiveCarrierUp": "bondEffectiveCarrierDown"}


class Mib:
    """Notifications and enumerations, read from the MIB's text."""

    def __init__(self, path):
        text = re.sub(r"--(?!#).*", "", open(path, encoding="ascii").read())
        self.text = re.sub(r'"[^"]*"(?=\s)', '""', re.sub(
            r'--#SEVERITY (\w+)', r'SEVERITY \1', text))
        self.notifications = {}
        for m in re.finditer(
                r"^(\w+) NOTIFICATION-TYPE\s+OBJECTS\s+\{([^}]*)\}(.*?)"
                r"::= \{ bondCarrierNotifications (\d+) \}",
                self.text, re.M | re.S):
            self.notifications[m[1]] = {
                "objects": re.findall(r"\w+", m[2]), "number": int(m[4]),
                "severity": re.search(r"SEVERITY (\w+)", m[3])[1]}

    def enumeration(self, name):
        """{ number: name } of an object's syntax, or of its convention's."""
        syntax = re.search(r"^%s (?:OBJECT-TYPE|::= TEXTUAL-CONVENTION)"
                           r".*?SYNTAX\s+(\w+)(?:\s*\{([^}]*)\})?"
                           % name, self.text, re.M | re.S)
        if syntax[1] == "TruthValue":
            return {"1": "true", "2": "false"}  # RFC 2579
        if syntax[2] is None:
            return self.enumeration(syntax[1])
        return {n: k for k, n in re.findall(r"(\w+)\((\d+)\)", syntax[2])}


def identity(trap_oid):
    """OpenNMS' TrapIdentity.java, for what is no trap of RFC 1907."""
    numbers = trap_oid.split(".")
    specific = numbers.pop()
    if numbers[-1] == "0":
        numbers.pop()
    return {"id": ".".join(numbers), "generic": "6", "specific": specific}


def value_fits(pattern, value):
    """OpenNMS' Maskelement.java and Varbind.java, constructMatcher."""
    if pattern.startswith("~"):
        return re.fullmatch(pattern[1:], value) is not None
    if pattern.endswith("%"):
        return value.startswith(pattern[:-1])
    return pattern == value


def fits(event, trap, values):
    """OpenNMS' EventMatchers.java: all elements, one value of each."""
    mask = event.find(NS + "mask")
    for element in mask.iter(NS + "maskelement"):
        value = trap[element.findtext(NS + "mename")]
        if not any(value_fits(v.text, value)
                   for v in element.iter(NS + "mevalue")):
            return False
    for element in mask.iter(NS + "varbind"):
        number = int(element.findtext(NS + "vbnumber"))
        if not any(value_fits(v.text, values[number - 1])
                   for v in element.iter(NS + "vbvalue")):
            return False
    return True


def expand(template, event, node, values):
    """OpenNMS' AbstractEventUtil.java: varbinds count from one."""
    def token(m):
        parm = re.fullmatch(r"parm\[#(\d+)\]", m[1])
        if parm:
            return values[int(parm[1]) - 1]
        return {"uei": event.findtext(NS + "uei"), "dpname": "",
                "nodeid": node}[m[1]]
    return re.sub(r"%([^%\s]+)%", token, template)


def parms(text, objects):
    """The names of the objects that a text's parm[#N] stand for."""
    return [objects[int(n) - 1] for n in re.findall(r"parm\[#(\d+)\]", text)]


def values_of(objects, **known):
    return [known.get(name, "%s's value" % name) for name in objects]


def check_event(event, name, notification, mib):
    objects = notification["objects"]
    label = event.findtext(NS + "uei")
    assert label in (UEI + name, UEI + name + "Other"), label
    logmsg = event.find(NS + "logmsg")
    assert logmsg.get("dest") == "logndisplay", label
    assert parms(logmsg.text, objects) == ["bondName", "bondEventText"], label
    for tag in "event-label", "descr":
        assert event.findtext(NS + tag).strip(), (label, tag)

    # A row for each value, by its name; whatever is a number is decoded.
    rows = re.findall(r"<td>([^<]*)</td><td>%parm\[#(\d+)\]%</td>",
                      event.findtext(NS + "descr"))
    shown = {"Bond": "bondName", "Effective carrier": "bondEffectiveCarrier",
             "Reported RUNNING": "bondRunning", "Discrepancy": "bondEventKind",
             "Slave": "bondEventSlaveName",
             "Active slave": "bondEventSlaveName"}
    for heading, number in rows:
        assert objects[int(number) - 1] == shown[heading], (label, heading)
    assert len(rows) == event.findtext(NS + "descr").count("parm["), label
    decoded = {}
    for element in event.iter(NS + "varbindsdecode"):
        (about,) = parms(element.findtext(NS + "parmid"), objects)
        decoded[about] = {d.get("varbindvalue"): d.get("varbinddecodedstring")
                          for d in element.iter(NS + "decode")}
    wanted = {"bondEffectiveCarrier", "bondRunning"}
    wanted |= {"bondEventKind"} & set(objects)
    assert set(decoded) == wanted, (label, decoded)
    for about, strings in decoded.items():
        enumeration = mib.enumeration(about)
        enumeration.pop("0", None)  # none: not with a discrepancy
        assert strings == enumeration, (label, about, strings)

    alarm = event.find(NS + "alarm-data")
    assert alarm.get("alarm-type") == ALARMS[name], label
    keyed = parms(alarm.get("reduction-key"), objects)
    assert keyed == ABOUT[ENDS.get(name, name)], (label, keyed)
    assert (alarm.get("clear-key") is not None) == (name in ENDS), label


def check_pair(pick, raise_name, clear_name, mib):
    """Over all bonds, kinds, slaves and hosts: what ends what."""
    def keys(name, key, node, known):
        objects = mib.notifications[name]["objects"]
        values = values_of(objects, **known)
        event = pick(name, values)
        return expand(event.find(NS + "alarm-data").get(key), event, node,
                      values)

    cases = [(node, {"bondName": bond, "bondEventKind": kind,
                     "bondEventSlaveName": slave})
             for node, bond, kind, slave in itertools.product(
                 ["1", "2"], ["bond0", "bond1"],
                 sorted(mib.enumeration("bondEventKind")), ["", "eth0"])]
    if "bondEventKind" not in mib.notifications[raise_name]["objects"]:
        cases = [c for c in cases if c[1]["bondEventKind"] == "0" and
                 not c[1]["bondEventSlaveName"]]
    raised = [keys(raise_name, "reduction-key", *c) for c in cases]
    cleared = [keys(clear_name, "clear-key", *c) for c in cases]
    own = [keys(clear_name, "reduction-key", *c) for c in cases]
    assert len(set(raised)) == len(cases), "two alarms are one"
    assert raised == cleared, (raise_name, clear_name)
    assert not set(own) & set(raised), clear_name


def main():
    path, mib_path, root = sys.argv[1:]
    mib = Mib(mib_path)
    tree = ET.parse(path).getroot()
    assert tree.tag == NS + "events", tree.tag
    events = list(tree)
    assert {e.tag for e in events} == {NS + "event"}
    ueis = [e.findtext(NS + "uei") for e in events]
    assert len(set(ueis)) == len(ueis), ueis
    used = set()

    def pick(name, values):
        trap = identity(".%s.0.%d" % (root, mib.notifications[name]["number"]))
        found = [e for e in events if fits(e, trap, values)]
        assert len(found) == 1, "%s %s fits %d events" % (
            name, values, len(found))
        used.add(found[0].findtext(NS + "uei"))
        return found[0]

    assert set(mib.notifications) == set(ALARMS), sorted(mib.notifications)
    kinds = mib.enumeration("bondEventKind")
    assert len(kinds) > 10 and kinds["1"] == "falseUp", kinds
    for name, notification in mib.notifications.items():
        for kind in list(kinds) + [str(max(map(int, kinds)) + 1), "100"]:
            event = pick(name, values_of(notification["objects"],
                                         bondEventKind=kind))
            check_event(event, name, notification, mib)
            severity = notification["severity"]
            if name == "bondDiscrepancyRaised" and kinds.get(kind) != "falseUp":
                severity = OTHER_KINDS
            assert event.findtext(NS + "severity") == severity, (name, kind)
    assert used == set(ueis), "no notification: %s" % (set(ueis) - used)
    for clear, raised in ENDS.items():
        check_pair(pick, raised, clear, mib)
    print("%d events for %d notifications" % (
        len(events), len(mib.notifications)))


main()
