# SPDX-License-Identifier: BSD-2-Clause
"""test_auths.py OLD NEW OLD-GENERATOR NEW-GENERATOR: snmp_exporter's files for
before and after 0.23 say the same: the module is the same but for its access,
which stands apart with the same version and community.
"""
import sys

import yaml

NAME = "bondcarrier"
# Of an exporter's file of 0.23, beside version and community: no SNMPv3.
REST = {"security_level": "noAuthNoPriv", "auth_protocol": "MD5",
        "priv_protocol": "DES"}


def read(path):
    with open(path, encoding="utf-8") as file:
        return yaml.safe_load(file)


def compare(old, new, rest):
    """`old` is all modules, and is taken apart."""
    assert list(old) == [NAME] and len(old[NAME]) > 2, list(old)
    access = {"version": old[NAME].pop("version"),
              **old[NAME].pop("auth"), **rest}
    assert sorted(new) == ["auths", "modules"], sorted(new)
    assert new["auths"] == {"public_v2": access}, new["auths"]
    if new["modules"] != old:
        for key in sorted({*old[NAME], *new["modules"].get(NAME, {})}):
            if old[NAME].get(key) != new["modules"].get(NAME, {}).get(key):
                print("differs:", key)
        raise AssertionError("the modules differ")


def main():
    old, new, old_generator, new_generator = map(read, sys.argv[1:])
    compare(old, new, REST)
    compare(old_generator["modules"], new_generator, {})
    print("%d metrics, walked alike" % len(old[NAME]["metrics"]))


main()
