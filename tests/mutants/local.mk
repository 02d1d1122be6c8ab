# SPDX-License-Identifier: BSD-2-Clause
# Small wrong versions of the core: does any test notice? Only on request.
mutants_files = \
	tests/mutants/defects/1-sweep-scope.patch \
	tests/mutants/defects/11-no-aggregator.patch \
	tests/mutants/defects/2a-aggregator-left.patch \
	tests/mutants/defects/2b-torn-answer.patch \
	tests/mutants/defects/3-ports-disabled.patch \
	tests/mutants/defects/4-never-up.patch \
	tests/mutants/defects/5a-strict-bring-up.patch \
	tests/mutants/defects/5b-strict-min-links.patch \
	tests/mutants/defects/5c-strict-stale-bits.patch \
	tests/mutants/defects/6-slow-monitor.patch \
	tests/mutants/defects/7-congested.patch \
	tests/mutants/defects/8-ifindex-again.patch \
	tests/mutants/mutants.py \
	tests/mutants/mutations.py \
	tests/mutants/survivors.txt \
	tests/mutants/targets.txt \
	tests/mutants/tests.txt \
	tests/mutants/test_mutations.py
EXTRA_DIST += $(mutants_files) tests/mutants/test_mutations.sh
TESTS += tests/mutants/test_mutations.sh

# A build of its own, without -O2, since it is built a thousand times. The
# simulator judges last, on what survives the unit tests.
MUTANTS_SIM = tests/sim/sim --seed 1 --seeds 300 --jobs 1 --no-shrink
#: mutants: check that tests notice small defects in the core; hours
.PHONY: mutants
mutants:
	mkdir -p build-mutants
	cd build-mutants && { test -f Makefile || \
		$(abs_top_srcdir)/configure -q CFLAGS='-O0 -g0 -fPIC'; } && \
		$(MAKE) -s tests/sim/sim $$(sed '/^#/d' \
			$(abs_top_srcdir)/tests/mutants/tests.txt)
	python3 -B $(abs_top_srcdir)/tests/mutants/mutants.py \
		--top $(abs_top_srcdir) --build build-mutants \
		--sim '$(MUTANTS_SIM)' $(MUTANTS_ARGS)
