/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A virtual kernel: netdevices, the bonding driver, the partner at the far
 * end of each cable, and the bytes of rtnetlink that tell of them.
 *
 * It is written from Linux 6.1 and 6.12 (net/core, net/netlink,
 * drivers/net/bonding), and shares nothing with src/: it is what src/ is held
 * against. It is itself held against the real driver (model.story).
 *
 * struct vk owns no memory and holds no pointer into itself: a world is
 * copied by assignment. It may be read freely; change it through ops.h or the
 * functions here. Nothing in it is random, and time stands still between two
 * calls of vk_advance().
 *
 * Units: milliseconds, those of the names in _ms; times are the world's own
 * clock. Errors: 0 or -errno, the kernel's own.
 */
#ifndef BONDCARRIER_SIM_VK_H
#define BONDCARRIER_SIM_VK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#define VK_LINKS	64    /* at once */
#define VK_SLAVES	16    /* of one bond */
#define VK_NAME		16    /* IFNAMSIZ */
#define VK_MESSAGE_MAX	2048  /* one link message */
#define VK_DATAGRAM_MAX 32768 /* one datagram of an answer */
#define VK_NEVER	INT64_MAX

enum vk_kind {
	VK_NONE, /* the slot is free */
	VK_NIC,	 /* a port of a machine: no IFLA_INFO_KIND */
	VK_VETH, /* its peer is in another namespace, and has a cable's state */
	VK_DUMMY, /* carrier by hand, no speed, no ethtool link */
	VK_TAP,	  /* held open by a program; carrier and speed by hand */
	VK_VLAN,
	VK_MACVLAN,
	VK_BOND,
};

/* linux/if_bonding.h, where the names are macros; repeated for debuggers. */
enum vk_mii { VK_UP, VK_FAIL, VK_DOWN, VK_BACK };

/* IFLA_BOND_*, of which the build machine's headers may lack the last. */
#define VK_BOND_COUPLED_CONTROL 32 /* 6.9 */
#define VK_BOND_BROADCAST_NEIGH 33 /* 6.17 */
#define VK_BOND_LACP_STRICT	34 /* 7.2 */
#define VK_BOND_OPTIONS		35
#define VK_SPEED_UNKNOWN	(-1)

/* What is at the far end of a link's cable. */
enum vk_mood {
	VK_SILENT,  /* sends no LACPDU */
	VK_ANSWERS, /* a switch that aggregates */
	VK_UNSYNC,  /* talks, and never is in sync */
	VK_STANDBY, /* in sync at first sight never, keeps the port in reserve:
		       like VK_UNSYNC, for this port alone */
	VK_ALONE,   /* an individual port: not aggregatable */
};

/* What an LACPDU says of one end. */
struct vk_port_info {
	uint8_t system[6];
	uint16_t system_prio, key, port, port_prio;
	uint8_t state;
};

struct vk_partner {
	enum vk_mood mood;
	uint8_t system; /* which switch: the last octet of its address; 0 is
			   not used */
	uint16_t key;	/* ports of one trunk have the same */
	uint16_t port;	/* filled in by vk_add() */
	bool fast;	/* the rate it asks us for */
	bool mute_rx;	/* a one-way fibre: hears nothing of us */

	/* run time */
	uint8_t state;	     /* its actor state, as sent last */
	bool heard, matched; /* knows of us; we know of it */
	struct vk_port_info our;
	int64_t heard_until_ms;
	int64_t send_at_ms;
};

struct vk_port {
	bool enabled; /* is_enabled */
	bool lacp;    /* AD_PORT_LACP_ENABLED: full duplex */
	bool begin, ready_n, ready, selected, standby, matched, ntt;
	uint8_t rx, mux, periodic; /* states; the numbers are the parts' own */
	int rx_timer, mux_timer, periodic_timer; /* ticks of 100 ms; 0: off */
	int tx_timer;
	uint16_t number; /* actor_port_number */
	uint16_t actor_admin_key, actor_oper_key;
	uint8_t actor_state; /* oper */
	struct vk_port_info partner;
	uint16_t aggregator; /* identifier, 0: none */
};

struct vk_aggregator {
	uint16_t id;
	bool individual, active;
	uint16_t actor_admin_key, actor_oper_key;
	uint8_t partner_system[6];
	uint16_t partner_prio, partner_key;
	uint8_t lag_ports;	  /* num_of_ports */
	uint8_t ports[VK_SLAVES]; /* slots of links, lag_ports of them, the
				     newest first */
};

