/* SPDX-License-Identifier: BSD-2-Clause */
/* The variables of the trees, and their service by net-snmp's agent. */
#include "mib/mib.h"

#include <net-snmp/net-snmp-config.h>

#include <net-snmp/net-snmp-includes.h>

#include <net-snmp/agent/net-snmp-agent-includes.h>

#include <errno.h>
#include <string.h>

/* A SET takes four calls; this keeps the previous value between them. */
#define UNDO_NAME "bondcarrier-undo"

bool mib_put(netsnmp_variable_list *variable, const struct table_column *column,
	     const struct table_value *value)
{
	if (column->type == ASN_OCTET_STR)
		return snmp_set_var_typed_value(variable, column->type,
						value->octets,
						value->length) == 0;
	return snmp_set_var_typed_integer(variable, column->type,
					  (long)value->number) == 0;
}

/* The part of the name below the tree's base. */
static const oid *suffix_of(const netsnmp_variable_list *variable,
			    const struct mib_tree *tree, size_t *length)
{
	size_t base_length = mib_tree_base_length(tree);

	*length = variable->name_length > base_length
		      ? variable->name_length - base_length
		      : 0;
	return variable->name + base_length;
}

int mib_get(const struct mib_tree *tree, const struct table_row *start,
	    netsnmp_variable_list *variable)
{
	struct table_instance instance;
	struct table_value value;
	enum table_found found;
	const oid *suffix;
	size_t length;

	suffix = suffix_of(variable, tree, &length);
	found = table_find(tree->tables, tree->table_count, suffix, length,
			   start, &instance);
	if (found == TABLE_NO_SUCH_OBJECT)
		return SNMP_NOSUCHOBJECT;
	if (found != TABLE_FOUND ||
	    !instance.column->get(&instance.row, &value))
		return SNMP_NOSUCHINSTANCE;
	return mib_put(variable, instance.column, &value) ? SNMP_ERR_NOERROR
							  : SNMP_ERR_GENERR;
}

int mib_next(const struct mib_tree *tree, const oid *base,
	     const struct table_row *start, netsnmp_variable_list *variable,
	     bool inclusive)
{
	size_t base_length = mib_tree_base_length(tree);
	struct table_instance instance;
	struct table_value value;
	oid name[MIB_NAME_MAX];
	const oid *suffix;
	size_t length;

	suffix = suffix_of(variable, tree, &length);
	/* A name before the base is followed by the first instance. */
	if (snmp_oid_compare(variable->name, variable->name_length, base,
			     base_length) < 0)
		length = 0;
	if (!table_next(tree->tables, tree->table_count, suffix, length,
			inclusive, start, &instance, &value))
		return SNMP_ERR_NOERROR;
	memcpy(name, base, base_length * sizeof(*name));
	length = base_length + table_suffix(&instance, name + base_length);
	if (snmp_set_var_objid(variable, name, length) != 0 ||
	    !mib_put(variable, instance.column, &value))
		return SNMP_ERR_GENERR;
	return SNMP_ERR_NOERROR;
}

/* Moves a GETBULK on to the variable of the next repetition. False: this was
   the last, or the next instance is outside of this tree.
   netsnmp_bulk_to_next_fix_requests() does the same with a call and a lock for
   each repetition. */
static bool repeat(netsnmp_request_info *request)
{
	const netsnmp_variable_list *variable = request->requestvb;
	netsnmp_variable_list *next = variable->next_variable;

	if (request->repeat <= 0 || !next || variable->type == ASN_NULL ||
	    variable->type == ASN_PRIV_RETRY ||
	    snmp_oid_compare(variable->name, variable->name_length,
			     request->range_end, request->range_end_len) >= 0)
		return false;
	request->repeat--;
	snmp_set_var_objid(next, variable->name, variable->name_length);
	next->type = ASN_PRIV_RETRY;
	request->requestvb = next;
	request->inclusive = 0;
	return true;
}

/* In the order of RFC 3416, 4.2.5. */
int mib_check_set(const struct mib_tree *tree, const struct table_row *start,
		  const netsnmp_variable_list *variable,
		  struct table_instance *instance)
{
	const struct table_column *column;
	enum table_found found;
	const oid *suffix;
	int64_t number;
	size_t length;

	suffix = suffix_of(variable, tree, &length);
	found = table_find(tree->tables, tree->table_count, suffix, length,
			   start, instance);
	column = instance->column;
	if (found == TABLE_NO_SUCH_OBJECT || !column || !column->set)
		return SNMP_ERR_NOTWRITABLE;
	if (variable->type != column->type)
		return SNMP_ERR_WRONGTYPE;
	if (variable->val_len != sizeof(long))
		return SNMP_ERR_WRONGLENGTH;
	number = column->type == ASN_INTEGER
		     ? (int64_t)*variable->val.integer
		     : (int64_t)(uint32_t)*variable->val.integer;
	if (number < column->min || number > column->max)
		return SNMP_ERR_WRONGVALUE;
	if (found != TABLE_FOUND)
		return SNMP_ERR_NOCREATION;
	return SNMP_ERR_NOERROR;
}

/* Runs before any variable is applied, since two variables of one SET may name
   the same object. */
