/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Plain text in PAGE_COLUMNS columns.
 */
#include "output/page.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The column of text beside a label. */
#define TEXT_COLUMN 16

bool page_wants_colour(FILE *out)
{
	const char *no_color = getenv("NO_COLOR"); /* https://no-color.org */
	const char *term = getenv("TERM");

	return isatty(fileno(out)) && !(no_color && no_color[0]) && term &&
	       term[0] && strcmp(term, "dumb") != 0;
}

static size_t width_of(const char *text, size_t bytes)
{
	size_t width = 0;

	for (size_t i = 0; i < bytes; i++) {
		if (((unsigned char)text[i] & 0xc0) != 0x80)
			width++;
	}
	return width;
}

size_t page_width(const char *text)
{
	return width_of(text, strlen(text));
}

void page_put(const struct page *page, enum page_colour colour,
	      const char *text, size_t width)
{
	static const char *const codes[] = {
		[PAGE_PLAIN] = "0",  [PAGE_BOLD] = "1",	    [PAGE_GOOD] = "32",
		[PAGE_BAD] = "1;31", [PAGE_CAUTION] = "33",
	};
	size_t used = page_width(text);

	if (page->coloured && colour != PAGE_PLAIN)
		fprintf(page->out, "\033[%sm%s\033[0m", codes[colour], text);
	else
		fputs(text, page->out);
	for (; used < width; used++)
		fputc(' ', page->out);
}

/* Bytes up to the next space where a line may be broken: never in a command in
   parentheses, which is to be copied as a whole. */
static size_t unbroken(const char *text)
{
	const char *end = NULL;

	if (strncmp(text, "(ip ", 4) == 0)
		end = strchr(text, ')');
	return end ? (size_t)(end - text) + strcspn(end, " ")
		   : strcspn(text, " ");
}

void page_wrap(const struct page *page, size_t column, size_t indent,
	       const char *text)
{
	bool first = true; /* of its line */

	while (*text) {
		size_t bytes = unbroken(text);
		size_t width = width_of(text, bytes);

		if (!first && column + 1 + width > PAGE_COLUMNS) {
			fprintf(page->out, "\n%*s", (int)indent, "");
			column = indent;
			first = true;
		}
		if (!first) {
			fputc(' ', page->out);
			column++;
		}
		fwrite(text, 1, bytes, page->out);
		column += width;
		first = false;
		text += bytes;
		text += strspn(text, " ");
	}
	fputc('\n', page->out);
}

void page_label(const struct page *page, const char *label)
{
	fputs("  ", page->out);
	page_put(page, PAGE_PLAIN, label, TEXT_COLUMN - 2);
}

void page_line(const struct page *page, const char *label, const char *text)
{
	page_label(page, label);
	page_wrap(page, TEXT_COLUMN, TEXT_COLUMN, text);
}
