# SPDX-License-Identifier: BSD-2-Clause
# What developers run. A line "#: target: words" is what `make help` says of a
# target; it stands above the target's rule, in whichever file that is.
EXTRA_DIST += dev/find-test dev/help dev/list-kinds

# automake's own.
#: all: build bondcarrierd and bondcarrier
#: check: build and run all tests
#: install: install below --prefix
#: uninstall: remove what install installed
#: clean: remove what was built
#: distclean: remove what configure made, too
#: dist: make the tarball
#: distcheck: make the tarball, and build, test and install from it

#: help: print this list
.PHONY: help
help:
	@$(SHELL) $(srcdir)/dev/help $(srcdir)

#: check-one: build and run one test: T=unit/test_judge
.PHONY: check-one
check-one:
	@test=`$(SHELL) $(srcdir)/dev/find-test "$(T)" $(TESTS)` && \
	$(MAKE) $(AM_MAKEFLAGS) check-TESTS TESTS="$$test" VERBOSE=1 \
		check_PROGRAMS= check_LIBRARIES= check_SCRIPTS= check_DATA= \
		checked_programs='$(check_PROGRAMS)'

# For clangd and for `make analyze`: what make would run with nothing built.
# Makefile and what it comes from count as new, or make would remake them first;
# so do the files of dependencies, which even -n remakes: it would empty them.
#: compile_commands.json: how each source is compiled, for editors and analysers
EXTRA_DIST += dev/compile-commands
CLEANFILES += compile_commands.json
checked_programs = $(check_PROGRAMS)
compiled_programs = \
	$(PROGRAMS) $(LIBRARIES) $(checked_programs) $(bench_programs)
compile_commands.json: Makefile dev/compile-commands
	$(AM_V_GEN)$(MAKE) $(AM_MAKEFLAGS) -n -B V=1 -o Makefile \
		-o $(srcdir)/Makefile.in -o $(srcdir)/configure -o config.status \
		-o $(ACLOCAL_M4) -o config.h -o stamp-h1 \
		-o $(srcdir)/config.h.in am__depfiles_remade= \
		$(compiled_programs) | \
	$(PYTHON3) $(srcdir)/dev/compile-commands . >$@.tmp && mv $@.tmp $@

EXTRA_DIST += dev/analyze dev/analyze.accepted dev/format-check

#: analyze: gcc, cppcheck, clang-tidy, clang; of these ANALYZERS=gcc
.PHONY: analyze
analyze: compile_commands.json
	$(PYTHON3) -B $(srcdir)/dev/analyze $(srcdir) . $(ANALYZERS)

#: format-check: check sources with clang-format, shellcheck and pyflakes
.PHONY: format-check
format-check:
	$(SHELL) $(srcdir)/dev/format-check $(srcdir)

# A build of its own, without -O2, which moves lines. What runs in the lab leaves
# nothing to count.
COVERAGE_TESTS = $(filter tests/unit/% tests/sim/run.sh tests/fuzz/% \
	tests/agent/%,$(TESTS))
#: coverage: what the tests without the lab run: build-coverage/
.PHONY: coverage
coverage:
	command -v gcovr >/dev/null # of the package of that name
	$(MKDIR_P) build-coverage
	cd build-coverage && { test -f Makefile || $(abs_top_srcdir)/configure -q \
		CC='$(CC)' CFLAGS='-O0 -g --coverage'; } && \
		find . -name '*.gcda' -exec rm -f {} + && \
		$(MAKE) $(AM_MAKEFLAGS) -k check TESTS='$(COVERAGE_TESTS)'
	rm -f build-coverage/*conftest.gcno
	gcovr -r $(srcdir) --object-directory build-coverage \
		--filter "`cd $(srcdir) && pwd -P`/(src|agent|cli)/" \
		--fail-under-line 1 \
		--print-summary --html-details build-coverage/index.html
