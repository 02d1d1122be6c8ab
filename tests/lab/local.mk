# SPDX-License-Identifier: BSD-2-Clause
# Stories on the real bonding driver, in user-mode-linux; each is a test.
TEST_EXTENSIONS += .story
STORY_LOG_COMPILER = $(SHELL) $(top_srcdir)/tests/lab/run-story
lab_stories = \
	tests/lab/stories/command-line.story \
	tests/lab/stories/seed-false-running.story \
	tests/lab/stories/detached.story \
	tests/lab/stories/healthy-active-backup.story \
	tests/lab/stories/if-link.story \
	tests/lab/stories/if-oper-status.story \
	tests/lab/stories/links-come-and-go.story \
	tests/lab/stories/lock-held.story \
	tests/lab/stories/if-stack.story \
	tests/lab/stories/kernel-lacp-strict.story \
	tests/lab/stories/kernel-options.story \
	tests/lab/stories/lacp-partner.story \
	tests/lab/stories/lacp-ports-disabled.story \
	tests/lab/stories/lacp-strict.story \
	tests/lab/stories/lag-mib.story \
	tests/lab/stories/master-comes-and-goes.story \
	tests/lab/stories/no-bonding.story \
	tests/lab/stories/odd-names.story \
	tests/lab/stories/overrun.story \
	tests/lab/stories/raise-and-clear.story \
	tests/lab/stories/standalone.story \
	tests/lab/stories/serve-this-host.story \
	$(lab_faults)

# Faults, the short versions; `make faults-long-lab` runs the long ones.
lab_faults = \
	tests/lab/stories/agent-killed.story \
	tests/lab/stories/clock-jumps.story \
	tests/lab/stories/flapping.story \
	tests/lab/stories/snmpd-stopped.story \
	tests/lab/stories/state-file.story

lab_recipes = \
	tests/lab/stories/arp-monitor.story \
	tests/lab/stories/silent-changes.story \
	tests/lab/stories/silent-partner.story \
	tests/lab/stories/recipe-a-unmonitored.story \
	tests/lab/stories/recipe-a2-unmonitored-lacp.story \
	tests/lab/stories/recipe-b-no-slaves.story \
	tests/lab/stories/recipe-c-no-partner.story \
	tests/lab/stories/recipe-c2-silent-partner.story \
	tests/lab/stories/recipe-d-dead-active-slave.story \
	tests/lab/stories/recipe-e-use-carrier.story \
	tests/lab/stories/recipe-e2-downdelay.story \
	tests/lab/stories/recipe-e3-updelay.story \
	tests/lab/stories/recipe-f-min-links.story \
	tests/lab/stories/recipe-g-monitor-taken-away.story \
	tests/lab/stories/recipe-g2-never-monitored-lacp.story \
	tests/lab/stories/recipe-g3-no-speed.story \
	tests/lab/stories/recipe-g4-never-up.story \
	tests/lab/stories/recipe-h-slave-set-down.story \
	tests/lab/stories/recipe-h2-bond-in-bond.story \
	tests/lab/stories/recipe-h3-namespaces.story \
	tests/lab/stories/recipe-i-dormant-slave.story \
	tests/lab/stories/recipe-i2-dormant-bond.story \
	tests/lab/stories/recipe-j-carrier-by-hand.story

# keepalived, with the track files that it reads.
lab_keepalived = \
	tests/lab/stories/keepalived-failover.story \
	tests/lab/stories/keepalived-faults.story \
	tests/lab/stories/keepalived-two-switches.story \
	tests/lab/stories/track-files.story

lab_scripts = tests/lab/bad-input.sh
TESTS += $(lab_scripts)
tests/lab/bad-input.log: bondcarrierd

# The sanitizers' runtime needs more address space than a process of
# user-mode-linux has.
if !SANITIZERS
lab_tests = $(lab_stories) $(lab_recipes) $(lab_keepalived)
TESTS += $(lab_tests)
$(lab_tests:.story=.log): bondcarrierd cli/bondcarrier
endif
EXTRA_DIST += \
	quickstart .ci/run $(lab_scripts) \
	tests/lab/decode.awk \
	tests/lab/delays.py \
	tests/lab/faults-long \
	tests/lab/fixtures.story \
	tests/lab/flap.py \
	tests/lab/guest-init \
	tests/lab/lag.py \
	tests/lab/lib/agents.sh \
	tests/lab/lib/basic.sh \
	tests/lab/lib/faults.sh \
	tests/lab/lib/fold.sh \
	tests/lab/lib/keepalived.sh \
	tests/lab/lib/kernel.sh \
	tests/lab/lib/links.sh \
	tests/lab/lib/says.sh \
	tests/lab/lib/traps.sh \
	tests/lab/lib/view.sh \
	tests/lab/mibs/IF-MIB \
	tests/lab/mibs/SNMP-FRAMEWORK-MIB \
	tests/lab/mibs/SNMPv2-CONF \
	tests/lab/mibs/SNMPv2-SMI \
	tests/lab/mibs/SNMPv2-TC \
	tests/lab/objects \
	tests/lab/record-fixtures \
	tests/lab/run-story \
	tests/lab/scene-replayed \
	tests/lab/scene.story \
	tests/lab/serve \
	tests/lab/tap.py \
	tests/lab/tell \
	$(lab_stories) $(lab_recipes) $(lab_keepalived)

# Ends with a table; takes ten minutes.
#: faults-long-lab: faults on real bonds at length; ten minutes
.PHONY: faults-long-lab
faults-long-lab: all
	abs_top_builddir=$(abs_top_builddir) \
		$(SHELL) $(srcdir)/tests/lab/faults-long $(lab_faults)

# Records the captures in tests/fixtures again: see record-fixtures.
#: record-fixtures: record the captures in tests/fixtures again
.PHONY: record-fixtures
record-fixtures: cli/bondcarrier
	$(SHELL) $(srcdir)/tests/lab/record-fixtures $(abs_top_builddir)

# All measurements in doc/keepalived.md; takes a quarter of an hour.
#: keepalived-long: keepalived's stories at length; a quarter of an hour
.PHONY: keepalived-long
keepalived-long: all
	for story in failover faults; do \
		STORY_ARGS=long STORY_TIMEOUT=1800 $(SHELL) \
			$(srcdir)/tests/lab/run-story \
			$(srcdir)/tests/lab/stories/keepalived-$$story.story \
			|| exit 1; \
	done
