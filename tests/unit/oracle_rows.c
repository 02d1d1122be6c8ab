/* SPDX-License-Identifier: BSD-2-Clause */
/* The table of the oracle. */
#include <stddef.h>

#include "oracle_rows.h"

#define LINK_UP	      CARRIER_REASON_LINK_UP
#define ADMIN_DOWN    CARRIER_REASON_ADMIN_DOWN
#define NO_SLAVES     CARRIER_REASON_NO_SLAVES
#define NO_SLAVE_UP   CARRIER_REASON_NO_SLAVE_UP
#define MIN_LINKS     CARRIER_REASON_MIN_LINKS_NOT_MET
#define NO_LACP_READY CARRIER_REASON_NOT_DISTRIBUTING
#define NO_PORTS      CARRIER_REASON_PORTS_DISABLED

#define ANY	      "rr ab xor broadcast 802.3ad tlb alb"
#define ANY_ARP	      "rr ab xor broadcast"
#define NOT_LACP      "rr ab xor broadcast tlb alb"
#define AD	      "802.3ad"

/* clang-format off */
const struct oracle_row oracle_rows[] = {
	{ 1, ANY, NONE, 0, "", NULL, DOWN, DOWN, NO_SLAVES, 0,
	  .warnings = UNMON },
	{ 1, ANY, MII, 0, "", NULL, DOWN, DOWN, NO_SLAVES, 0, .warnings = 0 },
	{ 1, ANY_ARP, ARP, 0, "", NULL, DOWN, DOWN, NO_SLAVES, 0,
	  .warnings = 0 },
	{ 2, "rr xor broadcast", NONE, 0, "0U 0U", NULL, UP,
	  DOWN, NO_SLAVE_UP, K1 | K8, .warnings = UNMON | DEGR },
	{ 3, "ab tlb alb", NONE, 0, "0U* 0U", NULL, UP,
	  DOWN, NO_SLAVE_UP, K1 | K8, .warnings = UNMON | DEGR },
	{ 4, "ab", NONE, 0, "0U* 1U", NULL, UP,
	  UP, LINK_UP, K5 | K8, .warnings = UNMON | DEGR },
	{ 5, "ab", NONE, 0, "1U* 0U", NULL, UP,
	  UP, LINK_UP, K8, .warnings = UNMON | DEGR },
	{ 6, "ab", NONE, 0, "0Ux* 0Ux", NULL, UP,
	  DOWN, NO_SLAVE_UP, K1 | K8, .warnings = UNMON | DEGR },
	{ 7, "rr ab", NONE, 0, "1D 1D", NULL, DOWN,
	  UP, LINK_UP, K2 | K9, .warnings = UNMON | DEGR },
	{ 8, "ab", NONE, 0, "1D 0U*", NULL, UP,
	  UP, LINK_UP, K5 | K8 | K9, .warnings = UNMON | DEGR },
	{ 9, NOT_LACP, MII, 0, "0D 0D", NULL, DOWN,
	  DOWN, NO_SLAVE_UP, 0, .warnings = DEGR },
	{ 10, NOT_LACP, MII, 0, "1U 0D", NULL, UP, UP, LINK_UP, 0,
	  .warnings = DEGR },
	{ 11, "ab", MII, 0, "0F* 0D", NULL, DOWN,
	  DOWN, NO_SLAVE_UP, 0, .warnings = DEGR, .downdelay_ms = 1500 },
	{ 12, "ab", MII, 0, "0F* 1U", NULL, UP,
	  UP, LINK_UP, 0, .warnings = DEGR,
	  .before = "1U* 1U", .pending = K5, .downdelay_ms = 1500 },
	{ 13, "ab", MII, 0, "1U* 1B", NULL, UP,
	  UP, LINK_UP, 0, .warnings = DEGR,
	  .before = "1U* 0D", .pending = K9, .updelay_ms = 1500 },
	{ 14, "rr", MII, 0, "1B 0D", NULL, DOWN,
	  DOWN, NO_SLAVE_UP, 0, .warnings = DEGR,
	  .before = "0D 0D", .pending = K9, .updelay_ms = 5000 },
	{ 15, "ab", MII, 0, "0U* 0U", NULL, UP,
	  DOWN, NO_SLAVE_UP, K1 | K8,
	  .warnings = DEGR, .option = USE_CARRIER_0 },
	{ 16, "tlb alb", MII, 0, "1D", NULL, DOWN, UP, LINK_UP, K2 | K9,
	  .warnings = DEGR },
	{ 17, AD, MII, 0, "1D/1", NULL, DOWN, UP, LINK_UP, K2 | K9,
	  .warnings = DEGR },
	{ 18, "ab", MII, 2, "1U* 0D", NULL, UP,
	  UP, LINK_UP, 0, .warnings = IGNORED | DEGR },
	{ 19, "ab", MII, 0, "1Uz*", NULL, UP, UP, LINK_UP, K10, .warnings = 0 },
	{ 20, "ab", MII, 0, "1U*", NULL, DOWN,
	  UP, LINK_UP, K2 | K3, .warnings = 0, .option = BOND_DORMANT },
	{ 21, "ab", MII, 0, "0U* 0U", NULL, DOWN,
	  DOWN, ADMIN_DOWN, 0, .warnings = 0, .option = BOND_ADMIN_DOWN },
	{ 22, "ab", ARP, 0, "1D 1U*", NULL, UP,
	  UP, LINK_UP, 0, .warnings = ARPDOWN | DEGR },
	{ 23, "ab", ARP, 0, "1F 1B", NULL, DOWN,
	  DOWN, NO_SLAVE_UP, 0, .warnings = ARPDOWN | DEGR },
	{ 24, "xor", ARP, 0, "1D 0D", NULL, DOWN,
	  DOWN, NO_SLAVE_UP, 0, .warnings = ARPDOWN | DEGR },
	{ 25, "ab", ARP, 0, "0U*", NULL, UP, DOWN, NO_SLAVE_UP, 0,
	  .warnings = DEGR,
	  .before = "1U*", .pending = K1 | K8 },
	{ 26, AD, MII, 0, "1U/1 1U/1", "1,2,y", UP, UP, LINK_UP, 0,
	  .warnings = 0 },
	{ 27, AD, MII, 2, "1U/1 0D/1", "1,1,y", DOWN,
	  DOWN, MIN_LINKS, 0, .warnings = DEGR },
	{ 28, AD, MII, 3, "1U/1 1U/1 0D/3", "1,2,y", DOWN,
	  DOWN, MIN_LINKS, 0, .warnings = DEGR },
	{ 29, AD, MII, 0, "1U/1 1U/2", "1,1,n", UP,
	  UP, LINK_UP, K6 | K7, .warnings = 0 },
	{ 30, AD, MII, 2, "1U/1 1U/2", "1,1,n", DOWN,
	  DOWN, MIN_LINKS, K6 | K7, .warnings = 0 },
	{ 31, AD, MII, 0, "1U/1 1U/2", "1,1,y", UP, UP, LINK_UP, K7,
	  .warnings = 0 },
	{ 32, AD, MII, 0, "0F/1 0F/2", "1,1,n", UP,
	  DOWN, NO_SLAVE_UP, K6, .warnings = DEGR,
	  .before = "1U/1 1U/2", .pending = K1, .downdelay_ms = 1500 },
	{ 33, AD, NONE, 0, "1U/1 0U/2", NULL, DOWN,
	  UP, LINK_UP, K2 | K8, .warnings = UNMON | DEGR },
	{ 34, AD, NONE, 0, "0U/1 0U/2", "1,1,n", UP,
	  DOWN, NO_SLAVE_UP, K1 | K6 | K8, .warnings = UNMON | DEGR },
	{ 35, AD, MII, 0, "0D/1 0D/2", NULL, DOWN,
	  DOWN, NO_SLAVE_UP, 0, .warnings = DEGR },
	{ 36, AD, MII, 1, "1U/1!", "1,1,n", DOWN,
	  DOWN, NO_LACP_READY, K6, .warnings = 0, .option = KERNEL_STRICT },
	/* 36b: the kernel compares with min_links as it is. */
	{ 36, AD, MII, 0, "1U/1!", "1,1,n", UP,
	  UP, LINK_UP, K6, .warnings = 0, .option = KERNEL_STRICT },
	{ 37, "ab", MII, 0, "1U*", NULL, UP,
	  DOWN, NO_SLAVE_UP, K1 | K8, .warnings = DEGR, .option = NESTED },
	{ 38, AD, MII, 2, "1U/1 0F/1", "1,2,y", UP,
	  DOWN, MIN_LINKS, 0, .warnings = DEGR,
	  .before = "1U/1 1U/1", .pending = K1, .downdelay_ms = 1500 },
	{ 39, "rr", MII, 0, "0D", NULL, UP,
	  DOWN, NO_SLAVE_UP, K1 | K4, .warnings = DEGR },
	{ 40, AD, MII, 0, "0U/1 1U/2", "1,1,y", UP,
	  UP, LINK_UP, K7, .warnings = DEGR,
	  .before = "1U/1 1U/2", .pending = K8 },
	/* 40b: without a monitor the driver never sees it go. */
	{ 40, AD, NONE, 0, "0U/1 1U/2", "1,1,y", UP,
	  UP, LINK_UP, K7 | K8, .warnings = UNMON | DEGR },
	{ 41, AD, MII, 0, "0F/1 1U/2", "1,1,y", UP,
	  UP, LINK_UP, K7, .warnings = DEGR,
	  .before = "1U/1 1U/2", .pending = 0, .downdelay_ms = 1500 },
	{ 42, AD, MII, 0, "1D/1 1D/1", "1,0,y", UP,
	  DOWN, NO_PORTS, K1 | K9, .warnings = DEGR, .updelay_ms = 200 },
	{ 48, AD, MII, 0, "1U/1! 1U/1!", "1,2,y", UP,
	  DOWN, NO_LACP_READY, K1, .warnings = 0, .option = AGENT_STRICT },
};
/* clang-format on */

const size_t oracle_row_count = sizeof(oracle_rows) / sizeof(oracle_rows[0]);
