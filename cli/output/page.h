/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Plain text in 75 columns: labels, wrapped sentences, columns, colour.
 * Widths count characters of UTF-8 text, not bytes.
 */
#ifndef BONDCARRIER_PAGE_H
#define BONDCARRIER_PAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* Leaves room to indent it in a quotation, a manual or a mail. */
#define PAGE_COLUMNS 75

enum page_colour {
	PAGE_PLAIN,
	PAGE_BOLD,
	PAGE_GOOD,
	PAGE_BAD,
	PAGE_CAUTION,
};

struct page {
	FILE *out;
	bool coloured;
};

/* True if that is a terminal with colours, and NO_COLOR is not set. */
bool page_wants_colour(FILE *out);

size_t page_width(const char *text);

/* Text in a colour, padded with spaces to `width`. */
void page_put(const struct page *page, enum page_colour colour,
	      const char *text, size_t width);

/*
 * Wraps `text` at spaces, but not within "(ip ...)", and ends the last line.
 * The cursor is at `column`; further lines are indented to `indent`.
 */
void page_wrap(const struct page *page, size_t column, size_t indent,
	       const char *text);

/* "  label         ", and the same with a sentence beside it. */
void page_label(const struct page *page, const char *label);
void page_line(const struct page *page, const char *label, const char *text);

#endif
