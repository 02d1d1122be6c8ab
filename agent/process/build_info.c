/* SPDX-License-Identifier: BSD-2-Clause */
/* What was decided when this was built. */
#include "config.h"

#include "process/build_info.h"

const char build_info_version[] = PACKAGE_VERSION;
const uint32_t build_info_mib_root[] = { BOND_MIB_ROOT };
const size_t build_info_mib_root_length =
    sizeof(build_info_mib_root) / sizeof(build_info_mib_root[0]);

_Static_assert(sizeof(build_info_mib_root) / sizeof(build_info_mib_root[0]) <=
		   BUILD_INFO_MIB_ROOT_MAX,
	       "--with-mib-root is too long");
