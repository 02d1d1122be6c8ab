# The files for management stations. Quick, and in `make check`: all of them
# follow the MIB's root, OpenNMS' events and Zabbix' template agree with the
# MIB, snmp_exporter's two formats are equivalent, and traps for Zabbix stay in
# their lines.
TESTS += tests/nms/test_auths.sh tests/nms/test_opennms.sh \
	tests/nms/test_root.sh tests/nms/test_zabbix.sh \
	tests/nms/test_zabbixtrap.sh
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
.PHONY: picture-prometheus
picture-prometheus: all
	$(SHELL) $(srcdir)/tests/nms/picture $(abs_top_builddir) \
		$(srcdir)/doc/pictures/prometheus-flap.png

# Need Zabbix' server and frontend and PostgreSQL, which `make check` does not.
# The second takes doc/pictures/zabbix-*.png again; look at them.
.PHONY: check-zabbix picture-zabbix
check-zabbix: all
	$(SHELL) $(srcdir)/tests/nms/zabbix $(abs_top_builddir) \
		$(abs_top_srcdir)/tests/nms/zabbix.story
picture-zabbix: all
	$(SHELL) $(srcdir)/tests/nms/zabbix-picture $(abs_top_builddir) \
		$(srcdir)/doc/pictures
