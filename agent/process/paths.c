/* SPDX-License-Identifier: BSD-2-Clause */
/* Makes paths of the command line absolute. */
#include "process/paths.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

static int join(char out[PATH_MAX], const char *prefix, size_t prefix_length,
		const char *path)
{
	char directory[PATH_MAX] = "";
	int length;

	if (*path != '/' && !getcwd(directory, sizeof(directory)))
		return -errno;
	length = snprintf(out, PATH_MAX, "%.*s%s%s%s", (int)prefix_length,
			  prefix, directory, *path == '/' ? "" : "/", path);
	return length < PATH_MAX ? 0 : -ENAMETOOLONG;
}

int paths_absolute(char out[PATH_MAX], const char *path)
{
	return join(out, "", 0, path);
}

int paths_absolute_address(char out[PATH_MAX], const char *address)
{
	static const char *const prefixes[] = { "unix:", "local:" };

	for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++) {
		size_t length = strlen(prefixes[i]);

		if (strncasecmp(address, prefixes[i], length) == 0 &&
		    address[length])
			return join(out, address, length, address + length);
	}
	/* HOST:PORT, or a port */
	if (strchr(address, ':') ||
	    address[strspn(address, "0123456789")] == '\0') {
		size_t length = strlen(address);

		if (length >= PATH_MAX)
			return -ENAMETOOLONG;
		memcpy(out, address, length + 1);
		return 0;
	}
	return paths_absolute(out, address);
}
