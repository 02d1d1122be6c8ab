#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# compile_commands.json has every source that this build compiles, with a
# command that the compiler takes.
set -u
command -v python3 >/dev/null || {
	echo "SKIP: no python3"
	[ "${BONDCARRIER_REQUIRE:-0}" != 1 ] || exit 1
	exit 77
}
exec python3 -B - "${abs_top_srcdir:?}" "${abs_top_builddir:?}" <<'END'
import glob
import json
import os
import subprocess
import sys

top, build = map(os.path.realpath, sys.argv[1:])
with open(os.path.join(build, "compile_commands.json")) as file:
    entries = {os.path.realpath(entry["file"]): entry
               for entry in json.load(file)}
missing = [path for side in ("src", "agent", "cli")
           for path in glob.glob(f"{top}/{side}/**/*.c", recursive=True)
           if path not in entries]
# Sources without flags of their own have another form of rule.
own = [entry for entry in entries.values() if "-" in entry["output"]]
plain = [entry for entry in entries.values() if "-" not in entry["output"]]
for entry in own[::60] + plain[::20]:
    subprocess.run(entry["arguments"] + ["-fsyntax-only"],
                   cwd=entry["directory"], check=True)
print(len(own), "and", len(plain), "sources; missing:", missing)
sys.exit(0 if own and plain and not missing else 1)
END
