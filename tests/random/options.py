# SPDX-License-Identifier: BSD-2-Clause
"""Random options of bonds, as iproute2 and as sysfs want them."""

PRIORITIES = (-2147483648, -1, 0, 7, 2147483647)

# name: values as (iproute2's word, sysfs' word)
_SAME = {
    "miimon": (0, 20, 30, 50),
    "updelay": (0, 0, 100, 300),
    "downdelay": (0, 0, 100, 300),
    "use_carrier": (0, 1, 1),
    "min_links": (0, 0, 1, 2, 3),
    "all_slaves_active": (0, 1),
    "resend_igmp": (0, 1, 255),
    "lp_interval": (1, 60),
    "packets_per_slave": (0, 1, 7),
    "ad_user_port_key": (0, 5, 1023),
    "ad_actor_sys_prio": (1, 100, 65535),
    "tlb_dynamic_lb": (0, 1),
    "peer_notify_delay": (0, 100),
    "primary_reselect": ("always", "better", "failure"),
    "fail_over_mac": ("none", "active", "follow"),
    "xmit_hash_policy": ("layer2", "layer3+4", "layer2+3", "encap2+3"),
    "ad_select": ("stable", "bandwidth", "count"),
    "lacp_rate": ("slow", "fast"),
    "lacp_active": ("on", "off", "on"),
}


def one_option(rng):
    """Its name, iproute2's word and sysfs' word."""
    name = rng.choice(sorted(_SAME))
    value = rng.choice(_SAME[name])
    return name, value, value


def bond_options(rng, mode):
    """For `ip link add ... type bond mode MODE`."""
    words, chance = [], rng.random()
    if chance < 0.65:
        words.append(f"miimon {rng.choice((20, 20, 30, 50))}")
        if rng.random() < 0.25:
            words.append(f"updelay {rng.choice((100, 300))}")
        if rng.random() < 0.25:
            words.append(f"downdelay {rng.choice((100, 300))}")
        if rng.random() < 0.1:
            words.append("use_carrier 0")
    elif chance < 0.8 and mode in ("balance-rr", "active-backup",
                                   "balance-xor", "broadcast"):
        target = rng.choice(("10.99.0.254", "10.99.0.254", "10.99.0.77"))
        words.append(f"arp_interval 100 arp_ip_target {target}")
    else:
        words.append("miimon 0")
    if rng.random() < (0.5 if mode == "802.3ad" else 0.1):
        words.append(f"min_links {rng.choice((1, 2, 3))}")
    if mode == "802.3ad":
        words.append(f"lacp_rate {rng.choice(('fast', 'fast', 'slow'))}")
        policy = rng.choice(("stable", "bandwidth", "count"))
        words.append(f"ad_select {policy}")
    if mode == "active-backup" and rng.random() < 0.3:
        words.append(f"fail_over_mac {rng.choice(('active', 'follow'))}")
    return " ".join(words)