static int reserve_set(netsnmp_request_info *request,
		       const struct table_instance *instance)
{
	struct table_value old;
	int64_t *undo;

	if (!instance->column->get(&instance->row, &old))
		return SNMP_ERR_GENERR;
	undo = malloc(sizeof(*undo));
	if (!undo)
		return SNMP_ERR_RESOURCEUNAVAILABLE;
	*undo = old.number;
	netsnmp_request_add_list_data(
	    request, netsnmp_create_data_list(UNDO_NAME, undo, free));
	return SNMP_ERR_NOERROR;
}

static int handle_set(struct shared *shared, netsnmp_request_info *request,
		      const netsnmp_agent_request_info *info,
		      const struct mib_tree *tree,
		      const struct table_row *start)
{
	struct table_instance instance;
	const int64_t *undo;
	int status = mib_check_set(tree, start, request->requestvb, &instance);

	switch (info->mode) {
	case MODE_SET_RESERVE1:
		return status;
	case MODE_SET_RESERVE2:
		return status ? status : reserve_set(request, &instance);
	case MODE_SET_ACTION:
		if (status)
			return SNMP_ERR_COMMITFAILED;
		instance.column->set(shared, *request->requestvb->val.integer);
		break;
	case MODE_SET_UNDO:
		undo = netsnmp_request_get_list_data(request, UNDO_NAME);
		if (undo && !status)
			instance.column->set(shared, *undo);
		break;
	default: /* COMMIT, FREE: nothing to do */
		break;
	}
	return SNMP_ERR_NOERROR;
}

static int handle_get(netsnmp_request_info *request,
		      const netsnmp_agent_request_info *info,
		      const struct mib_tree *tree, const oid *base,
		      const struct table_row *start)
{
	int status;

	if (info->mode == MODE_GET)
		return mib_get(tree, start, request->requestvb);
	do
		status = mib_next(tree, base, start, request->requestvb,
				  request->inclusive != 0);
	while (status == SNMP_ERR_NOERROR && info->mode == MODE_GETBULK &&
	       repeat(request));
	return status;
}

static int handle(netsnmp_mib_handler *handler,
		  netsnmp_handler_registration *registration,
		  netsnmp_agent_request_info *info,
		  netsnmp_request_info *requests)
{
	struct shared *shared = handler->myvoid;
	const struct mib_tree *tree = registration->my_reg_void;
	netsnmp_request_info *request;
	struct table_times times;
	struct table_row start;
	int status;

	shared_lock(shared);
	table_row_init(&start, shared, &times);
	for (request = requests; request; request = request->next) {
		if (request->processed)
			continue;
		if (MODE_IS_SET(info->mode))
			status =
			    handle_set(shared, request, info, tree, &start);
		else
			status = handle_get(request, info, tree,
					    registration->rootoid, &start);
		if (status != SNMP_ERR_NOERROR)
			netsnmp_set_request_error(info, request, status);
	}
	shared_unlock(shared);
	if (info->mode == MODE_SET_ACTION || info->mode == MODE_SET_UNDO)
		shared_signal(shared->control_fd);
	return SNMP_ERR_NOERROR;
}

static int register_tree(const struct mib_tree *tree, struct shared *shared,
			 const char *context)
{
	netsnmp_handler_registration *registration;
	netsnmp_mib_handler *handler;
	oid name[MIB_NAME_MAX];
	size_t length = mib_tree_name(tree, name);

	handler = netsnmp_create_handler(tree->name, handle);
	if (!handler)
		return -ENOMEM;
	handler->myvoid = shared;
	registration = netsnmp_handler_registration_create(
	    tree->name, handler, name, length,
	    HANDLER_CAN_RWRITE | HANDLER_CAN_GETBULK);
	if (!registration) {
		netsnmp_handler_free(handler);
		return -ENOMEM;
	}
	registration->my_reg_void =
	    NETSNMP_REMOVE_CONST(struct mib_tree *, tree);
	if (context) {
		registration->contextName = strdup(context);
		if (!registration->contextName) {
			netsnmp_handler_registration_free(registration);
			return -ENOMEM;
		}
	}
	/* Frees the registration on failure. */
	if (netsnmp_register_handler(registration) != MIB_REGISTERED_OK)
		return -EEXIST;
	return 0;
}

/* Frees the registration. */
static int unregister_tree(const struct mib_tree *tree, const char *context)
{
	oid name[MIB_NAME_MAX];
	size_t length = mib_tree_name(tree, name);

	return unregister_mib_context(name, length, DEFAULT_MIB_PRIORITY, 0, 0,
				      context ? context : "") ==
		       MIB_UNREGISTERED_OK
		   ? 0
		   : -ENOENT;
}

int mib_serve(struct shared *shared, const char *context, unsigned int served,
	      unsigned int wanted)
{
	int err = 0;

	for (size_t i = 0; i < MIB_TREE_COUNT && !err; i++) {
		const struct mib_tree *tree = &mib_tree_list[i];

		if (tree->set & wanted & ~served)
			err = register_tree(tree, shared, context);
		else if (tree->set & served & ~wanted)
			err = unregister_tree(tree, context);
	}
	return err;
}
