package io.penstock.orchestrator.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.penstock.schema.json.Json;
import io.penstock.schema.message.ErrorType;
import io.penstock.schema.message.ExecutionId;
import io.penstock.schema.message.ExecutionStatus;
import io.penstock.schema.message.StepError;
import io.penstock.schema.message.StepOutcome;
import io.penstock.schema.message.StepRequested;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An orchestrator dies (SIGKILL) between any two compensations, on a real broker. */
class SagaKilledTest {
  private static final Duration COMMITS = Duration.ofSeconds(3);
  private static final List<String> THE_WAY_BACK =
      List.of(
          "invoice/compensate/compensation",
          "pay/compensate/compensation",
          "book/compensate/compensation");

  private static final String ORDER =
      """
      kind: Workflow
      name: order
      version: 1.0.0
      on: [{source: shop, type: order.placed}]
      steps:
        - {id: book, notify: &call {api: crm, request: {method: POST, path: /x}}, compensate: {notify: *call}}
        - {id: pay, notify: *call, compensate: {notify: *call}}
        - {id: invoice, notify: *call, compensate: {notify: *call}}
        - {id: ship, notify: *call}
      """;

  @TempDir Path directory;
  private OnePartitionBroker broker;

  @BeforeEach
  void start() {
    broker = new OnePartitionBroker(directory);
    broker.define(ORDER);
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  @Test
  void each_step_is_undone_once_and_in_reverse_order() throws Exception {
    try (ScriptedWorker worker = new ScriptedWorker(broker.bootstrapServers(), this::answer)) {
      ExecutionId execution = null;
      for (String compensation : THE_WAY_BACK) {
        try (OrchestratorJvm doomed =
            OrchestratorJvm.start(
                broker.bootstrapServers(),
                broker.stateDirectory(),
                COMMITS,
                directory.resolve("doomed-" + THE_WAY_BACK.indexOf(compensation) + ".log"))) {
          if (execution == null) {
            execution = broker.event("e1", "order", "1.0.0", Json.of(Map.of("n", 1)));
          }
          await()
              .atMost(OnePartitionBroker.PATIENCE)
              .until(() -> paths(worker).contains(compensation));
          doomed.kill(); // while the call is out
        }
        worker.answer(
            last(worker, compensation), new StepOutcome.Succeeded(Json.of(Map.of("ok", true))));
      }
      ExecutionId order = execution;
      try (OrchestratorStreams survivor = broker.orchestrator()) {
        await()
            .atMost(OnePartitionBroker.PATIENCE)
            .until(() -> status(order).equals(Optional.of(ExecutionStatus.COMPENSATED)));
      }
      List<String> back =
          paths(worker).stream().filter(path -> path.contains("compensate")).distinct().toList();
      assertThat(back).isEqualTo(THE_WAY_BACK);
      assertThat(idempotencyKeys(worker)).as("one per call of the workflow").hasSize(7);
      assertThat(worker.calls())
          .as("handed out again at most under the identity that it had")
          .allSatisfy(
              call -> {
                assertThat(call.id().attempt()).isEqualTo(1);
                assertThat(call.id().delivery()).isEqualTo(1);
              });
    }
  }

  /** Compensations are answered by the test. */
  private Optional<StepOutcome.Result> answer(StepRequested call) {
    String path = call.id().path().value();
    if (path.contains("compensate")) {
      return Optional.empty();
    }
    return Optional.of(
        path.equals("ship")
            ? new StepOutcome.Failed(StepError.of(ErrorType.RUNTIME, "no"), Optional.empty())
            : new StepOutcome.Succeeded(Json.of(Map.of("ok", true))));
  }

  private static List<String> paths(ScriptedWorker worker) {
    return worker.calls().stream().map(call -> call.id().path().value()).toList();
  }

  private static Set<String> idempotencyKeys(ScriptedWorker worker) {
    return worker.calls().stream()
        .map(call -> call.id().idempotencyKey())
        .collect(Collectors.toSet());
  }

  private static StepRequested last(ScriptedWorker worker, String path) {
    return worker.calls().stream()
        .filter(call -> call.id().path().value().equals(path))
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  private Optional<ExecutionStatus> status(ExecutionId execution) {
    return broker.history(execution).stream()
        .flatMap(record -> record.status().stream())
        .reduce((first, second) -> second);
  }
}
