/* SPDX-License-Identifier: BSD-2-Clause */
/* Makes bonds for tests from a short notation. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <linux/if.h>
#include <linux/if_bonding.h>
#include <linux/if_link.h>

#include "bond/uapi.h"
#include "decision/carrier.h"
#include "range.h"
#include "sample.h"

#define LACP_READY 0x3d /* active, aggregating, in sync, both ways */
#define LACP_IDLE  0x05 /* active, aggregating */

int sample_set_setup(void **state)
{
	static struct bond_set set;

	bond_set_init(&set);
	*state = &set;
	return 0;
}

int sample_set_teardown(void **state)
{
	bond_set_fini(*state);
	return 0;
}

struct bond *sample_add(struct bond_set *set, int ifindex)
{
	struct bond *bond = NULL;

	assert_int_equal(bond_set_add(set, ifindex, &bond), 0);
	assert_non_null(bond);
	assert_int_equal(bond->link.ifindex, ifindex);
	return bond;
}

struct slave *sample_add_slave(struct bond *bond, int ifindex)
{
	struct slave *slave = NULL;

	assert_int_equal(bond_set_add_slave(bond, ifindex, 0, &slave), 0);
	assert_non_null(slave);
	assert_int_equal(slave->link.ifindex, ifindex);
	return slave;
}

void sample_remove(struct bond_set *set, int ifindex)
{
	struct pair only = { .key = ifindex };
	const struct pairs ifindexes = { .items = &only,
					 .count = 1,
					 .sorted = 1 };

	bond_set_remove_all(set, &ifindexes);
}

struct bond *sample_bond(struct bond_set *set, int ifindex, unsigned int mode,
			 enum carrier_monitor monitor)
{
	struct bond *bond = sample_add(set, ifindex);
	struct bond_attrs *attrs;

	snprintf(bond->link.name, sizeof(bond->link.name), "bond%d", ifindex);
	bond->link.flags = LINK_FLAG_UP;
	bond->link.has_operstate = true;
	bond->link.operstate = IF_OPER_DOWN;
	bond->changed = true;

	attrs = &bond->attrs;
	attrs->present = BOND_ATTR_BIT(IFLA_BOND_MODE) |
			 BOND_ATTR_BIT(IFLA_BOND_MIIMON) |
			 BOND_ATTR_BIT(IFLA_BOND_UPDELAY) |
			 BOND_ATTR_BIT(IFLA_BOND_DOWNDELAY) |
			 BOND_ATTR_BIT(IFLA_BOND_USE_CARRIER) |
			 BOND_ATTR_BIT(IFLA_BOND_ARP_INTERVAL) |
			 BOND_ATTR_BIT(IFLA_BOND_MIN_LINKS) |
			 BOND_ATTR_BIT(IFLA_BOND_AD_LACP_RATE) |
			 BOND_ATTR_BIT(UAPI_BOND_MISSED_MAX);
	attrs->mode = (uint8_t)mode;
	attrs->use_carrier = 1;
	attrs->missed_max = 2;
	if (monitor == CARRIER_MONITOR_MII)
		attrs->miimon_ms = 100;
	if (monitor == CARRIER_MONITOR_ARP)
		attrs->arp_interval_ms = SAMPLE_ARP_INTERVAL_MS;
	return bond;
}

static struct bond_set alone;

struct bond *sample_alone(unsigned int mode, enum carrier_monitor monitor)
{
	bond_set_fini(&alone);
	bond_set_init(&alone);
	return sample_bond(&alone, 1, mode, monitor);
}

int sample_alone_end(void **state)
{
	(void)state;
	bond_set_fini(&alone);
	return 0;
}

int sample_slave_ifindex(const struct bond *bond, size_t place)
{
	return bond->link.ifindex * 100 + 1 + (int)place;
}

static void read_link(struct link_state *link, char lower_up)
{
	assert_non_null(strchr("01?", lower_up));
	link->distrusted = lower_up == '?';
	link->flags = LINK_FLAG_UP;
	link->has_operstate = true;
	link->operstate = IF_OPER_DOWN;
	if (lower_up == '1') {
		link->flags |= LINK_FLAG_LOWER_UP | LINK_FLAG_RUNNING;
		link->operstate = IF_OPER_UP;
	}
}

static void read_mii_status(struct slave *slave, char status, int64_t now_ms)
{
	static const char letters[] = "UFDB"; /* BOND_LINK_* in order */
	const char *letter = strchr(letters, status);
	uint8_t before = slave->attrs.mii_status;
	bool was_disabled =
	    before == BOND_LINK_BACK || before == BOND_LINK_DOWN;

	slave->attrs.present = SLAVE_ATTR_BIT(IFLA_BOND_SLAVE_STATE);
	slave->attrs.state = BOND_STATE_BACKUP;
	if (status == '-')
		return;
	assert_non_null(letter);
	slave->attrs.present |= SLAVE_ATTR_BIT(IFLA_BOND_SLAVE_MII_STATUS);
	slave->attrs.mii_status = (uint8_t)(letter - letters);
	if (!link_lower_up(&slave->link) || !strchr("DB", status))
		slave->held_ms = 0;
	else if (slave->held_ms == 0)
		slave->held_ms = now_ms;
	if (status == 'F' && was_disabled)
		slave->enabled_ms = INT64_MAX;
	if (status == 'U' && was_disabled)
		slave->enabled_ms = now_ms;
}

static void read_aggregator(struct slave *slave, unsigned long id)
{
	slave->attrs.present |=
	    SLAVE_ATTR_BIT(IFLA_BOND_SLAVE_AD_AGGREGATOR_ID) |
	    SLAVE_ATTR_BIT(IFLA_BOND_SLAVE_AD_ACTOR_OPER_PORT_STATE);
	slave->attrs.aggregator_id = (uint16_t)id;
	slave->attrs.actor_oper_state = LACP_READY;
}

