/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Requests to the kernel and their replies: single links, and dumps that the
 * kernel filters if it can. Filtering saves work, but nothing relies on it:
 * every message of a reply is checked.
 */
#include <errno.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <netlink/attr.h>
#include <netlink/msg.h>
#include <string.h>
#include <sys/socket.h>

#include "netlink/linksock_internal.h"

/* Attempts at a dump that changes keep interrupting, before -EAGAIN. */
#define TRIES 10
/* With more bonds, a dump of all links is cheaper than one dump per bond. */
#define MANY_BONDS 16

/* Whether the link matches the request. */
static bool wanted(const struct linksock_dump_question *question,
		   const struct link_event *event)
{
	if (event->link.distrusted)
		return event->link.ifindex > 0;
	if (event->gone)
		return false;
	if (question->ifindex)
		return event->link.ifindex == question->ifindex;
	if (question->master)
		return event->bond_slave && event->master == question->master;
	if (question->vlans)
		return event->kind == LINK_KIND_VLAN;
	return event->kind == LINK_KIND_BOND || event->bond_slave;
}

/* NLMSG_ERROR carries a struct nlmsgerr, NLMSG_DONE an int. Both begin with the
   error, and a kernel may refuse a dump with either. */
static int error_of(const struct nlmsghdr *nlh)
{
	int error = 0;

	if (nlh->nlmsg_len >= NLMSG_LENGTH(sizeof(error)))
		memcpy(&error, nlmsg_data(nlh), sizeof(error));
	else if (nlh->nlmsg_type == NLMSG_ERROR)
		return -EBADMSG;
	return error < 0 ? error : 0;
}

static int read_message(struct linksock *sock,
			const struct linksock_dump_question *question,
			const struct nlmsghdr *nlh, size_t length,
			struct link_batch *batch,
			struct linksock_dump_answer *answer)
{
	struct link_event event;
	int err;

	if (nlh->nlmsg_flags & NLM_F_DUMP_INTR && !question->ifindex)
		answer->interrupted = true;
	if (nlh->nlmsg_type == NLMSG_DONE || nlh->nlmsg_type == NLMSG_ERROR) {
		answer->done = true;
		answer->error = error_of(nlh);
		return 0;
	}
	if (nlh->nlmsg_flags & NLM_F_DUMP_FILTERED)
		answer->filtered = true;
	err = linksock_parse(sock, nlh, length, &event);
	if (err == -ENOMSG || !wanted(question, &event))
		return 0;
	return link_batch_add(batch, &event);
}

int linksock_dump_read(struct linksock *sock,
		       const struct linksock_dump_question *question,
		       const char *bytes, size_t length,
		       struct link_batch *batch,
		       struct linksock_dump_answer *answer)
{
	struct linkmsg_cursor cursor = { bytes, length };
	const struct nlmsghdr *nlh;
	size_t available;

	while (!answer->done && (nlh = linkmsg_next(&cursor, &available))) {
		int err = 0;

		if (nlh->nlmsg_len < sizeof(*nlh) ||
		    nlh->nlmsg_len > available) {
			/* The rest can't be located: the dump has a gap. */
			sock->stats.malformed++;
			answer->interrupted = true;
			return 0;
		}
		/* Another number: a late reply to an earlier request. */
		if (nlh->nlmsg_seq == sock->seq)
			err = read_message(sock, question, nlh, available,
					   batch, answer);
		if (err)
			return err;
	}
	return 0;
}

static struct nl_msg *build(const struct linksock_dump_question *question,
			    uint32_t seq)
{
	int flags = NLM_F_REQUEST;
	struct ifinfomsg info = { .ifi_family = AF_UNSPEC,
				  .ifi_index = question->ifindex };
	struct nl_msg *msg = nlmsg_alloc();
	struct nlattr *nest;

	if (!msg)
		return NULL;
	/* Only the acknowledgement ends the reply about a single link. */
	flags |= question->ifindex ? NLM_F_ACK : NLM_F_DUMP;
	if (!nlmsg_put(msg, 0, seq, RTM_GETLINK, 0, flags) ||
	    nlmsg_append(msg, &info, sizeof(info), NLMSG_ALIGNTO) < 0 ||
	    nla_put_u32(msg, IFLA_EXT_MASK, RTEXT_FILTER_SKIP_STATS) < 0)
		goto fail;
	if (question->master &&
	    nla_put_u32(msg, IFLA_MASTER, (uint32_t)question->master) < 0)
		goto fail;
	if (question->kind) {
		nest = nla_nest_start(msg, IFLA_LINKINFO);
		if (!nest ||
		    nla_put_string(msg, IFLA_INFO_KIND, question->kind) < 0)
			goto fail;
		nla_nest_end(msg, nest);
	}
	return msg;
fail:
	nlmsg_free(msg);
	return NULL;
}

static int send_question(struct linksock *sock,
			 const struct linksock_dump_question *question)
{
	struct sockaddr_nl kernel = { .nl_family = AF_NETLINK };
	struct nl_msg *msg = build(question, ++sock->seq);
	ssize_t sent;

	if (!msg)
		return -ENOMEM;
	do
		sent = sendto(sock->dump_fd, nlmsg_hdr(msg),
			      nlmsg_hdr(msg)->nlmsg_len, 0,
			      (struct sockaddr *)&kernel, sizeof(kernel));
	while (sent < 0 && errno == EINTR);
	nlmsg_free(msg);
	return sent < 0 ? -errno : 0;
}

