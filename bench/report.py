#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""The benchmarks' table, from lines MEASURE|WHO|UNIT|VALUE, and as JSON.

A line reach|MEASURE|WHO|TIMES says what is to be reached: this costs so many
times what WHO does, or less; where WHO is "-", so many units. Of a reach for
something that was not measured nothing is said.
"""
import json
import statistics
import sys

# Rates are better when high: the ratio of these is the other way round.
RATES = {"values/s"}
FLOORS = {"floor", "ip monitor link", "at one bond", "80_slaves"}
WIDTH = 79


def load(path):
    found, reaches = {}, {}
    with open(path, encoding="utf-8") as file:
        for line in file:
            first, *rest = line.rstrip("\n").split("|")
            if first == "reach":
                measure, who, times = rest
                reaches.setdefault(measure, {})[who] = float(times)
                continue
            who, unit, value = rest
            found.setdefault((first, unit), {}).setdefault(who, []) \
                .append(float(value))
    return found, reaches


def add_costs(found):
    """What a value costs in a walk of many rows, beside one of few."""
    for (measure, _), sides in list(found.items()):
        few = [who for who in sides if who.endswith("_slaves")]
        for who in few:
            costs = found.setdefault(("cost of a value" +
                                      measure[measure.index(","):], "us"), {})
            costs["this"] = [1e6 / rate for rate in sides["this"]]
            costs[who] = [1e6 / rate for rate in sides.pop(who)]


def summary(values):
    middle = statistics.median(values)
    spread = (max(values) - min(values)) / 2 / middle if middle else 0
    return {"median": middle, "runs": values, "spread": spread}


def ratio(this, other, unit):
    """How many times the other's cost: below 1 is better, for rates too."""
    if not this or not other["median"] or not this["median"]:
        return None
    quotient = this["median"] / other["median"]
    return 1 / quotient if unit in RATES else quotient


def judge(this, rows, reaches):
    """The reaches, with whether each is met."""
    costs = {row["who"]: row["ratio"] for row in rows}
    if this:
        costs["-"] = this["median"]
    return [{"who": who, "at_most": times, "met": costs[who] <= times}
            for who, times in reaches.items() if costs.get(who) is not None]


def entries(found, reaches):
    for (measure, unit), sides in found.items():
        sides = {who: summary(values) for who, values in sides.items()}
        this = sides.get("this")
        rows = [{"who": who, **side, "ratio": ratio(this, side, unit)}
                for who, side in sides.items() if who != "this"]
        rows.sort(key=lambda row: row["who"] not in FLOORS)
        yield {"measure": measure, "unit": unit, "this": this, "others": rows,
               "reach": judge(this, rows, reaches.get(measure, {}))}


def text(side):
    return "%.4g ±%d%%" % (side["median"], round(100 * side["spread"]))


def print_line(who, side, cost, reach):
    says = ""
    if reach:
        says = "%.3g %s" % (reach["at_most"],
                            "met" if reach["met"] else "NOT MET")
    print("  %-28s %18s %8s   %s" % (
        who[:28], text(side), "" if cost is None else "%.2f" % cost, says))


def print_entry(entry):
    reaches = {reach["who"]: reach for reach in entry["reach"]}
    print("%s (%s)" % (entry["measure"], entry["unit"]))
    if entry["this"]:
        print_line("this", entry["this"], None, reaches.get("-"))
    for row in entry["others"]:
        print_line(row["who"], row, row["ratio"], reaches.get(row["who"]))


def main():
    found, reaches = load(sys.argv[1])
    add_costs(found)
    report = list(entries(found, reaches))
    with open(sys.argv[2], "w", encoding="utf-8") as file:
        json.dump(report, file, indent=1)
    print("%-30s %18s %8s   %s" % ("measure", "median, spread", "ratio",
                                   "at most"))
    print("-" * WIDTH)
    for entry in report:
        print_entry(entry)


main()