static bool has_active_slave(const struct bond *bond)
{
	return bond->attrs.mode == BOND_MODE_ACTIVEBACKUP ||
	       bond->attrs.mode == BOND_MODE_TLB ||
	       bond->attrs.mode == BOND_MODE_ALB;
}

static void read_slave(struct bond *bond, struct slave *slave, const char *word,
		       int64_t now_ms)
{
	char *next;

	if (link_lower_up(&slave->link) != (word[0] == '1')) {
		slave->lower_up_changed_ms = now_ms;
		/* The first sight of it is no change. */
		slave->lower_up_transitions += slave->link.name[0] != '\0';
	}
	snprintf(slave->link.name, sizeof(slave->link.name), "v%d",
		 slave->link.ifindex);
	read_link(&slave->link, word[0]);
	read_mii_status(slave, word[1], now_ms);

	for (const char *mark = word + 2; *mark; mark++) {
		switch (*mark) {
		case '/':
			read_aggregator(slave, strtoul(mark + 1, &next, 10));
			mark = next - 1;
			break;
		case '*':
			if (!has_active_slave(bond))
				break;
			slave->attrs.state = BOND_STATE_ACTIVE;
			bond->attrs.present |=
			    BOND_ATTR_BIT(IFLA_BOND_ACTIVE_SLAVE);
			bond->attrs.active_slave =
			    (uint32_t)slave->link.ifindex;
			break;
		case 'z':
			slave->link.flags &= ~LINK_FLAG_RUNNING;
			slave->link.operstate = IF_OPER_DORMANT;
			break;
		case 'x':
			slave->link.flags = 0;
			break;
		case '!':
			slave->attrs.actor_oper_state = LACP_IDLE;
			break;
		case 'v':
			slave->link.operstate = IF_OPER_UNKNOWN;
			break;
		default:
			fail_msg("not a mark of a slave: %s", mark);
		}
	}
}

void sample_slaves(struct bond *bond, const char *words, int64_t now_ms)
{
	char text[128];
	char *rest = NULL;
	size_t place = 0;

	bond->changed = true;
	bond->attrs.present &= ~BOND_ATTR_BIT(IFLA_BOND_ACTIVE_SLAVE);

	snprintf(text, sizeof(text), "%s", words);
	for (char *word = strtok_r(text, " ", &rest); word;
	     word = strtok_r(NULL, " ", &rest)) {
		struct slave *slave =
		    sample_add_slave(bond, sample_slave_ifindex(bond, place++));

		read_slave(bond, slave, word, now_ms);
	}
	while (bond->slave_count > place) {
		size_t last = bond->slave_count - 1;

		bond_set_remove_slave(bond, bond->slaves[last].link.ifindex);
	}
}

void sample_correct(struct bond *bond, int64_t now_ms)
{
	for (size_t i = 0; i < bond->slave_count; i++) {
		struct slave *slave = &bond->slaves[i];

		slave->below = CARRIER_UP;
		slave->corrected = carrier_slave_corrected(bond, slave, now_ms);
	}
}

void sample_ad(struct bond *bond, const char *words)
{
	static const uint8_t partner[6] = { 2, 0, 0, 0, 0, 1 };
	struct bond_ad_info *ad = &bond->attrs.ad;
	unsigned int id, ports;
	char known;

	bond->changed = true;
	memset(ad, 0, sizeof(*ad));
	bond->attrs.present &= ~BOND_ATTR_BIT(IFLA_BOND_AD_INFO);
	if (!words)
		return;

	assert_int_equal(sscanf(words, "%u,%u,%c", &id, &ports, &known), 3);
	bond->attrs.present |= BOND_ATTR_BIT(IFLA_BOND_AD_INFO);
	ad->present = BOND_AD_INFO_BIT(IFLA_BOND_AD_INFO_AGGREGATOR) |
		      BOND_AD_INFO_BIT(IFLA_BOND_AD_INFO_NUM_PORTS) |
		      BOND_AD_INFO_BIT(IFLA_BOND_AD_INFO_PARTNER_MAC);
	ad->aggregator = (uint16_t)id;
	ad->num_ports = (uint16_t)ports;
	if (known == 'y')
		memcpy(ad->partner_mac, partner, sizeof(partner));
}

void sample_report(struct bond *bond, bool running, bool lower_up)
{
	bond->changed = true;
	bond->link.flags &= ~(LINK_FLAG_RUNNING | LINK_FLAG_LOWER_UP);
	if (running)
		bond->link.flags |= LINK_FLAG_RUNNING;
	if (lower_up)
		bond->link.flags |= LINK_FLAG_LOWER_UP;
}

static void keep(void *ctx, const struct event *event, const struct bond *bond)
{
	struct sample_log *log = ctx;

	assert_uint_in_range(log->count, 0, SAMPLE_EVENTS - 1);
	log->raised[log->count] = discrepancy_raised(&bond->discrepancies);
	log->events[log->count++] = *event;
}

struct event_sink sample_sink(struct sample_log *log)
{
	log->count = 0;
	return (struct event_sink){ .emit = keep, .ctx = log };
}

size_t sample_count(const struct sample_log *log, int bond,
		    enum event_type type, enum discrepancy_kind kind)
{
	size_t count = 0;

	for (size_t i = 0; i < log->count; i++)
		if (log->events[i].bond == bond &&
		    log->events[i].type == type &&
		    (kind == DISCREPANCY_NONE || log->events[i].kind == kind))
			count++;
	return count;
}
