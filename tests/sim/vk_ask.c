/* SPDX-License-Identifier: BSD-2-Clause */
/* Questions to rtnetlink, and their answers, a datagram at a time. */
#include <errno.h>
#include <linux/rtnetlink.h>
#include <string.h>

#include "vk_internal.h"

enum {
	ANSWER_END,
	ANSWER_LINK,
	ANSWER_ACK,
	ANSWER_DUMP,
	ANSWER_ERROR,
	ANSWER_STATS
};

/* What the first datagram of a dump has room for; the next ones as much as
   the reader's buffer, but no more than this. */
#define FIRST_ROOM 3776
#define NEXT_ROOM  (VK_DATAGRAM_MAX - 512)

static void read_kind(const struct rtattr *info, struct vk_answer *answer)
{
	const struct rtattr *attr = RTA_DATA(info);
	int rest = (int)RTA_PAYLOAD(info);

	for (; RTA_OK(attr, rest); attr = RTA_NEXT(attr, rest)) {
		if (attr->rta_type != IFLA_INFO_KIND)
			continue;
		for (int kind = VK_VETH; kind <= VK_BOND; kind++) {
			const char *name = vk_kind_name((enum vk_kind)kind);

			if (strncmp(name, RTA_DATA(attr), RTA_PAYLOAD(attr)) ==
			    0)
				answer->kind = (uint8_t)kind;
		}
	}
}

static void read_filter(const struct nlmsghdr *nlh, struct vk_answer *answer)
{
	const struct rtattr *attr =
	    (const void *)((const char *)NLMSG_DATA(nlh) +
			   NLMSG_ALIGN(sizeof(struct ifinfomsg)));
	int rest =
	    (int)(nlh->nlmsg_len - NLMSG_LENGTH(sizeof(struct ifinfomsg)));
	uint32_t value;

	for (; RTA_OK(attr, rest); attr = RTA_NEXT(attr, rest)) {
		value = 0;
		if (RTA_PAYLOAD(attr) >= sizeof(value))
			memcpy(&value, RTA_DATA(attr), sizeof(value));
		if (attr->rta_type == IFLA_MASTER)
			answer->master = (int)value;
		else if (attr->rta_type == IFLA_EXT_MASK)
			answer->skip_stats =
			    (value & RTEXT_FILTER_SKIP_STATS) != 0;
		else if ((attr->rta_type & NLA_TYPE_MASK) == IFLA_LINKINFO)
			read_kind(attr, answer);
	}
	answer->filtered = answer->master || answer->kind;
}

int vk_ask(struct vk *vk, struct vk_answer *answer, const void *request,
	   size_t length)
{
	const struct nlmsghdr *nlh = request;
	const struct ifinfomsg *info = NLMSG_DATA(nlh);

	memset(answer, 0, sizeof(*answer));
	if (length < NLMSG_HDRLEN || nlh->nlmsg_len > length)
		return 0; /* nobody answers */
	answer->seq = nlh->nlmsg_seq;
	answer->pid = 4242;
	answer->ack = (nlh->nlmsg_flags & NLM_F_ACK) != 0;
	answer->base_seq = vk->base_seq;
	answer->room = FIRST_ROOM;
	if (nlh->nlmsg_type == RTM_GETSTATS) {
		answer->ifindex = info->ifi_index;
		memcpy(&answer->ifindex,
		       (const char *)NLMSG_DATA(nlh) + sizeof(uint32_t),
		       sizeof(answer->ifindex));
		answer->state = ANSWER_STATS;
		return 0;
	}
	if (nlh->nlmsg_type != RTM_GETLINK ||
	    length < NLMSG_LENGTH(sizeof(*info))) {
		answer->error = -EOPNOTSUPP;
		answer->state = ANSWER_ERROR;
		return 0;
	}
	read_filter(nlh, answer);
	answer->ifindex = info->ifi_index;
	answer->state = (nlh->nlmsg_flags & NLM_F_DUMP) == NLM_F_DUMP
			    ? ANSWER_DUMP
			    : ANSWER_LINK;
	return 0;
}

static size_t put_error(struct vk_answer *answer, int error, void *bytes)
{
	struct {
		struct nlmsghdr nlh;
		struct nlmsgerr err;
	} message = {
		.nlh = { .nlmsg_len = sizeof(message),
			 .nlmsg_type = NLMSG_ERROR,
			 .nlmsg_flags = NLM_F_CAPPED,
			 .nlmsg_seq = answer->seq,
			 .nlmsg_pid = answer->pid },
		.err = { .error = error },
	};

	answer->state = ANSWER_END;
	memcpy(bytes, &message, sizeof(message));
	return sizeof(message);
}

