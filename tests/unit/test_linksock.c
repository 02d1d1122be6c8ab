/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Sockets and dumps against this machine's kernel, in a network namespace of
 * the test's own; answers that no kernel gives on demand, from bytes.
 * Bonds are for tests/lab: few build machines have the driver.
 */
#include "config.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/sock_diag.h>
#include <net/if.h>
#include <poll.h>
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "byte_order.h"
#include "linkbuild.h"
#include "linksock_internal.h"

#define DEADLINE_MS 60000

struct heard {
	size_t count;
	size_t distrusted;
	struct link_event last;
};

static void on_event(void *ctx, const struct link_event *event)
{
	struct heard *heard = ctx;

	heard->count++;
	heard->distrusted += event->link.distrusted;
	heard->last = *event;
}

/* "lo" up or down; false where that is not allowed. */
static bool set_lo(bool up)
{
	struct ifreq request = { .ifr_name = "lo" };
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	bool done;

	if (fd < 0)
		return false;
	request.ifr_flags = up ? IFF_UP : 0;
	done = ioctl(fd, SIOCSIFFLAGS, &request) == 0;
	close(fd);
	return done;
}

static struct linksock *open_sock(int receive_buffer)
{
	struct linksock_options options = { .receive_buffer = receive_buffer };
	struct linksock *sock = NULL;

	assert_int_equal(linksock_open(&sock, &options), 0);
	return sock;
}

static void wait_readable(struct linksock *sock)
{
	struct pollfd pfd = { .fd = linksock_fd(sock), .events = POLLIN };

	assert_int_equal(poll(&pfd, 1, DEADLINE_MS), 1);
}

static void test_no_bonds(void **state)
{
	struct linksock *sock = open_sock(0);
	struct link_batch batch;
	struct link_event stale = { .kind = LINK_KIND_BOND };

	(void)state;
	needs_order_of_kernel();
	link_batch_init(&batch);
	assert_int_equal(link_batch_add(&batch, &stale), 0);
	assert_int_equal(linksock_dump_all(sock, &batch), 0);
	assert_int_equal(batch.count, 0);
	/* "lo" is no bond, and the last ifindex there can be is nobody. */
	assert_int_equal(link_batch_add(&batch, &stale), 0);
	assert_int_equal(linksock_dump_bond(sock, 1, &batch), 0);
	assert_int_equal(batch.count, 0);
	assert_int_equal(link_batch_add(&batch, &stale), 0);
	assert_int_equal(linksock_dump_bond(sock, 0x7fffffff, &batch), 0);
	assert_int_equal(batch.count, 0);
	assert_int_equal(linksock_stats(sock)->dumps, 3);
	/* The kernel has been asked: at least "lo" has been read. */
	assert_true(linksock_stats(sock)->messages >= 1);
	assert_int_equal(linksock_stats(sock)->malformed, 0);
	link_batch_fini(&batch);
	linksock_close(sock);
}

static void test_event(void **state)
{
	struct linksock *sock = open_sock(0);
	struct heard heard = { 0 };

	(void)state;
	needs_order_of_kernel();
	assert_int_equal(linksock_receive(sock, on_event, &heard), 0);
	assert_int_equal(heard.count, 0);
	assert_true(set_lo(true));
	wait_readable(sock);
	assert_int_equal(linksock_receive(sock, on_event, &heard), 0);
	assert_true(heard.count >= 1);
	assert_string_equal(heard.last.link.name, "lo");
	assert_int_equal(heard.last.link.ifindex, 1);
	assert_true(heard.last.link.flags & LINK_FLAG_UP);
	assert_true(set_lo(false));
	wait_readable(sock);
	assert_int_equal(linksock_receive(sock, on_event, &heard), 0);
	assert_false(heard.last.link.flags & LINK_FLAG_UP);
	linksock_close(sock);
}

static void test_overrun(void **state)
{
	struct linksock *sock = open_sock(4096);
	struct heard heard = { 0 };

	(void)state;
	for (int i = 0; i < 100; i++)
		assert_true(set_lo(i % 2 == 0));
	wait_readable(sock);
	assert_int_equal(linksock_receive(sock, on_event, &heard), -ENOBUFS);
	/* What had room was handed on; not everything had. */
	assert_true(heard.count >= 1);
	assert_true(heard.count < 100);
	assert_int_equal(linksock_stats(sock)->overruns, 1);
	assert_int_equal(linksock_receive(sock, on_event, &heard), 0);
	assert_int_equal(linksock_stats(sock)->overruns, 1);
	linksock_close(sock);
}