static int ask_once(struct linksock *sock,
		    const struct linksock_dump_question *question,
		    struct link_batch *batch,
		    struct linksock_dump_answer *answer)
{
	int err = send_question(sock, question);

	while (!err && !answer->done) {
		ssize_t length = linksock_recv(sock, sock->dump_fd, 0);

		if (length == -EAGAIN)
			err = -ETIMEDOUT;
		else if (length < 0)
			err = (int)length;
		else
			err = linksock_dump_read(sock, question, sock->buffer,
						 (size_t)length, batch, answer);
	}
	return err ? err : answer->error;
}

/*
 * Repeats the request until a reply is complete. After an unfinished reply the
 * socket is replaced, because the next request on it would fail with -EBUSY.
 */
static int ask(struct linksock *sock,
	       const struct linksock_dump_question *question,
	       struct link_batch *batch, bool *filtered)
{
	size_t before = batch->count;

	for (int i = 0; i < TRIES; i++) {
		struct linksock_dump_answer answer = { 0 };
		int err = sock->dump_fd < 0 ? linksock_open_dump(sock) : 0;

		if (!err)
			err = ask_once(sock, question, batch, &answer);
		if (!answer.done)
			linksock_close_dump(sock);
		if (!err && !answer.interrupted) {
			if (filtered)
				*filtered = answer.filtered;
			return 0;
		}
		batch->count = before;
		if (err && err != -ENOBUFS && err != -EINTR)
			return err;
		sock->stats.interrupted++;
	}
	return -EAGAIN;
}

/* Requests the devices of one layer, each once. */
static int add_layer(struct linksock *sock, struct link_batch *batch,
		     const struct pairs *below)
{
	int previous = 0;

	for (size_t i = 0; i < below->count; i++) {
		struct linksock_dump_question question = {
			.ifindex = below->items[i].key
		};
		int err;

		if (question.ifindex == previous)
			continue;
		previous = question.ifindex;
		err = ask(sock, &question, batch, NULL);
		if (err && err != -ENODEV)
			return err;
	}
	return 0;
}

/* Adds the lower devices of the slaves, layer by layer. A device that does not
   exist (any more) is left out. */
static int add_lowers(struct linksock *sock, struct link_batch *batch)
{
	struct pairs known = { 0 }, below = { 0 };
	size_t from = 0;
	int err = 0;

	for (int depth = 0; depth < LINK_DEPTH_MAX && !err; depth++) {
		size_t to = batch->count;

		below.count = below.sorted = 0;
		err = link_batch_index(batch, from, &known);
		for (size_t i = from; i < to && !err; i++) {
			int lower = batch->items[i].link.lower;

			if (lower && !pairs_have(&known, lower))
				err = pairs_add(&below, lower, 0);
		}
		pairs_sort(&below);
		if (!err)
			err = add_layer(sock, batch, &below);
		from = to;
	}
	pairs_fini(&known);
	pairs_fini(&below);
	return err;
}

static int add_slaves_of_each(struct linksock *sock, struct link_batch *batch)
{
	size_t count = batch->count;

	for (size_t i = 0; i < count; i++) {
		struct linksock_dump_question question = {
			.master = batch->items[i].link.ifindex
		};
		int err = ask(sock, &question, batch, NULL);

		if (err)
			return err;
	}
	return 0;
}

int linksock_dump_all(struct linksock *sock, struct link_batch *batch)
{
	struct linksock_dump_question bonds = { .kind = "bond" };
	struct linksock_dump_question everything = { 0 };
	bool filtered = false;
	int err;

	sock->stats.dumps++;
	link_batch_clear(batch);
	err = ask(sock, &bonds, batch, &filtered);
	/* A kernel without bonding does not know the kind, and an old kernel
	   does not filter: then the reply already includes the slaves. Whether
	   an empty reply was filtered is unknown, and does not matter. */
	if (!err && filtered) {
		if (batch->count > MANY_BONDS) {
			link_batch_clear(batch);
			err = ask(sock, &everything, batch, NULL);
		} else {
			err = add_slaves_of_each(sock, batch);
		}
	}
	if (!err)
		err = add_lowers(sock, batch);
	if (err)
		link_batch_clear(batch);
	return err;
}

int linksock_dump_bond(struct linksock *sock, int ifindex,
		       struct link_batch *batch)
{
	struct linksock_dump_question bond = { .ifindex = ifindex };
	struct linksock_dump_question slaves = { .master = ifindex };
	int err;

	sock->stats.dumps++;
	link_batch_clear(batch);
	err = ask(sock, &bond, batch, NULL);
	if (err == -ENODEV)
		return 0;
	if (!err &&
	    (batch->count != 1 || (!batch->items[0].link.distrusted &&
				   batch->items[0].kind != LINK_KIND_BOND))) {
		link_batch_clear(batch);
		return 0;
	}
	if (!err)
		err = ask(sock, &slaves, batch, NULL);
	if (!err)
		err = add_lowers(sock, batch);
	if (err)
		link_batch_clear(batch);
	return err;
}

/* A kernel without VLANs does not know the kind, and sends all links. */
int linksock_dump_vlans(struct linksock *sock, struct link_batch *batch)
{
	struct linksock_dump_question vlans = { .kind = "vlan", .vlans = true };
	int err;

	sock->stats.dumps++;
	link_batch_clear(batch);
	err = ask(sock, &vlans, batch, NULL);
	if (err)
		link_batch_clear(batch);
	return err;
}
