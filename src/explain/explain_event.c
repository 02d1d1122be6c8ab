/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Sentences about events. They are made from the event alone, so that they stay
 * true when the bond changes or is removed.
 */
#include "explain/explain.h"

#include "explain/explain_text.h"

static const char *reason_words(const struct event *event)
{
	switch (event->reason) {
	case CARRIER_REASON_LINK_UP:
		return "enough slaves are usable";
	case CARRIER_REASON_ADMIN_DOWN:
		return "it is administratively down";
	case CARRIER_REASON_NO_SLAVES:
		return "it has no slaves";
	case CARRIER_REASON_NO_SLAVE_UP:
		return "no slave is usable";
	case CARRIER_REASON_MIN_LINKS_NOT_MET:
		return "fewer slaves than min_links are usable";
	case CARRIER_REASON_NO_AGGREGATOR:
		return "it has no active aggregator";
	case CARRIER_REASON_NOT_DISTRIBUTING:
		return "LACP lets no slave collect and distribute";
	case CARRIER_REASON_PORTS_DISABLED:
		return "the bonding driver keeps all its ports disabled";
	case CARRIER_REASON_NOT_SYNCHRONISED:
		break;
	}
	return "its state cannot be read";
}

static void put_discrepancy_event(struct explain_text *text,
				  const struct event *event)
{
	const struct explain_words *phrase = explain_words(event->kind);
	bool cleared = event->type == EVENT_DISCREPANCY_CLEARED;

	explain_text_put(text, cleared ? "cleared: %s on " : "%s: ",
			 explain_kind(event->kind));
	explain_text_subject(text, event->bond_name, phrase->of_slave,
			     event->slave_name);
	if (!cleared)
		explain_text_put(text, " %s", phrase->words);
}

static void put_active_slave(struct explain_text *text,
			     const struct event *event)
{
	explain_text_name(text, event->bond_name);
	if (event->slave == 0) {
		explain_text_put(text, " has no active slave now");
		return;
	}
	explain_text_put(text, " has a new active slave: ");
	/* No name: the slave was removed before a dump had it. */
	if (event->slave_name[0])
		explain_text_name(text, event->slave_name);
	else
		explain_text_put(text, "ifindex %d", event->slave);
}

size_t explain_event(const struct event *event, char *buffer, size_t size)
{
	/* For the types whose sentence is the subject and these words. */
	static const struct {
		bool of_slave;
		const char *words;
	} plain[] = {
		[EVENT_BOND_ADDED] = { false, "was added" },
		[EVENT_BOND_REMOVED] = { false, "was removed" },
		[EVENT_SLAVE_ADDED] = { true, "was enslaved" },
		[EVENT_SLAVE_REMOVED] = { true, "was released" },
		[EVENT_SLAVE_LOWER_UP] = { true, "has a link (LOWER_UP)" },
		[EVENT_SLAVE_LOWER_DOWN] = { true, "has lost its link" },
	};
	unsigned int type = event->type;
	struct explain_text text;

	explain_text_init(&text, buffer, size);
	if (type == EVENT_DISCREPANCY_RAISED ||
	    type == EVENT_DISCREPANCY_CLEARED) {
		put_discrepancy_event(&text, event);
	} else if (type == EVENT_ACTIVE_SLAVE_CHANGED) {
		put_active_slave(&text, event);
	} else if (type < sizeof(plain) / sizeof(plain[0]) &&
		   plain[type].words) {
		explain_text_subject(&text, event->bond_name,
				     plain[type].of_slave, event->slave_name);
		explain_text_put(&text, " %s", plain[type].words);
	} else {
		explain_text_put(&text, "effective carrier of ");
		explain_text_name(&text, event->bond_name);
		explain_text_put(&text, " is %s: %s",
				 explain_carrier(event->effective),
				 reason_words(event));
	}
	return text.length;
}
