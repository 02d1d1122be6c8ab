# The core library: no net-snmp in it, so that the unit tests link without.
noinst_LIBRARIES += src/libbondcarrier.a
src_libbondcarrier_a_SOURCES = \
	src/bond.h \
	src/bond_set.h \
	src/carrier.h \
	src/discrepancy.h \
	src/event.h \
	src/event_log.h \
	src/explain.h \
	src/judge.h \
	src/linkmsg.h \
	src/linksock.h \
	src/monitor.h \
	src/outbox.h \
	src/tracker.h \
	src/uapi.h
