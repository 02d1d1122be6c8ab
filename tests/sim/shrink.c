/* SPDX-License-Identifier: BSD-2-Clause */
/* ddmin. */
#include "shrink.h"

#include <string.h>

struct search {
	struct run_result *best;
	int left; /* runs */
};

/* Takes the candidate over if it fails in the same way. */
static bool try(struct search *search, const struct script *candidate)
{
	struct run_options options = { .script = candidate };
	struct run_result result;

	if (search->left-- <= 0)
		return false;
	run(&options, &result);
	if (result.failed != search->best->failed ||
	    strcmp(result.tag, search->best->tag) != 0) {
		script_fini(&result.script);
		return false;
	}
	script_fini(&search->best->script);
	*search->best = result;
	return true;
}

/* Without the lines from `from` on, `count` of them. */
static bool try_without(struct search *search, size_t from, size_t count)
{
	const struct script *script = &search->best->script;
	struct script candidate;
	bool taken;

	script_init(&candidate, script->seed);
	for (size_t i = 0; i < script->count; i++)
		if (i < from || i >= from + count)
			script_add(&candidate, &script->actions[i]);
	taken = try(search, &candidate);
	script_fini(&candidate);
	return taken;
}

static void drop_lines(struct search *search)
{
	size_t size = search->best->script.count / 2;

	while (size > 0 && search->left > 0) {
		bool any = false;

		/* From the end: what comes late depends on what came early. */
		for (size_t to = search->best->script.count;
		     to > 0 && search->left > 0;) {
			size_t from = to > size ? to - size : 0;

			any |= try_without(search, from, to - from);
			to = from < search->best->script.count
				 ? from
				 : search->best->script.count;
		}
		if (!any || size > 1)
			size /= 2;
	}
}

/* At its time, and not inside an answer; in whole seconds. */
static void simplify(struct search *search)
{
	for (size_t i = 0; i < search->best->script.count && search->left > 0;
	     i++) {
		struct script candidate;

		if (!search->best->script.actions[i].inside)
			continue;
		script_copy(&candidate, &search->best->script);
		candidate.actions[i].inside = 0;
		(void)try(search, &candidate);
		script_fini(&candidate);
	}
}

void shrink(struct run_result *result, int runs)
{
	struct search search = { .best = result, .left = runs };

	drop_lines(&search);
	simplify(&search);
}
