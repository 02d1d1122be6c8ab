/* SPDX-License-Identifier: BSD-2-Clause */
/* The state as text: there and back, and whatever else may stand there. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "state/state_text.h"

/* The checksums are what zlib's crc32() says of the lines before. */
#define HEAD "bondcarrier-state 1\nboot 0123\nlast-event 4294967295\n"
static const char *const example =
    HEAD "raised told 1 1700000000123 5 =bond0 0 =\n"
	 "over owed 8 0 2147483647 == 7 =v-\xff\n"
	 "checksum 861021c5\n";

static void add(struct state_text *state, const struct ledger_entry *entry)
{
	assert_int_equal(ledger_add(&state->ledger, entry), 0);
}

static struct state_text sample(void)
{
	struct state_text state = { .boot_id = "0123",
				    .last_event = UINT32_MAX };

	add(&state, &(struct ledger_entry){ .kind = DISCREPANCY_FALSE_UP,
					    .raise = LEDGER_ACKNOWLEDGED,
					    .bond = 5,
					    .bond_name = "bond0",
					    .since_wall_ms = 1700000000123 });
	add(&state, &(struct ledger_entry){ .kind = DISCREPANCY_SLAVE_FALSE_UP,
					    .raise = LEDGER_OWED,
					    .over = true,
					    .bond = INT32_MAX,
					    .bond_name = "=",
					    .slave = 7,
					    .slave_name = "v-\xff" });
	return state;
}

static void is_written_as_documented(void **ctx)
{
	struct state_text state = sample();
	char *text;
	size_t length;

	(void)ctx;
	assert_int_equal(state_text_encode(&state, &text, &length), 0);
	assert_int_equal(length, strlen(example));
	assert_string_equal(text, example);
	free(text);
	state_text_fini(&state);
}

static void is_read_as_written(void **ctx)
{
	struct state_text expected = sample(), state;

	(void)ctx;
	assert_int_equal(state_text_decode(example, strlen(example), &state),
			 0);
	assert_string_equal(state.boot_id, "0123");
	assert_int_equal(state.last_event, UINT32_MAX);
	assert_int_equal(state.ledger.count, 2);
	for (size_t i = 0; i < 2; i++) {
		const struct ledger_entry *a = &state.ledger.entries[i];
		const struct ledger_entry *b = &expected.ledger.entries[i];

		assert_int_equal(a->kind, b->kind);
		assert_int_equal(a->raise, b->raise);
		assert_int_equal(a->over, b->over);
		assert_int_equal(a->bond, b->bond);
		assert_int_equal(a->slave, b->slave);
		assert_string_equal(a->bond_name, b->bond_name);
		assert_string_equal(a->slave_name, b->slave_name);
		assert_true(a->since_wall_ms == b->since_wall_ms);
		assert_int_equal(a->raise_index, 0);
	}
	state_text_fini(&state);
	state_text_fini(&expected);
}

/* On the heap and of that size, so that reading beyond is seen. */
static int decode(const char *text, size_t length)
{
	char *copy = malloc(length ? length : 1);
	struct state_text state;
	int err;

	assert_non_null(copy);
	memcpy(copy, text, length);
	err = state_text_decode(copy, length, &state);
	free(copy);
	if (!err)
		state_text_fini(&state);
	return err;
}

static void a_torn_file_is_refused_wherever_it_is_torn(void **ctx)
{
	(void)ctx;
	assert_int_equal(decode(example, strlen(example)), 0);
	for (size_t length = 0; length < strlen(example); length++)
		assert_int_equal(decode(example, length), -EBADMSG);
}

static void a_flipped_bit_is_refused_wherever_it_is(void **ctx)
{
	char *text = strdup(example);

	(void)ctx;
	assert_non_null(text);
	for (size_t bit = 0; bit < 8 * strlen(example); bit++) {
		text[bit / 8] = (char)(text[bit / 8] ^ 1 << bit % 8);
		assert_int_equal(decode(text, strlen(example)), -EBADMSG);
		text[bit / 8] = (char)(text[bit / 8] ^ 1 << bit % 8);
	}
	free(text);
}

/* zlib's polynomial, the other way around: with a table. */
static uint32_t crc32_by_table(const char *text, size_t length)
{
	uint32_t table[256], crc = ~0U;

	for (uint32_t n = 0; n < 256; n++) {
		table[n] = n;
		for (int bit = 0; bit < 8; bit++)
			table[n] = table[n] & 1 ? table[n] >> 1 ^ 0xedb88320U
						: table[n] >> 1;
	}
	while (length--)
		crc = table[(crc ^ (unsigned char)*text++) & 255] ^ crc >> 8;
	return ~crc;
}

