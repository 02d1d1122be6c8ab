# SPDX-License-Identifier: BSD-2-Clause
"""The contents of the Zabbix template: see make-template."""

NAME = "Bond carrier by SNMP"
GROUP = "Templates/Bonds"
ABOUT = """The effective carrier of Linux bonds, as bondcarrierd serves it: \
BOND-CARRIER-MIB below @MIB_ROOT@.

The host needs an SNMP interface (version 2 or 3, with bulk requests). The
trap items need contrib/zabbix/zabbixtrap in snmptrapd.conf. See
bondcarrier's doc/monitoring.md."""

MACROS = [
    ("{$BOND.DISCOVERY}", "5m",
     "How often bonds and slaves are discovered."),
    ("{$BOND.INTERVAL}", "30s", "How often all items are polled."),
    ("{$BOND.NODATA}", "2m",
     "The agent is lost after this time without data: more than two polls."),
    ("{$BOND.QUEUED}", "5m", "How long notifications may wait."),
    ("{$BOND.SLAVES.MIN}", "2",
     "Fewer usable slaves are no redundancy. For a bond that is meant to have "
     "one slave, set {$BOND.SLAVES.MIN:\"bond0\"} to 1."),
    ("{$BOND.UNMONITORED}", "5m",
     "How long a bond may be without link monitoring."),
]

ITEMS = {
    "scalar": [
        "bondCount", "bondSlaveTotal", "bondFalseUpCount",
        "bondDiscrepancyCount", "bondTableLastChange", "bondStateLastChange",
        "bondEventLastIndex", "bondAgentVersion", "bondAgentStatus",
        "bondAgentResyncs", "bondAgentOverruns", "bondAgentNotificationsSent",
        "bondAgentNotificationsQueued", "bondAgentNotificationsDropped",
        "bondAgentNotificationsSuppressed", "bondNotificationsEnabled"],
    "bond": [
        "bondMode", "bondAdminStatus", "bondOperStatus", "bondRunning",
        "bondLowerUp", "bondEffectiveCarrier", "bondEffectiveReason",
        "bondEffectiveLastChange", "bondEffectiveTransitions",
        "bondDiscrepancies", "bondPending", "bondWarnings",
        "bondDiscrepancyRaises", "bondSlaveCount", "bondSlavesLowerUp",
        "bondSlavesUsable", "bondActiveSlave", "bondActiveSlaveChanges",
        "bondLinkMonitor", "bondMonitorInterval", "bondMinLinks",
        "bondLacpRate", "bondAggregatorPorts", "bondPartnerMac"],
    "slave": [
        "bondSlaveAdminStatus", "bondSlaveOperStatus", "bondSlaveRunning",
        "bondSlaveLowerUp", "bondSlaveMiiStatus", "bondSlaveCorrectedLink",
        "bondSlaveState", "bondSlaveDiscrepancies", "bondSlaveLinkFailures",
        "bondSlaveLowerUpTransitions", "bondSlaveLowerUpLastChange",
        "bondSlaveAggregatorId", "bondSlaveActorState",
        "bondSlavePartnerState"],
}
# The other items are named after their objects.
TITLES = {
    "bondEffectiveCarrier": "effective carrier",
    "bondEffectiveReason": "why (bondEffectiveReason)",
    "bondRunning": "reports RUNNING",
    "bondDiscrepancies": "discrepancies",
    "bondWarnings": "warnings",
    "bondCount": "Bonds",
    "bondFalseUpCount": "Bonds that lie about being up",
    "bondDiscrepancyCount": "Discrepancies",
    "bondAgentStatus": "bondcarrierd",
    "bondAgentNotificationsQueued": "Notifications that wait",
    "bondSlaveLowerUp": "has a link (LOWER_UP)",
    "bondSlaveMiiStatus": "the driver believes (MII status)",
    "bondSlaveCorrectedLink": "usable",
}
# Objects that are absent at times, and the value that replaces them.
ABSENT = {
    "bondAgentStatus": "0",
    "bondAdminStatus": "0",
    # Only while there is an active aggregator.
    "bondAggregatorPorts": "0",
    "bondPartnerMac": "none",
}
# Objects that rarely change: stored only when they do.
SETTLED = [
    "bondAgentVersion", "bondNotificationsEnabled", "bondMode", "bondLacpRate",
    "bondMinLinks", "bondMonitorInterval", "bondPartnerMac",
    "bondTableLastChange", "bondStateLastChange", "bondEffectiveLastChange",
    "bondSlaveLowerUpLastChange"]

