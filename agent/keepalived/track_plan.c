/* SPDX-License-Identifier: BSD-2-Clause */
/* Keeps the bonds' files, sorted by name. */
#include "keepalived/track_plan.h"

#include "base/array.h"

struct entry {
	char name[LINK_NAME_SIZE];
	bool seen; /* in the current observation */
	bool gone;
	bool up;	  /* as last observed */
	int64_t since_ms; /* when that began */
	bool file_up;	  /* what the file must contain */
	bool known;	  /* the file is known to contain `says_up` */
	bool says_up;	  /* as of the last attempt to write it */
	int64_t due_ms;	  /* when to write or check it next */
	int err;	  /* of the last attempt */
};

struct track_plan {
	uint32_t fall_ms;
	uint32_t rise_ms;
	bool observed; /* at least once */
	struct entry *entries;
	size_t count;
	size_t capacity;
};

struct track_plan *track_plan_new(void)
{
	return calloc(1, sizeof(struct track_plan));
}

void track_plan_free(struct track_plan *track)
{
	if (!track)
		return;
	free(track->entries);
	free(track);
}

void track_plan_set_delays(struct track_plan *track, uint32_t fall_ms,
			   uint32_t rise_ms)
{
	track->fall_ms = fall_ms;
	track->rise_ms = rise_ms;
}

void track_plan_moved(struct track_plan *track)
{
	for (size_t i = 0; i < track->count; i++) {
		track->entries[i].known = false;
		track->entries[i].due_ms = INT64_MIN;
		track->entries[i].err = 0;
	}
}

/* The position of the name, or the one to insert it at. */
static size_t place_of(const struct track_plan *track, const char *name)
{
	size_t low = 0, high = track->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(track->entries[middle].name, name) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static struct entry *find(const struct track_plan *track, const char *name)
{
	size_t place = place_of(track, name);

	if (place < track->count &&
	    strcmp(track->entries[place].name, name) == 0)
		return &track->entries[place];
	return NULL;
}

static struct entry *add(struct track_plan *track, const char *name)
{
	size_t place = place_of(track, name);
	struct entry *entry;

	if (ARRAY_ROOM(track->entries, track->capacity, track->count + 1) != 0)
		return NULL;
	ARRAY_OPEN(track->entries, track->count, place);
	entry = &track->entries[place];
	memset(entry, 0, sizeof(*entry));
	memcpy(entry->name, name, strnlen(name, sizeof(entry->name) - 1));
	entry->due_ms = INT64_MIN;
	return entry;
}

static void forget(struct track_plan *track, struct entry *entry)
{
	ARRAY_CLOSE(track->entries, track->count,
		    (size_t)(entry - track->entries));
}

static void observe(struct entry *entry, bool up, int64_t now_ms)
{
	entry->seen = true;
	if (entry->up == up)
		return;
	entry->up = up;
	entry->since_ms = now_ms;
}

/* No delay: another bond may get the name soon. */
static void observe_gone(struct entry *entry, int64_t now_ms)
{
	observe(entry, false, now_ms);
	if (entry->file_up)
		entry->due_ms = INT64_MIN;
	entry->file_up = false;
	entry->gone = true;
}

int track_plan_observe(struct track_plan *track, const struct bond_set *set,
		       int64_t now_ms)
{
	int err = 0;

	for (size_t i = 0; i < track->count; i++)
		track->entries[i].seen = false;
	for (size_t i = 0; i < set->count; i++) {
		const struct bond *bond = &set->bonds[i];
		bool up = bond->verdict.effective == CARRIER_UP;
		struct entry *entry = find(track, bond->link.name);

		if (!entry) {
			entry = add(track, bond->link.name);
			if (!entry) {
				err = -ENOMEM;
				continue;
			}
			entry->file_up = up && !track->observed;
		}
		entry->gone = false;
		observe(entry, up, now_ms);
	}
	for (size_t i = 0; i < track->count; i++)
		if (!track->entries[i].seen)
			observe_gone(&track->entries[i], now_ms);
	track->observed = true;
	return err;
}

int track_plan_found_up(struct track_plan *track, const char *name)
{
	struct entry *entry;

	if (strlen(name) >= sizeof(entry->name) || find(track, name))
		return 0;
	entry = add(track, name);
	if (!entry)
		return -ENOMEM;
	entry->gone = true;
	return 0;
}

/* When the observed state has lasted long enough; INT64_MAX: no change. */
static int64_t ripe_ms(const struct track_plan *track,
		       const struct entry *entry)
{
	if (entry->up == entry->file_up)
		return INT64_MAX;
	return entry->since_ms + (entry->up ? track->rise_ms : track->fall_ms);
}

bool track_plan_next(struct track_plan *track, int64_t now_ms,
		     struct track_order *out)
{
	struct entry *first = NULL;

	for (size_t i = 0; i < track->count; i++) {
		struct entry *entry = &track->entries[i];

		if (ripe_ms(track, entry) <= now_ms) {
			entry->file_up = entry->up;
			entry->due_ms = INT64_MIN;
		}
		/* Changes go before files that are only checked again. */
		if (entry->due_ms <= now_ms &&
		    (!first || entry->due_ms < first->due_ms))
			first = entry;
	}
	if (!first)
		return false;
	memcpy(out->name, first->name, sizeof(out->name));
	out->up = first->file_up;
	out->turned = first->known && first->says_up != first->file_up;
	return true;
}

void track_plan_done(struct track_plan *track, const struct track_order *order,
		     int err, int64_t now_ms)
{
	struct entry *entry = find(track, order->name);

	if (!entry)
		return;
	entry->known = err == 0;
	entry->says_up = order->up;
	/* The next change may have become due meanwhile. */
	if (entry->file_up != order->up)
		return;
	entry->err = err;
	if (err)
		entry->due_ms = now_ms + TRACK_RETRY_MS;
	else if (entry->gone)
		forget(track, entry);
	else
		entry->due_ms = now_ms + TRACK_AGAIN_MS;
}

int track_plan_trouble(const struct track_plan *track,
		       char name[LINK_NAME_SIZE])
{
	for (size_t i = 0; i < track->count; i++) {
		const struct entry *entry = &track->entries[i];

		if (entry->err) {
			memcpy(name, entry->name, sizeof(entry->name));
			return entry->err;
		}
	}
	return 0;
}

int64_t track_plan_next_ms(const struct track_plan *track)
{
	int64_t next_ms = INT64_MAX;

	for (size_t i = 0; i < track->count; i++) {
		const struct entry *entry = &track->entries[i];
		int64_t at_ms = ripe_ms(track, entry);

		if (entry->due_ms < at_ms)
			at_ms = entry->due_ms;
		if (at_ms < next_ms)
			next_ms = at_ms;
	}
	return next_ms;
}
