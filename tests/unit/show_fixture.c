/* SPDX-License-Identifier: BSD-2-Clause */
/* What the tests of `bondcarrier show` begin with. */
#include <linux/if_bonding.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "decision/judge.h"
#include "show_fixture.h"

void make(struct fixture *f, unsigned int mode, enum carrier_monitor monitor)
{
	memset(f, 0, sizeof(*f));
	bond_set_init(&f->set);
	f->set.status = BOND_SET_SYNCHRONISED;
	f->bond = sample_bond(&f->set, 3, mode, monitor);
	strcpy(f->bond->link.name, "bond0");
}

void rename_slave(struct fixture *f, size_t place, const char *name)
{
	char *to = f->bond->slaves[place].link.name;

	assert_true(strlen(name) < LINK_NAME_SIZE);
	strcpy(to, name);
}

void render_at(struct fixture *f, bool colour, const char *captured_at)
{
	const struct event_sink nobody = { .emit = NULL };
	struct judge_policy policy;
	FILE *out;

	judge_policy_defaults(&policy);
	assert_int_equal(judge_run(&f->set, &policy, &nobody, 1000), 0);
	out = open_memstream(&f->text, &f->size);
	assert_non_null(out);
	show_bond(out, f->bond, colour, captured_at);
	fclose(out);
	f->json = json_bond(f->bond);
	assert_non_null(f->json);
}

void render(struct fixture *f, bool colour)
{
	render_at(f, colour, NULL);
}

void unmake(struct fixture *f)
{
	free(f->text);
	json_decref(f->json);
	bond_set_fini(&f->set);
}

const char *string_at(const json_t *object, const char *path)
{
	char member[64];
	const char *dot;

	while ((dot = strchr(path, '.')) != NULL) {
		snprintf(member, sizeof(member), "%.*s", (int)(dot - path),
			 path);
		object = json_object_get(object, member);
		path = dot + 1;
	}
	object = json_object_get(object, path);
	return json_is_string(object) ? json_string_value(object) : "-";
}

json_t *element(const json_t *object, const char *member, size_t place)
{
	return json_array_get(json_object_get(object, member), place);
}

size_t count_of(const json_t *object, const char *member)
{
	const json_t *array = json_object_get(object, member);

	assert_true(json_is_array(array));
	return json_array_size(array);
}

bool holds(const json_t *object, const char *member)
{
	return json_object_get(object, member) != NULL;
}

void false_up(struct fixture *f)
{
	make(f, BOND_MODE_ACTIVEBACKUP, CARRIER_MONITOR_NONE);
	sample_slaves(f->bond, "0U* 0U", 0);
	rename_slave(f, 0, "eth0");
	rename_slave(f, 1, "eth1");
	sample_report(f->bond, true, true);
}