RULES = {
    "bond": ("Bonds", "Fails while bondcarrierd does not answer, so that no "
             "bond is lost in that time."),
    "slave": ("Slaves of bonds", "Each with the name of its bond. Fails while "
              "bondcarrierd does not answer."),
}
DISCOVERY = {
    "bond": [("{#BONDNAME}", "bondName"), ("{#BONDMODE}", "bondMode"),
             ("{#STATUS}", "bondAgentStatus")],
    "slave": [("{#SLAVENAME}", "bondSlaveName"), ("{#BONDNAME}", "bondName"),
              ("{#BONDMODE}", "bondMode"), ("{#STATUS}", "bondAgentStatus")],
}
# Columns that have no instance in a bond's mode have no item.
OVERRIDES = {
    "bond": [("No active slave in this mode", "^[267]$", "active slave|"
              "bondActiveSlave"),
             ("No LACP in this mode", "^5$",
              "bondLacpRate|bondAggregatorPorts|bondPartnerMac")],
    "slave": [("No LACP in this mode", "^5$",
               "bondSlaveAggregatorId|bondSlave(Actor|Partner)State")],
}
# Keys of Zabbix' own templates, such as snmptrap.fallback and
# zabbix[host,snmp,available], are not here: a host cannot link both templates.
ALL_TRAPS = "Notifications of bonds"
TRAPS_OF_BOND = ("Its traps, a sentence each. Only a record: problems depend "
                 "on polled items, so a lost trap cannot leave one open.")
TRAPS_OF_HOST = ("All traps of BOND-CARRIER-MIB from this host, including "
                 "bonds that are not discovered yet.")

# ---- JavaScript of Zabbix 6.0 (Duktape, ECMAScript 5)

# A walk without bondAgentStatus means that the agent is not running.
JOIN = {
    "bond": """var rows = JSON.parse(value);
if (!rows.some(function (row) { return row['{#STATUS}']; }))
	throw 'bondcarrierd does not answer';
return JSON.stringify(rows.filter(function (row) {
	return row['{#BONDNAME}'];
}));""",
    "slave": """var rows = JSON.parse(value), bonds = {};
if (!rows.some(function (row) { return row['{#STATUS}']; }))
	throw 'bondcarrierd does not answer';
rows.forEach(function (row) {
	bonds[row['{#SNMPINDEX}']] = row;
});
return JSON.stringify(rows.filter(function (row) {
	var bond = bonds[row['{#SNMPINDEX}'].split('.')[0]];
	if (!row['{#SLAVENAME}'] || !bond)
		return false;
	row['{#BONDNAME}'] = bond['{#BONDNAME}'];
	row['{#BONDMODE}'] = bond['{#BONDMODE}'];
	return true;
}));""",
}
# Zabbix passes octets in hexadecimal, or as they are if all are printable.
BITS = """var names = [%s];
var hex = /^([0-9A-Fa-f]{2} )*[0-9A-Fa-f]{2} ?$/.test(value);
var octets = hex ? value.match(/[0-9A-Fa-f]{2}/g) : value.split('');
var found = [];
octets.forEach(function (octet, at) {
	octet = hex ? parseInt(octet, 16) : octet.charCodeAt(0);
	for (var bit = 0; bit < 8; bit++) {
		var number = at * 8 + bit;
		if (octet & (128 >> bit))
			found.push(names[number] || 'bit ' + number);
	}
});
return found.join(', ') || 'none';"""
MAC = """if (/^([0-9A-Fa-f]{2} ?){6}$/.test(value))
	return value.trim().replace(/ /g, ':').toLowerCase();
return value;"""
ONE = "return value == 1 ? 1 : 0;"
# The format of zabbixtrap beside this, or of others with one value a line.
TRAP = """var names = {%s};
var root = '@MIB_ROOT@'.replace(/[.]/g, '[.]');
var what = value.match(new RegExp('[.]' + root + '[.]0[.]([0-9]+)(?![.0-9])'));
var text = value.match(new RegExp('[.]' + root +
	'[.]1[.]7[.]1[.]11[.][0-9]+ +(?:=|type=[0-9]+ +value=STRING:) *(.*)'));
if (!what || !text)
	return value;
return (names[what[1]] || 'notification ' + what[1]) + ': ' +
	text[1].replace(/^"|"\\s*$/g, '');"""

# ---- graphs

