# SPDX-License-Identifier: BSD-2-Clause
"""Random operations on bonds: a pure function of the seed.

The generator never looks at the kernel. It keeps an idea of what should be
there, so that most operations make sense; where the kernel disagrees it
refuses, which is a test too, and counted.
"""

from agent_ops import AgentOps
from bond_ops import BondOps
from lacp_ops import LacpOps
from link_ops import LinkOps
from tap_ops import TapOps


class Generator(AgentOps, BondOps, LacpOps, LinkOps, TapOps):
    """Random operations, one after the other."""

    def __init__(self, seed):
        super().__init__(seed)
        self.table = (
            (8, self.add_bond), (3, self.delete_bond), (22, self.enslave),
            (9, self.release), (24, self.plug), (5, self.admin_bond),
            (9, self.admin_slave), (9, self.option), (7, self.monitor),
            (4, self.select), (4, self.slave_option), (5, self.rename),
            (4, self.nest), (3, self.tower), (4, self.add_upper),
            (2, self.delete_upper), (4, self.dummy_carrier),
            (2, self.remake), (4, self.lacp_pair), (3, self.silence),
            (2, self.dormant), (3, self.nonsense), (1, self.abroad),
            (12, self.pull), (2, self.swing), (1, self.delays),
            (12, self.tap))
        self.unseen_table = (
            (3, self.kill), (4, self.absent), (4, self.bond_again),
            (3, self.slave_again))

    def any_operation(self):
        """One that the agent may see."""
        make = self._choose(self.table)
        operation = make()
        if operation is None:
            make, operation = self.add_bond, self.add_bond()
        operation.kind = make.__name__
        return operation

    def operation(self):
        """The next one."""
        if self.rng.random() < 0.08:
            make = self._choose(self.unseen_table)
            operation = make()
            if operation:
                operation.kind = make.__name__
                return operation
        return self.any_operation()

    def _choose(self, table):
        return self.rng.choices([entry[1] for entry in table],
                                [entry[0] for entry in table])[0]