/* What makes a link a slave of a bond. */
struct vk_slave {
	int bond;	  /* slot, -1: no slave */
	uint8_t link;	  /* enum vk_mii */
	uint8_t new_link; /* proposed by the inspection */
	uint8_t backup;	  /* IFLA_BOND_SLAVE_STATE: 0 active */
	bool inactive;	  /* the driver drops what arrives here */
	bool rx_disabled;
	bool bound; /* the port is initialised */
	bool should_notify, should_notify_link;
	int32_t delay;
	int32_t speed; /* as the driver last read it */
	bool full_duplex;
	uint32_t failures;
	int32_t prio;
	uint16_t queue;
	int64_t last_rx_ms, last_tx_ms, last_link_up_ms, target_rx_ms;
	struct vk_port port;
	struct vk_aggregator aggregator;
};

struct vk_bond {
	uint32_t option[VK_BOND_OPTIONS]; /* by IFLA_BOND_*, as set; delays in
					     ms, never rounded here */
	int slaves[VK_SLAVES];		  /* slots, in the order they came */
	int slave_count;
	int active;  /* slot of curr_active_slave, -1 */
	int primary; /* slot, -1 */
	char primary_name[VK_NAME];
	int current_arp; /* slot, -1 */
	bool force_primary;
	uint32_t updelay, downdelay;		/* in ticks of miimon */
	int64_t mii_at_ms, arp_at_ms, ad_at_ms; /* VK_NEVER: not running */
	uint64_t usable, all; /* usable_slaves, all_slaves: slots as bits */
	bool has_arrays;      /* they are no NULL */
	bool array_due;	      /* slave_arr_work is queued */
	bool listens;	      /* recv_probe: frames are looked at */
	int send_peer_notif;
	uint16_t next_aggregator;
	uint8_t system[6]; /* of LACP */
	int agg_select_timer;
	uint8_t rr_counter;
};

struct vk_link {
	enum vk_kind kind;
	int ifindex;
	char name[VK_NAME];
	uint8_t address[6], perm_address[6];
	uint32_t mtu;
	bool admin_up;
	bool carrier; /* netif_carrier_ok(): also kept while admin down */
	bool wire;    /* the far end is plugged (NIC, VETH), or what was set by
			 hand (DUMMY, TAP) */
	uint8_t operstate; /* IF_OPER_* */
	bool dormant, testing;
	bool mode_dormant; /* IFLA_LINKMODE */
	bool protodown;
	int32_t speed; /* Mbit/s or VK_SPEED_UNKNOWN; what ethtool says with
			  carrier */
	bool full_duplex;
	int lower; /* slot of a VLAN's or macvlan's device, -1 */
	uint16_t vlan;
	bool arp_answers; /* an ARP target answers through this link */
	bool iff_slave;	  /* IFF_SLAVE, which outlives the slave by a message */
	bool dying;	  /* NETREG_UNREGISTERING: nothing is told of it */
	bool random_address;
	bool linkwatch; /* a change of carrier is not yet told */
	uint64_t linkwatch_order;
	struct vk_partner partner;
	struct vk_slave slave; /* .bond >= 0: it is one */
	struct vk_bond bond;   /* of VK_BOND */

	/* history: of this link alone; see vk_touched() */
	uint64_t touches;
	int64_t touched_ms;
	int64_t born_ms;
};

/* One datagram of RTNLGRP_LINK. It must not ask the world to change. */
typedef void (*vk_sink)(void *ctx, const void *bytes, size_t length);

struct vk {
	int64_t now_ms;
	int version;	 /* 601, 612, 702: which attributes and rules */
	bool privileged; /* CAP_NET_ADMIN of who asks */
	struct vk_link links[VK_LINKS];
	int top; /* slots in use are below this */
	int next_ifindex;
	uint32_t base_seq; /* net->dev_base_seq */
	uint64_t messages; /* told so far */
	int64_t linkwatch_at_ms, linkwatch_next_ms;
	uint64_t linkwatch_order;
	uint64_t mac_seed;
	vk_sink sink; /* may be NULL */
	void *sink_ctx;
};

/* An empty world with nothing but lo. version 0: 601. */
void vk_init(struct vk *vk, int version, int64_t now_ms);

/* Time. Runs what is due until and at `to_ms`, in order. */
int64_t vk_next_ms(const struct vk *vk); /* VK_NEVER */
void vk_advance(struct vk *vk, int64_t to_ms);
/* True if nothing but periodic checks of an unchanging world lies ahead: no
   delay runs, LACP has settled and no carrier change waits. */
bool vk_settled(const struct vk *vk);
/* Runs until settled or until limit_ms from now; true if settled. */
bool vk_settle(struct vk *vk, int64_t limit_ms);

