# The files for management stations. Quick, and in `make check`: all of them
# follow the MIB's root, OpenNMS' events and Zabbix' template agree with the
# MIB, snmp_exporter's two formats are equivalent, and traps for Zabbix stay in
# their lines.
TESTS += tests/nms/test_auths.sh tests/nms/test_opennms.sh \
	tests/nms/test_root.sh tests/nms/test_zabbix.sh \
	tests/nms/test_zabbixtrap.sh
tests/nms/test_auths.log: $(split_auths)
tests/nms/test_opennms.log: contrib/opennms/bondcarrier.events.xml \
	mibs/BOND-CARRIER-MIB
tests/nms/test_root.log: $(of_the_root) $(split_auths) \
	contrib/snmpd/bondcarrier.conf mibs/BOND-CARRIER-MIB
tests/nms/test_zabbix.log: contrib/zabbix/bondcarrier.yaml mibs/BOND-CARRIER-MIB
tests/nms/test_zabbixtrap.log: contrib/zabbix/zabbixtrap
nms_stories = \
	tests/nms/nagios.story \
	tests/nms/prometheus.story \
	tests/nms/traps.story
EXTRA_DIST += \
	tests/nms/files \
	tests/nms/flap.story \
	tests/nms/picture \
	tests/nms/rules-test.yml \
	tests/nms/test_auths.py \
	tests/nms/test_auths.sh \
	tests/nms/test_opennms.py \
	tests/nms/test_opennms.sh \
	tests/nms/test_root.sh \
	tests/nms/test_zabbix.py \
	tests/nms/test_zabbix.sh \
	tests/nms/test_zabbixtrap.sh \
	tests/nms/zabbix \
	tests/nms/zabbix-flap.story \
	tests/nms/zabbix-lab.sh \
	tests/nms/zabbix-picture \
	tests/nms/zabbix.sh \
	tests/nms/zabbix.story \
	tests/nms/zabbix_api.py \
	tests/nms/zabbix_scripts.py \
	$(nms_stories)

# With the real programs (see CONTRIBUTING.md); some minutes.
#: check-nms: contrib/ in Prometheus, snmptt, Nagios, Icinga; ten minutes
#: check-prometheus: of these, Prometheus alone
.PHONY: check-nms check-prometheus
check-nms: all
	$(SHELL) $(srcdir)/tests/nms/files $(abs_top_builddir)
	for story in prometheus traps nagios; do \
		STORY_MEMORY=768M abs_top_builddir=$(abs_top_builddir) \
			$(SHELL) $(srcdir)/tests/lab/run-story \
			$(abs_top_srcdir)/tests/nms/$$story.story || exit 1; \
	done
check-prometheus: all
	$(SHELL) $(srcdir)/tests/nms/files $(abs_top_builddir) prometheus
	STORY_MEMORY=768M abs_top_builddir=$(abs_top_builddir) \
		$(SHELL) $(srcdir)/tests/lab/run-story \
		$(abs_top_srcdir)/tests/nms/prometheus.story

# Takes doc/pictures' graph of Prometheus again; five minutes. Look at it.
#: picture-prometheus: take the picture in doc/pictures again
.PHONY: picture-prometheus
picture-prometheus: all
	$(SHELL) $(srcdir)/tests/nms/picture $(abs_top_builddir) \
		$(srcdir)/doc/pictures/prometheus-flap.png

# Need Zabbix' server and frontend and PostgreSQL, which `make check` does not.
# The second takes doc/pictures/zabbix-*.png again; look at them.
#: check-zabbix: the template in a real Zabbix; ten minutes
#: picture-zabbix: take Zabbix' pictures in doc/pictures again
.PHONY: check-zabbix picture-zabbix
check-zabbix: all
	$(SHELL) $(srcdir)/tests/nms/zabbix $(abs_top_builddir) \
		$(abs_top_srcdir)/tests/nms/zabbix.story
picture-zabbix: all
	$(SHELL) $(srcdir)/tests/nms/zabbix-picture $(abs_top_builddir) \
		$(srcdir)/doc/pictures
