#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Compares the event table with the changes that caused it; for
stories/snmpd-stopped.story.

    delays.py FIRST CONT-MS FOLDER

FOLDER has `healthy` and `stopped`, from flap.py with a track file; `events`,
the decoded columns of the event table; `indexes`, those of the traps in order
of arrival. FIRST is the last index before them. bondEventTime is in hundredths
of a second of another clock, so delays are relative to the smallest one, and
exact to 10 ms.
"""
import pathlib
import statistics
import sys

MARGIN_MS = 1000


def changes(path):
    """Time, change, and the ms until the track file had it."""
    out = []
    for line in path.read_text().splitlines():
        at, state, *track = line.split()
        if not track or track[0] == "-":
            fail("%s: the track file does not follow" % path.name)
        out.append((float(at), "effective" + state.capitalize(),
                    float(track[0])))
    return out


def events(path, first):
    rows = {}
    for line in path.read_text().splitlines():
        name, value = line.split("=", 1)
        column, index = name.split(".")
        rows.setdefault(int(index), {})[column] = value
    return [(index, row) for index, row in sorted(rows.items())
            if index > first and row["bondEventType"].startswith("effective")]


def fail(text):
    sys.exit("FAIL: " + text)


def main():
    folder = pathlib.Path(sys.argv[3])
    healthy, stopped = changes(folder / "healthy"), changes(folder / "stopped")
    made = healthy + stopped
    found = events(folder / "events", int(sys.argv[1]))
    if [row["bondEventType"] for _, row in found] != \
            [state for _, state, _ in made]:
        fail("%d changes were made, %d events are not these:\n%s" %
             (len(made), len(found), found))
    unsent = [row for _, row in found
              if row["bondEventNotified"] != "acknowledged"]
    if unsent:
        fail("not acknowledged: %s" % unsent)
    indexes = [int(line) for line in
               (folder / "indexes").read_text().splitlines()]
    if indexes != [index for index, _ in found]:
        fail("traps came for %s" % indexes)

    stamps = [int(row["bondEventTime"]) * 10 for _, row in found]
    skew = min(stamp - at for stamp, (at, *_) in zip(stamps, made))
    delays = [stamp - skew - at for stamp, (at, *_) in zip(stamps, made)]
    last_ms = stamps[-1] - skew
    if last_ms > int(sys.argv[2]) - MARGIN_MS:
        fail("the last event is stamped %.0f, snmpd went on at %s" %
             (last_ms, sys.argv[2]))
    tracks = [track for *_, track in made]
    print("   delays of %d changes each: median, largest" % len(stopped))
    half = len(healthy)
    for name, part in ("healthy", slice(half)), ("stopped", slice(half, None)):
        print("   %s: track file %.1f ms, %.1f ms; event, beyond the quickest "
              "%.0f ms, %.0f ms" % (
                  name, statistics.median(tracks[part]), max(tracks[part]),
                  statistics.median(delays[part]), max(delays[part])))


main()
