/* SPDX-License-Identifier: BSD-2-Clause */
/* The variables of notifications, by the names of the MIB's columns. */
#include "mib/notify_variables.h"

#include <net-snmp/net-snmp-config.h>

#include <net-snmp/net-snmp-includes.h>

#include "mib/columns.h"
#include "mib/if_mib.h"
#include "mib/mib.h"
#include "mib/value.h"

/* In every notification, in this order. */
static const char *const common[] = {
	"bondEventLastIndex",  "bondName",	    "bondAdminStatus",
	"bondOperStatus",      "bondRunning",	    "bondEffectiveCarrier",
	"bondEffectiveReason", "bondDiscrepancies",
};

static const char *const about_discrepancy[] = { "bondEventKind",
						 "bondEventSlaveName",
						 "bondEventText", NULL };
static const char *const about_carrier[] = { "bondEventText", NULL };
static const char *const about_active_slave[] = { "bondActiveSlave",
						  "bondEventSlaveName",
						  "bondEventText", NULL };

/* By event type. */
static const struct {
	unsigned int number; /* below bondCarrierNotifications */
	const char *const *own;
} notifications[] = {
	[EVENT_DISCREPANCY_RAISED] = { 1, about_discrepancy },
	[EVENT_DISCREPANCY_CLEARED] = { 2, about_discrepancy },
	[EVENT_EFFECTIVE_DOWN] = { 3, about_carrier },
	[EVENT_EFFECTIVE_UP] = { 4, about_carrier },
	[EVENT_ACTIVE_SLAVE_CHANGED] = { 5, about_active_slave },
};

static const oid sysuptime[] = { 1, 3, 6, 1, 2, 1, 1, 3, 0 };
static const oid snmptrap[] = { 1, 3, 6, 1, 6, 3, 1, 1, 4, 1, 0 };

/* The row's index in that table. */
static void set_index(struct table_instance *instance)
{
	const struct table *table = instance->table;

	if (table == &columns_bond)
		instance->index[0] = instance->row.bond->link.ifindex;
	else if (table == &columns_event)
		instance->index[0] = instance->row.entry->index;
	else
		instance->index[0] = 0;
}

static bool add_column(netsnmp_variable_list **list, const char *name,
		       const struct table_row *row)
{
	struct table_instance instance = { .row = *row };
	netsnmp_variable_list *variable;
	struct table_value value;
	oid full[MIB_NAME_MAX];
	size_t length = mib_tree_oid(full, MIB_OBJECTS);

	instance.column = mib_tree_column(name, &instance.table);
	if (!instance.column || !instance.column->get(row, &value))
		return true; /* no such instance: omitted */
	set_index(&instance);
	length += table_suffix(&instance, full + length);
	variable =
	    snmp_varlist_add_variable(list, full, length, ASN_NULL, NULL, 0);
	return variable && mib_put(variable, instance.column, &value);
}

/* sysUpTime and snmpTrapOID; `name` is the notification's. */
static bool add_head(netsnmp_variable_list **list, const struct table_row *row,
		     const oid *name, size_t length)
{
	struct table_value stamp;
	netsnmp_variable_list *variable;

	value_stamp(&stamp, row, row->entry->event.at_ms);
	variable = snmp_varlist_add_variable(
	    list, sysuptime, OID_LENGTH(sysuptime), ASN_NULL, NULL, 0);
	return variable &&
	       snmp_set_var_typed_integer(variable, ASN_TIMETICKS,
					  (long)stamp.number) == 0 &&
	       snmp_varlist_add_variable(list, snmptrap, OID_LENGTH(snmptrap),
					 ASN_OBJECT_ID, name,
					 length * sizeof(*name));
}

/* linkUp and linkDown, RFC 2863 */
static bool add_if_link(netsnmp_variable_list **list,
			const struct table_row *row)
{
	const struct link_state *link = &row->bond->link;
	bool up = row->entry->event.type == EVENT_EFFECTIVE_UP;
	const oid name[] = { 1, 3, 6, 1, 6, 3, 1, 1, 5, up ? 4 : 3 };
	const struct {
		oid column;
		long value;
	} objects[] = {
		{ IF_MIB_INDEX, link->ifindex },
		{ IF_MIB_ADMIN_STATUS,
		  link->flags & LINK_FLAG_UP ? IF_MIB_UP : IF_MIB_DOWN },
		{ IF_MIB_OPER_STATUS, up ? IF_MIB_UP : IF_MIB_DOWN },
	};
	bool good = add_head(list, row, name, OID_LENGTH(name));

	for (size_t i = 0; good && i < sizeof(objects) / sizeof(objects[0]);
	     i++) {
		const oid object[] = { IF_MIB_ENTRY, objects[i].column,
				       (oid)link->ifindex };
		netsnmp_variable_list *variable = snmp_varlist_add_variable(
		    list, object, OID_LENGTH(object), ASN_NULL, NULL, 0);

		good = variable &&
		       snmp_set_var_typed_integer(variable, ASN_INTEGER,
						  objects[i].value) == 0;
	}
	return good;
}

/* A notification of BOND-CARRIER-MIB. */
static bool add_own(netsnmp_variable_list **list, const struct table_row *row)
{
	enum event_type type = row->entry->event.type;
	const char *const *own = notifications[type].own;
	oid name[MIB_NAME_MAX];
	size_t length = mib_tree_oid(name, MIB_NOTIFICATIONS);
	bool good;

	name[length++] = notifications[type].number;
	good = add_head(list, row, name, length);
	for (size_t i = 0; good && i < sizeof(common) / sizeof(common[0]); i++)
		good = add_column(list, common[i], row);
	for (; good && *own; own++)
		good = add_column(list, *own, row);
	return good;
}

netsnmp_variable_list *notify_variables(const struct outbox_item *item,
					struct shared *shared)
{
	netsnmp_variable_list *list = NULL;
	struct event_log_entry entry = { .index = item->index,
					 .event = item->event,
					 .wall_ms = item->wall_ms };
	struct bond bond = item->bond;
	struct table_times times;
	struct table_row row;
	bool good;

	if ((size_t)item->event.type >=
		sizeof(notifications) / sizeof(notifications[0]) ||
	    !notifications[item->event.type].own)
		return NULL;
	/* All objects are mandatory: report the last known state, even of a
	   link that is distrusted at the moment. */
	bond.link.distrusted = false;
	bond.link.has_operstate = true;
	table_row_init(&row, shared, &times);
	table_row_set_bond(&row, &bond);
	row.raised = item->raised;
	row.entry = &entry;

	good = item->forms == OUTBOX_IF_LINK ? add_if_link(&list, &row)
					     : add_own(&list, &row);
	if (good)
		return list;
	snmp_free_varbind(list);
	return NULL;
}
