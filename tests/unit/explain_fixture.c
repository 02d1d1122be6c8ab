/* SPDX-License-Identifier: BSD-2-Clause */
/* What the tests of words begin with. */
#include <linux/if_bonding.h>
#include <linux/if_link.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "explain_fixture.h"

void fixture_init(struct fixture *f)
{
	memset(f, 0, sizeof(*f));
	f->bond.link.ifindex = 3;
	f->bond.link.flags =
	    LINK_FLAG_UP | LINK_FLAG_RUNNING | LINK_FLAG_LOWER_UP;
	strcpy(f->bond.link.name, "bond0");
	f->bond.attrs.present = HAS(MODE) | HAS(MIIMON) | HAS(ARP_INTERVAL) |
				HAS(USE_CARRIER) | HAS(MIN_LINKS) |
				HAS(DOWNDELAY);
	f->bond.attrs.mode = BOND_MODE_ACTIVEBACKUP;
	f->bond.attrs.use_carrier = 1;
	f->bond.slaves = f->slaves;
	f->bond.slave_count = 2;
	f->bond.verdict.effective = CARRIER_DOWN;
	f->bond.verdict.reason = CARRIER_REASON_NO_SLAVE_UP;
	for (int i = 0; i < 2; i++) {
		f->slaves[i].link.ifindex = 4 + i;
		f->slaves[i].link.flags = LINK_FLAG_UP;
		snprintf(f->slaves[i].link.name, LINK_NAME_SIZE, "eth%d", i);
		f->slaves[i].attrs.present =
		    SLAVE_ATTR_BIT(IFLA_BOND_SLAVE_MII_STATUS);
		f->slaves[i].attrs.mii_status = BOND_LINK_UP;
		f->slaves[i].below = CARRIER_UP;
		f->slaves[i].corrected = CARRIER_DOWN;
	}
}

void plug(struct fixture *f, int slave)
{
	f->slaves[slave].link.flags |= LINK_FLAG_LOWER_UP | LINK_FLAG_RUNNING;
	f->slaves[slave].corrected = CARRIER_UP;
	f->bond.verdict.slaves_lower_up++;
	f->bond.verdict.slaves_usable++;
	f->bond.verdict.effective = CARRIER_UP;
	f->bond.verdict.reason = CARRIER_REASON_LINK_UP;
}

const char *finding(const struct fixture *f, enum discrepancy_kind kind,
		    const char *slave)
{
	static char text[EXPLAIN_TEXT_SIZE];

	assert_true(explain_finding(&f->bond, kind, slave, text, sizeof(text)) <
		    sizeof(text));
	return text;
}

const char *remedy(const struct fixture *f, enum discrepancy_kind kind)
{
	static char text[EXPLAIN_TEXT_SIZE];

	assert_true(explain_remedy(&f->bond, kind, text, sizeof(text)) <
		    sizeof(text));
	return text;
}

const char *verdict(const struct fixture *f)
{
	static char text[EXPLAIN_TEXT_SIZE];

	assert_true(explain_verdict(&f->bond, text, sizeof(text)) <
		    sizeof(text));
	return text;
}

const char *warning(const struct fixture *f, enum discrepancy_warning which)
{
	static char text[EXPLAIN_TEXT_SIZE];

	assert_true(explain_warning_text(&f->bond, which, text, sizeof(text)) <
		    sizeof(text));
	return text;
}

int setup(void **state)
{
	static struct fixture f;

	fixture_init(&f);
	*state = &f;
	return 0;
}
