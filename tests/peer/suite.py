# SPDX-License-Identifier: BSD-2-Clause
"""suite.py MODULE...: runs the tests of these modules, each in its own process
and several in parallel, since they mostly wait.

JOBS: how many in parallel. Prints a table of the results that the tests passed
to running.report().
"""

import concurrent.futures
import os
import signal
import subprocess
import sys
import time
import unittest

import running

HERE = os.path.dirname(os.path.abspath(__file__))
JOBS = int(os.environ.get("JOBS", 1 if running.LONG else 4))
LIMIT = 7200 if running.LONG or running.VALGRIND else 600


def names(tests):
    for test in tests:
        if isinstance(test, unittest.TestSuite):
            yield from names(test)
        else:
            yield test.id()


def run(name):
    began = time.monotonic()
    process = subprocess.Popen(
        (sys.executable, "-B", "-m", "unittest", "-q", name), cwd=HERE,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        start_new_session=True)
    try:
        output = process.communicate(timeout=LIMIT)[0]
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        output = process.communicate()[0] + "not within %d s\n" % LIMIT
    return name, process.returncode, output, time.monotonic() - began


def print_table(rows):
    form = "%-34s %7s %9s %5s %10s %13s"
    print(form % ("fault", "events", "delivered", "lost", "duplicated",
                  "longest stall"))
    for row in rows:
        print(form % tuple(row))


def main():
    loader = unittest.TestLoader()
    tests = list(names(loader.loadTestsFromNames(sys.argv[1:])))
    rows, failed = {}, 0
    with concurrent.futures.ThreadPoolExecutor(JOBS) as pool:
        for name, code, output, took in pool.map(run, tests):
            print("%s %s %.1f s" % ("FAIL" if code else "ok", name, took))
            for line in output.splitlines():
                if line.startswith(running.ROW):
                    row = line.split("\t")[1:]
                    rows[row[0]] = row
                elif code or line.startswith(running.NOTE):
                    print("    " + line)
            failed += code != 0
            sys.stdout.flush()
    print_table(rows.values())
    print("%d tests, %d failed" % (len(tests), failed))
    sys.exit(failed != 0 or not tests)


if __name__ == "__main__":
    main()