/* What the kernel has not queued for want of room, so far. False: it does not
   say, as under qemu-user, which takes the option for one number. */
static bool read_drops(struct linksock *sock, uint32_t *drops)
{
	uint32_t info[SK_MEMINFO_VARS];
	socklen_t size = sizeof(info);

	assert_int_equal(
	    getsockopt(linksock_fd(sock), SOL_SOCKET, SO_MEMINFO, info, &size),
	    0);
	*drops = info[SK_MEMINFO_DROPS];
	return size > SK_MEMINFO_DROPS * sizeof(info[0]);
}

static uint32_t drops(struct linksock *sock)
{
	uint32_t dropped;

	assert_true(read_drops(sock, &dropped));
	return dropped;
}

/* Changes "lo" so often, or until something is dropped: an event each, and
   the cheapest there is. */
static void flood(struct linksock *sock, int limit)
{
	struct ifreq request = { .ifr_name = "lo" };
	uint32_t before = drops(sock);
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	assert_true(fd >= 0);
	for (int i = 0; i < limit && drops(sock) == before; i++) {
		request.ifr_mtu = 60000 + i % 2;
		assert_int_equal(ioctl(fd, SIOCSIFMTU, &request), 0);
	}
	close(fd);
}

/* False: net.core.rmem_max allows no such buffer here. */
static bool has_large_buffer(struct linksock *sock)
{
	int size = 0;
	socklen_t length = sizeof(size);

	assert_int_equal(getsockopt(linksock_fd(sock), SOL_SOCKET, SO_RCVBUF,
				    &size, &length),
			 0);
	return size >= 16 * 1024 * 1024;
}

/* Skips, and says why, where what becomes of one can't be seen. */
static void needs_large_queue(struct linksock *sock)
{
	const char *lacks = NULL;
	uint32_t dropped;

	if (!has_large_buffer(sock))
		lacks = "no receive buffer of 8 MiB here";
	else if (!read_drops(sock, &dropped))
		lacks = "the kernel does not say what it dropped";
	if (!lacks)
		return;
	print_message("%s\n", lacks);
	linksock_close(sock);
	skip();
}

/* A turn that ends before the queue says so: what follows is older than what
   is read now. */
static void test_turn_that_leaves_events(void **state)
{
	struct linksock *sock = open_sock(8 * 1024 * 1024);
	struct heard heard = { 0 };
	uint32_t before;

	(void)state;
	needs_large_queue(sock);
	before = drops(sock);
	flood(sock, 4096 + 10);
	assert_int_equal(drops(sock), before);
	assert_int_equal(linksock_receive(sock, on_event, &heard), 1);
	assert_int_equal(linksock_receive(sock, on_event, &heard), 0);
	linksock_close(sock);
}

/*
 * After an overrun the kernel drops everything until the queue has been
 * emptied, and does not say so again. With a large buffer that takes more than
 * one turn: no caller may take what it reads meanwhile for whole.
 */
static void test_overrun_of_a_large_buffer(void **state)
{
	struct linksock *sock = open_sock(8 * 1024 * 1024);
	struct heard heard = { 0 };
	int turns = 0, err;

	(void)state;
	needs_large_queue(sock);
	flood(sock, 1000000);
	while ((err = linksock_receive(sock, on_event, &heard)) ==
	       -EINPROGRESS) {
		/* Not queued, although there is room. */
		uint32_t before = drops(sock);

		assert_true(set_lo(++turns % 2 != 0));
		assert_true(drops(sock) > before);
	}
	assert_int_equal(err, -ENOBUFS);
	assert_true(turns >= 1);
	assert_int_equal(linksock_stats(sock)->overruns, 1);
	/* What the caller reads from here on is whole, and so is what it
	   hears. */
	assert_true(set_lo(turns % 2 == 0));
	assert_int_equal(linksock_receive(sock, on_event, &heard), 0);
	assert_int_equal(!!(heard.last.link.flags & LINK_FLAG_UP),
			 turns % 2 == 0);
	assert_true(set_lo(false));
	linksock_close(sock);
}

/* Sends to the event socket from another process' kind of socket. */
static void send_as_stranger(struct linksock *sock, const void *bytes,
			     size_t length)
{
	struct sockaddr_nl to = { 0 };
	socklen_t size = sizeof(to);
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);

	assert_true(fd >= 0);
	assert_int_equal(
	    getsockname(linksock_fd(sock), (struct sockaddr *)&to, &size), 0);
	assert_int_equal(
	    sendto(fd, bytes, length, 0, (struct sockaddr *)&to, size), length);
	close(fd);
}

