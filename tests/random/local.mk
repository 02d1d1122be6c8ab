# SPDX-License-Identifier: BSD-2-Clause
# The agent against the kernel and a second opinion, under random operations.
random_files = \
	tests/random/agent_ops.py \
	tests/random/agentview.py \
	tests/random/agrees.py \
	tests/random/bond_ops.py \
	tests/random/compare.py \
	tests/random/coprocess.py \
	tests/random/daemon.py \
	tests/random/events.py \
	tests/random/explained.py \
	tests/random/idea.py \
	tests/random/kernelview.py \
	tests/random/lacp_ops.py \
	tests/random/link_ops.py \
	tests/random/ops.py \
	tests/random/options.py \
	tests/random/random.story \
	tests/random/random_test.py \
	tests/random/replay.py \
	tests/random/report.py \
	tests/random/rest.py \
	tests/random/second.py \
	tests/random/settle.py \
	tests/random/sink.py \
	tests/random/snmp.py \
	tests/random/tap_ops.py \
	tests/random/taps.py \
	tests/random/test_second.py \
	tests/random/test_told.py \
	tests/random/told.py \
	tests/random/tools.py \
	tests/random/watch.py \
	tests/random/witness.py
EXTRA_DIST += tests/random/run.sh $(random_files)

# The sanitizers' runtime needs more address space than a process of
# user-mode-linux has.
if !SANITIZERS
TESTS += tests/random/run.sh
tests/random/run.log: bondcarrierd cli/bondcarrier
endif

#: random-long: random operations on real bonds: OPS=10000 SEED=N
.PHONY: random-long
random-long: all
	abs_top_builddir=$(abs_top_builddir) OPS=$${OPS-10000} \
		DEEP=$${DEEP-50} SEED=$${SEED-} $(top_srcdir)/tests/random/run.sh
