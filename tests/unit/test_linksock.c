/* SPDX-License-Identifier: BSD-2-Clause */
/* Events from this machine's kernel: heard, and lost. */
#include <errno.h>
#include <linux/filter.h>
#include <linux/sock_diag.h>
#include <net/if.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "byte_order.h"
#include "linksock_fixture.h"

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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_event),
		cmocka_unit_test(test_overrun),
		cmocka_unit_test(test_turn_that_leaves_events),
		cmocka_unit_test(test_overrun_of_a_large_buffer),
	};

	enter_namespace();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
