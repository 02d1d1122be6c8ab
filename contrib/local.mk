# SPDX-License-Identifier: BSD-2-Clause
# bash completion for bondcarrier.
completiondir = $(datadir)/bash-completion/completions
dist_completion_DATA = contrib/completion/bondcarrier

# Examples for keepalived.
EXTRA_DIST += \
	contrib/keepalived/bondcarrierd.conf \
	contrib/keepalived/keepalived.conf \
	contrib/keepalived/keepalived.service.conf \
	contrib/keepalived/tmpfiles.conf

# Installed with the programs: units, snmpd's snippet, packages.
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

# Below the prefix; systemd looks in /usr and /usr/local.
systemdunitdir = $(SYSTEMD_UNIT_DIR)
nodist_systemdunit_DATA = \
	contrib/systemd/bondcarrierd.service \
	contrib/systemd/bondcarrierd@.service

# For the administrator to copy: /etc is not ours.
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
		contrib/systemd/bondcarrierd.service | \
	$(SED) 's,[@]sysconfdir[@],$(sysconfdir),' >$@.tmp && mv $@.tmp $@

# Files for other programs. OIDs come from the one root: FILE.in is FILE with
# @MIB_ROOT@ in it. `make templates` generates three of them from the MIB, two of
# these with other projects' programs; newer versions of one use another format.
# In OpenNMS' events it writes the list of kinds.
of_the_root = \
	contrib/nagios/bondcarrier.cfg \
	contrib/nagios/bondcarrier.icinga2.conf \
	contrib/opennms/bondcarrier.events.xml \
	contrib/prometheus/snmp.yml \
	contrib/snmptrapd/bondtrap \
	contrib/snmptrapd/snmptrapd.conf \
	contrib/snmptt/snmptt.conf \
	contrib/zabbix/bondcarrier.yaml \
	contrib/zabbix/zabbixtrap
split_auths = \
	contrib/prometheus/generator.auths.yml \
	contrib/prometheus/snmp.auths.yml
EXTRA_DIST += $(of_the_root:=.in) contrib/prometheus/split-auths \
	contrib/templates \
	contrib/zabbix/make-template \
	contrib/zabbix/template.py
CLEANFILES += $(of_the_root) $(split_auths)

nagiosdir = $(pkgdatadir)/nagios
nodist_nagios_DATA = \
	contrib/nagios/bondcarrier.cfg \
	contrib/nagios/bondcarrier.icinga2.conf
opennmsdir = $(pkgdatadir)/opennms
nodist_opennms_DATA = contrib/opennms/bondcarrier.events.xml
prometheusdir = $(pkgdatadir)/prometheus
dist_prometheus_DATA = \
	contrib/prometheus/bondcarrier.rules.yml \
	contrib/prometheus/generator.yml \
	contrib/prometheus/prometheus.yml
nodist_prometheus_DATA = contrib/prometheus/snmp.yml $(split_auths)
snmptrapddir = $(pkgdatadir)/snmptrapd
nodist_snmptrapd_DATA = contrib/snmptrapd/snmptrapd.conf
nodist_snmptrapd_SCRIPTS = contrib/snmptrapd/bondtrap
snmpttdir = $(pkgdatadir)/snmptt
nodist_snmptt_DATA = contrib/snmptt/snmptt.conf
zabbixdir = $(pkgdatadir)/zabbix
nodist_zabbix_DATA = contrib/zabbix/bondcarrier.yaml
nodist_zabbix_SCRIPTS = contrib/zabbix/zabbixtrap

$(of_the_root): %: %.in Makefile
	$(AM_V_GEN)$(MKDIR_P) $(@D) && \
	$(SED) -e 's/[@]MIB_ROOT[@]/$(MIB_ROOT)/g' \
		-e 's,[@]sbindir[@],$(sbindir),g' \
		-e 's,[@]pkgdatadir[@],$(pkgdatadir),g' $< >$@.tmp && \
	case $@ in */*trap) chmod +x $@.tmp ;; esac && mv $@.tmp $@

contrib/prometheus/generator.auths.yml: contrib/prometheus/generator.yml \
		contrib/prometheus/split-auths
	$(AM_V_GEN)$(MKDIR_P) $(@D) && \
	$(SHELL) $(srcdir)/contrib/prometheus/split-auths generator \
		<$(srcdir)/contrib/prometheus/generator.yml >$@.tmp && \
	mv $@.tmp $@
contrib/prometheus/snmp.auths.yml: contrib/prometheus/snmp.yml \
		contrib/prometheus/split-auths
	$(AM_V_GEN)$(SHELL) $(srcdir)/contrib/prometheus/split-auths exporter \
		<contrib/prometheus/snmp.yml >$@.tmp && mv $@.tmp $@

# Run this after a change of the MIB, doc/discrepancies.md, generator.yml or
# zabbix/template.py. Needs snmptt, snmp, prometheus-snmp-exporter and python3.
#: templates: remake the parts of contrib/ that come from the MIB
.PHONY: templates
templates: mibs/BOND-CARRIER-MIB
	$(SHELL) $(srcdir)/dev/list-kinds $(srcdir) $(srcdir)
	$(SHELL) $(srcdir)/contrib/templates . $(srcdir)/contrib
