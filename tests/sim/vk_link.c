/* SPDX-License-Identifier: BSD-2-Clause */
/* The virtual kernel's links: made, named, changed and deleted. */
#include <errno.h>
#include <linux/if.h>
#include <linux/rtnetlink.h>
#include <string.h>

#include "vk_internal.h"

void vk_init(struct vk *vk, int version, int64_t now_ms)
{
	memset(vk, 0, sizeof(*vk));
	vk->now_ms = now_ms;
	vk->version = version ? version : 601;
	vk->next_ifindex = 2; /* lo is not told of, but was the first */
	vk->base_seq = 1;
	vk->linkwatch_at_ms = VK_NEVER;
	vk->linkwatch_next_ms = VK_LONG_AGO;
}

int vk_find(const struct vk *vk, const char *name)
{
	for (int i = 0; i < vk->top; i++) {
		if (vk->links[i].kind && strcmp(vk->links[i].name, name) == 0)
			return i;
	}
	return -1;
}

int vk_find_index(const struct vk *vk, int ifindex)
{
	for (int i = 0; i < vk->top; i++) {
		if (vk->links[i].kind && vk->links[i].ifindex == ifindex)
			return i;
	}
	return -1;
}

void vk_touch(struct vk *vk, int slot)
{
	vk->links[slot].touches++;
	vk->links[slot].touched_ms = vk->now_ms;
}

/* Depth-first over what a link stands on. */
static void touched(const struct vk *vk, int slot, int depth, int64_t *at_ms,
		    uint64_t *touches)
{
	const struct vk_link *link = &vk->links[slot];

	if (link->touched_ms > *at_ms)
		*at_ms = link->touched_ms;
	*touches += link->touches;
	if (depth == 8)
		return;
	if (link->lower >= 0)
		touched(vk, link->lower, depth + 1, at_ms, touches);
	for (int i = 0; link->kind == VK_BOND && i < link->bond.slave_count;
	     i++)
		touched(vk, link->bond.slaves[i], depth + 1, at_ms, touches);
}

int64_t vk_touched(const struct vk *vk, int slot, uint64_t *touches)
{
	int64_t at_ms = VK_LONG_AGO;
	uint64_t count = 0;

	touched(vk, slot, 0, &at_ms, &count);
	if (touches)
		*touches = count;
	return at_ms;
}

unsigned int vk_flags(const struct vk *vk, int slot)
{
	const struct vk_link *link = &vk->links[slot];
	unsigned int flags = IFF_BROADCAST;

	flags |= link->kind == VK_DUMMY ? IFF_NOARP : IFF_MULTICAST;
	if (link->kind == VK_BOND)
		flags |= IFF_MASTER;
	if (link->iff_slave)
		flags |= IFF_SLAVE;
	if (!link->admin_up)
		return flags;
	flags |= IFF_UP;
	if (link->operstate == VK_OPER_UP || link->operstate == VK_OPER_UNKNOWN)
		flags |= IFF_RUNNING;
	if (link->carrier)
		flags |= IFF_LOWER_UP;
	if (link->dormant)
		flags |= IFF_DORMANT;
	return flags;
}

void vk_random_mac(struct vk *vk, uint8_t mac[VK_MAC_SIZE])
{
	uint64_t number = ++vk->mac_seed;

	mac[0] = 0x02;
	for (int i = 1; i < VK_MAC_SIZE; i++)
		mac[i] = (uint8_t)(number >> (8 * (VK_MAC_SIZE - 1 - i)));
}

void vk_set_mac(struct vk *vk, int slot, const uint8_t mac[VK_MAC_SIZE])
{
	memcpy(vk->links[slot].address, mac, VK_MAC_SIZE);
	vk->links[slot].random_address = false;
	/* A VLAN that is up goes with it, unless it was given its own. */
	for (int i = 0; i < vk->top; i++) {
		struct vk_link *upper = &vk->links[i];

		if (upper->kind != VK_VLAN || upper->lower != slot ||
		    !upper->admin_up || !upper->random_address)
			continue;
		vk_set_mac(vk, i, mac);
		upper->random_address = true;
	}
	vk_tell(vk, slot, 0);
}

