/* SPDX-License-Identifier: BSD-2-Clause */
/* Names of the agent's enumerators, for assertions. */
#include "named_agent.h"

#include "agentx/reconnect.h"
#include "process/watchdog.h"
#include "state/event_log.h"
#include "state/ledger.h"
#include "state/throttle.h"

#define NAME_OF(names, number)                                                 \
	name_of(names, sizeof(names) / sizeof((names)[0]), number)

static const char *name_of(const char *const names[], size_t count, int number)
{
	if (number < 0 || (size_t)number >= count || !names[number])
		return "unknown";
	return names[number];
}

const char *named_fate(int fate)
{
	static const char *const names[] = {
		[EVENT_FATE_NOT_APPLICABLE] = "not applicable",
		[EVENT_FATE_QUEUED] = "queued",
		[EVENT_FATE_ACKNOWLEDGED] = "acknowledged",
		[EVENT_FATE_DROPPED] = "dropped",
		[EVENT_FATE_SUPPRESSED] = "suppressed",
	};

	return NAME_OF(names, fate);
}

const char *named_raise(int raise)
{
	static const char *const names[] = {
		[LEDGER_SILENT] = "silent",
		[LEDGER_OWED] = "owed",
		[LEDGER_ACKNOWLEDGED] = "acknowledged",
	};

	return NAME_OF(names, raise);
}

const char *named_step(int step)
{
	static const char *const names[] = {
		[RECONNECT_NOTHING] = "nothing",
		[RECONNECT_CONNECT] = "connect",
		[RECONNECT_PING] = "ping",
		[RECONNECT_LOG_SILENT] = "log silent",
		[RECONNECT_GIVE_UP] = "give up",
	};

	return NAME_OF(names, step);
}

const char *named_state(int state)
{
	static const char *const names[] = {
		[RECONNECT_WAITING] = "waiting",
		[RECONNECT_REGISTERING] = "registering",
		[RECONNECT_UP] = "up",
		[RECONNECT_SILENT] = "silent",
	};

	return NAME_OF(names, state);
}

const char *named_throttle(int verdict)
{
	static const char *const names[] = {
		[THROTTLE_SEND] = "send",
		[THROTTLE_HELD] = "held",
	};

	return NAME_OF(names, verdict);
}

const char *named_watchdog(int verdict)
{
	static const char *const names[] = {
		[WATCHDOG_WAIT] = "wait",
		[WATCHDOG_FEED] = "feed",
		[WATCHDOG_STALE] = "stale",
	};

	return NAME_OF(names, verdict);
}
