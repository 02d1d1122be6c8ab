/* SPDX-License-Identifier: BSD-2-Clause */
/* One slave as JSON. */
#include "output/json_slave.h"

#include <linux/if_bonding.h>
#include <linux/if_link.h>

#include "bond/uapi.h"
#include "decision/carrier.h"
#include "explain/explain.h"
#include "output/json_part.h"

static json_t *lacp_state(unsigned int bits)
{
	/* IEEE 802.1AX Actor_State and Partner_State, from the lowest bit; in
	   the words of IEEE8023-LAG-MIB. */
	static const char *const names[] = {
		"lacpActivity",	   "lacpTimeout", "aggregation",
		"synchronization", "collecting",  "distributing",
		"defaulted",	   "expired",
	};
	json_t *array = json_array();
	int err = 0;

	for (unsigned int bit = 0; bit < 8; bit++) {
		if (bits & (1U << bit))
			json_part_append(&err, array, json_string(names[bit]));
	}
	return json_part_finish(err, array);
}

/* In the words of /proc/net/bonding; NULL: one that is not known here. */
static const char *churn_state(unsigned int churn)
{
	static const char *const names[] = {
		[UAPI_CHURN_MONITORED] = "monitoring",
		[UAPI_CHURN_CHURNED] = "churned",
		[UAPI_CHURN_NONE] = "none",
	};

	return churn < sizeof(names) / sizeof(names[0]) ? names[churn] : NULL;
}

static void set_churn(int *err, json_t *object, const char *key,
		      unsigned int churn)
{
	if (churn_state(churn))
		json_part_set(err, object, key,
			      json_string(churn_state(churn)));
}

/* The kinds found for one slave. */
static json_t *slave_kinds(const struct bond *bond, const struct slave *slave)
{
	const struct discrepancy_state *state = &bond->discrepancies;
	json_t *array = json_array();
	int err = 0;

	for (size_t i = 0; i < state->count; i++) {
		if (state->items[i].slave == slave->link.ifindex)
			json_part_append(
			    &err, array,
			    json_string(explain_kind(state->items[i].kind)));
	}
	return json_part_finish(err, array);
}

static void set_slave_attrs(int *err, json_t *object, const struct slave *slave)
{
	const struct slave_attrs *attrs = &slave->attrs;

	if (slave_has(slave, IFLA_BOND_SLAVE_MII_STATUS))
		json_part_set(
		    err, object, "miiStatus",
		    json_string(explain_mii_status(attrs->mii_status)));
	if (slave_has(slave, IFLA_BOND_SLAVE_STATE))
		json_part_set(err, object, "state",
			      json_string(attrs->state == BOND_STATE_ACTIVE
					      ? "active"
					      : "backup"));
	if (slave_has(slave, IFLA_BOND_SLAVE_LINK_FAILURE_COUNT))
		json_part_set(err, object, "linkFailures",
			      json_integer(attrs->link_failures));
	if (slave_has(slave, IFLA_BOND_SLAVE_PERM_HWADDR))
		json_part_set(
		    err, object, "permanentMac",
		    json_part_mac(attrs->perm_mac, attrs->perm_mac_len));
	if (slave_has(slave, IFLA_BOND_SLAVE_QUEUE_ID))
		json_part_set(err, object, "queueId",
			      json_integer(attrs->queue_id));
	if (slave_has(slave, UAPI_BOND_SLAVE_PRIO))
		json_part_set(err, object, "priority",
			      json_integer(attrs->prio));
	if (slave_has(slave, IFLA_BOND_SLAVE_AD_AGGREGATOR_ID))
		json_part_set(err, object, "aggregatorId",
			      json_integer(attrs->aggregator_id));
	if (slave_has(slave, IFLA_BOND_SLAVE_AD_ACTOR_OPER_PORT_STATE))
		json_part_set(err, object, "actorState",
			      lacp_state(attrs->actor_oper_state));
	if (slave_has(slave, IFLA_BOND_SLAVE_AD_PARTNER_OPER_PORT_STATE))
		json_part_set(err, object, "partnerState",
			      lacp_state(attrs->partner_oper_state));
	if (slave_has(slave, UAPI_BOND_SLAVE_ACTOR_CHURN))
		set_churn(err, object, "actorChurn", attrs->actor_churn);
	if (slave_has(slave, UAPI_BOND_SLAVE_PARTNER_CHURN))
		set_churn(err, object, "partnerChurn", attrs->partner_churn);
}

json_t *json_slave(const struct bond *bond, const struct slave *slave)
{
	json_t *object = json_pack("{s:i}", "ifindex", slave->link.ifindex);
	int err = 0;

	json_part_set(&err, object, "name", json_part_name(slave->link.name));
	json_part_link(&err, object, &slave->link);
	json_part_set(&err, object, "link",
		      json_string(explain_carrier(carrier_slave_link(slave))));
	json_part_set(&err, object, "corrected",
		      json_string(explain_carrier(slave->corrected)));
	set_slave_attrs(&err, object, slave);
	json_part_set(&err, object, "discrepancies", slave_kinds(bond, slave));
	return json_part_finish(err, object);
}
