# SPDX-License-Identifier: BSD-2-Clause
"""A session as the master agent sees it, from Open to Close, and requests
during it. doc/agentx.md lists which pitfall of net-snmp each test covers.
"""

import os
import select
import struct
import threading
import time

import agentx
import faults
import running
from peer_case import LOST, SILENT, UP, WINDOW, Case

REASON_SHUTDOWN = 5     # RFC 2741, 6.2.2
DEFAULT_PRIORITY = 127  # 6.2.3
SYNCHRONISED, RESYNCHRONISING, KERNEL_LOST = 1, 2, 3    # bondAgentStatus
IF_OPER_STATUS = (1, 3, 6, 1, 2, 1, 2, 2, 1, 8)
SNMP_TRAP_OID = (1, 3, 6, 1, 6, 3, 1, 1, 4, 1, 0)
LINK_DOWN, LINK_UP = 3, 4   # below snmpTraps
LATE = 0.5      # the agent sends linkDown after 5 s in any case
IF_STACK_TABLE = (1, 3, 6, 1, 2, 1, 31, 1, 2)
IF_STACK_LAST_CHANGE = (1, 3, 6, 1, 2, 1, 31, 1, 6)


def subtree(pdu):
    """The subtree of a Register or Unregister; None: another PDU."""
    if pdu.kind not in (agentx.REGISTER, agentx.UNREGISTER):
        return None
    reader = pdu.reader()
    reader.take("BBBB")
    return reader.oid()


def if_oper_status(asked, *errors):
    """A script: keeps the requests for the column, and answers the first ones
    with these errors (None: not at all); otherwise healthy."""
    left = list(errors)

    def script(conn):
        while True:
            pdu = conn.read()
            mine = subtree(pdu) == IF_OPER_STATUS
            if mine:
                asked.append(pdu)
            if not mine or not left:
                conn.serve(pdu)
                continue
            error = left.pop(0)
            if error is not None:
                conn.answer(pdu, error)
    return script


def slow_about(events, kind, may_answer):
    """A script: answers requests of that kind for the column a little after
    may_answer is set. `events` collects what arrived, and when."""
    names = {agentx.REGISTER: "register", agentx.UNREGISTER: "unregister"}

    def script(conn):
        held = due = None
        while True:
            if held and not due and may_answer.is_set():
                due = time.monotonic() + LATE
            if due and time.monotonic() >= due:
                events.append(("answered", time.monotonic()))
                conn.answer(held)
                held = due = None
            if not select.select([conn.sock], [], [], 0.02)[0]:
                continue
            pdu = conn.read()
            now = time.monotonic()
            if subtree(pdu) == IF_OPER_STATUS:
                events.append((names[pdu.kind], now))
                if pdu.kind == kind:
                    held = pdu
                    continue
            if pdu.kind == agentx.NOTIFY:
                binds = {name: value for name, _, value
                         in pdu.reader().varbinds()}
                events.append((binds[SNMP_TRAP_OID][-1], now))
                conn.unanswered -= 1
                conn.send(conn.response(pdu))
                continue
            conn.serve(pdu)
    return script


