package io.penstock.orchestrator.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.schema.message.ErrorType;
import io.penstock.schema.message.ExecutionStatus;
import io.penstock.schema.message.Fact;
import io.penstock.schema.message.HistoryRecord;
import io.penstock.schema.message.StepKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A deadline is in the state: whoever has the state finds it, and nobody else is needed. */
class DeadlineTimerTest {
  private static final String LEAD =
      """
      kind: Workflow
      name: lead
      version: 1.0.0
      deadline: 30m
      steps:
        - id: company
          enrich: {api: apollo, request: {method: GET, path: /enrich}}
      """;

  @TempDir Path first;
  @TempDir Path second;

  @Test
  void an_execution_that_nobody_answers_fails_at_its_deadline_and_not_before() {
    try (TopologyHarness topology = started(first)) {
      topology.pass(Duration.ofMinutes(29));
      assertThat(topology.history()).isEmpty();
      topology.pass(Duration.ofMinutes(1));
      failedOfTime(topology);
      topology.pass(Duration.ofHours(2));
      assertThat(topology.history()).isEmpty();
      assertThat(topology.commands(StepKind.ENRICH)).isEmpty();
    }
  }

  @Test
  void so_it_does_where_another_task_has_taken_over() {
    List<TestRecord<byte[], byte[]>> changelog;
    try (TopologyHarness lost = started(first)) {
      changelog = lost.changelog();
    }
    try (TopologyHarness topology = new TopologyHarness(second, 0)) {
      topology.define(LEAD);
      topology.restore(changelog);
      topology.pass(Duration.ofMinutes(29));
      assertThat(topology.history()).isEmpty();
      topology.pass(Duration.ofMinutes(1));
      failedOfTime(topology);
    }
  }

  private static TopologyHarness started(Path stateDir) {
    TopologyHarness topology = new TopologyHarness(stateDir, 0);
    topology.define(LEAD);
    topology.event("e1", "lead", "1.0.0", "{}");
    assertThat(topology.commands(StepKind.ENRICH)).hasSize(1);
    assertThat(topology.history()).hasSize(1);
    return topology;
  }

  private static void failedOfTime(TopologyHarness topology) {
    List<HistoryRecord> history = topology.history();
    assertThat(history)
        .singleElement()
        .extracting(record -> record.status().orElseThrow())
        .isEqualTo(ExecutionStatus.FAILED);
    assertThat(history.getFirst().facts())
        .filteredOn(Fact.ExecutionFailed.class::isInstance)
        .singleElement()
        .extracting(fact -> ((Fact.ExecutionFailed) fact).error().type())
        .isEqualTo(ErrorType.TIMEOUT);
  }
}