static void test_stranger(void **state)
{
	struct linksock *sock = open_sock(0);
	struct nl_msg *msg = linkbuild_start(RTM_NEWLINK, 1, 0x10041, "bond0");
	struct heard heard = { 0 };

	(void)state;
	send_as_stranger(sock, nlmsg_hdr(msg), nlmsg_hdr(msg)->nlmsg_len);
	wait_readable(sock);
	assert_int_equal(linksock_receive(sock, on_event, &heard), 0);
	assert_int_equal(heard.count, 0);
	assert_int_equal(linksock_stats(sock)->foreign, 1);
	nlmsg_free(msg);
	linksock_close(sock);
}

struct tapped {
	size_t links[2]; /* by from_dump */
	size_t ends;	 /* acknowledgements */
};

/* Datagrams whole, and also those that are no news of a link. */
static void on_tap(void *ctx, const void *bytes, size_t length, bool from_dump)
{
	const struct nlmsghdr *nlh = bytes;
	struct tapped *tapped = ctx;

	assert_int_equal(nlh->nlmsg_len, length);
	if (nlh->nlmsg_type == RTM_NEWLINK)
		tapped->links[from_dump]++;
	else if (nlh->nlmsg_type == NLMSG_ERROR && from_dump)
		tapped->ends++;
}

static void test_tap(void **state)
{
	struct tapped tapped = { 0 };
	struct linksock_options options = { .tap = on_tap, .tap_ctx = &tapped };
	struct linksock *sock;
	struct link_batch batch;
	struct heard heard = { 0 };

	(void)state;
	assert_int_equal(linksock_open(&sock, &options), 0);
	link_batch_init(&batch);
	assert_int_equal(linksock_dump_bond(sock, 1, &batch), 0);
	assert_int_equal(tapped.links[true], 1);
	assert_int_equal(tapped.ends, 1);
	assert_true(set_lo(true));
	wait_readable(sock);
	assert_int_equal(linksock_receive(sock, on_event, &heard), 0);
	assert_int_equal(tapped.links[false], heard.count);
	link_batch_fini(&batch);
	linksock_close(sock);
}

/* A dump socket that is broken is replaced, not given up. */
static void test_dump_socket_comes_back(void **state)
{
	struct linksock *sock = open_sock(0);
	struct link_batch batch;

	(void)state;
	link_batch_init(&batch);
	linksock_close_dump(sock);
	assert_int_equal(linksock_dump_all(sock, &batch), 0);
	/* Not a socket: the error is said once, then it is whole again. */
	close(sock->dump_fd);
	sock->dump_fd = dup(STDERR_FILENO);
	assert_int_equal(linksock_dump_all(sock, &batch), -ENOTSOCK);
	assert_int_equal(linksock_dump_all(sock, &batch), 0);
	link_batch_fini(&batch);
	linksock_close(sock);
}

static void test_silence_times_out(void **state)
{
	struct linksock *sock = open_sock(0);
	struct timeval timeout = { .tv_usec = 20000 };
	struct sock_filter nothing = BPF_STMT(BPF_RET | BPF_K, 0);
	struct sock_fprog deaf = { .len = 1, .filter = &nothing };
	struct link_batch batch;

	(void)state;
	link_batch_init(&batch);
	/* The kernel answers, and the answer does not arrive. */
	assert_int_equal(setsockopt(sock->dump_fd, SOL_SOCKET, SO_ATTACH_FILTER,
				    &deaf, sizeof(deaf)),
			 0);
	assert_int_equal(setsockopt(sock->dump_fd, SOL_SOCKET, SO_RCVTIMEO,
				    &timeout, sizeof(timeout)),
			 0);
	assert_int_equal(linksock_dump_all(sock, &batch), -ETIMEDOUT);
	assert_int_equal(linksock_dump_all(sock, &batch), 0);
	link_batch_fini(&batch);
	linksock_close(sock);
}

/* The LACP counters of links that have none; those that have are for
   tests/lab. A socket that is broken or silent is replaced. */
