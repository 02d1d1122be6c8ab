# SPDX-License-Identifier: BSD-2-Clause
# Who may include and call whom.
TESTS += tests/rooms/rooms.sh tests/rooms/test_rooms.sh
tests/rooms/rooms.log: bondcarrierd cli/bondcarrier
EXTRA_DIST += tests/rooms/rooms.py tests/rooms/rooms.sh tests/rooms/rooms.txt \
	tests/rooms/test_rooms.py tests/rooms/test_rooms.sh
