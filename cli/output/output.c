/* SPDX-License-Identifier: BSD-2-Clause */
/* Standard output in one piece. */
#include "output/output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio_ext.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int output_open(struct output *output)
{
	*output = (struct output){ .text = NULL };
	output->stream = open_memstream(&output->text, &output->length);
	return output->stream ? 0 : -errno;
}

static int write_whole(const char *text, size_t length)
{
	errno = 0;
	if (fwrite(text, 1, length, stdout) == length && fflush(stdout) == 0)
		return 0;
	return errno ? -errno : -EIO;
}

int output_close(struct output *output)
{
	/* A stream in memory fails only when memory runs out. */
	int err = ferror(output->stream) ? -ENOMEM : 0;

	if (fclose(output->stream) != 0)
		err = -ENOMEM;
	if (!err)
		err = write_whole(output->text, output->length);
	free(output->text);
	if (err) {
		__fpurge(stdout);
		clearerr(stdout);
	}
	return err;
}

void output_complain(int err)
{
	fprintf(stderr, "bondcarrier: cannot write the output: %s\n",
		strerror(-err));
}
