/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Dumps of this machine's kernel, and sockets that break. Bonds are for
 * tests/lab: few build machines have the driver.
 */
#include <errno.h>
#include <linux/filter.h>
#include <linux/sock_diag.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "byte_order.h"
#include "linkbuild.h"
#include "linksock_fixture.h"

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

/* Datagrams whole, and also those that are no news of a link. */
struct tapped {
	size_t links[2]; /* by from_dump */
	size_t ends;	 /* acknowledgements */
};

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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_no_bonds),
		cmocka_unit_test(test_stranger),
		cmocka_unit_test(test_tap),
		cmocka_unit_test(test_dump_socket_comes_back),
		cmocka_unit_test(test_silence_times_out),
		cmocka_unit_test(test_lacp_stats),
	};

	enter_namespace();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