static void test_lacp_stats(void **state)
{
	struct linksock *sock = open_sock(0);
	struct timeval timeout = { .tv_usec = 20000 };
	struct sock_filter nothing = BPF_STMT(BPF_RET | BPF_K, 0);
	struct sock_fprog deaf = { .len = 1, .filter = &nothing };
	struct lacp_stats lacp = { .present = 1 };

	(void)state;
	needs_order_of_kernel();
	assert_int_equal(linksock_lacp_stats(sock, 1, &lacp), 0);
	assert_int_equal(lacp.present, 0);
	lacp.present = 1;
	assert_int_equal(linksock_lacp_stats(sock, 0x7fffffff, &lacp), -ENODEV);
	assert_int_equal(lacp.present, 0);

	close(sock->dump_fd);
	sock->dump_fd = dup(STDERR_FILENO);
	assert_int_equal(linksock_lacp_stats(sock, 1, &lacp), -ENOTSOCK);
	assert_int_equal(linksock_lacp_stats(sock, 1, &lacp), 0);

	assert_int_equal(setsockopt(sock->dump_fd, SOL_SOCKET, SO_ATTACH_FILTER,
				    &deaf, sizeof(deaf)),
			 0);
	assert_int_equal(setsockopt(sock->dump_fd, SOL_SOCKET, SO_RCVTIMEO,
				    &timeout, sizeof(timeout)),
			 0);
	assert_int_equal(linksock_lacp_stats(sock, 1, &lacp), -ETIMEDOUT);
	assert_int_equal(linksock_lacp_stats(sock, 1, &lacp), 0);
	assert_int_equal(linksock_stats(sock)->malformed, 0);
	linksock_close(sock);
}

/* Answers from bytes. */

struct fixture {
	struct linksock sock; /* without sockets: only counts */
	struct link_batch batch;
	struct linkdump_answer answer;
	char bytes[8192] __attribute__((aligned(4)));
	size_t length;
};

static void put(struct fixture *f, struct nl_msg *msg, uint32_t seq, int flags)
{
	struct nlmsghdr *nlh = nlmsg_hdr(msg);

	nlh->nlmsg_seq = seq;
	nlh->nlmsg_flags = (uint16_t)(NLM_F_MULTI | flags);
	memcpy(f->bytes + f->length, nlh, nlh->nlmsg_len);
	f->length += NLMSG_ALIGN((size_t)nlh->nlmsg_len);
	nlmsg_free(msg);
}

static struct nl_msg *bond(int ifindex)
{
	struct nl_msg *msg = linkbuild_start(RTM_NEWLINK, ifindex, 0, "b");

	nla_nest_end(msg, linkbuild_info(msg, "bond", NULL));
	return msg;
}

static struct nl_msg *slave(int ifindex, int master)
{
	struct nl_msg *msg = linkbuild_start(RTM_NEWLINK, ifindex, 0, "s");

	linkbuild_u32(msg, IFLA_MASTER, (uint32_t)master);
	nla_nest_end(msg, linkbuild_info(msg, NULL, "bond"));
	return msg;
}

static struct nl_msg *ending(int type, int error)
{
	struct nl_msg *msg = nlmsg_alloc();

	(void)nlmsg_put(msg, 0, 0, type, 0, 0);
	(void)nlmsg_append(msg, &error, sizeof(error), NLMSG_ALIGNTO);
	return msg;
}

static void start(struct fixture *f)
{
	memset(f, 0, sizeof(*f));
	f->sock.seq = 7;
}

static void read_all(struct fixture *f, struct linkdump_question question)
{
	assert_int_equal(linkdump_read(&f->sock, &question, f->bytes, f->length,
				       &f->batch, &f->answer),
			 0);
}

static void test_answer(void **state)
{
	struct linkdump_question bonds = { .kind = "bond" };
	struct linkdump_question slaves = { .master = 4 };
	struct linkdump_question one = { .ifindex = 9 };
	struct fixture f;

	(void)state;
	start(&f);
	put(&f, linkbuild_start(RTM_NEWLINK, 1, 0, "lo"), 7, 0);
	put(&f, bond(4), 7, 0);
	put(&f, bond(5), 6, 0); /* of an earlier question */
	put(&f, slave(8, 4), 7, 0);
	put(&f, slave(9, 3), 7, 0);
	read_all(&f, bonds);
	assert_int_equal(f.batch.count, 3);
	assert_false(f.answer.done || f.answer.filtered ||
		     f.answer.interrupted);
	link_batch_clear(&f.batch);
	/* The same from a kernel that does not filter. */
	read_all(&f, slaves);
	assert_int_equal(f.batch.count, 1);
	assert_int_equal(f.batch.items[0].link.ifindex, 8);
	link_batch_clear(&f.batch);
	read_all(&f, one);
	assert_int_equal(f.batch.count, 1);
	assert_int_equal(f.batch.items[0].link.ifindex, 9);
	link_batch_clear(&f.batch);
	put(&f, ending(NLMSG_DONE, 0), 7, 0);
	put(&f, bond(6), 7, 0); /* behind the end */
	read_all(&f, bonds);
	assert_int_equal(f.batch.count, 3);
	assert_true(f.answer.done);
	assert_int_equal(f.answer.error, 0);
	link_batch_fini(&f.batch);
}