/* Slots by name and ifindex; -1. */
int vk_find(const struct vk *vk, const char *name);
int vk_find_index(const struct vk *vk, int ifindex);

/* ifi_flags of a link. */
unsigned int vk_flags(const struct vk *vk, int slot);

/*
 * Links. `ifindex` 0: the next free one; names as given. A new link is
 * administratively down; a NIC and a veth are plugged, with an answering
 * partner `partner` if that is not NULL. The slot, or -errno.
 */
int vk_add(struct vk *vk, enum vk_kind kind, const char *name, int ifindex,
	   int lower, const struct vk_partner *partner);
/* A bond with options from its creation: pairs of IFLA_BOND_* and value. */
struct vk_option {
	int option;
	uint32_t value;
};
int vk_add_bond(struct vk *vk, const char *name, int ifindex,
		const struct vk_option *options, size_t count);
int vk_delete(struct vk *vk, int slot); /* with what stands on it */
int vk_move(struct vk *vk, int slot);	/* to another namespace: gone */
int vk_rename(struct vk *vk, int slot, const char *name);
int vk_set_up(struct vk *vk, int slot, bool up);
int vk_set_wire(struct vk *vk, int slot, bool on); /* plug, carrier by hand */
int vk_set_speed(struct vk *vk, int slot, int32_t speed, bool full_duplex);
int vk_set_protodown(struct vk *vk, int slot, bool on);
/* IFLA_LINKMODE and IFLA_OPERSTATE, as `ip link set X mode M state S`. */
int vk_set_mode(struct vk *vk, int slot, bool dormant_mode);
int vk_set_operstate(struct vk *vk, int slot, uint8_t operstate);
int vk_set_partner(struct vk *vk, int slot, const struct vk_partner *partner);
int vk_set_arp_answers(struct vk *vk, int slot, bool answers);

/* Bonds. */
int vk_enslave(struct vk *vk, int bond, int slot);
int vk_release(struct vk *vk, int slot);
int vk_set_option(struct vk *vk, int bond, int option, uint32_t value);
/* IFLA_BOND_ACTIVE_SLAVE, IFLA_BOND_PRIMARY: a slot, -1: none. */
int vk_set_active(struct vk *vk, int bond, int slot);
int vk_set_primary(struct vk *vk, int bond, int slot);
int vk_set_prio(struct vk *vk, int slot, int32_t prio);

/*
 * Netlink. A question is what the program gives to sendto(); -errno as from
 * there. The answer comes by vk_answer(), a datagram at a time, into `bytes`,
 * which has room for VK_DATAGRAM_MAX. The world may change in between; a dump
 * is a cursor as the kernel's.
 */
struct vk_answer {
	int state;
	uint32_t seq;
	uint32_t pid;
	uint16_t flags;
	bool ack;
	bool filtered;
	int ifindex; /* of a single question */
	int error;
	int master;   /* filter */
	uint8_t kind; /* filter: an enum vk_kind, VK_NONE: none */
	bool skip_stats;
	int next; /* ifindex from which a dump goes on */
	uint32_t base_seq;
	size_t room; /* of one datagram of the dump */
};
int vk_ask(struct vk *vk, struct vk_answer *answer, const void *request,
	   size_t length);
/* The length of the datagram, 0: the answer has ended. */
size_t vk_answer(struct vk *vk, struct vk_answer *answer, void *bytes);

/*
 * Truth: would frames pass? From links, driver and partner as they are at
 * this instant, not from anything the driver says of itself.
 */
struct vk_slave_truth {
	bool link;    /* the cable has both ends, down to the last lower */
	bool sends;   /* the driver sends frames here */
	bool accepts; /* the driver takes frames that arrive here */
	bool far_sends, far_accepts; /* so does the far end */
};
struct vk_truth {
	bool up; /* administratively */
	int slaves;
	int sending;   /* slaves that the driver sends into */
	int serving;   /* ... and whose frames arrive and are taken */
	int receiving; /* slaves by which a frame of the far end gets in */
	int sinks;     /* slaves that the driver sends into and lose all */
	bool out, in;  /* some frame passes out of, into the bond */
	bool all_out;  /* every frame does */
	struct vk_slave_truth slave[VK_SLAVES]; /* as vk_bond.slaves */
};
void vk_truth(const struct vk *vk, int bond, struct vk_truth *out);

/*
 * When anything last happened to a bond, its slaves, or what these stand on:
 * an operation or a change made by a timer. `touches` counts them; it is
 * another number whenever something happened.
 */
int64_t vk_touched(const struct vk *vk, int slot, uint64_t *touches);

#endif
