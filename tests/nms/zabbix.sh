# SPDX-License-Identifier: BSD-2-Clause
# A private Zabbix below the folder $zabbix: PostgreSQL behind a unix socket,
# the server, and the frontend with its API on 127.0.0.1:$zabbix_port. For the
# lab's guest, and for this machine, which takes the pictures.

PATH=$PATH:/usr/sbin
zabbix_port=${zabbix_port:-18080}
zabbix_programs="zabbix_server zabbix_js php setpriv curl python3 tshark"

# The folder of PostgreSQL's programs: Debian's is not in PATH.
postgres_folder()
{
	for pf_folder in /usr/lib/postgresql/*/bin; do
		[ -x "$pf_folder/initdb" ] && echo "$pf_folder"
	done | tail -n 1
}

zabbix_missing() # prints what is not here, if anything
{
	for zm_program in $zabbix_programs; do
		command -v "$zm_program" >/dev/null || echo "$zm_program"
	done
	[ -n "$(postgres_folder)" ] || echo postgresql
	[ -r /usr/share/zabbix/api_jsonrpc.php ] || echo zabbix-frontend-php
	php -m 2>/dev/null | grep -qx pgsql || echo php-pgsql
}

# PostgreSQL refuses to run as root.
as_postgres()
{
	if [ "$(id -u)" = 0 ]; then
		setpriv --reuid=postgres --regid=postgres --clear-groups "$@"
	else
		"$@"
	fi
}

# make_database: with Zabbix' own schema and data, in $zabbix/data.
make_database()
{
	md_bin=$(postgres_folder)
	[ "$(id -u)" != 0 ] || chown postgres "$zabbix"
	(cd "$zabbix" && as_postgres "$md_bin/initdb" -D "$zabbix/data" \
		-A trust -U zabbix -E UTF8 --locale=C.UTF-8) \
		>"$zabbix/initdb.log" 2>&1 || return 1
	start_database || return 1
	(cd "$zabbix" && as_postgres "$md_bin/createdb" -h "$zabbix" \
		-U zabbix zabbix) || return 1
	# Without "analyze" some of Zabbix' queries take minutes.
	(cd /usr/share/zabbix-server-pgsql &&
		zcat schema.sql.gz images.sql.gz data.sql.gz &&
		echo 'analyze;') |
		as_postgres "$md_bin/psql" -v ON_ERROR_STOP=1 -h "$zabbix" \
			-U zabbix -q zabbix >"$zabbix/schema.log" 2>&1
}

start_database()
{
	(cd "$zabbix" && as_postgres "$(postgres_folder)/pg_ctl" -s \
		-D "$zabbix/data" -w -t 300 -l "$zabbix/postgres.log" \
		-o "-k $zabbix -c listen_addresses='' -c fsync=off" start)
}

stop_database()
{
	(cd "$zabbix" && as_postgres "$(postgres_folder)/pg_ctl" -s \
		-D "$zabbix/data" -w -t 300 -m fast stop)
}

# copy_frontend: its files contain the path of its configuration. Requires no
# locale of this machine but C.UTF-8.
copy_frontend()
{
	cp -rL /usr/share/zabbix "$zabbix/frontend" || return 1
	sed -i "s,'/etc/zabbix/zabbix.conf.php','$zabbix/zabbix.conf.php'," \
		"$zabbix/frontend/include/classes/core/CConfigFile.php"
	sed -i "s,return zbx_locale_variants_unix(.*,return ['C.UTF-8'];," \
		"$zabbix/frontend/include/locales.inc.php"
	cat >"$zabbix/zabbix.conf.php" <<-'END'
		<?php
		$DB['TYPE'] = 'POSTGRESQL';
		$DB['SERVER'] = getenv('ZABBIX_DATABASE');
		$DB['PORT'] = '0';
		$DB['DATABASE'] = 'zabbix';
		$DB['USER'] = 'zabbix';
		$DB['PASSWORD'] = '';
		$DB['SCHEMA'] = '';
		$DB['ENCRYPTION'] = false;
		$DB['DOUBLE_IEEE754'] = true;
		$ZBX_SERVER = '127.0.0.1';
		$ZBX_SERVER_PORT = '20051';
		$ZBX_SERVER_NAME = '';
		$IMAGE_FORMAT_DEFAULT = IMAGE_FORMAT_PNG;
	END
}

# frontend FOLDER: PHP's own server; start it in the background.
frontend()
{
	mkdir -p "$zabbix/sessions"
	ZABBIX_DATABASE=$zabbix exec php \
		-d session.save_path="$zabbix/sessions" -d memory_limit=512M \
		-d max_execution_time=300 -d max_input_time=300 \
		-d post_max_size=32M -d date.timezone=UTC -d error_log= \
		-d opcache.enable_cli=1 \
		-d opcache.file_cache="$zabbix/sessions" \
		-d opcache.lockfile_path="$zabbix/sessions" \
		-S "127.0.0.1:$zabbix_port" -t "$1"
}

# zabbix_server_conf: the server's configuration.
zabbix_server_conf()
{
	cat >"$zabbix/server.conf" <<-END
		LogType=console
		PidFile=$zabbix/server.pid
		SocketDir=$zabbix
		DBHost=$zabbix
		DBName=zabbix
		DBUser=zabbix
		ListenIP=127.0.0.1
		ListenPort=20051
		StartPollers=2
		StartPollersUnreachable=1
		StartPreprocessors=1
		StartTrappers=1
		StartPingers=0
		StartDiscoverers=0
		StartHTTPPollers=0
		StartTimers=1
		StartEscalators=1
		StartAlerters=1
		StartDBSyncers=1
		StartLLDProcessors=1
		StartHistoryPollers=1
		StartSNMPTrapper=1
		SNMPTrapperFile=$zabbix/traps
		CacheSize=32M
		Timeout=20
		AllowRoot=1
		CacheUpdateFrequency=5
	END
}
