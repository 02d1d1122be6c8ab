# SPDX-License-Identifier: BSD-2-Clause
# From bondcarrierd.service to bondcarrierd@.service: one for each network
# namespace, which is the SNMP context too. A configuration of its own, which
# may be empty, has to be there: two daemons with the same trackDirectory
# would overwrite each other's files.
s/^Description=.*/& of network namespace %i/
s,^\(Exec.*\) \$OPTIONS,\1 -C @sysconfdir@/snmp/bondcarrierd-%i.conf -n %i $OPTIONS,
s/edit bondcarrierd$/edit bondcarrierd@NAMESPACE/
s,^StateDirectory=.*,&/netns/%i,
s,^RuntimeDirectory=.*,RuntimeDirectory=bondcarrier-%i bondcarrier-%i/track,
/^PrivateUsers=/d
/^\[Install\]/i\
# The namespace is that of "ip netns add %i"; it has to be there.\
NetworkNamespacePath=/run/netns/%i\

