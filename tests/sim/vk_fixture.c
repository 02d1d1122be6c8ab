/* SPDX-License-Identifier: BSD-2-Clause */
/* What the tests of the virtual kernel begin with. */
#include <linux/rtnetlink.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "vk_fixture.h"

struct vk vk;
struct vk_heard heard;

static void hear(void *ctx, const void *bytes, size_t length)
{
	const struct nlmsghdr *nlh = bytes;
	const struct ifinfomsg *info = NLMSG_DATA(nlh);
	const struct rtattr *attr = IFLA_RTA(info);
	int rest = (int)length - (int)NLMSG_SPACE(sizeof(*info));

	(void)ctx;
	assert_int_equal(nlh->nlmsg_len, length);
	assert_true(length <= VK_MESSAGE_MAX);
	for (; RTA_OK(attr, rest); attr = RTA_NEXT(attr, rest))
		;
	assert_int_equal(rest, 0);
	for (size_t i = 0; i < length; i++)
		heard.hash = (heard.hash ^ ((const uint8_t *)bytes)[i]) *
			     UINT64_C(0x100000001B3);
	heard.messages++;
	heard.ifindex = info->ifi_index;
}

int begin(void **state)
{
	(void)state;
	vk_init(&vk, 0, 1000);
	memset(&heard, 0, sizeof(heard));
	vk.sink = hear;
	return 0;
}

void run(const char *line)
{
	struct op op;

	assert_int_equal(op_parse(line, &op), 0);
	assert_int_equal(op_apply(&vk, &op), 0);
}

void two_cables(const char *options)
{
	char line[OP_LINE_MAX];

	run("add veth v0 0 - answers 1 1 fast hears");
	run("add veth v1 0 - answers 1 1 fast hears");
	(void)snprintf(line, sizeof(line), "add-bond b0 0 %s", options);
	run(line);
	run("enslave v0 b0");
	run("enslave v1 b0");
	run("admin b0 1");
	run("settle");
}
