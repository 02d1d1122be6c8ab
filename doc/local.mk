# SPDX-License-Identifier: BSD-2-Clause
# Manual pages, and documents for people.
dist_man_MANS += doc/bondcarrier.8
EXTRA_DIST += doc/DESIGN.md doc/GLOSSARY.md doc/agentx.md \
	doc/discrepancies.md doc/json.md \
	doc/PERFORMANCE.md \
	doc/keepalived.md doc/monitoring.md \
	doc/pictures/prometheus-flap.png \
	doc/pictures/zabbix-dashboard.png \
	doc/pictures/zabbix-problems.png
dist_man_MANS += doc/bondcarrierd.8 doc/bondcarrierd.conf.5
