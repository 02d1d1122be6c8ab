# SPDX-License-Identifier: BSD-2-Clause
# Filled by what lies in this folder.
