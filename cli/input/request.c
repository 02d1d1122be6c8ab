/* SPDX-License-Identifier: BSD-2-Clause */
/* The options of show and watch. */
#include "input/request.h"

#include "input/options.h"
#include "input/usage.h"

int request_read(struct request *request, int argc, char **argv,
		 const char *usage, const char *help)
{
	enum { OPTION_JSON = 256, OPTION_FROM, OPTION_STRICT };
	static const struct option longs[] = {
		{ "json", no_argument, NULL, OPTION_JSON },
		{ "from", required_argument, NULL, OPTION_FROM },
		{ "strict-lacp", no_argument, NULL, OPTION_STRICT },
		{ "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'V' },
		{ NULL, 0, NULL, 0 },
	};
	struct options options;
	int option;

	*request = (struct request){ .json = false };
	options_init(&options, argc, argv, ":hV", longs);
	while ((option = options_next(&options)) != -1) {
		switch (option) {
		case OPTION_JSON:
			request->json = true;
			break;
		case OPTION_FROM:
			request->from = options.argument;
			break;
		case OPTION_STRICT:
			request->strict_lacp = true;
			break;
		case 'h':
			return help ? usage_help(usage, help)
				    : usage_overview();
		case 'V':
			return usage_version();
		default:
			return usage_misused(options.why, usage);
		}
	}
	options_rest(&options, &request->names);
	return REQUEST_GO_ON;
}