static bool valid_name(const char *name)
{
	size_t length = strnlen(name, VK_NAME);

	if (length == 0 || length >= VK_NAME || strcmp(name, ".") == 0 ||
	    strcmp(name, "..") == 0)
		return false;
	return !strpbrk(name, "/: \t\n\v\f\r");
}

/* An empty link in a free slot, in the list but not yet told of. */
static int register_link(struct vk *vk, enum vk_kind kind, const char *name,
			 int ifindex)
{
	struct vk_link *link;
	int slot = 0;

	if (!valid_name(name) || ifindex < 0)
		return -EINVAL;
	if (vk_find(vk, name) >= 0)
		return -EEXIST;
	if (ifindex && vk_find_index(vk, ifindex) >= 0)
		return -EBUSY;
	while (slot < VK_LINKS && vk->links[slot].kind)
		slot++;
	if (slot == VK_LINKS)
		return -ENOMEM;
	if (!ifindex) {
		while (vk_find_index(vk, vk->next_ifindex) >= 0)
			vk->next_ifindex++;
		ifindex = vk->next_ifindex++;
	}
	link = &vk->links[slot];
	memset(link, 0, sizeof(*link));
	link->kind = kind;
	link->ifindex = ifindex;
	memcpy(link->name, name, strlen(name) + 1);
	link->mtu = 1500;
	link->lower = -1;
	link->slave.bond = -1;
	link->speed = VK_SPEED_UNKNOWN;
	link->partner.send_at_ms = VK_NEVER;
	link->born_ms = vk->now_ms;
	vk_random_mac(vk, link->address);
	memcpy(link->perm_address, link->address, VK_MAC_SIZE);
	if (slot >= vk->top)
		vk->top = slot + 1;
	vk->base_seq++;
	vk_touch(vk, slot);
	return slot;
}

static uint16_t free_vlan(const struct vk *vk, int lower)
{
	uint16_t id = 2;

	for (int i = 0; i < vk->top; i++) {
		if (vk->links[i].kind == VK_VLAN &&
		    vk->links[i].lower == lower && vk->links[i].vlan == id) {
			id++;
			i = -1;
		}
	}
	return id;
}

static int check_lower(const struct vk *vk, enum vk_kind kind, int *lower)
{
	if (kind != VK_VLAN && kind != VK_MACVLAN) {
		*lower = -1;
		return 0;
	}
	if (*lower < 0 || !vk->links[*lower].kind)
		return -ENODEV;
	if (kind == VK_MACVLAN) {
		if (vk->links[*lower].kind == VK_MACVLAN)
			*lower = vk->links[*lower].lower;
		/* The bond has the receive handler. */
		if (vk->links[*lower].slave.bond >= 0)
			return -EBUSY;
	}
	return 0;
}

int vk_add(struct vk *vk, enum vk_kind kind, const char *name, int ifindex,
	   int lower, const struct vk_partner *partner)
{
	struct vk_link *link;
	int slot, err;

	if (kind == VK_BOND)
		return vk_add_bond(vk, name, ifindex, NULL, 0);
	if (vk_find(vk, name) >= 0)
		return -EEXIST;
	err = check_lower(vk, kind, &lower);
	slot = err ? err : register_link(vk, kind, name, ifindex);
	if (slot < 0)
		return slot;
	link = &vk->links[slot];
	link->lower = lower;
	link->wire = true;
	if (kind == VK_NIC || kind == VK_VETH || kind == VK_TAP) {
		link->speed = 10000;
		link->full_duplex = true;
		vk_set_partner(vk, slot, partner);
	}
	link->carrier = kind == VK_DUMMY || kind == VK_TAP;
	if (!link->carrier)
		vk_rfc2863_policy(vk, slot);
	if (kind == VK_VLAN) {
		link->vlan = free_vlan(vk, lower);
		memcpy(link->address, vk->links[lower].address, VK_MAC_SIZE);
		link->random_address = true; /* its lower device's */
	}
	if (kind == VK_VLAN || kind == VK_MACVLAN) {
		vk_transfer(vk, lower, slot);
		vk_linkwatch_fire(vk, slot);
	}
	if (kind == VK_VETH)
		vk_linkwatch_fire(vk, slot);
	vk_tell(vk, slot, ~0U);
	return slot;
}

