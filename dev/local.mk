# SPDX-License-Identifier: BSD-2-Clause
# What developers run. A line "#: target: words" is what `make help` says of a
# target; it stands above the target's rule, in whichever file that is.
EXTRA_DIST += dev/find-test dev/help

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
		check_PROGRAMS= check_LIBRARIES= check_SCRIPTS= check_DATA=
