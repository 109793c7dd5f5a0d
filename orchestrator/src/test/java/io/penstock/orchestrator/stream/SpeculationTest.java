package io.penstock.orchestrator.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.penstock.schema.ConsumerGroup;
import io.penstock.schema.Topic;
import io.penstock.schema.json.Json;
import io.penstock.schema.message.Control;
import io.penstock.schema.message.ErrorType;
import io.penstock.schema.message.ExecutionId;
import io.penstock.schema.message.ExecutionStatus;
import io.penstock.schema.message.Fact;
import io.penstock.schema.message.HistoryRecord;
import io.penstock.schema.message.IgnoredReason;
import io.penstock.schema.message.StepError;
import io.penstock.schema.message.StepOutcome;
import io.penstock.schema.message.StepRequested;
import io.penstock.schema.message.TimerDue;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An orchestrator dies (SIGKILL) between a speculative command and its commit. The next one decides
 * again from the same log. What counts is what the outside saw: the calls of the worker.
 */
class SpeculationTest {
  private static final Duration NEVER_COMMITS = Duration.ofMinutes(5);

  private static final String LEAD =
      """
      kind: Workflow
      name: lead
      version: VERSION
      on: [{source: crm, type: contact.created}]
      steps:
        - id: company
          enrich: {api: apollo, request: {method: GET, path: /company}}
          retry: {delays: [200ms]}
        - id: pipeline
          route:
            - when: steps.company.output.size > THRESHOLD
              steps:
                - id: high
                  notify: {api: crm, request: {method: POST, path: /high}}
            - otherwise:
              steps:
                - id: low
                  notify: {api: crm, request: {method: POST, path: /low}}
      """;

  @TempDir Path directory;
  private OnePartitionBroker broker;

  @BeforeEach
  void start() {
    broker = new OnePartitionBroker(directory);
    define("1.0.0", 10);
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  @Test
  void a_branch_taken_speculatively_is_the_only_branch_the_outside_ever_sees() throws Exception {
    try (ScriptedWorker worker =
        new ScriptedWorker(broker.bootstrapServers(), SpeculationTest::answers)) {
      ExecutionId execution;
      try (OrchestratorJvm doomed = doomed()) {
        execution = broker.event("e1", "lead", "1.0.0");
        await()
            .atMost(OnePartitionBroker.PATIENCE)
            .until(() -> worker.calls("pipeline/0/high") == 1);
        await()
            .atMost(OnePartitionBroker.PATIENCE)
            .until(() -> broker.endOf(Topic.INPUTS) >= 6); // its outcome is in the log
        assertThat(nothingIsCommitted()).isTrue();
        doomed.kill();
      }
      // What races the take-over: a cancel, a timer nobody set, a version that routes otherwise.
      broker.input(
          new Control("c1", execution, Control.Verb.CANCEL, "ann", "race", Optional.empty()));
      broker.input(new TimerDue(execution, Instant.EPOCH));
      define("1.1.0", 100_000);

      try (OrchestratorStreams next = broker.orchestrator()) {
        List<HistoryRecord> history = historyUntilEnd(execution);

        assertThat(history)
            .filteredOn(record -> record.status().equals(Optional.of(ExecutionStatus.COMPLETED)))
            .hasSize(1)
            .allSatisfy(record -> assertThat(record.version()).contains("1.0.0"));
      }
      assertThat(worker.calls("company")).as("one failure, one success").isEqualTo(2);
      assertThat(worker.calls("pipeline")).isEqualTo(1);
      assertThat(worker.calls("pipeline/0/high")).isEqualTo(1);
      assertThat(worker.calls("pipeline/1/low")).isZero();
    }
  }

  @Test
  void a_cancel_that_stands_in_the_log_before_the_outcome_wins_again_after_the_take_over()
      throws Exception {
    try (ScriptedWorker worker =
        new ScriptedWorker(
            broker.bootstrapServers(),
            call ->
                call.id().path().value().startsWith("pipeline/")
                    ? Optional.empty()
                    : answers(call))) {
      ExecutionId execution;
      try (OrchestratorJvm doomed = doomed()) {
        execution = broker.event("e1", "lead", "1.0.0");
        await()
            .atMost(OnePartitionBroker.PATIENCE)
            .until(() -> worker.calls("pipeline/0/high") == 1);
        assertThat(nothingIsCommitted()).isTrue();
        doomed.kill();
      }
      broker.input(
          new Control("c1", execution, Control.Verb.CANCEL, "ann", "race", Optional.empty()));
      StepRequested late =
          worker.calls().stream()
              .filter(call -> call.id().path().value().equals("pipeline/0/high"))
              .findFirst()
              .orElseThrow();
      worker.answer(late, new StepOutcome.Succeeded(Json.EMPTY_OBJECT));

      try (OrchestratorStreams next = broker.orchestrator()) {
        List<Fact> facts = new ArrayList<>();
        await()
            .atMost(OnePartitionBroker.PATIENCE)
            .until(
                () -> {
                  facts.clear();
                  broker.history(execution).forEach(record -> facts.addAll(record.facts()));
                  return facts.stream().anyMatch(Fact.InputIgnored.class::isInstance);
                });

        assertThat(facts).anyMatch(Fact.ExecutionCancelled.class::isInstance);
        assertThat(facts).noneMatch(Fact.ExecutionCompleted.class::isInstance);
        assertThat(facts)
            .filteredOn(Fact.InputIgnored.class::isInstance)
            .allSatisfy(
                fact ->
                    assertThat(((Fact.InputIgnored) fact).reason())
                        .isEqualTo(IgnoredReason.UNKNOWN_EXECUTION));
      }
      assertThat(worker.calls("pipeline/0/high"))
          .as("cancelled before it could be released")
          .isEqualTo(1);
      assertThat(worker.calls("pipeline/1/low")).isZero();
    }
  }

  /** The first call of the company fails, so that a timer of ours is part of the story. */
  private static Optional<StepOutcome.Result> answers(StepRequested call) {
    return Optional.of(
        switch (call.id().path().value()) {
          case "company" ->
              call.id().attempt() == 1
                  ? new StepOutcome.Failed(
                      StepError.of(ErrorType.COMMUNICATION, "503"), Optional.empty())
                  : new StepOutcome.Succeeded(Json.of(Map.of("size", 42L)));
          case "pipeline" -> new StepOutcome.Succeeded(Json.of(Map.of("branch", 0L)));
          default -> new StepOutcome.Succeeded(Json.EMPTY_OBJECT);
        });
  }

  private OrchestratorJvm doomed() throws Exception {
    return OrchestratorJvm.start(
        broker.bootstrapServers(),
        broker.stateDirectory(),
        NEVER_COMMITS,
        directory.resolve("doomed.log"));
  }

  private void define(String version, int threshold) {
    broker.define(
        LEAD.replace("VERSION", version).replace("THRESHOLD", Integer.toString(threshold)));
  }

  private boolean nothingIsCommitted() throws Exception {
    return broker
        .admin()
        .listConsumerGroupOffsets(ConsumerGroup.ORCHESTRATOR)
        .partitionsToOffsetAndMetadata()
        .get()
        .isEmpty();
  }

  private List<HistoryRecord> historyUntilEnd(ExecutionId execution) {
    return await()
        .atMost(OnePartitionBroker.PATIENCE)
        .until(
            () -> broker.history(execution),
            history ->
                history.stream()
                    .anyMatch(
                        record -> record.status().filter(ExecutionStatus::isEnd).isPresent()));
  }
}
