/* SPDX-License-Identifier: BSD-2-Clause */
/* The command line of bondcarrierd(8). */
#include "options.h"

#include <net-snmp/net-snmp-config.h>

#include <net-snmp/net-snmp-includes.h>

#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "base/printable.h"
#include "explain/explain.h"
#include "process/build_info.h"
#include "process/daemon.h"
#include "process/log_file.h"
#include "process/logging.h"
#include "process/paths.h"

#define CONTEXT_MAX 32

static const char usage[] =
    "usage: bondcarrierd [-f] [-x ADDRESS | -S ADDRESS] [-C FILE] [-L WHERE]\n"
    "                    [-p PIDFILE] [-u USER] [-g GROUP] [-n CONTEXT] [-q]\n"
    "                    [-D[TOKENS]] [-t] [-V] [-h]\n";

static const char help[] =
    "\n"
    "Serves BOND-CARRIER-MIB as an AgentX subagent: what the carrier of this\n"
    "host's bonds should be, next to what the kernel reports.\n"
    "\n"
    "  -f, --foreground           do not detach\n"
    "  -x, --agentx-socket=ADDR   the master agent: a path, unix:PATH,\n"
    "                             tcp:HOST:PORT\n"
    "  -S, --standalone=ADDR      act as SNMP agent, listening on ADDR:\n"
    "                             udp:HOST:PORT; on loopback without a HOST\n"
    "  -C, --config=FILE          read this file instead of\n"
    "                             " DAEMON_CONFIG "\n"
    "  -L, --log=WHERE            e: standard error, o: standard output,\n"
    "                             s: syslog, f FILE\n"
    "  -p, --pid-file=FILE\n"
    "  -u, --user=USER            run as this user (a name or a number)\n"
    "  -g, --group=GROUP\n"
    "  -n, --context=CONTEXT      register in this SNMP context\n"
    "  -q, --quiet                log warnings and errors only\n"
    "  -D, --debug[=TOKENS]       log what net-snmp does\n"
    "  -t, --check-config         check the configuration and exit\n"
    "  -V, --version\n"
    "  -h, --help\n"
    "\n"
    "SIGHUP re-reads the configuration, SIGUSR1 logs the state.\n"
    "Exit: 0 clean, 1 cannot start, 2 usage. See bondcarrierd(8).\n";

static const struct option long_options[] = {
	{ "foreground", no_argument, NULL, 'f' },
	{ "agentx-socket", required_argument, NULL, 'x' },
	{ "standalone", required_argument, NULL, 'S' },
	{ "config", required_argument, NULL, 'C' },
	{ "log", required_argument, NULL, 'L' },
	{ "pid-file", required_argument, NULL, 'p' },
	{ "user", required_argument, NULL, 'u' },
	{ "group", required_argument, NULL, 'g' },
	{ "context", required_argument, NULL, 'n' },
	{ "quiet", no_argument, NULL, 'q' },
	{ "debug", optional_argument, NULL, 'D' },
	{ "check-config", no_argument, NULL, 't' },
	{ "version", no_argument, NULL, 'V' },
	{ "help", no_argument, NULL, 'h' },
	{ NULL, 0, NULL, 0 },
};

static int wrong_usage(void)
{
	fputs(usage, stderr);
	return DAEMON_EXIT_USAGE;
}

static int print_version(void)
{
	printf("bondcarrierd %s (net-snmp %s, MIB root ", build_info_version,
	       netsnmp_get_version());
	for (size_t i = 0; i < build_info_mib_root_length; i++)
		printf("%s%u", i ? "." : "",
		       (unsigned int)build_info_mib_root[i]);
	printf(")\n");
	return DAEMON_EXIT_CLEAN;
}

/* The next argument, when it is the value of a -L that came without. */
static const char *log_value(int argc, char *argv[], bool facility)
{
	if (optind >= argc || (facility && strlen(argv[optind]) != 1))
		return NULL;
	return argv[optind++];
}

static bool wrong_log(const char *where)
{
	logging_complain("-L expects e, o, s [FACILITY] or f FILE, got '%.80s'",
			 where);
	return false;
}

/* -L "F PRIORITY FILE", -LF PRIORITY FILE ... At once, since there may be
   several; net-snmp itself would open it as root by any link. */
static bool open_log_file(struct options *options, int argc, char *argv[])
{
	const char *text = optarg + 1, *file;
	char priority[LOG_FILE_PRIORITY_SIZE];
	size_t length;

	text += strspn(text, "= \t");
	if (!*text && optind < argc)
		text = argv[optind++];
	length = strcspn(text, " \t");
	file = text + length + strspn(text + length, " \t");
	if (!*file)
		file = log_value(argc, argv, false);
	if (!file || length >= sizeof(priority))
		return wrong_log(optarg);
	memcpy(priority, text, length);
	priority[length] = '\0';
	if (!log_file_valid_priority(priority))
		return wrong_log(optarg);
	options->log_error = logging_open_file(file, priority);
	options->log_open = true;
	if (options->log_error)
		snprintf(options->log, sizeof(options->log), "%s", file);
	return true;
}

