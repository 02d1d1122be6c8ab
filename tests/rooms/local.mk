# SPDX-License-Identifier: BSD-2-Clause
# Who may include and call whom.
TESTS += tests/rooms/rooms.sh
EXTRA_DIST += tests/rooms/rooms.py tests/rooms/rooms.sh tests/rooms/rooms.txt
