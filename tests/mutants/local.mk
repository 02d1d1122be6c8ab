# SPDX-License-Identifier: BSD-2-Clause
# Small wrong versions of the core: does any test see them? On request alone.
mutants_files = \
	tests/mutants/mutants.py \
	tests/mutants/mutations.py \
	tests/mutants/survivors.txt \
	tests/mutants/targets.txt \
	tests/mutants/tests.txt \
	tests/mutants/test_mutations.py
EXTRA_DIST += $(mutants_files) tests/mutants/test_mutations.sh
TESTS += tests/mutants/test_mutations.sh

# A build of its own: what is built a thousand times is built without -O2.
.PHONY: mutants
mutants:
	mkdir -p build-mutants
	cd build-mutants && { test -f Makefile || \
		$(abs_top_srcdir)/configure -q CFLAGS='-O0 -g0 -fPIC'; } && \
		$(MAKE) -s check TESTS= >build.log
	python3 -B $(abs_top_srcdir)/tests/mutants/mutants.py \
		--top $(abs_top_srcdir) --build build-mutants \
		$(MUTANTS_ARGS)
