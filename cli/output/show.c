/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One bond for a person: what the kernel claims, what is true, why, what is
 * wrong and what to do about it, and each slave.
 */
#include "output/show.h"

#include <string.h>

#include <linux/if_link.h>

#include "base/printable.h"
#include "decision/carrier_monitor.h"
#include "decision/finding.h"
#include "explain/explain.h"
#include "output/show_parts.h"

#define LABEL_WIDTH 16

/* "  label          " */
static void put_label(const struct page *page, const char *label)
{
	fputs("  ", page->out);
	page_put(page, PAGE_PLAIN, label, LABEL_WIDTH - 2);
}

static void put_line(const struct page *page, const char *label,
		     const char *text)
{
	put_label(page, label);
	page_wrap(page, LABEL_WIDTH, LABEL_WIDTH, text);
}

static bool is_wrong_about_carrier(const struct bond *bond)
{
	return finding_holds(bond, DISCREPANCY_FALSE_UP, NULL) ||
	       finding_holds(bond, DISCREPANCY_FALSE_DOWN, NULL);
}

static void put_title(const struct page *page, const struct bond *bond)
{
	char name[PRINTABLE_NAME_SIZE];

	page_put(page, PAGE_BOLD,
		 printable_name(bond->link.name, name, sizeof(name)), 0);
	if (bond_has(bond, IFLA_BOND_MODE))
		fprintf(page->out, ": %s, ", explain_mode(bond->attrs.mode));
	else
		fputs(": ", page->out);
	fprintf(page->out, "%zu slave%s, ifindex %d\n", bond->slave_count,
		bond->slave_count == 1 ? "" : "s", bond->link.ifindex);
}

static void put_claim(const struct page *page, const struct bond *bond)
{
	const struct link_state *link = &bond->link;
	enum page_colour colour = PAGE_PLAIN;

	if (is_wrong_about_carrier(bond))
		colour = PAGE_BAD;
	put_label(page, "kernel claims");
	if (link->distrusted) {
		fputs("unknown: its last message was malformed\n", page->out);
		return;
	}
	page_put(page, colour, link_running(link) ? "RUNNING" : "not RUNNING",
		 0);
	fprintf(page->out, ", %s",
		link_lower_up(link) ? "LOWER_UP" : "no LOWER_UP");
	if (link->has_operstate)
		fprintf(page->out, ", operstate %s",
			explain_operstate(link->operstate));
	fprintf(page->out, "; admin %s\n", link_admin_up(link) ? "up" : "down");
}

static void put_truth(const struct page *page, const struct bond *bond)
{
	enum page_colour colour = PAGE_CAUTION;
	char text[EXPLAIN_TEXT_SIZE];

	if (bond->verdict.effective == CARRIER_UP)
		colour = PAGE_GOOD;
	else if (bond->verdict.effective == CARRIER_DOWN)
		colour = PAGE_BAD;
	put_label(page, "true carrier");
	page_put(page, colour, explain_carrier(bond->verdict.effective), 0);
	fprintf(page->out, " (%s)\n", explain_reason(bond->verdict.reason));
	explain_verdict(bond, text, sizeof(text));
	put_line(page, "because", text);
}

static void put_monitor(const struct page *page, const struct bond *bond)
{
	const struct bond_attrs *attrs = &bond->attrs;

	put_label(page, "link monitor");
	switch (carrier_monitor(bond)) {
	case CARRIER_MONITOR_NONE:
		page_put(page, PAGE_CAUTION, "none", 0);
		fputs(": miimon and arp_interval are 0\n", page->out);
		return;
	case CARRIER_MONITOR_ARP:
		fprintf(page->out, "ARP every %u ms\n", attrs->arp_interval_ms);
		return;
	case CARRIER_MONITOR_MII:
		break;
	}
	fprintf(page->out, "MII every %u ms", attrs->miimon_ms);
	if (bond_has(bond, IFLA_BOND_UPDELAY) && attrs->updelay_ms)
		fprintf(page->out, ", updelay %u", attrs->updelay_ms);
	if (bond_has(bond, IFLA_BOND_DOWNDELAY) && attrs->downdelay_ms)
		fprintf(page->out, ", downdelay %u", attrs->downdelay_ms);
	if (bond_has(bond, IFLA_BOND_USE_CARRIER) && !attrs->use_carrier)
		fputs(", use_carrier 0", page->out);
	fputc('\n', page->out);
}

static void print_partner(const struct bond_ad_info *ad, char *text,
			  size_t size)
{
	static const uint8_t nobody[sizeof(ad->partner_mac)];
	const uint8_t *mac = ad->partner_mac;

	if (!(ad->present & BOND_AD_INFO_BIT(IFLA_BOND_AD_INFO_PARTNER_MAC)))
		snprintf(text, size, "partner not told");
	else if (memcmp(mac, nobody, sizeof(nobody)) == 0)
		snprintf(text, size, "no partner");
	else
		snprintf(text, size, "partner %02x:%02x:%02x:%02x:%02x:%02x",
			 mac[0], mac[1], mac[2], mac[3], mac[4], mac[5]);
}

static void put_lacp(const struct page *page, const struct bond *bond)
{
	const struct bond_ad_info *ad = &bond->attrs.ad;
	char text[128] = "no active aggregator";
	char partner[64];

	if (!bond_attrs_lacp(&bond->attrs))
		return;
	if (bond_has(bond, IFLA_BOND_AD_INFO)) {
		print_partner(ad, partner, sizeof(partner));
		snprintf(text, sizeof(text), "aggregator %u, ports %u, %s",
			 ad->aggregator, ad->num_ports, partner);
	}
	put_line(page, "LACP", text);
	if (bond_has(bond, IFLA_BOND_MIN_LINKS) && bond->attrs.min_links)
		fprintf(page->out, "  min_links     %u\n",
			bond->attrs.min_links);
}

void show_bond(FILE *out, const struct bond *bond, bool colour)
{
	const struct page page = { .out = out, .coloured = colour };

	put_title(&page, bond);
	put_claim(&page, bond);
	put_truth(&page, bond);
	put_monitor(&page, bond);
	put_lacp(&page, bond);
	show_findings(&page, bond);
	show_slaves(&page, bond);
}
