# SPDX-License-Identifier: BSD-2-Clause
"""What the tests ask of Zabbix' API: zabbix_api.py URL COMMAND [ARGUMENT...]

set-up TEMPLATE MACRO=VALUE...  imports it, and makes the host "bonds" with it
discover      lets the host's discovery rules, and what they wait for, run now
problems      a line each: severity, and the name
ever          the name of each problem that there ever was
items         a line each: state, key, a blank, the last value
unsupported   a line for each item or rule that has no value for a reason
values KEY    all that is stored of the item, a line each
dashboard     the number of the host, and that of the template's dashboard
"""

import json
import sys
import urllib.request

HOST = "bonds"
TEMPLATE = "Bond carrier by SNMP"
SEVERITIES = ["not classified", "information", "warning", "average", "high",
              "disaster"]
# Create everything in the file, and update what exists.
RULES = {name: {"createMissing": True, "updateExisting": True} for name in (
    "discoveryRules", "graphs", "httptests", "items", "templates",
    "templateDashboards", "triggers", "valueMaps")}
RULES["groups"] = {"createMissing": True, "updateExisting": True}
RULES["templateLinkage"] = {"createMissing": True}


class Api:
    def __init__(self, url):
        self.url = url + "/api_jsonrpc.php"
        self.auth = None
        self.auth = self.call("user.login", username="Admin",
                              password="zabbix")

    def call(self, method, params=None, **named):
        request = {"jsonrpc": "2.0", "id": 1, "method": method,
                   "params": named if params is None else params,
                   "auth": self.auth}
        if self.auth is None:
            del request["auth"]
        answer = json.load(urllib.request.urlopen(urllib.request.Request(
            self.url, json.dumps(request).encode(),
            {"Content-Type": "application/json-rpc"}), timeout=300))
        if "error" in answer:
            sys.exit("%s: %s" % (method, answer["error"]))
        return answer["result"]

    def host(self):
        return self.call("host.get", filter={"host": HOST})[0]["hostid"]


def plain(what):
    """Without order and without empty values."""
    if isinstance(what, dict):
        return {k: plain(v) for k, v in what.items() if v not in ("", "0")}
    if isinstance(what, list):
        return sorted((plain(v) for v in what), key=json.dumps)
    return what


def differences(compared):
    """The real differences in the result of configuration.importcompare."""
    for kind, entries in (compared.items() if compared else ()):
        for change, things in entries.items():
            for thing in things:
                if change != "updated":
                    yield kind, change, thing
                elif plain(thing["before"]) != plain(thing["after"]):
                    yield kind, thing["before"], thing["after"]
                else:
                    yield from differences({
                        k: v for k, v in thing.items()
                        if k not in ("before", "after")})


def set_up(api, path, *macros):
    with open(path, encoding="utf-8") as file:
        source = file.read()
    api.call("configuration.import", format="yaml", rules=RULES, source=source)
    # Zabbix now has exactly what is in the file.
    differs = api.call("configuration.importcompare", format="yaml",
                       rules=RULES, source=source)
    for what in differences(differs):
        sys.exit("not imported: %s" % what)
    # Poll nothing that ships with Zabbix: no other host, and no checks of the
    # server's own health.
    for host in api.call("host.get", output=["hostid"]):
        api.call("host.delete", [host["hostid"]])
    api.call("settings.update", server_check_interval="0",
             snmptrap_logging="1")
    templates = api.call("template.get", output=["templateid"],
                         filter={"host": [TEMPLATE]})
    group = api.call("hostgroup.get", filter={"name": "Linux servers"})
    host = {
        "groups": [{"groupid": group[0]["groupid"]}],
        "interfaces": [{
            "type": 2, "main": 1, "useip": 1, "ip": "127.0.0.1", "dns": "",
            "port": "161", "details": {
                "version": 2, "bulk": 1, "community": "{$SNMP_COMMUNITY}"}}]}
    made = dict(pair.split("=", 1) for pair in macros)
    made.setdefault("{$SNMP_COMMUNITY}", "public")
    api.call("host.create", host=HOST, name=HOST, templates=templates,
             macros=[{"macro": m, "value": v} for m, v in made.items()],
             **host)
    # Together with Zabbix' own template for hosts with snmpd: no conflict.
    beside = api.call("template.get", output=["templateid"],
                      filter={"host": ["Linux by SNMP"]})
    assert len(beside) == 1, beside
    api.call("host.create", host="beside", status=1,
             templates=templates + beside, **host)


def discover(api):
    rules = api.call("discoveryrule.get", hostids=api.host(),
                     output=["itemid"])
    api.call("task.create", [
        {"type": 6, "request": {"itemid": rule["itemid"]}} for rule in rules])


def problems(api):
    found = api.call("problem.get", hostids=api.host(),
                     output=["name", "severity"])
    return sorted("%s: %s" % (SEVERITIES[int(p["severity"])], p["name"])
                  for p in found)


def ever(api):
    found = api.call("event.get", hostids=api.host(), value=1, source=0,
                     output=["name"])
    return sorted({e["name"] for e in found})


def items(api):
    return ["%s %s %s" % (i["state"], i["key_"], i["lastvalue"])
            for i in api.call("item.get", hostids=api.host(),
                              output=["key_", "state", "lastvalue"],
                              sortfield="key_")]


def unsupported(api):
    found = api.call("item.get", hostids=api.host(), filter={"state": 1},
                     output=["key_", "error"])
    found += api.call("discoveryrule.get", hostids=api.host(),
                      filter={"state": 1}, output=["key_", "error"])
    return ["%s: %s" % (i["key_"], " ".join(i["error"].split()))
            for i in found]


def values(api, key):
    item = api.call("item.get", hostids=api.host(), filter={"key_": key},
                    output=["itemid", "value_type"])[0]
    return [v["value"] for v in api.call(
        "history.get", itemids=item["itemid"], sortfield="clock",
        history=int(item["value_type"]))]


def dashboard(api):
    template = api.call("template.get", filter={"host": [TEMPLATE]})[0]
    found = api.call("templatedashboard.get",
                     templateids=template["templateid"])
    return ["%s %s" % (api.host(), found[0]["dashboardid"])]


COMMANDS = {"set-up": set_up, "discover": discover, "problems": problems,
            "ever": ever, "items": items, "unsupported": unsupported,
            "values": values, "dashboard": dashboard}


def main():
    url, command, *arguments = sys.argv[1:]
    for line in COMMANDS[command](Api(url), *arguments) or []:
        print(line)


main()
