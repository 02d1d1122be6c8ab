/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What configure decided, for code that includes net-snmp's headers: those and
 * config.h both define PACKAGE_VERSION and the like.
 */
#ifndef BONDCARRIER_AGENT_BUILD_INFO_H
#define BONDCARRIER_AGENT_BUILD_INFO_H

#include <stddef.h>
#include <stdint.h>

#define BUILD_INFO_MIB_ROOT_MAX 64

extern const char build_info_version[];
extern const uint32_t build_info_mib_root[]; /* --with-mib-root */
extern const size_t build_info_mib_root_length;

#endif