class Session(Case):

    def test_end_is_told(self):
        self.start(faults.healthy)
        self.flood.wait_for_log("connected")
        self.finish([UP])
        self.assertEqual(self.master.closed, [REASON_SHUTDOWN])

    def test_open_says_how_long_to_wait(self):
        """agentXTimeout; 0 would mean the master's default."""
        seen = []

        def note(conn):
            pdu = conn.read_until(agentx.OPEN)
            seen.append(pdu.reader().take("BBBB")[0])
            conn.serve(pdu)
            conn.serve_all()
        self.start(note, agentXTimeout=7)
        self.flood.wait_for_log("connected")
        self.finish([UP])
        self.assertEqual(seen, [7])

    def test_silence_is_seen_in_traffic(self):
        """Descriptors that are always ready don't starve timers."""
        self.flood_through(faults.busy_but_silent, log=[UP, SILENT, LOST, UP])

    def test_requests_are_answered_before_notifications(self):
        self.flood_through(faults.ask_before_answering, log=[UP], rate=0)
        self.assertEqual(self.master.connections, 1)

    def test_requests_are_not_read_ahead(self):
        self.flood_through(faults.ask_very_often, log=[UP])
        self.assertEqual(self.master.connections, 1)

    def test_answers_of_another_session(self):
        """An answer with another session or packet id is ignored."""
        def foreign(conn):
            faults.register(conn)
            for _ in range(10):
                pdu = conn.read_until(agentx.NOTIFY)
                answer = bytearray(conn.response(pdu))
                answer[12:16] = struct.pack(">I", pdu.packet + 100000)
                conn.send(bytes(answer))
            missed = conn.master.missed.once_more()
            while not missed():
                time.sleep(0.02)
        self.flood_through(foreign, log=[UP, SILENT, LOST, UP])

    def test_address_is_changed(self):
        """SIGHUP switches to another master, which gets the rest."""
        self.start(faults.never_answer_notify, in_conf=True)
        other = self.another(faults.healthy)
        self.flood.wait_for_log("connected")
        self.flood.push(50)
        running.wait_for(lambda: self.master.most_unanswered == WINDOW,
                         "a full window")
        self.flood.configure(agentXSocket=other.address)
        self.flood.wait_empty()
        self.assertEqual(other.indexes(), list(range(1, 51)))
        self.finish()

    def test_tables_that_others_have(self):
        """Logged, and the session continues; SIGHUP unregisters them."""
        asked = []

        def crowded(conn):
            while True:
                pdu = conn.read()
                name = subtree(pdu)
                if name:
                    asked.append((pdu.kind, name))
                if (pdu.kind, name) == (agentx.REGISTER, IF_STACK_TABLE):
                    conn.answer(pdu, agentx.DUPLICATE_REGISTRATION)
                else:
                    conn.serve(pdu)
        self.start(crowded, standardTables="ifStack")
        self.flood.wait_for_log("connected")
        self.flood.wait_for_log("cannot register ifStackTable with the master "
                                "agent at %s: another subagent has registered "
                                "it" % self.master.address)
        self.assertEqual(asked[1:], [(agentx.REGISTER, IF_STACK_TABLE),
                                     (agentx.REGISTER, IF_STACK_LAST_CHANGE)])
        self.flood.configure(standardTables="none")
        running.wait_for(lambda: len(asked) == 5, "Unregister")
        self.assertEqual(asked[3:], [(agentx.UNREGISTER, IF_STACK_TABLE),
                                     (agentx.UNREGISTER, IF_STACK_LAST_CHANGE)])
        self.flood.push(5)
        self.flood.wait_empty()
        self.assertEqual(self.master.connections, 1)
        self.finish()

    def test_if_oper_status(self):
        """Refused at first: logged once, retried, and nothing else waits;
        unregistered when turned off. All in the agent's context."""
        asked = []
        self.start(if_oper_status(asked, agentx.DUPLICATE_REGISTRATION),
                   options=("-n", "blue"), correctIfOperStatus="yes")
        self.flood.wait_for_log("cannot register ifOperStatus with the master "
                                "agent at %s: another subagent has registered "
                                "it" % self.master.address)
        self.flood.push(5)
        self.flood.wait_empty()
        self.flood.wait_for_log("ifOperStatus registered")
        self.assertEqual(self.flood.count_logged("ifOperStatus"), 2)
        self.flood.configure(correctIfOperStatus="no")
        self.wait_for_kinds(asked, "RRU")
        context = asked[0].context
        self.assertIn(context, (b"blue", "blue"))
        for pdu in asked:
            self.assertLess(pdu.reader().take("BBBB")[1], DEFAULT_PRIORITY)
            self.assertEqual(pdu.context, context)
        self.assertEqual(self.master.connections, 1)
        self.finish()

    def links(self, answers):
        """Eight linkDowns and linkUps wait for a master that answers the
        registration of ifOperStatus, or not; what it gets, and when."""
        events, may_answer = [], threading.Event()
        self.start(slow_about(events, agentx.REGISTER, may_answer),
                   correctIfOperStatus="yes")
        self.flood.push_links(8)
        if answers:
            may_answer.set()
        self.flood.wait_empty()
        self.assertEqual(self.flood.state()[3:], [8, 0])
        self.finish()
        return events

    def test_links_wait_for_if_oper_status(self):
        """A manager may read ifOperStatus right after linkDown, so the column
        is registered first."""
        events = self.links(answers=True)
        self.assertEqual([what for what, _ in events],
                         ["register", "answered"] + 4 * [LINK_DOWN, LINK_UP])

    def test_links_do_not_wait_for_ever(self):
        """They are sent even if the master never answers."""
        events = self.links(answers=False)
        self.assertEqual([what for what, _ in events],
                         ["register"] + 4 * [LINK_DOWN, LINK_UP])
        self.assertGreater(events[1][1] - events[0][1], 4)

    def test_links_wait_while_it_is_given_back(self):
        """The kernel was lost briefly: the column is first registered."""
        events, may_answer = [], threading.Event()
        self.start(slow_about(events, agentx.UNREGISTER, may_answer),
                   correctIfOperStatus="yes", resyncInterval=86400)
        running.wait_for(lambda: len(events) == 1, "Register")
        self.flood.publish(KERNEL_LOST)
        running.wait_for(lambda: len(events) == 2, "Unregister")
        self.flood.publish(SYNCHRONISED)
        self.flood.push_links(2)
        may_answer.set()
        self.flood.wait_empty()
        self.assertEqual([what for what, _ in events],
                         ["register", "unregister", "answered", "register",
                          LINK_DOWN, LINK_UP])
        self.finish()

    def wait_for_kinds(self, asked, kinds):
        """R: Register, U: Unregister of the column. No others."""
        letters = {agentx.REGISTER: "R", agentx.UNREGISTER: "U"}

        def found():
            return "".join(letters[pdu.kind] for pdu in asked)
        running.wait_for(lambda: len(asked) >= len(kinds), kinds)
        self.assertEqual(found(), kinds)

    def test_if_oper_status_without_the_kernel(self):
        """While the state is unknown, the column is the master's."""
        asked = []
        self.start(if_oper_status(asked), correctIfOperStatus="yes",
                   resyncInterval=86400)
        self.wait_for_kinds(asked, "R")
        for status in (KERNEL_LOST, RESYNCHRONISING):
            before = "RU" * (len(asked) // 2)
            self.flood.publish(status)
            self.wait_for_kinds(asked, before + "RU")
            self.flood.publish(SYNCHRONISED)
            self.wait_for_kinds(asked, before + "RUR")
        self.assertEqual(self.master.connections, 1)
        self.finish()

    def test_if_oper_status_that_nobody_has(self):
        """unknownRegistration counts as unregistered."""
        asked = []
        self.start(if_oper_status(asked, 0, agentx.UNKNOWN_REGISTRATION),
                   correctIfOperStatus="yes")
        self.wait_for_kinds(asked, "R")
        self.flood.configure(correctIfOperStatus="no")
        self.wait_for_kinds(asked, "RU")
        self.flood.configure(correctIfOperStatus="yes")
        self.wait_for_kinds(asked, "RUR")
        self.assertEqual(self.flood.count_logged("ifOperStatus"), 0)
        self.finish()

    def test_if_oper_status_of_a_forgotten_session(self):
        asked = []
        self.start(if_oper_status(asked, agentx.NOT_OPEN),
                   if_oper_status(asked), correctIfOperStatus="yes")
        self.wait_for_kinds(asked, "RR")
        self.finish([UP, LOST + ": session no longer known", UP])

    def test_if_oper_status_never_answered(self):
        """By a master that answers all else: half a minute is enough."""
        asked = []
        self.start(if_oper_status(asked, None), if_oper_status(asked),
                   correctIfOperStatus="yes")
        self.wait_for_kinds(asked, "RR")
        self.finish([UP, LOST + ": no answer to a registration", UP])

    def test_files_of_the_host(self):
        """net-snmp would parse every MIB and snmp.conf it finds."""
        home = running.folder()
        with open(os.path.join(home, "BROKEN-MIB.txt"), "w",
                  encoding="ascii") as mib:
            mib.write("BROKEN-MIB DEFINITIONS ::= BEGIN\nno ::= { such 1 }\n")
        with open(os.path.join(home, "snmp.conf"), "w",
                  encoding="ascii") as conf:
            conf.write("noSuchToken 1\nmibs ALL\n")
        self.flood_through(log=[UP], environment={
            "MIBS": "ALL", "MIBDIRS": home, "SNMPCONFPATH": home,
            "SNMP_PERSISTENT_DIR": home})
