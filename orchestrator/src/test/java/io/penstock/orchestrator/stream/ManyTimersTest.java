package io.penstock.orchestrator.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.orchestrator.core.ExecutionControl;
import io.penstock.orchestrator.core.OpenSteps;
import io.penstock.orchestrator.core.Phase;
import io.penstock.orchestrator.core.Scope;
import io.penstock.orchestrator.core.StepState;
import io.penstock.orchestrator.core.Try;
import io.penstock.schema.message.EventKey;
import io.penstock.schema.message.ExecutionId;
import io.penstock.schema.message.ScopePath;
import io.penstock.schema.message.StepKind;
import io.penstock.schema.message.StepRequested;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Very many timers that are due at once. With {@code -Dpenstock.timers=100000} there are that many.
 */
class ManyTimersTest {
  private static final int TIMERS = Integer.getInteger("penstock.timers", 2_000);
  private static final int A_TICK = 500;

  private static final String CALL =
      """
      kind: Workflow
      name: call
      version: 1.0.0
      on: [{source: crm, type: contact.created}]
      steps:
        - id: first
          enrich: {api: apollo, request: {method: GET, path: /x}}
        - id: second
          enrich: {api: apollo, request: {method: GET, path: /y}}
      """;

  @TempDir Path directory;
  private TopologyHarness topology;

  @BeforeEach
  void start() {
    topology = new TopologyHarness(directory, 0);
    topology.define(CALL);
  }

  @AfterEach
  void stop() {
    topology.close();
  }

  /** An execution whose second attempt is due; as it comes back from the changelog. */
  private void waiting(int number, Instant due) {
    ExecutionId execution =
        ExecutionId.of("call", EventKey.of("crm", "e" + number, Optional.empty()));
    StepState waiting = new StepState.Waiting(new Try(1, 2, 1, 1, Optional.empty()), due);
    ExecutionControl control =
        new ExecutionControl(
            "call", "1.0.0", new Phase.Active(), new OpenSteps(0, 1, 0, 0), Optional.of(due));
    topology.store().put(StateKey.piece(execution, PieceName.CONTROL), StateCodec.write(control));
    topology
        .store()
        .put(
            StateKey.piece(execution, PieceName.scope(ScopePath.ROOT)),
            StateCodec.write(new Scope("first", waiting)));
    topology.store().put(StateKey.timer(due, execution), new byte[0]);
  }

  @Test
  @Timeout(600)
  void after_a_restart_all_of_them_fire_once_and_a_bounded_number_at_a_time() {
    for (int i = 0; i < TIMERS; i++) {
      waiting(i, topology.now().minusMillis(i % 7)); // most of them at the very same time
    }
    Set<ExecutionId> fired = new HashSet<>();
    int ticks = 0;
    while (fired.size() < TIMERS) {
      int announcedBefore = topology.timersAnnounced();
      topology.pass(Duration.ofMillis(50));
      ticks++;

      assertThat(topology.timersAnnounced() - announcedBefore).isBetween(1, A_TICK);
      for (StepRequested command : topology.commands(StepKind.ENRICH)) {
        assertThat(fired.add(command.id().execution())).as("fires twice").isTrue();
        assertThat(command.id().attempt()).isEqualTo(2);
      }
    }
    assertThat(ticks).isEqualTo(Math.ceilDiv(TIMERS, A_TICK));
    topology.pass(Duration.ofMillis(50));
    assertThat(topology.timersAnnounced()).isEqualTo(TIMERS);
  }

  @Test
  void an_execution_without_retries_writes_its_timer_at_its_start_and_removes_it_at_its_end() {
    topology.event("e1", "call", "1.0.0", "{}");
    topology.succeeds(topology.commands(StepKind.ENRICH).getFirst().id(), "{}");
    topology.succeeds(topology.commands(StepKind.ENRICH).getFirst().id(), "{}");

    List<TestRecord<byte[], byte[]>> timers =
        topology.changelog().stream().filter(change -> change.key()[0] == 't').toList();
    assertThat(timers).hasSize(2);
    assertThat(timers.getFirst().value()).isNotNull();
    assertThat(timers.getLast().value()).isNull();
  }
}
