/* SPDX-License-Identifier: BSD-2-Clause */
/* Assertions about what a text holds. To be included behind cmocka.h. */
#ifndef BONDCARRIER_TESTS_HAS_H
#define BONDCARRIER_TESTS_HAS_H

#include <string.h>

#define assert_has(text, part)                                                 \
	do {                                                                   \
		const char *text_ = (text);                                    \
                                                                               \
		if (!strstr(text_, part))                                      \
			fail_msg("\"%s\" is not in: %s", part, text_);         \
	} while (0)

#define assert_lacks(text, part)                                               \
	do {                                                                   \
		const char *text_ = (text);                                    \
                                                                               \
		if (strstr(text_, part))                                       \
			fail_msg("\"%s\" is in: %s", part, text_);             \
	} while (0)

#endif
