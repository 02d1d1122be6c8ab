/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Runs a fuzz program over files and folders, where there is no libFuzzer:
 * over the corpus in `make check`, under AFL++, and to see one input again.
 *
 *     fuzz_NAME [FILE|FOLDER]...      - is standard input
 */
#include "config.h"

#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "fuzz.h"

static size_t inputs; /* for people: how many were run */

static int run_stream(FILE *file)
{
	uint8_t *data = NULL;
	size_t size = 0;
	char block[4096];
	size_t got;

	while ((got = fread(block, 1, sizeof(block), file)) > 0) {
		data = realloc(data, size + got);
		FUZZ_ASSERT(data);
		memcpy(data + size, block, got);
		size += got;
	}
	inputs++;
	LLVMFuzzerTestOneInput(data ? data : (const uint8_t *)"", size);
	free(data);
	return ferror(file) ? -1 : 0;
}

static int run_file(const char *path, const struct stat *stat, int type,
		    struct FTW *ftw)
{
	FILE *file;
	int err;

	(void)stat;
	(void)ftw;
	if (type != FTW_F)
		return type == FTW_D ? 0 : -1;
	file = fopen(path, "rbe");
	if (!file)
		return -1;
	/* Who dies says of what. */
	if (getenv("FUZZ_VERBOSE"))
		fprintf(stderr, "%s\n", path);
	err = run_stream(file);
	fclose(file);
	return err;
}

int main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		int err;

		if (strcmp(argv[i], "-") == 0)
			err = run_stream(stdin);
		else
			err = nftw(argv[i], run_file, 16, FTW_PHYS);
		if (err) {
			fprintf(stderr, "%s: %s\n", argv[i],
				errno ? strerror(errno) : "cannot be read");
			return 1;
		}
	}
	printf("%zu inputs\n", inputs);
	return inputs > 0 ? 0 : 1;
}
