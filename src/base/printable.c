/* SPDX-License-Identifier: BSD-2-Clause */
/* Makes untrusted text safe for a terminal, a log and SNMP. */
#include "base/printable.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* Decodes the code point at `bytes`; returns its length; 0: not UTF-8. */
static size_t decode_utf8(const unsigned char *bytes, uint32_t *code)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	size_t length;

	if (bytes[0] < 0x80) {
		*code = bytes[0];
		return 1;
	}
	if ((bytes[0] & 0xe0) == 0xc0)
		length = 2;
	else if ((bytes[0] & 0xf0) == 0xe0)
		length = 3;
	else if ((bytes[0] & 0xf8) == 0xf0)
		length = 4;
	else
		return 0;
	*code = bytes[0] & (0x7fU >> length);
	for (size_t i = 1; i < length; i++) {
		if ((bytes[i] & 0xc0) != 0x80) /* stops at the NUL, too */
			return 0;
		*code = *code << 6 | (bytes[i] & 0x3f);
	}
	if (*code < least[length] || *code > 0x10ffff ||
	    (*code >= 0xd800 && *code <= 0xdfff))
		return 0;
	return length;
}

/* Control characters, white space other than U+0020, and characters that hide,
   join or reorder the text around them (Unicode's White_Space, Bidi_Control,
   Default_Ignorable_Code_Point, and noncharacters). */
static const struct {
	uint32_t first, last;
} unprintable[] = {
	{ 0x0000, 0x001f },   { 0x007f, 0x00a0 },    { 0x00ad, 0x00ad },
	{ 0x034f, 0x034f },   { 0x061c, 0x061c },    { 0x115f, 0x1160 },
	{ 0x1680, 0x1680 },   { 0x17b4, 0x17b5 },    { 0x180b, 0x180f },
	{ 0x2000, 0x200f },   { 0x2028, 0x202f },    { 0x205f, 0x206f },
	{ 0x3000, 0x3000 },   { 0x3164, 0x3164 },    { 0xfe00, 0xfe0f },
	{ 0xfeff, 0xfeff },   { 0xffa0, 0xffa0 },    { 0xfff0, 0xfffb },
	{ 0xfffe, 0xffff },   { 0x1bca0, 0x1bca3 },  { 0x1d173, 0x1d17a },
	{ 0xe0000, 0xe0fff }, { 0xf0000, 0x10ffff },
};

static bool is_printable(uint32_t code)
{
	for (size_t i = 0; i < sizeof(unprintable) / sizeof(unprintable[0]);
	     i++) {
		if (code >= unprintable[i].first && code <= unprintable[i].last)
			return false;
	}
	return true;
}

/* Writes the output for the next character (at most 4 bytes) to `piece`;
   returns the number of input bytes it replaces. */
static size_t next_piece(const unsigned char *bytes, bool is_name,
			 char piece[5])
{
	static const char hex[] = "0123456789abcdef";
	uint32_t code = 0;
	size_t length = decode_utf8(bytes, &code);

	memset(piece, 0, 5);
	if (is_name && code == '\\' && length == 1) {
		piece[0] = '\\';
		piece[1] = '\\';
		return 1;
	}
	if (length > 0 && is_printable(code)) {
		memcpy(piece, bytes, length);
		return length;
	}
	piece[0] = '\\';
	piece[1] = 'x';
	piece[2] = hex[bytes[0] >> 4];
	piece[3] = hex[bytes[0] & 0xf];
	return 1;
}

static const char *make_printable(const char *text, bool is_name, char *buffer,
				  size_t size)
{
	const unsigned char *bytes = (const unsigned char *)text;
	size_t used = 0;
	char piece[5];

	if (size == 0)
		return "";
	while (*bytes) {
		size_t taken = next_piece(bytes, is_name, piece);
		size_t length = strlen(piece);

		if (length >= size - used)
			break;
		memcpy(buffer + used, piece, length);
		used += length;
		bytes += taken;
	}
	buffer[used] = '\0';
	return buffer;
}

const char *printable_name(const char *ifname, char *buffer, size_t size)
{
	return make_printable(ifname, true, buffer, size);
}

const char *printable_text(const char *text, char *buffer, size_t size)
{
	return make_printable(text, false, buffer, size);
}