DERIVED = {
    "bond.carries": (
        "bond", "carries (1) or not (0)", "bondEffectiveCarrier",
        "Its average over a period is the share of that period in which the "
        "bond could carry traffic."),
    "bond.claims": ("bond", "reports RUNNING (1) or not (0)", "bondRunning",
                    "For the graph: what keepalived and ifOperStatus see."),
    "bond.slave.link": ("slave", "has a link (1) or not (0)",
                        "bondSlaveLowerUp", "For the graph."),
    "bond.slave.believed": ("slave", "driver considers it up (1) or not (0)",
                            "bondSlaveMiiStatus", "For the graph."),
}
CARRIER_GRAPH = "{#BONDNAME}: what it carries, and what it claims"
SLAVES_GRAPH = "{#BONDNAME}: slaves"
LINK_GRAPH = "{#BONDNAME}, {#SLAVENAME}: link"
GRAPHS = [
    (CARRIER_GRAPH, "bond", "1.2", [
        ("bond.carries[{#BONDNAME}]", "FILLED_REGION", "8BC34A"),
        ("bond.claims[{#BONDNAME}]", "BOLD_LINE", "D32F2F")]),
    (SLAVES_GRAPH, "bond", None, [
        ("bondSlaveCount[{#BONDNAME}]", "BOLD_LINE", "9E9E9E"),
        ("bondSlavesLowerUp[{#BONDNAME}]", "BOLD_LINE", "1976D2"),
        ("bondSlavesUsable[{#BONDNAME}]", "FILLED_REGION", "8BC34A")]),
    (LINK_GRAPH, "slave", "1.2", [
        ("bond.slave.link[{#BONDNAME},{#SLAVENAME}]", "FILLED_REGION",
         "8BC34A"),
        ("bond.slave.believed[{#BONDNAME},{#SLAVENAME}]", "BOLD_LINE",
         "D32F2F")]),
]

# ---- triggers, the same as in contrib/prometheus/bondcarrier.rules.yml


def last(name):
    return "last(/%s/%s[{#BONDNAME}])" % (NAME, name)


def fold(function, name, window):
    index = "" if name.startswith("bondAgent") else "[{#BONDNAME}]"
    return "%s(/%s/%s%s,%s)" % (function, NAME, name, index, window)


def has(name, kind):
    return 'find(/%s/%s[{#BONDNAME}],,"regexp","(^| )%s(,|$)")=1' % (
        NAME, name, kind)


def of_two(name, kind):
    """The number of the last two polls that have the kind."""
    return 'count(/%s/%s[{#BONDNAME}],#2,"regexp","(^| )%s(,|$)")' % (
        NAME, name, kind)


# An agent that is gone answers none of this, and each problem keeps its last
# state; a bond that is gone has no problems.
THERE = "(%s>0 or %s<>1)" % (fold("max", "bondAdminStatus", "#2"),
                             fold("min", "bondAgentStatus", "#2"))


def of_bond(*conditions):
    return " and ".join(conditions + (THERE,))