static size_t one_link(struct vk *vk, struct vk_answer *answer, void *bytes)
{
	int slot = vk_find_index(vk, answer->ifindex);

	if (slot < 0)
		return put_error(answer, -ENODEV, bytes);
	answer->state = answer->ack ? ANSWER_ACK : ANSWER_END;
	return vk_message(vk, slot, RTM_NEWLINK, 0, answer->seq, answer->pid, 0,
			  answer->skip_stats, bytes);
}

static size_t stats(struct vk *vk, struct vk_answer *answer, void *bytes)
{
	struct {
		struct nlmsghdr nlh;
		struct if_stats_msg body;
	} message = {
		.nlh = { .nlmsg_len = sizeof(message),
			 .nlmsg_type = RTM_NEWSTATS,
			 .nlmsg_seq = answer->seq,
			 .nlmsg_pid = answer->pid },
		.body = { .ifindex = (uint32_t)answer->ifindex,
			  .filter_mask = IFLA_STATS_FILTER_BIT(
			      IFLA_STATS_LINK_XSTATS_SLAVE) },
	};

	if (vk_find_index(vk, answer->ifindex) < 0)
		return put_error(answer, -ENODEV, bytes);
	answer->state = ANSWER_END;
	memcpy(bytes, &message, sizeof(message));
	return sizeof(message);
}

/* The link of the least ifindex that the dump has not come to, -1. */
static int next_slot(const struct vk *vk, const struct vk_answer *answer)
{
	int found = -1;

	for (int i = 0; i < vk->top; i++) {
		const struct vk_link *link = &vk->links[i];
		int master = link->slave.bond < 0
				 ? 0
				 : vk->links[link->slave.bond].ifindex;

		if (!link->kind || link->ifindex < answer->next ||
		    (answer->kind && link->kind != answer->kind) ||
		    (answer->master && master != answer->master))
			continue;
		if (found < 0 || link->ifindex < vk->links[found].ifindex)
			found = i;
	}
	return found;
}

static size_t put_done(struct vk_answer *answer, uint16_t flags, char *bytes)
{
	struct {
		struct nlmsghdr nlh;
		int error;
	} message = { .nlh = { .nlmsg_len = sizeof(message),
			       .nlmsg_type = NLMSG_DONE,
			       .nlmsg_flags = flags,
			       .nlmsg_seq = answer->seq,
			       .nlmsg_pid = answer->pid } };

	answer->state = ANSWER_END;
	memcpy(bytes, &message, sizeof(message));
	return sizeof(message);
}

/* nl_dump_check_consistent(): the first message of a datagram says it. */
static uint16_t interrupted(struct vk *vk, struct vk_answer *answer)
{
	uint16_t flag = answer->base_seq == vk->base_seq ? 0 : NLM_F_DUMP_INTR;

	answer->base_seq = vk->base_seq;
	return flag;
}

static size_t dump(struct vk *vk, struct vk_answer *answer, char *bytes)
{
	uint16_t flags =
	    NLM_F_MULTI | (answer->filtered ? NLM_F_DUMP_FILTERED : 0);
	uint16_t intr = answer->next ? interrupted(vk, answer) : 0;
	size_t length = 0, size;
	char message[VK_MESSAGE_MAX];
	int slot;

	answer->base_seq = vk->base_seq;
	while ((slot = next_slot(vk, answer)) >= 0) {
		size = vk_message(vk, slot, RTM_NEWLINK,
				  flags | (length ? 0 : intr), answer->seq,
				  answer->pid, 0, answer->skip_stats, message);
		if (length + size > answer->room)
			break;
		memcpy(bytes + length, message, size);
		length += size;
		answer->next = vk->links[slot].ifindex + 1;
	}
	answer->room = NEXT_ROOM;
	if (slot < 0)
		length += put_done(answer, NLM_F_MULTI | (length ? 0 : intr),
				   bytes + length);
	if (!answer->next)
		answer->next = 1;
	return length;
}

size_t vk_answer(struct vk *vk, struct vk_answer *answer, void *bytes)
{
	switch (answer->state) {
	case ANSWER_LINK:
		return one_link(vk, answer, bytes);
	case ANSWER_ACK:
		return put_error(answer, 0, bytes);
	case ANSWER_DUMP:
		return dump(vk, answer, bytes);
	case ANSWER_STATS:
		return stats(vk, answer, bytes);
	case ANSWER_ERROR:
		return put_error(answer, answer->error, bytes);
	default:
		return 0;
	}
}
