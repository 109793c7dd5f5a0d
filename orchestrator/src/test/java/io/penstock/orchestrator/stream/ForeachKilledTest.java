package io.penstock.orchestrator.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.penstock.schema.ConsumerGroup;
import io.penstock.schema.json.Json;
import io.penstock.schema.message.CommandId;
import io.penstock.schema.message.ExecutionId;
import io.penstock.schema.message.ExecutionStatus;
import io.penstock.schema.message.StepOutcome;
import io.penstock.schema.message.StepRequested;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An orchestrator dies (SIGKILL) in the middle of a foreach, on a real broker. */
class ForeachKilledTest {
  private static final int ITEMS = 300;
  private static final int CONCURRENCY = 20;
  private static final int COMMITTED = 100;
  private static final int NOT_COMMITTED = 50;
  private static final int FINISHED = COMMITTED + NOT_COMMITTED;
  private static final Duration COMMITS = Duration.ofSeconds(3);

  private static final String CAMPAIGN =
      """
      kind: Workflow
      name: campaign
      version: 1.0.0
      on: [{source: crm, type: contact.created}]
      steps:
        - id: each
          foreach:
            items: input.contacts
            as: contact
            concurrency: %d
            steps:
              - id: call
                enrich: {api: apollo, request: {method: POST, path: /x, body: "{{ contact }}"}}
        - id: report
          notify: {api: crm, request: {method: POST, path: /r, body: "{{ steps.each.output.failed }}"}}
      """
          .formatted(CONCURRENCY);

  @TempDir Path directory;
  private final Set<CommandId> answered = ConcurrentHashMap.newKeySet();
  private final AtomicInteger mayBeAnswered = new AtomicInteger();
  private OnePartitionBroker broker;

  @BeforeEach
  void start() {
    broker = new OnePartitionBroker(directory);
    broker.define(CAMPAIGN);
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  @Test
  void no_finished_item_is_requested_again_and_all_of_them_are_finished() throws Exception {
    try (ScriptedWorker worker = new ScriptedWorker(broker.bootstrapServers(), this::answer)) {
      ExecutionId execution;
      mayBeAnswered.set(COMMITTED);
      try (OrchestratorJvm doomed =
          OrchestratorJvm.start(
              broker.bootstrapServers(),
              broker.stateDirectory(),
              COMMITS,
              directory.resolve("doomed.log"))) {
        execution = broker.event("e1", "campaign", "1.0.0", contacts());
        await()
            .atMost(OnePartitionBroker.PATIENCE)
            .until(
                () ->
                    worker.calls().size() == COMMITTED + CONCURRENCY
                        && committedOffset() > COMMITTED);
        answerMore(worker, NOT_COMMITTED);
        await()
            .atMost(OnePartitionBroker.PATIENCE)
            .pollInterval(Duration.ofMillis(10))
            .until(() -> worker.calls().size() == COMMITTED + NOT_COMMITTED + CONCURRENCY);
        doomed.kill();
      }
      assertThat(committedOffset()).as("some of it was not committed").isLessThan(FINISHED);
      Set<CommandId> finished = Set.copyOf(answered);
      assertThat(finished).hasSize(FINISHED);

      try (OrchestratorStreams next = broker.orchestrator()) {
        answerMore(worker, ITEMS);
        await().atMost(OnePartitionBroker.PATIENCE).until(() -> isCompleted(execution));
      }
      Map<CommandId, Long> calls =
          worker.calls().stream()
              .collect(Collectors.groupingBy(StepRequested::id, Collectors.counting()));
      assertThat(calls).as("one command for each item, and the report").hasSize(ITEMS + 1);
      assertThat(calls.keySet())
          .allSatisfy(
              id -> {
                assertThat(id.attempt()).isEqualTo(1);
                assertThat(id.delivery()).isEqualTo(1);
              });
      assertThat(finished).allSatisfy(id -> assertThat(calls).containsEntry(id, 1L));
      assertThat(worker.calls().size() - calls.size())
          .as("what was out and not answered may come again, as the same delivery")
          .isLessThanOrEqualTo(CONCURRENCY);
    }
  }

  /** As many as may be, each once; the others are kept waiting. */
  private synchronized Optional<StepOutcome.Result> answer(StepRequested call) {
    return answered.size() < mayBeAnswered.get() && answered.add(call.id())
        ? Optional.of(new StepOutcome.Succeeded(Json.of(Map.of("ok", true))))
        : Optional.empty();
  }

  private void answerMore(ScriptedWorker worker, int more) {
    mayBeAnswered.addAndGet(more);
    for (StepRequested call : worker.calls()) {
      answer(call).ifPresent(result -> worker.answer(call, result));
    }
  }

  private static Json contacts() {
    return Json.of(Map.of("contacts", LongStream.range(0, ITEMS).boxed().toList()));
  }

  /** Of the input log; 0 before the first commit. */
  private long committedOffset() throws Exception {
    return broker
        .admin()
        .listConsumerGroupOffsets(ConsumerGroup.ORCHESTRATOR)
        .partitionsToOffsetAndMetadata()
        .get()
        .values()
        .stream()
        .mapToLong(OffsetAndMetadata::offset)
        .max()
        .orElse(0);
  }

  private boolean isCompleted(ExecutionId execution) {
    List<ExecutionStatus> statuses =
        broker.history(execution).stream().flatMap(record -> record.status().stream()).toList();
    return !statuses.isEmpty() && statuses.getLast() == ExecutionStatus.COMPLETED;
  }
}
