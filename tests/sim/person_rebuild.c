/* SPDX-License-Identifier: BSD-2-Clause */
/* Bonds taken apart and put together again. */
#include <linux/if_bonding.h>
#include <linux/if_link.h>
#include <stdio.h>

#include "person_internal.h"

void person_maintenance(struct person *person)
{
	int bond = person_any_link(person, PERSON_OF_BONDS);
	const struct vk *vk = person->vk;
	const char *name;

	if (bond < 0)
		return;
	name = vk->links[bond].name;
	person_put_op(person, 100, OP_ADMIN, name)->value = 0;
	for (int i = 0; i < vk->links[bond].bond.slave_count; i++) {
		const char *slave =
		    vk->links[vk->links[bond].bond.slaves[i]].name;

		person_put_op(person, person_below(person, 100), OP_RELEASE,
			      slave);
		if (person_below(person, 3) == 0)
			person_put_op(person, 20, OP_WIRE, slave)->value =
			    person_below(person, 2);
		snprintf(person_put_op(person, person_below(person, 900),
				       OP_ENSLAVE, slave)
			     ->other,
			 VK_NAME, "%s", name);
	}
	person_put_op(person, 100 + person_below(person, 3000), OP_ADMIN, name)
	    ->value = 1;
}

/* Gone, and its number is another's at once: one script that makes all of it
 * again. */
void person_reuse(struct person *person)
{
	const struct vk *vk = person->vk;
	int bond = person_any_link(person, PERSON_OF_BONDS);
	const struct vk_link *link;
	struct op *op;
	char name[VK_NAME];
	int64_t gap_ms = person_below(person, 3) ? 0 : 100;

	if (bond < 0)
		return;
	link = &vk->links[bond];
	snprintf(name, sizeof(name), "%s", link->name);
	if (person_below(person, 2))
		snprintf(name, sizeof(name), "bond%u",
			 person_below(person, 40));
	if (person_below(person, 3) == 0)
		person_put_fault(person, 10, FAULT_STALL,
				 50 + person_below(person, 1500));
	else if (person->faults && person_below(person, 3) == 0)
		person_put_fault(person, 10, FAULT_KILL,
				 50 + person_below(person, 3000));
	person_put_op(person, 20, OP_DELETE, link->name)->value = 0;
	op = person_put_op(person, gap_ms, OP_ADD_BOND, name);
	op->ifindex = link->ifindex;
	op->option_count = 2;
	op->options[0] = (struct vk_option){
		IFLA_BOND_MODE,
		person_below(person, 3) ? link->bond.option[IFLA_BOND_MODE] : 1
	};
	op->options[1] =
	    (struct vk_option){ IFLA_BOND_MIIMON,
				person_below(person, 3) ? 100 : 0 };
	for (int i = 0; i < link->bond.slave_count; i++) {
		const char *slave = vk->links[link->bond.slaves[i]].name;

		if (person_below(person, 4) == 0)
			continue;
		snprintf(
		    person_put_op(person, gap_ms, OP_ENSLAVE, slave)->other,
		    VK_NAME, "%s", name);
	}
	person_put_op(person, gap_ms, OP_ADMIN, name)->value = 1;
}
