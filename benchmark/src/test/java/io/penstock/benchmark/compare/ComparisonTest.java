package io.penstock.benchmark.compare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

/** Lines as the bench writes them. */
class ComparisonTest {
  private final Comparison comparison = new Comparison();

  @Test
  void medians_are_of_the_samples_that_count() throws Exception {
    add(throughput("penstock", 600, 1, 100));
    add(throughput("penstock", 800, 1, 100));
    add(throughput("penstock", 100, 11, 100));

    assertThat(comparison.median("penstock", Figure.PER_SECOND)).hasValue(700);
    assertThat(comparison.table("penstock").toString()).contains("700.0");
  }

  @Test
  void cpu_is_all_but_the_stub_over_all_that_completed() throws Exception {
    add(throughput("penstock", 600, 0, 100));

    // 30 s of two processes, 10,000 completed.
    assertThat(comparison.median("penstock", Figure.CPU)).hasValue(3);
  }

  @Test
  void ratios_are_ours_to_theirs() throws Exception {
    add(throughput("penstock", 600, 0, 100));
    add(throughput("other", 300, 0, 100));
    add("{\"peer\":\"other\",\"phase\":\"latency\",\"p50_ms\":12.5,\"lost\":1}");

    String table = comparison.table("penstock").toString();

    assertThat(table.lines().toList().getLast()).startsWith("other").contains("2.00", "1.00", "-");
    assertThat(comparison.median("other", Figure.P50)).hasValue(12.5);
    assertThat(comparison.median("penstock", Figure.P50)).isEmpty();
  }

  @Test
  void lost_duplicated_and_misrouted_executions_are_told() throws Exception {
    Sample sample =
        Sample.of(
            new ObjectMapper()
                .readTree("{\"peer\":\"other\",\"phase\":\"latency\",\"duplicated\":2}"));

    assertThat(sample.clean()).isFalse();
    assertThat(sample.counted()).isTrue();
  }

  private void add(String line) throws Exception {
    comparison.add(Sample.of(new ObjectMapper().readTree(line)));
  }

  private static String throughput(String peer, int perSecond, int others, int busy) {
    return """
        {"peer":"%s","phase":"throughput","machine":{"busy_s":%d,"other_cpu_s":%d},
         "executions_per_s":%d,"completed":10000,"lost":0,"duplicated":0,"misrouted":0,
         "cpu_s":{"server":20,"service":10,"stub":7}}
        """
        .formatted(peer, busy, others, perSecond);
  }
}
