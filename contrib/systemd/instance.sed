# SPDX-License-Identifier: BSD-2-Clause
# Turns bondcarrierd.service into bondcarrierd@.service: one instance for each
# network namespace, whose name is also the SNMP context. Each needs its own
# configuration, which may be empty: two daemons with the same trackDirectory
# would overwrite each other's files.
s/^Description=.*/& of network namespace %i/
s,^\(Exec.*\) \$OPTIONS,\1 -C @sysconfdir@/snmp/bondcarrierd-%i.conf -n %i $OPTIONS,
s/edit bondcarrierd$/edit bondcarrierd@NAMESPACE/
s,^StateDirectory=.*,&/netns/%i,
s,^RuntimeDirectory=.*,RuntimeDirectory=bondcarrier-%i bondcarrier-%i/track,
/^PrivateUsers=/d
/^\[Install\]/i\
# The namespace of "ip netns add %i", which has to exist.\
NetworkNamespacePath=/run/netns/%i\

