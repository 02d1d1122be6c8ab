#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""The benchmarks' table, from lines MEASURE|WHO|UNIT|VALUE, and as JSON."""
import collections
import json
import statistics
import sys

# Rates are better when high: the ratio of these is the other way round.
RATES = {"varbinds/s"}


def load(path):
    found = collections.OrderedDict()
    with open(path, encoding="utf-8") as file:
        for line in file:
            measure, who, unit, value = line.rstrip("\n").split("|")
            found.setdefault((measure, unit), collections.OrderedDict()) \
                .setdefault(who, []).append(float(value))
    return found


def summary(values):
    middle = statistics.median(values)
    spread = (max(values) - min(values)) / 2 / middle if middle else 0
    return {"median": middle, "runs": values, "spread": spread}


def text(side):
    return "%.4g ±%d%%" % (side["median"], round(100 * side["spread"]))


def ratio(this, other, unit):
    """How many times the other's cost: below 1 is better, for rates too."""
    if not this or not other["median"] or not this["median"]:
        return None
    quotient = this["median"] / other["median"]
    return 1 / quotient if unit in RATES else quotient


def main():
    report = []
    for (measure, unit), sides in load(sys.argv[1]).items():
        sides = {who: summary(values) for who, values in sides.items()}
        this = sides.get("this")
        rows = [{"who": who, **side, "ratio": ratio(this, side, unit)}
                for who, side in sides.items() if who != "this"]
        report.append({"measure": measure, "unit": unit, "this": this,
                       "others": rows})
    with open(sys.argv[2], "w", encoding="utf-8") as file:
        json.dump(report, file, indent=1)
    print("%-50s %-10s %-14s %s" % ("measure", "unit", "this",
                                    "beside (ratio: this costs so many times)"))
    for entry in report:
        others = ", ".join(
            "%s %s%s" % (row["who"], text(row),
                         "" if row["ratio"] is None
                         else " (%.2f)" % row["ratio"])
            for row in entry["others"])
        print("%-50s %-10s %-14s %s" % (
            entry["measure"], entry["unit"],
            text(entry["this"]) if entry["this"] else "-", others))


main()
