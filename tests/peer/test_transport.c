/* SPDX-License-Identifier: BSD-2-Clause */
/* The transport under net-snmp, tested from the other end of its socket. */
#include <net-snmp/net-snmp-config.h>

#include <net-snmp/net-snmp-includes.h>

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "agentx/transport.h"

#define HANGS_S 120

struct fixture {
	netsnmp_transport *transport;
	int other;
	char buffer[1 << 16];
	void *opaque;
	int opaque_length;
};

static int setup(void **state)
{
	static struct fixture fixture;
	int fds[2];

	memset(&fixture, 0, sizeof(fixture));
	if (socketpair(AF_UNIX, SOCK_STREAM, 0, fds))
		return -1;
	fixture.other = fds[1];
	transport_set_next_socket(fds[0]);
	fixture.transport =
	    netsnmp_transport_open_client("agentx", TRANSPORT_NAME);
	*state = &fixture;
	/* A call that blocks ends the test. */
	alarm(HANGS_S);
	return fixture.transport ? 0 : -1;
}

static int teardown(void **state)
{
	struct fixture *fixture = *state;

	alarm(0);
	fixture->transport->f_close(fixture->transport);
	netsnmp_transport_free(fixture->transport);
	if (fixture->other >= 0)
		close(fixture->other);
	return 0;
}

static int receive(struct fixture *fixture)
{
	fixture->transport->flags &= ~NETSNMP_TRANSPORT_FLAG_EMPTY_PKT;
	return fixture->transport->f_recv(
	    fixture->transport, fixture->buffer, sizeof(fixture->buffer),
	    &fixture->opaque, &fixture->opaque_length);
}

static int send_all(struct fixture *fixture)
{
	return fixture->transport->f_send(
	    fixture->transport, fixture->buffer, sizeof(fixture->buffer),
	    &fixture->opaque, &fixture->opaque_length);
}

static bool was_empty(const struct fixture *fixture)
{
	return fixture->transport->flags & NETSNMP_TRANSPORT_FLAG_EMPTY_PKT;
}

/* A bit of select() may be stale: neither an error nor a reason to block. */
static void nothing_to_read_is_no_disconnect(void **state)
{
	struct fixture *fixture = *state;

	assert_int_equal(receive(fixture), 0);
	assert_true(was_empty(fixture));
	assert_int_equal(write(fixture->other, "abc", 3), 3);
	assert_int_equal(receive(fixture), 3);
	assert_false(was_empty(fixture));
}

static void end_is_a_disconnect(void **state)
{
	struct fixture *fixture = *state;

	close(fixture->other);
	fixture->other = -1;
	assert_int_equal(receive(fixture), 0);
	assert_false(was_empty(fixture));
}

static void sending_to_nobody_is_an_error_and_no_signal(void **state)
{
	struct fixture *fixture = *state;

	assert_ptr_equal(signal(SIGPIPE, SIG_DFL), SIG_DFL);
	close(fixture->other);
	fixture->other = -1;
	assert_int_equal(send_all(fixture), -1);
}

/* Part of a message may be sent: the connection must become unusable. */
static void peer_that_does_not_read_is_given_up(void **state)
{
	struct fixture *fixture = *state;
	int sent, count = 0;

	do {
		sent = send_all(fixture);
		assert_true(sent == (int)sizeof(fixture->buffer) || sent == -1);
	} while (sent != -1 && ++count < 1000);
	assert_int_equal(sent, -1);
	assert_int_equal(receive(fixture), 0);
	assert_false(was_empty(fixture));
	assert_int_equal(send_all(fixture), -1);
}

/* A message of `size` octets, including 20 of header (RFC 2741, 6.1). */
static size_t put_message(unsigned char *to, size_t size)
{
	uint32_t payload = (uint32_t)size - 20;

	memset(to, 7, size);
	to[2] = 0; /* the length is little-endian */
	for (int i = 0; i < 4; i++)
		to[16 + i] = (unsigned char)(payload >> 8 * i);
	return size;
}

static void write_messages(struct fixture *fixture, const size_t *sizes)
{
	unsigned char bytes[8192];
	size_t length = 0;

	for (; *sizes; sizes++)
		length += put_message(bytes + length, *sizes);
	assert_int_equal(write(fixture->other, bytes, length), length);
}

/* Reads until `size` bytes have arrived; no call may return more. */
static void expect_message(struct fixture *fixture, int size)
{
	int come = 0;

	while (come < size) {
		int length = receive(fixture);

		assert_true(length > 0);
		come += length;
	}
	assert_int_equal(come, size);
}

/* net-snmp starts all requests that one call reads at once. */
static void messages_come_one_at_a_time(void **state)
{
	static const size_t sizes[] = { 20, 24, 5000, 20, 0 };
	struct fixture *fixture = *state;

	for (int ahead = 0; ahead < 2; ahead++) {
		if (ahead)
			transport_read_ahead();
		write_messages(fixture, sizes);
		for (size_t i = 0; sizes[i]; i++) {
			expect_message(fixture, (int)sizes[i]);
			/* The first two fit into the read-ahead buffer. */
			if (i < 2)
				assert_int_equal(transport_has_more(), ahead);
		}
		assert_false(transport_has_more());
		assert_int_equal(receive(fixture), 0);
		assert_true(was_empty(fixture));
	}
}

static void messages_in_pieces_are_the_same(void **state)
{
	struct fixture *fixture = *state;
	unsigned char bytes[48];

	transport_read_ahead();
	(void)put_message(bytes, 24);
	(void)put_message(bytes + 24, 24);
	for (int i = 0; i < 47; i++) {
		assert_int_equal(write(fixture->other, bytes + i, 1), 1);
		assert_int_equal(receive(fixture), 1);
	}
	/* The end of the last one is remembered. */
	assert_int_equal(write(fixture->other, bytes + 47, 1), 1);
	write_messages(fixture, (const size_t[]){ 20, 0 });
	assert_int_equal(receive(fixture), 1);
	assert_true(transport_has_more());
	assert_int_equal(receive(fixture), 20);
}

static void what_was_read_ahead_goes_with_the_socket(void **state)
{
	struct fixture *fixture = *state;

	transport_read_ahead();
	write_messages(fixture, (const size_t[]){ 20, 20, 0 });
	expect_message(fixture, 20);
	assert_true(transport_has_more());
	fixture->transport->f_close(fixture->transport);
	assert_false(transport_has_more());
}

static void one_socket_makes_one_transport(void **state)
{
	(void)state;
	assert_null(netsnmp_transport_open_client("agentx", TRANSPORT_NAME));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    nothing_to_read_is_no_disconnect, setup, teardown),
		cmocka_unit_test_setup_teardown(end_is_a_disconnect, setup,
						teardown),
		cmocka_unit_test_setup_teardown(
		    sending_to_nobody_is_an_error_and_no_signal, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(
		    peer_that_does_not_read_is_given_up, setup, teardown),
		cmocka_unit_test_setup_teardown(messages_come_one_at_a_time,
						setup, teardown),
		cmocka_unit_test_setup_teardown(messages_in_pieces_are_the_same,
						setup, teardown),
		cmocka_unit_test_setup_teardown(
		    what_was_read_ahead_goes_with_the_socket, setup, teardown),
		cmocka_unit_test_setup_teardown(one_socket_makes_one_transport,
						setup, teardown),
	};

	/* Don't read the host's files. */
	netsnmp_ds_set_boolean(NETSNMP_DS_LIBRARY_ID,
			       NETSNMP_DS_LIB_DISABLE_CONFIG_LOAD, 1);
	transport_register();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
