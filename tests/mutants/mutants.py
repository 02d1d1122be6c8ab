#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Does any test see it when the core is wrong?

Makes small wrong versions of the sources named in targets.txt, one at a time,
builds the unit tests and the simulator against each, and lists those that no
test kills. Reads the build folder's own commands; writes below --work only.

Exit: 0, 1 where a survivor is neither killed nor explained in survivors.txt
or the score is below --reach, 2 usage or a build that fails unchanged.
"""
import argparse
import concurrent.futures
import os
import random
import shlex
import shutil
import subprocess
import sys
import tempfile
import time

from mutations import mutations

HERE = os.path.dirname(os.path.abspath(__file__))
LIBRARY = "src/libbondcarrier.a"
TEST_CPU_S = 1
SIMULATOR_CPU_S = 60


class Unusable(Exception):
    pass


def run(command, **options):
    return subprocess.run(command, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, **options)


def make_command(build, target, newer):
    """What make would run to bring `target` up to date after `newer`."""
    environment = {name: value for name, value in os.environ.items()
                   if name not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL")}
    out = run(["make", "-n", "V=1", "-W", newer, target], cwd=build,
              env=environment).stdout
    lines = out.replace("\\\n", " ").splitlines()
    for line in lines:
        if f" -o {target} " in line:
            return line
    raise Unusable(f"no command for {target} in:\n{out}")


class Compiler:
    """The build folder's commands, bent to what lies elsewhere.

    The unit tests are linked once, against a shared library of the whole
    source, and a mutant goes before it as a library of its own. That does not
    do for the simulator, which replaces calls as it is linked."""

    def __init__(self, top, build, work):
        self.top, self.build, self.work = top, build, work
        self._compile = {}
        self._link = {}
        self.library = os.path.join(work, "libunchanged.so")
        self.share(["-Wl,--whole-archive", LIBRARY,
                     "-Wl,--no-whole-archive"], self.library)

    def _run(self, words, what):
        done = run(words, cwd=self.build)
        if done.returncode:
            raise Unusable(f"{what} does not link:\n{done.stdout}")

    def share(self, objects, output):
        self._run(["cc", "-shared"] + objects + ["-o", output], output)

    def _srcdir(self):
        """The source folder, as the Makefile calls it."""
        with open(os.path.join(self.build, "Makefile"),
                  encoding="utf-8") as lines:
            for line in lines:
                if line.startswith("srcdir = "):
                    return line.split(" = ")[1].strip()
        raise Unusable(f"no srcdir in {self.build}/Makefile")

    def compile(self, path, source, output):
        """0 where the mutated text compiles."""
        if path not in self._compile:
            folder, name = os.path.split(path)
            stem = os.path.splitext(name)[0]
            target = f"{folder}/libbondcarrier_a-{stem}.o"
            if not os.path.exists(os.path.join(self.build, target)):
                target = f"{folder}/src_libbondcarrier_a-{stem}.o"
            line = make_command(self.build, target,
                                os.path.join(self._srcdir(), path))
            words = shlex.split(line.split(" -MT ")[0])
            if words[0] == "ccache":  # no two mutants are the same
                del words[0]
            where = os.path.dirname(os.path.join(self.top, path))
            self._compile[path] = words + ["-w", "-O0", "-g0", "-fPIC",
                                           "-I" + where, "-c"]
        return run(self._compile[path] + [source, "-o", output],
                   cwd=self.build).returncode

    def link(self, program, instead, output):
        """What stands before the library defines what is taken from it."""
        if program not in self._link:
            line = make_command(self.build, program, LIBRARY)
            words = shlex.split(line.split("&&")[-1])
            at = words.index("-o")
            del words[at:at + 2]
            self._link[program] = words
        words = list(self._link[program])
        at = words.index(LIBRARY)
        words[at:at + 1] = instead
        self._run(words + ["-o", output], program)

    def linked(self, program):
        """With the shared library; once."""
        path = os.path.join(self.work, os.path.basename(program))
        if not os.path.exists(path):
            self.link(program, [self.library], path)
        return path


def read_lines(name):
    path = os.path.join(HERE, name)
    with open(path, encoding="utf-8") as lines:
        return [line.rstrip("\n") for line in lines
                if line.strip() and not line.startswith("#")]


def read_survivors():
    """key -> the sentence that explains it; two lines each."""
    lines = read_lines("survivors.txt")
    if len(lines) % 2:
        raise Unusable("survivors.txt: a mutation without its sentence")
    return dict(zip(lines[::2], (line.strip() for line in lines[1::2])))


class Bench:
    """Where one mutant at a time is built and tried."""

    def __init__(self, compiler, users, tests, simulator):
        self.compiler, self.users, self.tests = compiler, users, tests
        self.simulator = simulator

    def _passes(self, command, cpu_s, library=""):
        """Within so many seconds of a processor, for a mutant may loop. The
        clock says little: other work may have the processors."""
        # What lies behind an array or is freed holds no lucky zeros.
        environment = dict(os.environ, LD_PRELOAD=library,
                           MALLOC_PERTURB_="165",
                           abs_top_srcdir=self.compiler.top,
                           abs_top_builddir=self.compiler.build)
        limit = ["sh", "-c", f'ulimit -t {cpu_s}; exec "$0" "$@"']
        try:
            return run(limit + command, cwd=self.compiler.build,
                       timeout=20 * cpu_s, env=environment).returncode == 0
        except subprocess.TimeoutExpired:
            return False

    def _simulator_passes(self, folder, objects):
        path = os.path.join(folder, "sim")
        self.compiler.link(self.simulator[0], objects + [LIBRARY], path)
        return self._passes([path] + self.simulator[1:] +
                            ["--folder", folder], SIMULATOR_CPU_S)

    def _objects(self, folder, mutation, source):
        """What is compiled of it; None: it does not compile."""
        objects = []
        with open(os.path.join(folder, os.path.basename(mutation.path)), "w",
                  encoding="utf-8") as out:
            out.write(mutation.apply(source))
        for path in self.users:  # a header beside its user goes before others
            text = os.path.join(folder, os.path.basename(path))
            if path != mutation.path:
                shutil.copy(os.path.join(self.compiler.top, path), text)
            objects.append(text + ".o")
            if self.compiler.compile(path, text, objects[-1]):
                return None
        return objects

    def killer(self, mutation, source):
        """The program that fails with it; None: it survives; "": it does
        not compile."""
        folder = tempfile.mkdtemp(dir=self.compiler.work)
        try:
            objects = self._objects(folder, mutation, source)
            if not objects:
                return ""
            library = os.path.join(folder, "libmutant.so")
            self.compiler.share(objects, library)
            for program in self.tests:
                if not self._passes([self.compiler.linked(program)],
                                    TEST_CPU_S, library):
                    return program
            if self.simulator and not self._simulator_passes(folder, objects):
                return self.simulator[0]
            return None
        finally:
            shutil.rmtree(folder)


def order(tests, path):
    """Those named after the file first."""
    stem = os.path.splitext(os.path.basename(path))[0]
    words = [stem, stem.split("_")[0]]
    return sorted(tests, key=lambda t: not any(w in t for w in words))


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--top", required=True, help="the source folder")
    parser.add_argument("--build", required=True, help="a build of it")
    parser.add_argument("--work", help="default: a temporary folder")
    parser.add_argument("--only", help="sources whose name contains this")
    parser.add_argument("--sample", type=int, help="so many at random")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--again", help="a former report: its survivors alone")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--reach", type=float, default=95,
                        help="the score that is asked for, of 100")
    parser.add_argument("--sim", default="",
                        help="the simulator and its arguments")
    return parser.parse_args()


def former_survivors(report):
    """The keys behind "survived:" lines."""
    with open(report, encoding="utf-8") as text:
        lines = text.read().splitlines()
    return {key.strip() for line, key in zip(lines, lines[1:])
            if line.startswith("survived: ")}


def read_targets():
    """path -> the sources that are compiled when it is mutated."""
    lines = [line.split() for line in read_lines("targets.txt")]
    return {words[0]: words[1:] or words for words in lines}


def collect(options):
    found = []
    for path in read_targets():
        if options.only and options.only not in path:
            continue
        with open(os.path.join(options.top, path), encoding="utf-8") as text:
            source = text.read()
        found += [(m, source) for m in mutations(path, source)]
    if options.again:
        keys = former_survivors(options.again)
        found = [item for item in found if item[0].key in keys]
    if options.sample and options.sample < len(found):
        found = random.Random(options.seed).sample(found, options.sample)
    return found


def judge_all(options, work):
    compiler = Compiler(options.top, options.build, work)
    tests, targets = read_lines("tests.txt"), read_targets()
    simulator = shlex.split(options.sim)
    found = collect(options)
    results = {}

    def one(item, judge=simulator):
        mutation, source = item
        bench = Bench(compiler, targets[mutation.path],
                      order(tests, mutation.path), judge)
        return mutation, bench.killer(mutation, source)

    # What every test says of the unchanged source, and the commands. The
    # simulator is the same each time, and takes longest.
    judge = simulator
    for mutation, source in {m.path: (m, s) for m, s in found}.values():
        unchanged = type(mutation)(**{**mutation.__dict__, "end":
                                      mutation.start, "text": ""})
        if one((unchanged, source), judge)[1] is not None:
            raise Unusable(f"a test fails with {mutation.path} unchanged")
        judge = []
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for done, (mutation, killer) in enumerate(pool.map(one, found), 1):
            results[mutation] = killer
            if killer is None:
                print(f"{mutation.path}:{mutation.line} {mutation.kind}: "
                      f"{mutation.after}", file=sys.stderr, flush=True)
            if done % 100 == 0:
                print(f"{done} of {len(found)}", file=sys.stderr, flush=True)
    return results


def report(results, options, seconds):
    """Prints the table; True where the reach is met and all is explained."""
    explained = read_survivors()
    built = {m: k for m, k in results.items() if k != ""}
    alive = [m for m, k in built.items() if k is None]
    unexplained = [m for m in alive if m.key not in explained]
    print(f"{'source':<28} {'mutants':>8} {'killed':>8} {'score':>6}")
    for path in sorted({m.path for m in built}):
        mine = [k for m, k in built.items() if m.path == path]
        killed = sum(k is not None for k in mine)
        print(f"{path:<28} {len(mine):8} {killed:8} "
              f"{100 * killed / len(mine):6.1f}")
    killed = len(built) - len(alive)
    score = 100 * killed / len(built) if built else 0.0
    print(f"{'all':<28} {len(built):8} {killed:8} {score:6.1f}")
    by_sim = sum(bool(options.sim) and k == shlex.split(options.sim)[0]
                 for k in built.values())
    print(f"killed by the simulator alone: {by_sim}; not compiled: "
          f"{len(results) - len(built)}; {seconds:.0f} s")
    for mutation in alive:
        print(f"survived: {mutation.path}:{mutation.line} {mutation.kind}\n"
              f"  {mutation.key}\n"
              f"  {explained.get(mutation.key, 'NOT EXPLAINED')}")
    return score >= options.reach and not unexplained


def main():
    options = arguments()
    options.top = os.path.abspath(options.top)
    options.build = os.path.abspath(options.build)
    work = options.work or tempfile.mkdtemp(prefix="mutants.")
    os.makedirs(work, exist_ok=True)
    began = time.monotonic()
    try:
        results = judge_all(options, work)
        good = report(results, options, time.monotonic() - began)
    except Unusable as why:
        print(f"mutants: {why}", file=sys.stderr)
        return 2
    finally:
        if not options.work:
            shutil.rmtree(work, ignore_errors=True)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
