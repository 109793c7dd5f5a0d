package io.penstock.benchmark.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.condition.OS.LINUX;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;

class ThreadTimesTest {
  @Test
  void what_threads_of_one_name_have_used_since_is_added_up() {
    ThreadTimes before = new ThreadTimes(Map.of(1L, 1.0, 2L, 5.0, 9L, 7.0));
    ThreadTimes after = new ThreadTimes(Map.of(1L, 1.5, 2L, 5.25, 3L, 2.0, 4L, 1.0));

    assertThat(after.since(before, Map.of(1L, "loop", 2L, "loop", 3L, "new")))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("loop", 0.75, "new", 2.0, ThreadTimes.UNNAMED, 1.0));
  }

  @Test
  void names_and_numbers_are_found_in_a_dump() {
    String dump =
        """
        "main" #1 [4712] prio=5 os_prio=0 cpu=1.00ms elapsed=9.00s tid=0x00007f nid=4712 runnable  [0x00]
           java.lang.Thread.State: RUNNABLE
        "kafka-producer-network-thread | a "b"" #9 daemon prio=5 tid=0x1 nid=0x1f waiting
        "VM Thread" os_prio=0 cpu=740.19ms elapsed=32.16s tid=0x00007f3f14071fc0 nid=20369 runnable
        """;

    assertThat(JvmThreads.parse(dump))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                4712L,
                "main",
                31L,
                "kafka-producer-network-thread | a \"b\"",
                20369L,
                "VM Thread"));
  }

  @Test
  @EnabledOnOs(LINUX)
  void this_process_has_threads_that_have_worked() {
    ThreadTimes times = ThreadTimes.of(ProcessHandle.current().pid());

    assertThat(times.byThread()).isNotEmpty();
    assertThat(times.byThread().values()).anyMatch(seconds -> seconds > 0);
  }
}
