/* SPDX-License-Identifier: BSD-2-Clause */
/* The transport, tested from the other end of its socket. */
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
	struct transport transport;
	int other;
};

static int setup(void **state)
{
	static struct fixture fixture;
	int fds[2];

	memset(&fixture, 0, sizeof(fixture));
	if (socketpair(AF_UNIX, SOCK_STREAM, 0, fds))
		return -1;
	fixture.other = fds[1];
	transport_open(&fixture.transport, fds[0]);
	*state = &fixture;
	/* A call that blocks ends the test. */
	alarm(HANGS_S);
	return 0;
}

static int teardown(void **state)
{
	struct fixture *fixture = *state;

	alarm(0);
	transport_close(&fixture->transport);
	if (fixture->other >= 0)
		close(fixture->other);
	return 0;
}

static bool was_received(struct fixture *fixture)
{
	bool received = fixture->transport.received;

	fixture->transport.received = false;
	return received;
}

/* A bit of select() may be stale: neither an error nor a reason to block. */
static void nothing_to_read_is_no_disconnect(void **state)
{
	struct fixture *fixture = *state;

	assert_true(transport_read(&fixture->transport));
	assert_false(was_received(fixture));
	assert_int_equal(write(fixture->other, "abc", 3), 3);
	assert_true(transport_read(&fixture->transport));
	assert_true(was_received(fixture));
	assert_false(transport_has_more(&fixture->transport));
}

static void end_is_a_disconnect(void **state)
{
	struct fixture *fixture = *state;

	close(fixture->other);
	fixture->other = -1;
	assert_false(transport_read(&fixture->transport));
	assert_true(was_received(fixture));
}

static void sending_to_nobody_is_an_error_and_no_signal(void **state)
{
	struct fixture *fixture = *state;

	assert_ptr_equal(signal(SIGPIPE, SIG_DFL), SIG_DFL);
	close(fixture->other);
	fixture->other = -1;
	assert_false(transport_send(&fixture->transport, "abc", 3));
}

/* Part of a message may be sent: the connection must become unusable. */
static void peer_that_does_not_read_is_given_up(void **state)
{
	static const char much[1 << 16];
	struct fixture *fixture = *state;
	int count = 0;

	while (transport_send(&fixture->transport, much, sizeof(much)))
		assert_true(++count < 1000);
	assert_false(transport_read(&fixture->transport));
	assert_false(transport_send(&fixture->transport, much, 1));
}

/* A message of `size` octets, including 20 of header (RFC 2741, 6.1). */
static size_t put_message(unsigned char *to, size_t size, int content)
{
	uint32_t payload = (uint32_t)size - 20;

	memset(to, content, size);
	to[2] = 0; /* the length is little-endian */
	for (int i = 0; i < 4; i++)
		to[16 + i] = (unsigned char)(payload >> 8 * i);
	return size;
}

static void expect_message(struct fixture *fixture, size_t size, int content)
{
	const unsigned char *message = NULL;
	unsigned char expected[8192];

	put_message(expected, size, content);
	assert_true(transport_has_more(&fixture->transport));
	assert_int_equal(transport_take(&fixture->transport, &message),
			 TRANSPORT_MESSAGE);
	assert_memory_equal(message, expected, size);
}

static void expect_nothing(struct fixture *fixture)
{
	const unsigned char *message;

	assert_false(transport_has_more(&fixture->transport));
	assert_int_equal(transport_take(&fixture->transport, &message),
			 TRANSPORT_NOTHING);
}

static void messages_that_come_at_once(void **state)
{
	static const size_t sizes[] = { 20, 24, 5000, 20 };
	struct fixture *fixture = *state;
	unsigned char bytes[8192];
	size_t length = 0;

	for (size_t i = 0; i < 4; i++)
		length += put_message(bytes + length, sizes[i], (int)i);
	assert_int_equal(write(fixture->other, bytes, length), length);
	assert_true(transport_read(&fixture->transport));
	for (size_t i = 0; i < 4; i++)
		expect_message(fixture, sizes[i], (int)i);
	expect_nothing(fixture);
}

static void messages_in_pieces(void **state)
{
	struct fixture *fixture = *state;
	unsigned char bytes[44];

	put_message(bytes, 24, 7);
	put_message(bytes + 24, 20, 8);
	for (size_t i = 0; i < 44; i++) {
		expect_nothing(fixture);
		assert_int_equal(write(fixture->other, bytes + i, 1), 1);
		assert_true(transport_read(&fixture->transport));
		if (i == 23)
			expect_message(fixture, 24, 7);
	}
	expect_message(fixture, 20, 8);
	expect_nothing(fixture);
}

