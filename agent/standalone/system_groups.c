/* SPDX-License-Identifier: BSD-2-Clause */
/* The groups system, snmp and snmpEngine: their objects, and the way there. */
#include "standalone/system_groups.h"

#include <net-snmp/net-snmp-config.h>

#include <net-snmp/net-snmp-includes.h>

#include <net-snmp/agent/net-snmp-agent-includes.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "standalone/system_values.h"

#define NUMBERS 4

struct object {		   /* an instance of one */
	oid name[NUMBERS]; /* below the group */
	size_t length;
	system_values_getter get;
	unsigned int which; /* for the getter */
};

#define SCALAR(number, getter)                                                 \
	{                                                                      \
		{ (number), 0 }, 2, (getter), (number)                         \
	}
#define CELL(column, row, getter)                                              \
	{                                                                      \
		{ 9, 1, (column), (row) }, 4, (getter), (row)                  \
	}
#define COUNTER(number) SCALAR(number, system_values_statistic)

/* In the order of their names. */
static const struct object system_group[] = {
	SCALAR(1, system_values_text),
	SCALAR(2, system_values_object_id),
	SCALAR(3, system_values_uptime),
	SCALAR(4, system_values_text),
	SCALAR(5, system_values_text),
	SCALAR(6, system_values_text),
	SCALAR(7, system_values_services),
	SCALAR(8, system_values_from_start),
	CELL(2, 1, system_values_or_id),
	CELL(2, 2, system_values_or_id),
	CELL(2, 3, system_values_or_id),
	CELL(3, 1, system_values_or_text),
	CELL(3, 2, system_values_or_text),
	CELL(3, 3, system_values_or_text),
	CELL(4, 1, system_values_from_start),
	CELL(4, 2, system_values_from_start),
	CELL(4, 3, system_values_from_start),
};

/* 7 and 23 are not used. */
static const struct object snmp_group[] = {
	COUNTER(1),  COUNTER(2),
	COUNTER(3),  COUNTER(4),
	COUNTER(5),  COUNTER(6),
	COUNTER(8),  COUNTER(9),
	COUNTER(10), COUNTER(11),
	COUNTER(12), COUNTER(13),
	COUNTER(14), COUNTER(15),
	COUNTER(16), COUNTER(17),
	COUNTER(18), COUNTER(19),
	COUNTER(20), COUNTER(21),
	COUNTER(22), COUNTER(24),
	COUNTER(25), COUNTER(26),
	COUNTER(27), COUNTER(28),
	COUNTER(29), SCALAR(30, system_values_authen_traps),
	COUNTER(31), COUNTER(32),
};

static const struct object engine_group[] = {
	SCALAR(1, system_values_engine_id),
	SCALAR(2, system_values_engine),
	SCALAR(3, system_values_engine),
	SCALAR(4, system_values_engine),
};

static const struct group {
	const char *name;
	oid base[10];
	size_t base_length;
	const struct object *objects;
	size_t count;
} groups[] = {
	{ "system",
	  { 1, 3, 6, 1, 2, 1, 1 },
	  7,
	  system_group,
	  sizeof(system_group) / sizeof(system_group[0]) },
	{ "snmp",
	  { 1, 3, 6, 1, 2, 1, 11 },
	  7,
	  snmp_group,
	  sizeof(snmp_group) / sizeof(snmp_group[0]) },
	{ "snmpEngine",
	  { 1, 3, 6, 1, 6, 3, 10, 2, 1 },
	  9,
	  engine_group,
	  sizeof(engine_group) / sizeof(engine_group[0]) },
};

/* The first object whose name is not before the variable's, or, if `after`,
   is behind it; NULL. */
static const struct object *find(const struct group *group,
				 const netsnmp_variable_list *variable,
				 bool after)
{
	size_t length = variable->name_length;
	const oid *below = variable->name + group->base_length;

	if (snmp_oid_compare(variable->name, length, group->base,
			     group->base_length) < 0)
		return &group->objects[0];
	length -= group->base_length;
	for (size_t i = 0; i < group->count; i++) {
		const struct object *object = &group->objects[i];
		int order = snmp_oid_compare(object->name, object->length,
					     below, length);

		if (order > 0 || (order == 0 && !after))
			return object;
	}
	return NULL;
}

static bool is_named(const struct group *group, const struct object *object,
		     const netsnmp_variable_list *variable)
{
	return object &&
	       variable->name_length == group->base_length + object->length &&
	       memcmp(variable->name + group->base_length, object->name,
		      object->length * sizeof(oid)) == 0;
}

/* Is there an object of that number, though no such instance? */
static bool has_object(const struct group *group,
		       const netsnmp_variable_list *variable)
{
	for (size_t i = 0; i < group->count; i++) {
		const struct object *object = &group->objects[i];
		size_t length = object->length - 1;

		if (variable->name_length >= group->base_length + length &&
		    memcmp(variable->name + group->base_length, object->name,
			   length * sizeof(oid)) == 0)
			return true;
	}
	return false;
}

static void handle_one(const struct group *group, netsnmp_request_info *request,
		       netsnmp_agent_request_info *info)
{
	netsnmp_variable_list *variable = request->requestvb;
	bool next = info->mode == MODE_GETNEXT;
	const struct object *object =
	    find(group, variable, next && !request->inclusive);
	oid name[10 + NUMBERS];

	if (next) {
		if (!object) /* net-snmp goes on behind the group */
			return;
		memcpy(name, group->base, group->base_length * sizeof(oid));
		memcpy(name + group->base_length, object->name,
		       object->length * sizeof(oid));
		snmp_set_var_objid(variable, name,
				   group->base_length + object->length);
	} else if (!is_named(group, object, variable)) {
		netsnmp_set_request_error(info, request,
					  has_object(group, variable)
					      ? SNMP_NOSUCHINSTANCE
					      : SNMP_NOSUCHOBJECT);
		return;
	}
	if (!object->get(variable, object->which))
		netsnmp_set_request_error(info, request, SNMP_ERR_GENERR);
}

static int handle(netsnmp_mib_handler *handler,
		  netsnmp_handler_registration *registration,
		  netsnmp_agent_request_info *info,
		  netsnmp_request_info *requests)
{
	const struct group *group = handler->myvoid;
	netsnmp_request_info *request;

	(void)registration;
	for (request = requests; request; request = request->next)
		if (!request->processed)
			handle_one(group, request, info);
	return SNMP_ERR_NOERROR;
}

static int register_group(const struct group *group, const char *context)
{
	netsnmp_handler_registration *registration;
	netsnmp_mib_handler *handler =
	    netsnmp_create_handler(group->name, handle);

	if (!handler)
		return -ENOMEM;
	handler->myvoid = NETSNMP_REMOVE_CONST(struct group *, group);
	registration = netsnmp_handler_registration_create(
	    group->name, handler, group->base, group->base_length,
	    HANDLER_CAN_RONLY);
	if (!registration) {
		netsnmp_handler_free(handler);
		return -ENOMEM;
	}
	if (context)
		registration->contextName = strdup(context);
	/* Frees the registration when it fails. */
	return netsnmp_register_handler(registration) == MIB_REGISTERED_OK
		   ? 0
		   : -EEXIST;
}

int system_groups_register(const char *context)
{
	int err = 0;

	for (size_t i = 0; i < sizeof(groups) / sizeof(groups[0]); i++) {
		if (!err)
			err = register_group(&groups[i], NULL);
		if (!err && context && *context)
			err = register_group(&groups[i], context);
	}
	return err;
}