/* -L e, -L "f FILE", -Lf FILE, -L s, -L s d ... */
static bool read_log(struct options *options, int argc, char *argv[])
{
	char letter = optarg[0];
	const char *value = NULL;

	if (!letter || !strchr("eosfEOSFnN", letter) ||
	    (strchr("EOSF", letter) && !optarg[1] && optind >= argc))
		return wrong_log(optarg);
	if (letter == 'F')
		return open_log_file(options, argc, argv);
	if (!strchr("eosf", letter)) {
		/* With a priority: as net-snmp's own programs take it. */
		if (snmp_log_options(optarg, argc, argv) < 0)
			return false;
		options->log_open = true;
		return true;
	}
	if (!optarg[1] && letter == 'f')
		value = log_value(argc, argv, false);
	else if (!optarg[1] && letter == 's')
		value = log_value(argc, argv, true);
	if (snprintf(options->log, sizeof(options->log), "%s%s%s", optarg,
		     value ? " " : "", value ? value : "") < OPTIONS_LOG_SIZE &&
	    logging_valid(options->log))
		return true;
	return wrong_log(options->log);
}

/* RFC 3415, vacmContextName: at most 32 octets; it names it in UTF-8. */
static bool read_context(struct options *options)
{
	char printable[4 * CONTEXT_MAX + 1];

	printable_name(optarg, printable, sizeof(printable));
	options->context = optarg;
	if (*optarg && strlen(optarg) <= CONTEXT_MAX &&
	    strcmp(optarg, printable) == 0)
		return true;
	logging_complain("-n expects a context of 1 to %d bytes of printable "
			 "UTF-8, got '%s'",
			 CONTEXT_MAX, printable);
	return false;
}

/* One option; true: it was right. */
static bool read_option(struct options *options, int option, int argc,
			char *argv[])
{
	switch (option) {
	case 'f':
		options->foreground = true;
		return true;
	case 'x':
		options->agentx_socket = optarg;
		return true;
	case 'S':
		options->standalone = optarg;
		return true;
	case 'C':
		options->config = optarg;
		return true;
	case 'L':
		return read_log(options, argc, argv);
	case 'p':
		options->pid_file = optarg;
		return true;
	case 'u':
		options->user = optarg;
		return true;
	case 'g':
		options->group = optarg;
		return true;
	case 'n':
		return read_context(options);
	case 'q':
		options->quiet = true;
		return true;
	case 'D':
		options->debug = true;
		options->debug_tokens = optarg;
		return true;
	case 't':
		options->check_config = true;
		return true;
	default:
		return false;
	}
}

static int make_whole(int (*make)(char out[PATH_MAX], const char *path),
		      char out[PATH_MAX], const char **path)
{
	int err;

	if (!*path)
		return 0;
	err = make(out, *path);
	if (err)
		logging_complain("cannot use the path '%s': %s", *path,
				 strerror(-err));
	*path = out;
	return err;
}

static int make_paths_whole(struct options *options)
{
	if (make_whole(paths_absolute, options->whole_config,
		       &options->config) ||
	    make_whole(paths_absolute, options->whole_pid_file,
		       &options->pid_file) ||
	    make_whole(paths_absolute_address, options->whole_agentx_socket,
		       &options->agentx_socket))
		return DAEMON_EXIT_FAILED;
	return -1;
}

static bool check_standalone(struct options *options)
{
	if (!options->standalone)
		return true;
	if (options->agentx_socket) {
		logging_complain("-x and -S cannot be combined");
		return false;
	}
	if (listen_address_parse(options->listen, options->standalone,
				 options->listen_why) == 0) {
		*options->listen_why = '\0';
		return true;
	}
	/* -t reports it together with the faults of the file. */
	if (options->check_config)
		return true;
	logging_complain("-S: %s", options->listen_why);
	return false;
}

int options_read(struct options *options, int argc, char *argv[])
{
	int option;

	memset(options, 0, sizeof(*options));
	while ((option = getopt_long(argc, argv, "fx:S:C:L:p:u:g:n:qD::tVh",
				     long_options, NULL)) != -1) {
		if (option == 'V')
			return print_version();
		if (option == 'h') {
			printf("%s%s", usage, help);
			return DAEMON_EXIT_CLEAN;
		}
		if (optarg && !*optarg && option != 'L' && option != 'n') {
			logging_complain("the value of -%c is empty", option);
			return wrong_usage();
		}
		if (!read_option(options, option, argc, argv))
			return wrong_usage();
	}
	if (optind < argc) {
		logging_complain("unexpected argument '%s'", argv[optind]);
		return wrong_usage();
	}
	if (!check_standalone(options))
		return wrong_usage();
	return make_paths_whole(options);
}

const char *options_config(const struct options *options)
{
	return options->config ? options->config : DAEMON_CONFIG;
}
