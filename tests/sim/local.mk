# SPDX-License-Identifier: BSD-2-Clause
# The simulator: the product on a virtual kernel, disk, master and clock.
sim_kernel = \
	tests/sim/ops.c \
	tests/sim/ops.h \
	tests/sim/ops_pick.c \
	tests/sim/ops_pick.h \
	tests/sim/ops_random.c \
	tests/sim/ops_text.c \
	tests/sim/vk.h \
	tests/sim/vk_agg.c \
	tests/sim/vk_arp.c \
	tests/sim/vk_ask.c \
	tests/sim/vk_bond.c \
	tests/sim/vk_event.c \
	tests/sim/vk_internal.h \
	tests/sim/vk_key.c \
	tests/sim/vk_lacp.c \
	tests/sim/vk_link.c \
	tests/sim/vk_mii.c \
	tests/sim/vk_mux.c \
	tests/sim/vk_netlink.c \
	tests/sim/vk_option.c \
	tests/sim/vk_partner.c \
	tests/sim/vk_select.c \
	tests/sim/vk_set.c \
	tests/sim/vk_slave.c \
	tests/sim/vk_time.c \
	tests/sim/vk_truth.c

# Runs operations on the virtual kernel alone, to compare it with the real one.
check_PROGRAMS += tests/sim/vkrun
tests_sim_vkrun_SOURCES = $(sim_kernel) tests/sim/vkrun.c

if HAVE_CMOCKA
check_PROGRAMS += tests/sim/vk_ask_test tests/sim/vk_test
TESTS += tests/sim/vk_ask_test tests/sim/vk_test
tests_sim_vk_ask_test_SOURCES = $(sim_kernel) \
	tests/sim/vk_ask_test.c \
	tests/sim/vk_fixture.c \
	tests/sim/vk_fixture.h
tests_sim_vk_ask_test_LDADD = $(CMOCKA_LIBS)
tests_sim_vk_test_SOURCES = $(sim_kernel) \
	tests/sim/oracle.c \
	tests/sim/oracle_memory.c \
	tests/sim/oracle.h \
	tests/sim/oracle_internal.h \
	tests/sim/vk_fixture.c \
	tests/sim/vk_fixture.h \
	tests/sim/vk_test.c
tests_sim_vk_test_LDADD = $(CMOCKA_LIBS)
endif

EXTRA_DIST += \
	tests/sim/lab_far.py \
	tests/sim/lab_links.py \
	tests/sim/lab_model.py \
	tests/sim/model.story \
	tests/sim/run-model.sh
# As tests/random: not with the sanitizers' address space.
if !SANITIZERS
TESTS += tests/sim/run-model.sh
tests/sim/run-model.log: tests/sim/vkrun
endif

#: sim-model-long: the virtual kernel against the real one: OPS=3000 SEED=N
.PHONY: sim-model-long
sim-model-long: tests/sim/vkrun
	abs_top_builddir=$(abs_top_builddir) OPS=$${OPS-3000} \
		SEED=$${SEED-$$(date +%s)} $(top_srcdir)/tests/sim/run-model.sh

check_PROGRAMS += tests/sim/sim
tests_sim_sim_SOURCES = $(sim_agent) $(sim_kernel) \
	tests/sim/check.h \
	tests/sim/check_agent.c \
	tests/sim/check_events.c \
	tests/sim/check_manager.c \
	tests/sim/check_quiet.c \
	tests/sim/check_track.c \
	tests/sim/check_world.c \
	tests/sim/disk.c \
	tests/sim/disk.h \
	tests/sim/filter.c \
	tests/sim/life.c \
	tests/sim/life.h \
	tests/sim/life_settings.c \
	tests/sim/main.c \
	tests/sim/master.c \
	tests/sim/master.h \
	tests/sim/oracle.c \
	tests/sim/oracle_memory.c \
	tests/sim/oracle.h \
	tests/sim/oracle_internal.h \
	tests/sim/oracle_kinds.c \
	tests/sim/person.c \
	tests/sim/person.h \
	tests/sim/person_fault.c \
	tests/sim/person_internal.h \
	tests/sim/person_rebuild.c \
	tests/sim/picture.c \
	tests/sim/picture.h \
	tests/sim/population.c \
	tests/sim/run.c \
	tests/sim/run.h \
	tests/sim/run_action.c \
	tests/sim/run_internal.h \
	tests/sim/script.c \
	tests/sim/script.h \
	tests/sim/seam.h \
	tests/sim/seam_clock.c \
	tests/sim/seam_internal.h \
	tests/sim/seam_queue.c \
	tests/sim/seam_socket.c \
	tests/sim/shrink.c \
	tests/sim/shrink.h
tests_sim_sim_CPPFLAGS = $(AM_CPPFLAGS) -D_TIME_BITS=64
tests_sim_sim_LDADD = cli/libcapture.a agent/libbcservice.a \
	src/libbondcarrier.a $(LIBNL_LIBS) \
	$(PCAP_LIBS)
# Replaces system calls, and modules that are nothing but system calls. The first
# three have these names where _TIME_BITS makes a difference (seam.h).
sim_wrap = -Wl,--wrap=
tests_sim_sim_LDFLAGS = $(AM_LDFLAGS) \
	$(sim_wrap)__clock_gettime64 \
	$(sim_wrap)__recvmsg64 \
	$(sim_wrap)__setsockopt64 \
	$(sim_wrap)bind \
	$(sim_wrap)clock_gettime \
	$(sim_wrap)close \
	$(sim_wrap)eventfd \
	$(sim_wrap)read \
	$(sim_wrap)recvmsg \
	$(sim_wrap)sendto \
	$(sim_wrap)setsockopt \
	$(sim_wrap)socket \
	$(sim_wrap)state_file_boot_id \
	$(sim_wrap)state_file_lock \
	$(sim_wrap)state_file_move_bad \
	$(sim_wrap)state_file_read \
	$(sim_wrap)state_file_write \
	$(sim_wrap)track_file_each_up \
	$(sim_wrap)track_file_prepare \
	$(sim_wrap)track_file_put \
	$(sim_wrap)track_file_tidy \
	$(sim_wrap)track_file_turn \
	$(sim_wrap)write

TESTS += tests/sim/run.sh
tests/sim/run.log: tests/sim/sim
EXTRA_DIST += \
	tests/mutants/defects/run.sh \
	tests/sim/README \
	tests/sim/run.sh

# `make sim-long SEEDS=10000 STEPS=200`: seeds from SEED up, on all processors.
#: sim-long: the simulator: SEEDS=1000 STEPS=120 SEED=1
.PHONY: sim-long
sim-long: tests/sim/sim
	tests/sim/sim --seed $${SEED-1} --seeds $${SEEDS-1000} \
		--steps $${STEPS-120} --folder tests/sim --keep-going

# Reintroduces each old defect alone: after how many seeds is it found?
#: check-defects: put old defects back; the simulator must find each
.PHONY: check-defects
check-defects:
	CC='$(CC)' $(SHELL) $(top_srcdir)/tests/mutants/defects/run.sh

clean-local: clean-sim
.PHONY: clean-sim
clean-sim:
	rm -f tests/sim/sim-*.script tests/sim/sim-*.pcap
