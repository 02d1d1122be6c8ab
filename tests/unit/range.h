/* SPDX-License-Identifier: BSD-2-Clause */
/* cmocka 2 deprecates assert_in_range for this, which cmocka 1 does not have.
   To be included behind cmocka.h. */
#ifndef BONDCARRIER_TESTS_RANGE_H
#define BONDCARRIER_TESTS_RANGE_H

#ifndef assert_uint_in_range
#define assert_uint_in_range assert_in_range
#endif

#endif
