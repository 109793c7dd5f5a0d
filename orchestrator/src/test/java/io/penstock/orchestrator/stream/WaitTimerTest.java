package io.penstock.orchestrator.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.schema.message.ExecutionStatus;
import io.penstock.schema.message.HistoryRecord;
import io.penstock.schema.message.StepKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A wait is a timer in the state: it needs nobody, and goes where the state goes. */
class WaitTimerTest {
  private static final String LEAD =
      """
      kind: Workflow
      name: lead
      version: 1.0.0
      steps:
        - id: cool-off
          wait: {for: 30m}
        - id: company
          enrich: {api: apollo, request: {method: GET, path: /enrich}}
      """;

  @TempDir Path first;
  @TempDir Path second;

  @Test
  void what_comes_behind_it_goes_out_when_its_time_is_over_and_not_before() {
    try (TopologyHarness topology = waiting(first)) {
      topology.pass(Duration.ofMinutes(29));
      assertThat(topology.commands(StepKind.ENRICH)).isEmpty();
      topology.pass(Duration.ofMinutes(1));
      assertThat(topology.commands(StepKind.ENRICH)).hasSize(1);
      topology.pass(Duration.ofMinutes(40));
      assertThat(topology.commands(StepKind.ENRICH)).isEmpty();
    }
  }

  @Test
  void so_it_does_where_another_task_has_taken_over() {
    List<TestRecord<byte[], byte[]>> changelog;
    try (TopologyHarness lost = waiting(first)) {
      changelog = lost.changelog();
    }
    try (TopologyHarness topology = new TopologyHarness(second, 0)) {
      topology.define(LEAD);
      topology.restore(changelog);
      topology.pass(Duration.ofMinutes(29));
      assertThat(topology.commands(StepKind.ENRICH)).isEmpty();
      topology.pass(Duration.ofMinutes(1));
      assertThat(topology.commands(StepKind.ENRICH)).hasSize(1);
    }
  }

  private static TopologyHarness waiting(Path stateDir) {
    TopologyHarness topology = new TopologyHarness(stateDir, 0);
    topology.define(LEAD);
    topology.event("e1", "lead", "1.0.0", "{}");
    assertThat(topology.commands(StepKind.ENRICH)).isEmpty();
    List<HistoryRecord> history = topology.history();
    assertThat(history).hasSize(1);
    assertThat(history.getFirst().status()).contains(ExecutionStatus.WAITING);
    assertThat(history.getFirst().waitingUntil()).isPresent();
    return topology;
  }
}
