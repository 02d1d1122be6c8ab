/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Makes a script that fails as short as it can be and still fail in the same
 * way (invariant and tag): Zeller's ddmin over its lines, then what can be
 * simpler in a line.
 */
#ifndef BONDCARRIER_SIM_SHRINK_H
#define BONDCARRIER_SIM_SHRINK_H

#include "run.h"

/* `result` is of the run that failed; its script and text become the short
   one's. Gives up after that many runs. */
void shrink(struct run_result *result, int runs);

#endif
