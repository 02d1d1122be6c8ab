# SPDX-License-Identifier: BSD-2-Clause
"""What a run prints."""

import sys

from compare import FINDINGS, KERNEL, MODEL, SECOND
from watch import EVENTS, REST, TOLD

HISTORY = 40     # operations shown with a mismatch


def report(run, wrong, rows, snapshot):
    """Everything one needs to see what was wrong."""
    for index in sorted({d.row[0] for d in wrong}):
        print(f"\nMISMATCH seed {run.options.seed} after operation "
              f"{run.done}, bond {index}")
        for difference in wrong:
            if difference.row[0] == index:
                print("  ", difference)
        show(run, index, rows, snapshot)
    sys.stdout.flush()


def show(run, index, rows, snapshot):
    """Both views of one bond, and its history."""
    names = set()
    for row in sorted(set(rows) | set(snapshot.model)):
        if row[0] != index:
            continue
        for who, view in (("kernel", snapshot.model), ("agent ", rows)):
            print(" ", who, row, {name: value for name, value in
                                  view.get(row, {}).items()
                                  if value is not None})
        name = snapshot.model.get(row, rows.get(row))
        name = name.get("bondName") or name.get("bondSlaveName")
        names.add(name.decode())
    for link in snapshot.view.links.values():
        if link.index == index or link.master == index:
            print("  link  ", link.entry["ifname"], link.kind,
                  link.entry["flags"], link.data or "", link.slave or "")
            below = snapshot.view.links.get(link.below)
            if below:
                print("    on  ", below.name, below.entry["flags"])
    own = [entry for entry in run.history if entry[1].about & names]
    for number, operation, refusals in own[-HISTORY:]:
        print(f"  {number:6} {operation}"
              f"{'  REFUSED ' + '; '.join(refusals) if refusals else ''}")


def report_told(run, found):
    """What was told wrongly, and the operations just before."""
    for check, text in found:
        run.mismatches[check] += 1
        print(f"\nMISMATCH seed {run.options.seed} after operation "
              f"{run.done}\n   {check}: {text}")
    if found:
        for number, operation, refusals in list(run.history)[-HISTORY // 2:]:
            print(f"  {number:6} {operation}"
                  f"{'  REFUSED ' + '; '.join(refusals) if refusals else ''}")
    sys.stdout.flush()


def summary(run, seconds):
    """What ran, at the end."""
    count, mismatches = run.count, run.mismatches
    print(f"\nseed {run.options.seed}: {run.done} operations "
          f"({run.refused} refused in part or whole) in {seconds:.0f} s; "
          f"settled {count['settled']} times, "
          f"{count['deep']} of them thoroughly, "
          f"{count['settled while moving']} on bonds that never rest; "
          f"slowest {run.slowest[0]:.1f} s after operation "
          f"{run.slowest[1]}")
    print("  seconds:", ", ".join(f"{name} {spent:.0f}" for name, spent
                                  in run.spent.items()))
    print("  operations:", ", ".join(
        f"{kind} {times}" for kind, times in run.kinds.most_common()))
    for check in (MODEL, KERNEL, SECOND, FINDINGS):
        print(f"  {check}: {count[check, 'bonds']} checks of bonds, "
              f"{count[check, 'slaves']} of slaves, "
              f"{mismatches[check]} mismatches")
    print(f"  left for the next thorough check: {count['deferred']} "
          "checks of bonds")
    print(f"  never at rest, nothing provably wrong: "
          f"{count['never at rest']}")
    if run.watch:
        told(run)
    print(f"{sum(mismatches.values())} mismatches")


def told(run):
    """The same of events."""
    watch, mismatches = run.watch, run.mismatches
    kinds = [(name, times) for name, times in watch.count.most_common()
             if name not in (TOLD, "caused")]
    print(f"  {EVENTS}: {sum(times for _, times in kinds)} replayed "
          f"({', '.join(f'{name} {times}' for name, times in kinds)}), "
          f"causes of {watch.count['caused']} looked for, "
          f"{mismatches[EVENTS]} mismatches")
    print(f"  {TOLD}: {watch.count[TOLD]}, over {watch.told.kills} "
          f"ends of the agent, {mismatches[TOLD]} mismatches")
    print(f"  bonds at {REST}: {watch.rest.checked} values and files that "
          f"must not change, {mismatches[REST]} mismatches")
