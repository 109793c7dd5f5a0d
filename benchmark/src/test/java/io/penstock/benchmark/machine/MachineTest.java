package io.penstock.benchmark.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(value = OS.LINUX, disabledReason = "reads /proc")
class MachineTest {
  @TempDir Path folder;

  @Test
  void cpu_time_is_that_of_the_process_and_of_its_children_that_have_ended() {
    ProcessStat stat =
        ProcessStat.parse(
            "42 (a (b) c) S 7 42 42 0 -1 4194304 9 9 9 9 150 50 20 5 20 0 3 0 100 1 1 0");

    assertThat(stat.parent()).isEqualTo(7);
    assertThat(stat.cpuSeconds()).isCloseTo(2.25, within(1e-9));
  }

  @Test
  void busy_time_is_all_but_waiting_and_idle() {
    assertThat(CpuReading.busy("cpu  100 20 30 4000 500 6 7 0 0 0\ncpu0 1 1 1 1"))
        .isCloseTo(1.63, within(1e-9));
  }

  @Test
  void the_proportional_set_size_is_read_from_its_line() {
    assertThat(
            MemoryUse.pssKib("55d-7ff [rollup]\nRss:   900 kB\nPss:   345 kB\nPss_Dirty: 3 kB\n"))
        .isEqualTo(345);
  }

  @Test
  void a_tree_holds_the_process_and_its_children() throws Exception {
    Process child = new ProcessBuilder("sleep", "60").start();
    try {
      assertThat(new Watched.Tree("me", ProcessHandle.current().pid()).pids())
          .contains(ProcessHandle.current().pid(), child.pid());
    } finally {
      child.destroyForcibly().waitFor();
    }
  }

  @Test
  void a_process_is_found_by_the_folder_it_works_in_and_counts_once() throws Exception {
    Process child = new ProcessBuilder("sleep", "60").directory(folder.toFile()).start();
    try {
      Watched below = new Watched.Below("database", folder);
      // Between fork and exec the child may still stand in our own folder.
      Awaitility.await().until(() -> below.pids().equals(Set.of(child.pid())));

      Map<String, Set<Long>> found =
          Watched.find(List.of(below, new Watched.Tree("me", ProcessHandle.current().pid())));

      assertThat(found.get("database")).containsExactly(child.pid());
      assertThat(found.get("me")).doesNotContain(child.pid());
    } finally {
      child.destroyForcibly().waitFor();
    }
  }

  @Test
  void a_process_that_is_gone_uses_nothing() throws Exception {
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();

    assertThat(new Watched.Tree("gone", gone.pid()).pids()).isEmpty();
    assertThat(MemoryUse.pssMib(List.of(gone.pid()))).isZero();
  }

  @Test
  void a_measurement_says_what_was_used_between_two_times() throws Exception {
    MachineMeter meter =
        new MachineMeter(List.of(new Watched.Tree("me", ProcessHandle.current().pid())));
    long from = System.nanoTime();
    try (MachineMeter.Measurement measurement = meter.between(from, from + 50_000_000)) {
      MachineUse use = measurement.result();

      assertThat(use.cpuSeconds()).containsOnlyKeys("me");
      assertThat(use.totalPssMib()).isPositive();
      assertThat(use.asMap()).containsKeys("cpu_s", "peak_pss_total_mib", "other_cpu_s");
    }
  }
}
