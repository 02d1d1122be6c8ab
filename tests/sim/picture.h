/* SPDX-License-Identifier: BSD-2-Clause */
/* The world and the agent's model, side by side, for who reads a failure. */
#ifndef BONDCARRIER_SIM_PICTURE_H
#define BONDCARRIER_SIM_PICTURE_H

#include "check.h"

void picture_print(struct check *check);

#endif
