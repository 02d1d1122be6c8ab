/* SPDX-License-Identifier: BSD-2-Clause */
/* LD_PRELOAD for snmpd: at SIGUSR2 sysUpTime becomes what the file UPTIME_FILE
   says, in hundredths of a second. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

static void set_uptime(int signo)
{
	union {
		void *symbol;
		void (*call)(unsigned long uptime_cs);
	} set;
	FILE *file = fopen(getenv("UPTIME_FILE"), "r");
	unsigned long uptime_cs;

	(void)signo;
	set.symbol = dlsym(RTLD_DEFAULT, "netsnmp_set_agent_uptime");
	if (file && set.symbol && fscanf(file, "%lu", &uptime_cs) == 1)
		set.call(uptime_cs);
	if (file)
		fclose(file);
}

__attribute__((constructor)) static void start(void)
{
	signal(SIGUSR2, set_uptime);
}
