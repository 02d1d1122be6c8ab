# SPDX-License-Identifier: BSD-2-Clause
# What this kernel and this ip support.

# kernel_since MAJOR.MINOR: it is that version or newer.
kernel_since()
{
	uname -r | awk -F '[.-]' -v since="$1" '{
		split(since, want, ".")
		exit !($1 > want[1] || ($1 == want[1] && $2 >= want[2] + 0))
	}'
}

# ip_can KIND WORD: ip knows that option for that kind of link.
ip_can()
{
	ip link help "$1" 2>&1 | grep -qw "$2"
}