/* Half of the second is moved to the front. */
static void message_behind_a_half_one(void **state)
{
	struct fixture *fixture = *state;
	unsigned char bytes[8192];

	put_message(bytes, 3000, 1);
	put_message(bytes + 3000, 4000, 2);
	assert_int_equal(write(fixture->other, bytes, 5000), 5000);
	assert_true(transport_read(&fixture->transport));
	expect_message(fixture, 3000, 1);
	expect_nothing(fixture);
	assert_int_equal(write(fixture->other, bytes + 5000, 2000), 2000);
	assert_true(transport_read(&fixture->transport));
	expect_message(fixture, 4000, 2);
	expect_nothing(fixture);
}

/* Writes all, and reads it meanwhile. */
static void pass_through(struct fixture *fixture, const unsigned char *bytes,
			 size_t length)
{
	while (length > 0) {
		ssize_t written = send(fixture->other, bytes,
				       length < 9999 ? length : 9999, 0);

		assert_true(written > 0);
		bytes += written;
		length -= (size_t)written;
		assert_true(transport_read(&fixture->transport));
	}
}

static void longest_message(void **state)
{
	static unsigned char bytes[AGENTX_SIZE_MAX];
	struct fixture *fixture = *state;
	const unsigned char *message;

	put_message(bytes, sizeof(bytes), 5);
	pass_through(fixture, bytes, sizeof(bytes));
	assert_int_equal(transport_take(&fixture->transport, &message),
			 TRANSPORT_MESSAGE);
	assert_memory_equal(message, bytes, sizeof(bytes));
	expect_nothing(fixture);
}

/* Of a longer one there is the header, and then what follows it. */
static void message_that_is_too_long(void **state)
{
	static const size_t sizes[] = { AGENTX_SIZE_MAX + 1,
					AGENTX_SIZE_MAX * 2, 1 << 20 };
	static unsigned char bytes[(1 << 20) + 24];
	struct fixture *fixture = *state;
	const unsigned char *message;

	for (size_t i = 0; i < 3; i++) {
		put_message(bytes, sizes[i], 3);
		put_message(bytes + sizes[i], 24, 4);
		pass_through(fixture, bytes, 30);
		assert_int_equal(transport_take(&fixture->transport, &message),
				 TRANSPORT_HEADER);
		assert_memory_equal(message, bytes, 20);
		pass_through(fixture, bytes + 30, sizes[i] + 24 - 30);
		expect_message(fixture, 24, 4);
		expect_nothing(fixture);
	}
}

static void impossible_length(void **state)
{
	static const uint32_t payloads[] = { (1 << 20) - 19, 0x7fffffff,
					     0xffffffff, 0xffffffec };
	struct fixture *fixture = *state;
	const unsigned char *message;
	unsigned char bytes[20];

	for (size_t i = 0; i < 4; i++) {
		put_message(bytes, sizeof(bytes), 0);
		for (int j = 0; j < 4; j++)
			bytes[16 + j] = (unsigned char)(payloads[i] >> 8 * j);
		fixture->transport.at = fixture->transport.end = 0;
		pass_through(fixture, bytes, sizeof(bytes));
		assert_true(transport_has_more(&fixture->transport));
		assert_int_equal(transport_take(&fixture->transport, &message),
				 TRANSPORT_LOST);
	}
}

static void what_was_read_goes_with_the_socket(void **state)
{
	struct fixture *fixture = *state;
	unsigned char bytes[40];

	put_message(bytes, 20, 1);
	put_message(bytes + 20, 20, 2);
	pass_through(fixture, bytes, sizeof(bytes));
	expect_message(fixture, 20, 1);
	transport_close(&fixture->transport);
	assert_int_equal(fixture->transport.fd, -1);
	expect_nothing(fixture);
}

#define TEST(function)                                                         \
	cmocka_unit_test_setup_teardown(function, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(nothing_to_read_is_no_disconnect),
		TEST(end_is_a_disconnect),
		TEST(sending_to_nobody_is_an_error_and_no_signal),
		TEST(peer_that_does_not_read_is_given_up),
		TEST(messages_that_come_at_once),
		TEST(messages_in_pieces),
		TEST(message_behind_a_half_one),
		TEST(longest_message),
		TEST(message_that_is_too_long),
		TEST(impossible_length),
		TEST(what_was_read_goes_with_the_socket),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