# after: triggers that keep this one from firing and, in Zabbix, from ending
# too. So only where both can hold at once: a bond that is up is never down.
TRIGGERS = {
    "lost": {
        "item": "bondAgentStatus",
        "expression": "nodata(/%s/bondAgentStatus,{$BOND.NODATA})=1 or "
        "last(/%s/bondAgentStatus)=3 or max(/%s/bondAgentStatus,#2)=0"
        % (NAME, NAME, NAME),
        "name": "The state of the bonds is unknown",
        "event_name": "The state of the bonds of {HOST.NAME} is unknown",
        "opdata": "bondcarrierd: {ITEM.LASTVALUE1}", "priority": "HIGH",
        "description": "noAnswer: snmpd answers, bondcarrierd does not: check "
        "that it is running, and that this community may read "
        "BOND-CARRIER-MIB. lost: bondcarrierd cannot read the kernel: see its "
        "log. Otherwise SNMP does not answer. Problems of bonds keep their "
        "state, and new ones are not seen.",
        "after": []},
    "queued": {
        "item": "bondAgentNotificationsQueued",
        "expression": fold("min", "bondAgentNotificationsQueued",
                           "{$BOND.QUEUED}") + ">0",
        "name": "Notifications are waiting",
        "opdata": "{ITEM.LASTVALUE1}", "priority": "WARNING",
        "description": "bondcarrierd cannot deliver them to its master agent, "
        "or to a trap sink. It keeps up to notifyQueue of them; check snmpd "
        "and the logs of both.",
        "after": ["lost"]},
    "falseUp": {
        "expression": of_bond(has("bondDiscrepancies", "falseUp")),
        "name": "{#BONDNAME} lies about being up",
        "opdata": "{ITEM.LASTVALUE1}", "priority": "DISASTER",
        "description": "It reports RUNNING, but cannot carry traffic. "
        "Addresses and routes stay on a dead bond. Check its cables; if it "
        "has no link monitor, set miimon to 100.",
        "after": ["lost"]},
    "down": {
        # Unknown (3) must not be treated as up. Suppressed while falseUp is
        # raised, or has just become pending: values of one poll arrive in
        # any order, so a dependency would start too late, or end too early.
        # A falseUp that is pending for longer does not suppress it.
        "expression": of_bond(
            fold("min", "bondEffectiveCarrier", "#2") + ">1",
            last("bondAdminStatus") + "<>2",
            of_two("bondDiscrepancies", "falseUp") + "=0",
            of_two("bondPending", "falseUp") + "<>1"),
        "name": "{#BONDNAME} has no carrier",
        "opdata": "{ITEM.LASTVALUE1}", "priority": "HIGH",
        "description": "Its effective carrier has been down or unknown for "
        "two polls, and should be up. bondEffectiveReason, or 'bondcarrier "
        "show' on the host, shows why.",
        "after": ["lost"]},
    "redundancy": {
        "expression": of_bond(
            "(%s<%s or %s<{$BOND.SLAVES.MIN:\"{#BONDNAME}\"})" % (
                fold("max", "bondSlavesUsable", "#3"),
                fold("min", "bondSlaveCount", "#3"),
                fold("max", "bondSlavesUsable", "#3")),
            fold("max", "bondEffectiveCarrier", "#3") + "=1"),
        "name": "{#BONDNAME} is up without its redundancy",
        "opdata": "{ITEM.LASTVALUE1} usable, of {ITEM.LASTVALUE2}",
        "priority": "AVERAGE",
        "description": "A slave has not been usable, or there was only one, "
        "for three polls. The next fault takes the bond down. "
        "bondSlaveCorrectedLink, or 'bondcarrier show' on the host, shows "
        "which slave.",
        "after": ["lost"]},
    "partner": {
        "expression": of_bond(has("bondDiscrepancies", "noLacpPartner")),
        "name": "{#BONDNAME} has no LACP partner",
        "opdata": "{ITEM.LASTVALUE1}", "priority": "HIGH",
        "description": "Mode 802.3ad, and no partner answers: the switch is "
        "not configured for LACP, or the cables are in the wrong ports.",
        "after": ["lost"]},
    "unmonitored": {
        "expression": of_bond(
            fold("max", "bondLinkMonitor",
                 '{$BOND.UNMONITORED:"{#BONDNAME}"}') + "=1"),
        "name": "{#BONDNAME} does not watch its links",
        "opdata": "{ITEM.LASTVALUE1}", "priority": "WARNING",
        "description": "Neither miimon nor arp_interval is set, so it will "
        "not notice a pulled cable. Set miimon to 100.",
        "after": ["falseUp", "lost"]},
}

# ---- the dashboard


def dashboard(uuid, items):
    def number(name, value):
        return {"type": "INTEGER", "name": name, "value": value}

    def graphs(name, place, rows):
        return {"type": "GRAPH_PROTOTYPE", "name": "", **place, "fields": [
            number("source_type", "2"), number("columns", "2"),
            number("rows", rows),
            {"type": "GRAPH_PROTOTYPE", "name": "graphid",
             "value": {"host": NAME, "name": name}}]}

    widgets = []
    for at, name in enumerate(["bondFalseUpCount", "bondDiscrepancyCount",
                               "bondAgentStatus",
                               "bondAgentNotificationsQueued"]):
        widgets.append({
            "type": "ITEM", "name": TITLES[name], "x": str(6 * at), "y": "0",
            "width": "6", "height": "3", "fields": [
                number("show", "2"), number("units_show", "0"),
                number("value_size", "25"), number("decimal_size", "25"),
                {"type": "ITEM", "name": "itemid",
                 "value": {"host": NAME, "key": name}}]})
    widgets.append(graphs(CARRIER_GRAPH, {
        "x": "0", "y": "3", "width": "24", "height": "6"}, "1"))
    traps = [i["key"] for i in items if i["name"] == ALL_TRAPS][0]
    widgets.append({
        "type": "PLAIN_TEXT", "name": ALL_TRAPS, "x": "0", "y": "9",
        "width": "24", "height": "5", "fields": [
            number("show_lines", "10"),
            {"type": "ITEM", "name": "itemids",
             "value": {"host": NAME, "key": traps}}]})
    slaves = [graphs(SLAVES_GRAPH, {"x": "0", "y": "0", "width": "24",
                                    "height": "6"}, "1"),
              graphs(LINK_GRAPH, {"x": "0", "y": "6", "width": "24",
                                  "height": "10"}, "2")]
    return {"uuid": uuid("dashboard"), "name": "Bonds", "auto_start": "NO",
            "pages": [{"name": "Carrier", "widgets": widgets},
                      {"name": "Slaves", "widgets": slaves}]}
