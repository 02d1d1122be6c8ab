# SPDX-License-Identifier: BSD-2-Clause
# The MIB, with its root set by --with-mib-root.
mibdir = $(datadir)/snmp/mibs
nodist_mib_DATA = mibs/BOND-CARRIER-MIB
EXTRA_DIST += mibs/BOND-CARRIER-MIB.in mibs/imports mibs/set-root
CLEANFILES += mibs/BOND-CARRIER-MIB

# Makefile is a prerequisite because configure rewrites it when the root changes.
mibs/BOND-CARRIER-MIB: mibs/BOND-CARRIER-MIB.in mibs/set-root Makefile
	$(AM_V_GEN)$(MKDIR_P) mibs && \
	$(SHELL) $(srcdir)/mibs/set-root $(MIB_ROOT) \
		<$(srcdir)/mibs/BOND-CARRIER-MIB.in >$@.tmp && mv $@.tmp $@

clean-local: clean-mib-imports
clean-mib-imports:
	rm -rf mibs/imported
.PHONY: clean-mib-imports
