#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Whatever a bond is called: nothing escapes to the terminal, the JSON is
valid, each name can be told from each other and typed again; and colour is on
a terminal only.

    test_names.py BONDCARRIER WORK-FOLDER
"""
import json
import os
import pty
import re
import subprocess
import sys

import odd_links

PROGRAM, WORK = sys.argv[1:3]
CAPTURE = WORK + "/odd-names.pcap"
failures = 0


def expect(condition, text):
    global failures
    if not condition:
        print("FAIL:", text)
        failures += 1


def run(*arguments, env=None):
    return subprocess.run([PROGRAM, *arguments], stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, env=env, check=False)


def on_terminal(*arguments, **variables):
    """What the program writes to a terminal."""
    env = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "TERM")}
    env.update(variables)
    master, slave = pty.openpty()
    child = subprocess.Popen([PROGRAM, *arguments], stdout=slave,
                             stderr=subprocess.PIPE, env=env)
    os.close(slave)
    output = b""
    while True:
        try:
            piece = os.read(master, 65536)
        except OSError:
            piece = b""
        if not piece:
            break
        output += piece
    child.wait()
    os.close(master)
    return output.replace(b"\r\n", b"\n")


def name_of(printed):
    """The bytes that a printed name stands for."""
    return re.sub(rb"\\(\\|x[0-9a-f]{2})",
                  lambda m: b"\\" if m[1] == b"\\"
                  else bytes([int(m[1][1:], 16)]), printed.encode())


HIDDEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f"
                    "\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\uffff"
                    "\U000e0000-\U000e0fff]")


def harmless(what, output):
    try:
        text = output.decode("utf-8")
    except UnicodeDecodeError as error:
        expect(False, f"{what}: {error}")
        return ""
    found = HIDDEN.search(text)
    expect(not found, f"{what}: {found and found[0]!r}")
    return text


def test_text():
    for command in ("show", "check", "watch"):
        got = run(command, "--from", CAPTURE)
        text = harmless(command, got.stdout)
        expect(not got.stderr, f"{command}: {got.stderr!r}")
        for name in odd_links.NAMES:
            expect(command == "check" or any(
                name_of(word.rstrip(":")) == name for word in
                re.split("[ \n]", text)) or b" " in name,
                f"{command}: {name!r} is not there")


def test_json():
    got = run("show", "--json", "--from", CAPTURE)
    bonds = json.loads(harmless("show --json", got.stdout))["bonds"]
    expect([name_of(b["name"]) for b in bonds] == odd_links.NAMES,
           "show --json: names are not those of the bonds")
    expect([name_of(b["slaves"][0]["name"]) for b in bonds] ==
           [odd_links.slave_name(n) for n in odd_links.NAMES],
           "show --json: names are not those of the slaves")
    got = run("watch", "--json", "--from", CAPTURE)
    lines = [json.loads(line) for line in
             harmless("watch --json", got.stdout).splitlines()]
    down = [name_of(line["bond"]["name"]) for line in lines
            if line["type"] == "effectiveDown"]
    expect(down == odd_links.NAMES, "watch --json: not each went down once")


def test_perfdata():
    line = run("check", "--from", CAPTURE).stdout.decode().split("\n")[0]
    expect(line.count("|") == 1, "check: not one bar in the line")
    data = re.findall(r" '([^'=]+)'=([0-9.]+|U)(;[0-9.:@~]*){0,4}(?= '|$)",
                      line.split("|")[1])
    rest = re.sub(r" '[^'=]+'=[0-9U][0-9.;:]*", "", line.split("|")[1])
    expect(rest == "", f"check: perfdata has more: {rest}")
    names = [name_of(label[:-len("_usable")]) for label, _, _ in data
             if label.endswith("_usable")]
    expect(names == odd_links.NAMES, "check: labels are not the names")


def test_asked_for():
    """By its bytes and as it is printed, each is found, and it alone."""
    bonds = json.loads(run("--json", "--from", CAPTURE).stdout)["bonds"]
    for bond in bonds:
        name = name_of(bond["name"])
        for word in (name, bond["name"].encode()):
            if word == b"A" or word == b"\\x41" or not word:
                continue # below
            got = json.loads(run("show", "--json", "--from", CAPTURE, "--",
                                 word).stdout)["bonds"]
            expect([b["name"] for b in got] == [bond["name"]],
                   f"{word!r} does not mean {name!r} alone")
            got = run("check", "--from", CAPTURE, "--", word)
            expect(got.returncode == 2, f"check {word!r}: {got.returncode}")
            expect(got.stdout.count(b"|") == 1, f"check {word!r}: the bars")
    got = json.loads(run("show", "--json", "--from", CAPTURE, "A",
                         "\\x41").stdout)["bonds"]
    expect([name_of(b["name"]) for b in got] == [b"\\x41", b"A"],
           "A and \\x41 are two bonds")
    for word in (b"\x1b[2Kx", b"\xff\xff", b"-", b""):
        for command in ("show", "check", "watch"):
            got = run(command, "--from", CAPTURE, "--", word)
            harmless(command, got.stderr)
            harmless(command, got.stdout)
            said = got.stdout if command == "check" else got.stderr
            expect(b"there is no bond " in said, f"{command} {word!r}")


def test_colour():
    """Colours are the only escapes, and only where they may be."""
    for command in ("show", "watch"):
        words = (command, "--from", CAPTURE)
        output = on_terminal(*words, TERM="xterm")
        expect(b"\x1b[1;31m" in output, f"{command}: no colour")
        harmless(f"{command} on a terminal",
                 re.sub(rb"\x1b\[[0-9;]*m", b"", output))
        for env in ({"TERM": "xterm", "NO_COLOR": "1"}, {"TERM": "dumb"},
                    {"TERM": ""}, {}):
            harmless(f"{command} {env}", on_terminal(*words, **env))
        expect(b"\x1b[" in on_terminal(*words, TERM="xterm", NO_COLOR=""),
               f"{command}: NO_COLOR is empty, and no colour")
        harmless(command + " --json", on_terminal(*words, "--json",
                                                  TERM="xterm"))
    harmless("check", on_terminal("check", "--from", CAPTURE, TERM="xterm"))


with open(CAPTURE, "wb") as file:
    file.write(odd_links.odd_names())
with open(WORK + "/malformed.pcap", "wb") as file:
    file.write(odd_links.malformed_links())
test_text()
test_json()
test_perfdata()
test_asked_for()
test_colour()
print(f"{len(odd_links.NAMES)} names,", f"{failures} failures")
sys.exit(failures > 0)
