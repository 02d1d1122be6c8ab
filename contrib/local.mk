# SPDX-License-Identifier: BSD-2-Clause
# Completion of bondcarrier's command line in bash.
completiondir = $(datadir)/bash-completion/completions
dist_completion_DATA = contrib/completion/bondcarrier

# Filled by what lies in this folder.
EXTRA_DIST += \
	contrib/keepalived/bondcarrierd.conf \
	contrib/keepalived/keepalived.conf \
	contrib/keepalived/keepalived.service.conf \
	contrib/keepalived/tmpfiles.conf

# What goes beside the programs: units, snmpd's snippet, packages.
EXTRA_DIST += \
	contrib/bondcarrierd.conf \
	contrib/rpm/bondcarrier.spec \
	contrib/snmpd/bondcarrier.conf.in \
	contrib/systemd/bondcarrierd.service.in \
	contrib/systemd/bondcarrierd.sysusers \
	contrib/systemd/instance.sed
made_of_contrib = \
	contrib/snmpd/bondcarrier.conf \
	contrib/systemd/bondcarrierd.service \
	contrib/systemd/bondcarrierd@.service
CLEANFILES += $(made_of_contrib)

# Below the prefix, where systemd looks for units of /usr and /usr/local.
systemdunitdir = $(SYSTEMD_UNIT_DIR)
nodist_systemdunit_DATA = \
	contrib/systemd/bondcarrierd.service \
	contrib/systemd/bondcarrierd@.service

# To be copied by who wants them: /etc belongs to the administrator.
snippetdir = $(pkgdatadir)/snmpd.conf.d
nodist_snippet_DATA = contrib/snmpd/bondcarrier.conf
dist_pkgdata_DATA = contrib/bondcarrierd.conf

sysusersdir = $(prefix)/lib/sysusers.d
install-data-hook:
	$(MKDIR_P) "$(DESTDIR)$(sysusersdir)"
	$(INSTALL_DATA) $(srcdir)/contrib/systemd/bondcarrierd.sysusers \
		"$(DESTDIR)$(sysusersdir)/bondcarrierd.conf"
uninstall-hook:
	rm -f "$(DESTDIR)$(sysusersdir)/bondcarrierd.conf"

contrib/snmpd/bondcarrier.conf: contrib/snmpd/bondcarrier.conf.in Makefile
	$(AM_V_GEN)$(MKDIR_P) contrib/snmpd && \
	$(SED) 's/[@]MIB_ROOT[@]/$(MIB_ROOT)/' \
		$(srcdir)/contrib/snmpd/bondcarrier.conf.in >$@.tmp && \
	mv $@.tmp $@

contrib/systemd/bondcarrierd.service: \
		contrib/systemd/bondcarrierd.service.in Makefile
	$(AM_V_GEN)$(MKDIR_P) contrib/systemd && \
	$(SED) 's,[@]sbindir[@],$(sbindir),' \
		$(srcdir)/contrib/systemd/bondcarrierd.service.in >$@.tmp && \
	mv $@.tmp $@

contrib/systemd/bondcarrierd@.service: \
		contrib/systemd/bondcarrierd.service \
		contrib/systemd/instance.sed
	$(AM_V_GEN)$(SED) -f $(srcdir)/contrib/systemd/instance.sed \
		contrib/systemd/bondcarrierd.service >$@.tmp && mv $@.tmp $@
