package io.penstock.soak.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.soak.installation.Member;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class GrowthTableTest {
  private static Reading reading(int minute, double mib) {
    Map<Member, ProcessFigures> processes = new EnumMap<>(Member.class);
    for (Member member : Member.values()) {
      processes.put(member, new ProcessFigures(mib, 10));
    }
    return new Reading(
        Duration.ofMinutes(minute),
        processes,
        Map.of(Member.BROKER, 3L << 20),
        5,
        OptionalLong.of(7));
  }

  @Test
  void what_grows_is_seen_from_quarter_to_quarter() {
    List<Reading> readings = new ArrayList<>();
    for (int minute = 0; minute < 8; minute++) {
      readings.add(reading(minute, 100 + minute * 10));
    }

    assertThat(GrowthTable.of(readings))
        .anySatisfy(
            row ->
                assertThat(row.trim().split("\\s+", -1))
                    .containsExactly(
                        "ingest,", "memory", "MiB", "110", "130", "150", "170", "170"));
  }

  @Test
  void a_line_has_the_sums() {
    assertThat(GrowthTable.line(reading(1, 100)))
        .isEqualTo("5 open, lag 7, memory 800 MiB, 80 files, disk 3 MiB");
  }

  @Test
  void a_soak_too_short_for_quarters_has_no_table() {
    assertThat(GrowthTable.of(List.of(reading(1, 100)))).isEmpty();
  }

  @Test
  void the_kernel_tells_the_proportional_size_in_kilobytes() {
    assertThat(ProcessFigures.pssKib("Rss: 9 kB\nPss:            2048 kB\nPss_Anon: 1 kB\n"))
        .isEqualTo(2048);
  }
}
