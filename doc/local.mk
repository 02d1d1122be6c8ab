# SPDX-License-Identifier: BSD-2-Clause
# Manual pages, and documents for people.
dist_man_MANS += doc/bondcarrier.8
dist_man_MANS += doc/bondcarrierd.8 doc/bondcarrierd.conf.5
dist_doc_DATA = \
	NEWS \
	README \
	doc/DESIGN.md \
	doc/GLOSSARY.md \
	doc/PERFORMANCE.md \
	doc/agentx.md \
	doc/discrepancies.md \
	doc/json.md \
	doc/keepalived.md \
	doc/monitoring.md
picturesdir = $(docdir)/pictures
dist_pictures_DATA = \
	doc/pictures/prometheus-flap.png \
	doc/pictures/zabbix-dashboard.png \
	doc/pictures/zabbix-problems.png
