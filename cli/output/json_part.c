/* SPDX-License-Identifier: BSD-2-Clause */
/* Building blocks of the JSON. */
#include "output/json_part.h"

#include <stdio.h>

#include "base/printable.h"
#include "bond/bond_set.h"
#include "explain/explain.h"

void json_part_set(int *err, json_t *object, const char *member, json_t *value)
{
	if (json_object_set_new(object, member, value))
		*err = -1;
}

void json_part_append(int *err, json_t *array, json_t *value)
{
	if (json_array_append_new(array, value))
		*err = -1;
}

json_t *json_part_finish(int err, json_t *object)
{
	if (!err)
		return object;
	json_decref(object);
	return NULL;
}

json_t *json_part_name(const char *ifname)
{
	char name[PRINTABLE_NAME_SIZE];

	return json_string(printable_name(ifname, name, sizeof(name)));
}

json_t *json_part_mac(const uint8_t *bytes, size_t length)
{
	char text[3 * 32 + 1] = "";

	for (size_t i = 0; i < length && i < 32; i++)
		snprintf(text + 3 * i, 4, "%02x:", bytes[i]);
	if (length > 0)
		text[3 * (length < 32 ? length : 32) - 1] = '\0';
	return json_string(text);
}

json_t *json_part_reference(const struct bond *bond, int ifindex,
			    const char *last_name)
{
	const struct slave *slave = bond_slave(bond, ifindex);
	const char *name = slave ? slave->link.name : last_name;
	json_t *object = json_pack("{s:i}", "ifindex", ifindex);
	int err = 0;

	if (name && name[0])
		json_part_set(&err, object, "name", json_part_name(name));
	return json_part_finish(err, object);
}

void json_part_link(int *err, json_t *object, const struct link_state *link)
{
	if (link->distrusted) {
		json_part_set(err, object, "malformed", json_true());
		return;
	}
	json_part_set(err, object, "adminUp",
		      json_boolean(link_admin_up(link)));
	json_part_set(err, object, "running", json_boolean(link_running(link)));
	json_part_set(err, object, "lowerUp",
		      json_boolean(link_lower_up(link)));
	if (link->has_operstate)
		json_part_set(err, object, "operstate",
			      json_string(explain_operstate(link->operstate)));
}