int vk_add_bond(struct vk *vk, const char *name, int ifindex,
		const struct vk_option *options, size_t count)
{
	int slot = register_link(vk, VK_BOND, name, ifindex);
	int err = 0;

	if (slot < 0)
		return slot;
	vk_bond_setup(vk, slot);
	/* Not registered yet: nothing is told of the options. */
	vk->links[slot].dying = true;
	/* In the order of bond_changelink(), not that of the question. */
	for (int option = 0; !err && option < VK_BOND_OPTIONS; option++) {
		for (size_t i = 0; !err && i < count; i++) {
			if (options[i].option == option)
				err = vk_set_option(vk, slot, option,
						    options[i].value);
		}
	}
	vk->links[slot].dying = false;
	if (err) {
		vk->links[slot].kind = VK_NONE;
		return err;
	}
	vk_carrier(vk, slot, false);
	vk_tell(vk, slot, ~0U);
	return slot;
}

/* Takes a link out; DELLINK is built when the bond has let go of it, and sent
   when its own slaves have gone. */
static void remove_link(struct vk *vk, int slot)
{
	struct vk_link *link = &vk->links[slot];
	char bytes[VK_MESSAGE_MAX];
	size_t length;

	if (link->admin_up)
		vk_close(vk, slot);
	vk->base_seq++;
	link->dying = true;
	vk_notify(vk, slot, VK_EV_UNREGISTER);
	length = vk_message(vk, slot, RTM_DELLINK, 0, 0, 0, ~0U, false, bytes);
	if (link->kind == VK_BOND) {
		while (link->bond.slave_count)
			vk_release_one(vk, link->bond.slaves[0], true, false);
	}
	vk_tell_bytes(vk, bytes, length);
	link->kind = VK_NONE;
	link->linkwatch = false;
	while (vk->top && !vk->links[vk->top - 1].kind)
		vk->top--;
}

int vk_delete(struct vk *vk, int slot)
{
	if (slot < 0 || !vk->links[slot].kind)
		return -ENODEV;
	if (vk->links[slot].kind == VK_NIC)
		return -EOPNOTSUPP;
	remove_link(vk, slot);
	return 0;
}

int vk_move(struct vk *vk, int slot)
{
	if (slot < 0 || !vk->links[slot].kind)
		return -ENODEV;
	/* NETIF_F_NETNS_LOCAL */
	if (vk->links[slot].kind == VK_BOND)
		return -EINVAL;
	/* What stands on it would stay, with its lower device abroad. */
	for (int i = 0; i < vk->top; i++) {
		if (vk->links[i].kind && vk->links[i].lower == slot)
			return -EOPNOTSUPP;
	}
	remove_link(vk, slot);
	return 0;
}

int vk_rename(struct vk *vk, int slot, const char *name)
{
	if (slot < 0 || !vk->links[slot].kind)
		return -ENODEV;
	if (vk->links[slot].admin_up && vk->version < 602)
		return -EBUSY;
	if (strcmp(name, vk->links[slot].name) == 0)
		return 0;
	if (!valid_name(name))
		return -EINVAL;
	if (vk_find(vk, name) >= 0)
		return -EEXIST;
	memcpy(vk->links[slot].name, name, strlen(name) + 1);
	vk_touch(vk, slot);
	vk_notify(vk, slot, VK_EV_CHANGENAME);
	return 0;
}