static void test_answer_flags(void **state)
{
	struct linkdump_question bonds = { .kind = "bond" };
	struct fixture f;

	(void)state;
	start(&f);
	put(&f, bond(4), 7, NLM_F_DUMP_FILTERED);
	read_all(&f, bonds);
	assert_true(f.answer.filtered);
	assert_false(f.answer.interrupted);
	put(&f, bond(5), 6, NLM_F_DUMP_INTR); /* not ours */
	read_all(&f, bonds);
	assert_false(f.answer.interrupted);
	put(&f, bond(5), 7, NLM_F_DUMP_INTR);
	read_all(&f, bonds);
	assert_true(f.answer.interrupted);
	link_batch_fini(&f.batch);
	/* The kernel may say so no sooner than at the end. */
	start(&f);
	put(&f, ending(NLMSG_DONE, 0), 7, NLM_F_DUMP_INTR);
	read_all(&f, bonds);
	assert_true(f.answer.interrupted);
	assert_true(f.answer.done);
}

static void test_answer_errors(void **state)
{
	static const struct {
		int type;
		int error;
		int expected;
	} rows[] = {
		{ NLMSG_DONE, -EINVAL, -EINVAL },
		{ NLMSG_ERROR, -EPERM, -EPERM },
		{ NLMSG_ERROR, 0, 0 },
		{ NLMSG_DONE, 12, 0 },
	};
	struct linkdump_question bonds = { .kind = "bond" };
	struct fixture f;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		start(&f);
		put(&f, ending(rows[i].type, rows[i].error), 7, 0);
		read_all(&f, bonds);
		assert_true(f.answer.done);
		assert_int_equal(f.answer.error, rows[i].expected);
	}
}

/* A message that can't be read leaves a mark: its link was there. */
static void test_answer_malformed(void **state)
{
	struct linkdump_question bonds = { .kind = "bond" };
	struct fixture f;
	struct nlmsghdr *nlh;

	(void)state;
	start(&f);
	put(&f, linkbuild_start(RTM_NEWLINK, 4, 0x10041, NULL), 7, 0);
	put(&f, bond(5), 7, 0);
	read_all(&f, bonds);
	assert_int_equal(f.batch.count, 2);
	assert_true(f.batch.items[0].link.distrusted);
	assert_int_equal(f.batch.items[0].link.ifindex, 4);
	assert_int_equal(f.batch.items[0].link.flags, 0);
	assert_false(f.batch.items[1].link.distrusted);
	assert_int_equal(f.sock.stats.malformed, 1);
	assert_false(f.answer.interrupted);
	link_batch_clear(&f.batch);
	/* A length that leads out of the datagram. */
	nlh = (void *)f.bytes;
	nlh->nlmsg_len = (uint32_t)f.length + 1;
	read_all(&f, bonds);
	assert_true(f.answer.interrupted);
	assert_int_equal(f.batch.count, 0);
	nlh->nlmsg_len = 3;
	read_all(&f, bonds);
	assert_int_equal(f.batch.count, 0);
	link_batch_fini(&f.batch);
}

static void write_file(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	if (file) {
		(void)fputs(text, file);
		(void)fclose(file);
	}
}

static void skip_all(const char *why)
{
	printf("SKIP: %s\n", why);
	exit(77);
}

/* A namespace of our own, with or without root; exit 77: skipped. */
static void enter_namespace(void)
{
	char map[32];
	unsigned int uid = (unsigned int)getuid();

	if (uid != 0) {
		if (unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0)
			skip_all("this kernel gives no user namespace");
		(void)snprintf(map, sizeof(map), "0 %u 1", uid);
		write_file("/proc/self/uid_map", map);
	} else if (unshare(CLONE_NEWNET) != 0) {
		skip_all("this kernel gives no network namespace");
	}
	if (!set_lo(true) || !set_lo(false))
		skip_all("lo can't be set up and down here");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_no_bonds),
		cmocka_unit_test(test_event),
		cmocka_unit_test(test_overrun),
		cmocka_unit_test(test_turn_that_leaves_events),
		cmocka_unit_test(test_overrun_of_a_large_buffer),
		cmocka_unit_test(test_stranger),
		cmocka_unit_test(test_tap),
		cmocka_unit_test(test_dump_socket_comes_back),
		cmocka_unit_test(test_silence_times_out),
		cmocka_unit_test(test_lacp_stats),
		cmocka_unit_test(test_answer),
		cmocka_unit_test(test_answer_flags),
		cmocka_unit_test(test_answer_errors),
		cmocka_unit_test(test_answer_malformed),
	};

	enter_namespace();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
