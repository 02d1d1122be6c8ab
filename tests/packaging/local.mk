# SPDX-License-Identifier: BSD-2-Clause
# Packages and units, tested in a Debian of their own: see CONTRIBUTING.md.
packaging_scripts = \
	tests/packaging/boot-systemd \
	tests/packaging/build-deb \
	tests/packaging/chroot-life \
	tests/packaging/guest-systemd \
	tests/packaging/platforms
packaging_tests = \
	tests/packaging/test_install.sh \
	tests/packaging/test_quickstart.sh
TESTS += $(packaging_tests)
EXTRA_DIST += $(packaging_tests)
EXTRA_DIST += $(packaging_scripts)

#: check-packages: the Debian packages, in a root of their own: ROOT=DIR
.PHONY: check-packages
check-packages:
	test -d "$(ROOT)/etc/systemd" # ROOT=DIR, of debootstrap
	$(MKDIR_P) packages
	$(SHELL) $(srcdir)/tests/packaging/build-deb packages
	rm -rf packages/root && cp -a "$(ROOT)" packages/root
	$(SHELL) $(srcdir)/tests/packaging/chroot-life packages/root packages
	rm -f packages/*-dbgsym_*
	unshare -m autopkgtest --no-built-binaries packages/*.deb \
		packages/source -- chroot $(abs_builddir)/packages/root
	rm -rf packages/root
	$(SHELL) $(srcdir)/tests/packaging/boot-systemd "$(ROOT)" packages

# The suites on other releases and machines, with a table at the end; an hour
# and a half, as root. ROOT=DIR has the roots, PLATFORMS= selects.
#: check-platforms: all suites on other releases and machines: ROOT=DIR
.PHONY: check-platforms
check-platforms:
	$(SHELL) $(srcdir)/tests/packaging/platforms \
		"$(ROOT)" $(PLATFORMS)