/* Those lines with a checksum that is right. */
static int decode_lines(const char *lines)
{
	char text[4096];
	int length =
	    snprintf(text, sizeof(text), "%schecksum %08x\n", lines,
		     (unsigned int)crc32_by_table(lines, strlen(lines)));

	return decode(text, (size_t)length);
}

static void forged_lines_are_refused(void **ctx)
{
	static const char *const bad[] = {
		"",
		"bondcarrier-state 2\nboot 0\nlast-event 1\n",
		"bondcarrier-state 1\nlast-event 1\n",
		"bondcarrier-state 1\nboot 0\n",
		"bondcarrier-state 1\nboot 0\nlast-event 4294967296\n",
		"bondcarrier-state 1\nboot 0\nlast-event -1\n",
		"bondcarrier-state 1\nboot 0\nlast-event 01\n",
		"bondcarrier-state 1\nboot 0\nlast-event "
		"99999999999999999999\n",
		"bondcarrier-state 1\nboot "
		"0123456789012345678901234567890123456"
		"\nlast-event 1\n",
		HEAD "\n",
		HEAD "raised told 0 1 5 =bond0 0 =\n",
		HEAD "raised told 99 1 5 =bond0 0 =\n",
		HEAD "raised told 1 -1 5 =bond0 0 =\n",
		HEAD "raised told 1 9223372036854775808 5 =bond0 0 =\n",
		HEAD "raised told 1 1 0 =bond0 0 =\n",
		HEAD "raised told 1 1 2147483648 =bond0 0 =\n",
		HEAD "raised told 1 1 5 bond0 0 =\n",
		HEAD "raised told 1 1 5 =sixteen-letters! 0 =\n",
		HEAD "raised told 1 1 5 =bond0 0\n",
		HEAD "raised told 1 1 5 =bond0 0 = \n",
		HEAD "raised told 1 1 5 =bond0\n0 =\n",
		HEAD "raised asked 1 1 5 =bond0 0 =\n",
		HEAD "risen told 1 1 5 =bond0 0 =\n",
		HEAD "raised told 1 1 5 =bond0 0 =",
	};

	(void)ctx;
	assert_int_equal(decode_lines(HEAD), 0);
	assert_int_equal(decode_lines(HEAD "raised told 10 9223372036854775807 "
					   "1 =fifteen-letters 0 =\n"),
			 0);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		if (decode_lines(bad[i]) != -EBADMSG)
			fail_msg("taken: %s", bad[i]);
	}
}

static void too_many_are_neither_written_nor_read(void **ctx)
{
	struct state_text state = sample();
	char *text;
	struct ledger_entry longest;
	size_t length;

	(void)ctx;
	longest = state.ledger.entries[1];
	while (state.ledger.count < STATE_TEXT_ENTRIES_MAX)
		add(&state, &longest);
	assert_int_equal(state_text_encode(&state, &text, &length), 0);
	assert_true(length < STATE_TEXT_MAX);
	assert_int_equal(decode(text, length), 0);
	free(text);
	add(&state, &longest);
	assert_int_equal(state_text_encode(&state, &text, &length), -E2BIG);
	state_text_fini(&state);
}

static void a_name_with_a_space_spoils_nothing(void **ctx)
{
	struct state_text state = { .boot_id = "-" };
	char *text;
	size_t length;

	(void)ctx;
	add(&state, &(struct ledger_entry){ .kind = DISCREPANCY_FALSE_UP,
					    .bond = 1,
					    .bond_name = "a b\nc" });
	assert_int_equal(state_text_encode(&state, &text, &length), 0);
	assert_int_equal(decode(text, length), 0);
	free(text);
	state_text_fini(&state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(is_written_as_documented),
		cmocka_unit_test(is_read_as_written),
		cmocka_unit_test(a_torn_file_is_refused_wherever_it_is_torn),
		cmocka_unit_test(a_flipped_bit_is_refused_wherever_it_is),
		cmocka_unit_test(forged_lines_are_refused),
		cmocka_unit_test(too_many_are_neither_written_nor_read),
		cmocka_unit_test(a_name_with_a_space_spoils_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
