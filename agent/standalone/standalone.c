/* SPDX-License-Identifier: BSD-2-Clause */
/* The daemon as the SNMP agent itself. */
#include "standalone/standalone.h"

#include <net-snmp/net-snmp-config.h>

#include <net-snmp/net-snmp-includes.h>

#include <net-snmp/agent/net-snmp-agent-includes.h>

#include <net-snmp/agent/mib_modules.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/safe_file.h"
#include "mib/mib.h"
#include "process/logging.h"
#include "standalone/system_groups.h"
#include "standalone/system_values.h"

/* From mibII/vacm_conf.h of net-snmp's sources. Logs advice to run snmpconf. */
int vacm_warn_if_not_configured(int major, int minor, void *server,
				void *client);

static void set_library(int setting, bool value)
{
	netsnmp_ds_set_boolean(NETSNMP_DS_LIBRARY_ID, setting, value);
}

static void use_no_mibs(void)
{
	setenv("MIBS", "", 1);
	setenv("MIBDIRS", "", 1);
}

void standalone_use_no_files(void)
{
	use_no_mibs();
	set_library(NETSNMP_DS_LIB_DISABLE_CONFIG_LOAD, true);
	set_library(NETSNMP_DS_LIB_DONT_PERSIST_STATE, true);
	set_library(NETSNMP_DS_LIB_DISABLE_PERSISTENT_LOAD, true);
	set_library(NETSNMP_DS_LIB_DISABLE_PERSISTENT_SAVE, true);
}

static int init_agent_library(void)
{
	char no_smux[] = "-smux"; /* would listen on port 199 */

	add_to_init_list(no_smux);
	if (init_agent(SNMP_DIRECTIVES_APP) != 0) {
		snmp_log(LOG_ERR, "cannot start net-snmp's agent\n");
		return -1;
	}
	/* Built with TCP wrappers, net-snmp would log each request. */
	netsnmp_ds_set_boolean(NETSNMP_DS_APPLICATION_ID,
			       NETSNMP_DS_AGENT_DONT_LOG_TCPWRAPPERS_CONNECTS,
			       1);
	snmp_unregister_callback(SNMP_CALLBACK_LIBRARY,
				 SNMP_CALLBACK_POST_READ_CONFIG,
				 vacm_warn_if_not_configured, NULL, 0);
	system_values_take_lines();
	return 0;
}

void standalone_init_for_check(void)
{
	standalone_use_no_files();
	if (init_agent_library() == 0)
		init_snmp(SNMP_DIRECTIVES_APP);
}

/* Makes a missing folder as root for the user of the daemon; one that is there
   stays as it is. A failure shows in use_directory(). */
static void make_directory(const char *path, mode_t mode,
			   const struct daemon_identity *identity)
{
	bool made;
	int fd = safe_file_make_folder(path, mode, &made);

	if (fd < 0)
		return;
	if (made && identity->changes &&
	    fchown(fd, identity->uid, identity->gid) < 0)
		snmp_log(LOG_WARNING, "cannot change the owner of %s: %s\n",
			 path, strerror(errno));
	close(fd);
}

/* With its parent, the default directory of the state file. */
static void make_directories(const char *path,
			     const struct daemon_identity *identity)
{
	char parent[PATH_MAX];
	size_t length = strlen(path);

	while (length > 0 && path[length - 1] == '/')
		length--;
	while (length > 0 && path[length - 1] != '/')
		length--;
	if (length > 1) {
		snprintf(parent, sizeof(parent), "%.*s", (int)length, path);
		make_directory(parent, 0755, identity);
	}
	make_directory(path, 0700, identity);
}

int standalone_listen(const char *address,
		      const struct snmp_directives *directives,
		      const struct daemon_identity *identity)
{
	int err;

	use_no_mibs();
	if (init_agent_library() < 0)
		return -1;
	netsnmp_ds_set_string(NETSNMP_DS_APPLICATION_ID, NETSNMP_DS_AGENT_PORTS,
			      address);
	errno = 0;
	logging_mute(true); /* net-snmp's message lacks the reason */
	err = init_master_agent();
	logging_mute(false);
	if (err) {
		snmp_log(LOG_ERR, "cannot listen on %s%s%s\n", address,
			 errno ? ": " : "", errno ? strerror(errno) : "");
		return -1;
	}
	make_directories(directives->persistent_dir, identity);
	return 0;
}

/* Why the folder can't be used; NULL: it can. Others must not write to it:
   net-snmp opens, renames and removes files there by name, and follows links.
 */
static const char *fault_of(int folder, const char *path)
{
	struct stat status;

	if (folder < 0)
		return safe_file_why(folder);
	if (fstat(folder, &status) < 0 ||
	    faccessat(folder, ".", R_OK | W_OK | X_OK, AT_EACCESS) < 0)
		return strerror(errno);
	if (status.st_uid != 0 && status.st_uid != geteuid())
		return "it belongs to another user";
	if (status.st_mode & (S_IWGRP | S_IWOTH))
		return "other users can write to it: run chmod 700";
	if (status.st_mode & S_IRWXO)
		snmp_log(LOG_WARNING,
			 "%s: holds keys, but other users have access: run "
			 "chmod 700\n",
			 path);
	return NULL;
}

static void use_path(const char *path)
{
	setenv("SNMPCONFPATH", path, 1); /* not /etc/snmp etc. */
	unsetenv("SNMP_PERSISTENT_FILE");
	set_persistent_directory(path);
}

/* net-snmp gets the open folder's path in /proc: no other folder can come in
   its place. The descriptor stays open as long as net-snmp runs. */
static void use_directory(const char *path)
{
	int folder = safe_file_open_folder(path);
	const char *fault = fault_of(folder, path);
	char opened[64];

	snprintf(opened, sizeof(opened), "/proc/self/fd/%d", folder);
	if (!fault && access(opened, W_OK) < 0)
		fault = "/proc is missing";
	if (!fault) {
		use_path(opened);
		return;
	}
	snmp_log(LOG_WARNING,
		 "cannot use %s: %s: SNMPv3 users and engineBoots are lost at "
		 "exit, and managers will reject messages after a restart\n",
		 path, fault);
	use_path("/dev/null"); /* no folder */
	standalone_use_no_files();
	if (folder >= 0)
		close(folder);
}

void standalone_warn_no_access(const struct snmp_directives *directives)
{
	if (!snmp_directives_give_access(directives))
		snmp_log(LOG_WARNING,
			 "warning: no rocommunity, rouser or other access "
			 "directive: all requests are denied\n");
}

int standalone_start(struct shared *shared, const char *context,
		     unsigned int served,
		     const struct snmp_directives *directives)
{
	int err;

	use_directory(directives->persistent_dir);
	snmp_directives_remember(directives);
	err = system_groups_register(context);
	if (!err)
		err = mib_serve(shared, context, 0, served);
	if (err) {
		snmp_log(LOG_ERR, "cannot register the MIB: %s\n",
			 strerror(-err));
		return -1;
	}
	init_snmp(SNMP_DIRECTIVES_APP);
	/* Already now, in case of a crash: engineBoots must increase. */
	snmp_store(SNMP_DIRECTIVES_APP);
	standalone_warn_no_access(directives);
	send_easy_trap(SNMP_TRAP_COLDSTART, 0);
	return 0;
}

void standalone_configure(const struct snmp_directives *directives)
{
	snmp_directives_replace(directives);
	snmp_store(SNMP_DIRECTIVES_APP);
	standalone_warn_no_access(directives);
}
