/* SPDX-License-Identifier: BSD-2-Clause */
/* Help, version, and complaints about the command line. */
#include "input/usage.h"

#include <stdio.h>

#include "config.h"

int usage_overview(void)
{
	fputs("Usage: bondcarrier [show] [--json] [--strict-lacp] [--from "
	      "FILE] [BOND...]\n"
	      "       bondcarrier check [-w KINDS] [-c KINDS] [--strict-lacp]\n"
	      "                         [--from FILE] [BOND...]\n"
	      "       bondcarrier watch [--json] [--strict-lacp] [--from FILE] "
	      "[BOND...]\n"
	      "       bondcarrier capture [-n COUNT] [-d SECONDS] FILE\n"
	      "\n"
	      "Compares what the kernel reports about each bond with its "
	      "effective carrier:\n"
	      "what its slaves' links really allow. Needs no privileges and "
	      "no daemon.\n"
	      "\n"
	      "  show     print a page for people, or JSON\n"
	      "  check    print a line for Nagios, Icinga and keepalived\n"
	      "  watch    print a line for each event as it happens\n"
	      "  capture  record the kernel's messages for a bug report\n"
	      "\n"
	      "'bondcarrier COMMAND --help' lists the options of a command; "
	      "see bondcarrier(8).\n",
	      stdout);
	return 0;
}

int usage_help(const char *usage, const char *help)
{
	printf("%s\n%s", usage, help);
	return 0;
}

int usage_version(void)
{
	puts(PACKAGE_STRING);
	return 0;
}

int usage_misused(const char *why, const char *usage)
{
	fprintf(stderr, "bondcarrier: %s\n%s", why, usage);
	return USAGE_WRONG;
}
