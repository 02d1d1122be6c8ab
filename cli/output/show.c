/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One bond for a person: what the kernel reports, the effective carrier and
 * why, the problems and what to do about them, and each slave.
 */
#include "output/show.h"

#include <string.h>

#include <linux/if_link.h>

#include "base/printable.h"
#include "decision/carrier_monitor.h"
#include "decision/finding.h"
#include "explain/explain.h"
#include "output/show_internal.h"

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

static void put_reported(const struct page *page, const struct bond *bond)
{
	const struct link_state *link = &bond->link;
	enum page_colour colour = PAGE_PLAIN;

	if (is_wrong_about_carrier(bond))
		colour = PAGE_BAD;
	page_label(page, "reported");
	if (link->distrusted) {
		fputs("unknown: the kernel's last message about it was "
		      "malformed\n",
		      page->out);
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

static void put_effective(const struct page *page, const struct bond *bond)
{
	enum page_colour colour = PAGE_CAUTION;
	char text[EXPLAIN_TEXT_SIZE];

	if (bond->verdict.effective == CARRIER_UP)
		colour = PAGE_GOOD;
	else if (bond->verdict.effective == CARRIER_DOWN)
		colour = PAGE_BAD;
	page_label(page, "effective");
	page_put(page, colour, explain_carrier(bond->verdict.effective), 0);
	fprintf(page->out, " (%s)\n", explain_reason(bond->verdict.reason));
	explain_verdict(bond, text, sizeof(text));
	page_line(page, "because", text);
}

static void put_monitor(const struct page *page, const struct bond *bond)
{
	const struct bond_attrs *attrs = &bond->attrs;

	page_label(page, "link monitor");
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
		snprintf(text, size, "partner not reported");
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
	page_line(page, "LACP", text);
	if (bond_has(bond, IFLA_BOND_MIN_LINKS) && bond->attrs.min_links) {
		snprintf(text, sizeof(text), "%u", bond->attrs.min_links);
		page_line(page, "min_links", text);
	}
}

void show_bond(FILE *out, const struct bond *bond, bool colour,
	       const char *captured_at)
{
	const struct page page = { .out = out, .coloured = colour };

	put_title(&page, bond);
	put_reported(&page, bond);
	put_effective(&page, bond);
	put_monitor(&page, bond);
	put_lacp(&page, bond);
	show_findings(&page, bond, captured_at);
	show_slaves(&page, bond);
}
