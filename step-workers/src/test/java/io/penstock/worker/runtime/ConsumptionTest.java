package io.penstock.worker.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.schema.Topic;
import io.penstock.schema.json.Json;
import io.penstock.schema.kafka.DeadLetter;
import io.penstock.schema.message.ErrorType;
import io.penstock.schema.message.StepKind;
import io.penstock.schema.message.StepOutcome;
import io.penstock.schema.message.StepRequested;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Not a Quarkus test: consumption needs a broker and no container. */
class ConsumptionTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir static Path directory;
  private static WorkerWorld world;

  @BeforeAll
  static void start() throws Exception {
    world = WorkerWorld.start(directory);
    world.define(WorkerWorld.WORKFLOW);
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @Test
  void commands_written_before_and_after_the_worker_starts_are_executed() throws Exception {
    FakeHandler handler = FakeHandler.succeeding(StepKind.LLM);
    world.send(WorkerWorld.command(StepKind.LLM, "before"));
    try (Workers workers = world.workers("late", 8, handler)) {
      world.awaitOutcomes("before", 1);
      world.send(WorkerWorld.command(StepKind.LLM, "after"));
      world.awaitOutcomes("after", 1);
      assertThat(workers.readiness()).containsEntry("llm", true).containsEntry("definitions", true);
    }
    assertThat(handler.calls()).containsExactly("before", "after");
  }

  @Test
  void a_slow_call_neither_holds_back_nor_repeats_others_in_its_partition() throws Exception {
    CountDownLatch slowMayEnd = new CountDownLatch(1);
    FakeHandler handler =
        new FakeHandler(
            StepKind.NOTIFY,
            attempt -> {
              if (attempt.id().execution().value().endsWith("slow")) {
                await(slowMayEnd);
              }
              return AttemptResult.succeeded(Json.EMPTY_OBJECT);
            });
    List<String> expected = new ArrayList<>(List.of("slow"));
    try (Workers workers = world.workers("unordered", 8, handler)) {
      world.send(WorkerWorld.command(StepKind.NOTIFY, "slow"));
      Awaitility.await().atMost(SOON).until(() -> handler.calls().contains("slow"));
      for (int i = 0; i < 50; i++) {
        expected.add("fast" + i);
        world.send(WorkerWorld.command(StepKind.NOTIFY, "fast" + i));
      }
      for (int i = 0; i < 50; i++) {
        world.awaitOutcomes("fast" + i, 1);
      }
      assertThat(world.outcomesOf("slow")).isEmpty();
      slowMayEnd.countDown();
      world.awaitOutcomes("slow", 1);
    }
    assertThat(handler.calls()).containsExactlyInAnyOrderElementsOf(expected);

    // A second worker would get whatever the first one left unacknowledged.
    FakeHandler next = FakeHandler.succeeding(StepKind.NOTIFY);
    try (Workers workers = world.workers("next", 8, next)) {
      world.send(WorkerWorld.command(StepKind.NOTIFY, "last"));
      world.awaitOutcomes("last", 1);
    }
    assertThat(next.calls()).containsExactly("last");
  }

  @Test
  void a_worker_that_stops_finishes_what_it_has_begun() throws Exception {
    CountDownLatch mayEnd = new CountDownLatch(1);
    FakeHandler stopping = waiting(mayEnd);
    Workers workers = world.workers("stopping", 8, stopping);
    world.send(WorkerWorld.command(StepKind.ENRICH, "begun"));
    Awaitility.await().atMost(SOON).until(() -> stopping.calls().contains("begun"));
    Thread closing = Thread.ofPlatform().start(workers::close);
    Awaitility.await().atMost(SOON).until(() -> closing.getState() == Thread.State.TIMED_WAITING);
    world.send(WorkerWorld.command(StepKind.ENRICH, "too-late"));
    mayEnd.countDown();
    closing.join();
    assertThat(world.awaitOutcomes("begun", 1)).hasSize(1);

    FakeHandler next = FakeHandler.succeeding(StepKind.ENRICH);
    try (Workers other = world.workers("other", 8, next)) {
      world.awaitOutcomes("too-late", 1);
      assertThat(other.readiness()).containsKey("enrich");
    }
    // The later command may still have been taken before the stop was noticed, but not twice.
    List<String> all = new ArrayList<>(stopping.calls());
    all.addAll(next.calls());
    assertThat(all).containsExactlyInAnyOrder("begun", "too-late");
  }

  @Test
  void two_workers_on_one_partition_both_get_work() throws Exception {
    CountDownLatch mayEnd = new CountDownLatch(1);
    FakeHandler first = waiting(mayEnd);
    FakeHandler second = waiting(mayEnd);
    try (Workers one = world.workers("one", 4, first);
        Workers two = world.workers("two", 4, second)) {
      Awaitility.await().atMost(SOON).until(() -> one.isReady() && two.isReady());
      for (int i = 0; i < 8; i++) {
        world.send(WorkerWorld.command(StepKind.ENRICH, "shared" + i));
      }
      Awaitility.await()
          .atMost(SOON)
          .untilAsserted(
              () -> {
                assertThat(first.calls()).hasSize(4);
                assertThat(second.calls()).hasSize(4);
              });
      mayEnd.countDown();
      for (int i = 0; i < 8; i++) {
        assertThat(world.awaitOutcomes("shared" + i, 1)).hasSize(1);
      }
    }
  }

  @Test
  void the_same_command_twice_makes_one_call_and_two_equal_outcomes() throws Exception {
    CountDownLatch mayEnd = new CountDownLatch(1);
    FakeHandler handler = waiting(mayEnd);
    try (Workers workers = world.workers("once", 8, handler)) {
      StepRequested command = WorkerWorld.command(StepKind.ENRICH, "speculative");
      world.send(command);
      world.send(command);
      Awaitility.await().atMost(SOON).until(() -> !handler.calls().isEmpty());
      mayEnd.countDown();
      world.awaitOutcomes("speculative", 2);
      world.send(command);
      List<StepOutcome> outcomes = world.awaitOutcomes("speculative", 3);
      assertThat(outcomes).hasSize(3).containsOnly(outcomes.getFirst());
    }
    assertThat(handler.calls()).containsExactly("speculative");
  }

  @Test
  void bytes_that_nobody_can_read_go_to_the_dead_letters_as_they_are() throws Exception {
    byte[] key = {1, 2};
    byte[] value = "{not json".getBytes(UTF_8);
    ProducerRecord<byte[], byte[]> broken =
        new ProducerRecord<>(
            Topic.STEPS_ROUTE.topicName(),
            0,
            key,
            value,
            List.of(new RecordHeader("ce_type", "io.penstock.step.requested.v1".getBytes(UTF_8))));
    try (Workers workers = world.workers("reader", 8, FakeHandler.succeeding(StepKind.ROUTE));
        KafkaConsumer<byte[], byte[]> letters =
            world.reader(Topic.STEPS_ROUTE.deadLetterTopicName())) {
      world.sendRaw(broken);
      world.sendRaw(new ProducerRecord<>(Topic.STEPS_ROUTE.topicName(), 0, key, null));
      List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
      Awaitility.await()
          .atMost(SOON)
          .until(
              () -> {
                letters.poll(Duration.ofMillis(50)).forEach(found::add);
                return found.size() >= 2;
              });
      ConsumerRecord<byte[], byte[]> letter =
          found.stream().filter(one -> one.value() != null).findFirst().orElseThrow();
      assertThat(letter.key()).isEqualTo(key);
      assertThat(letter.value()).isEqualTo(value);
      assertThat(letter.headers().lastHeader("ce_type").value())
          .isEqualTo(broken.headers().lastHeader("ce_type").value());
      assertThat(new String(letter.headers().lastHeader(DeadLetter.TOPIC).value(), UTF_8))
          .isEqualTo(Topic.STEPS_ROUTE.topicName());
      assertThat(new String(letter.headers().lastHeader(DeadLetter.CAUSE).value(), UTF_8))
          .contains("line 1");
      // And the partition goes on.
      world.send(WorkerWorld.command(StepKind.ROUTE, "behind-it"));
      world.awaitOutcomes("behind-it", 1);
    }
  }

  @Test
  void what_a_handler_must_not_return_becomes_a_failure() throws Exception {
    FakeHandler handler =
        new FakeHandler(
            StepKind.ROUTE,
            attempt -> {
              if (attempt.id().execution().value().endsWith("bug")) {
                throw new IllegalStateException("customer 4711");
              }
              return AttemptResult.succeeded(Json.of(Map.of("text", "x".repeat(300_000))));
            });
    try (Workers workers = world.workers("strict", 8, handler)) {
      world.send(WorkerWorld.command(StepKind.ROUTE, "bug"));
      world.send(WorkerWorld.command(StepKind.ROUTE, "large"));
      StepOutcome.Failed bug = failed("bug");
      assertThat(bug.error().type()).isEqualTo(ErrorType.INTERNAL);
      assertThat(bug.error().message()).doesNotContain("4711");
      assertThat(failed("large").error().type()).isEqualTo(ErrorType.TOO_LARGE);
    }
  }

  @Test
  void a_workflow_that_does_not_arrive_defers_the_attempt() throws Exception {
    try (Workers workers = world.workers("patient", 8, FakeHandler.succeeding(StepKind.ROUTE))) {
      StepRequested known = WorkerWorld.command(StepKind.ROUTE, "unknown-version");
      world.send(
          new StepRequested(
              known.id(),
              known.kind(),
              known.workflow(),
              "9.9.9",
              0,
              known.timeout(),
              known.context(),
              known.requestedAt(),
              known.ticket()));
      StepOutcome.Result result = world.awaitOutcomes("unknown-version", 1).getFirst().result();
      assertThat(result).isInstanceOf(StepOutcome.Deferred.class);
      assertThat(((StepOutcome.Deferred) result).reason())
          .isEqualTo("worker 'patient' does not know workflow 'leads' version '9.9.9' yet");
    }
  }

  private static StepOutcome.Failed failed(String execution) {
    return (StepOutcome.Failed) world.awaitOutcomes(execution, 1).getFirst().result();
  }

  private static FakeHandler waiting(CountDownLatch mayEnd) {
    return new FakeHandler(
        StepKind.ENRICH,
        attempt -> {
          await(mayEnd);
          return AttemptResult.succeeded(Json.EMPTY_OBJECT);
        });
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
