package io.penstock.worker.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.schema.json.Json;
import io.penstock.schema.message.StepKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A call that outlasts its record's lock several times over is made once. The only test here that
 * must let real time pass: the lock's clock is the broker's, and 15 s is its minimum. With {@code
 * -Dpenstock.long=true} the lock is the real one and the call takes 90 s.
 */
class LongCallTest {
  private static final boolean REAL = Boolean.getBoolean("penstock.long");
  private static final Duration CALL = Duration.ofSeconds(REAL ? 90 : 33);

  /** Some of them move to the second process while it is called. */
  private static final int PARTITIONS = 4;

  @Test
  void a_call_longer_than_the_lock_is_made_once(@TempDir Path directory) throws Exception {
    CountDownLatch modelAnswers = new CountDownLatch(1);
    FakeHandler thinking =
        new FakeHandler(
            StepKind.LLM,
            attempt -> {
              if (attempt.id().execution().value().contains("thinking")) {
                await(modelAnswers);
              }
              return AttemptResult.succeeded(Json.EMPTY_OBJECT);
            });
    FakeHandler idle = FakeHandler.succeeding(StepKind.LLM);
    try (WorkerWorld world = WorkerWorld.start(directory, PARTITIONS)) {
      if (!REAL) {
        world.configureGroup(StepKind.LLM, "share.record.lock.duration.ms", "15000");
      }
      world.define(WorkerWorld.WORKFLOW);
      try (Workers first = world.workers("first", 8, thinking)) {
        for (int partition = 0; partition < PARTITIONS; partition++) {
          world.send(WorkerWorld.command(StepKind.LLM, "thinking-" + partition), partition);
        }
        world.send(WorkerWorld.command(StepKind.LLM, "quick"));
        world.awaitOutcomes("quick", 1);
        // Another process stands by to take what the first one loses.
        try (Workers second = world.workers("second", 8, idle)) {
          Awaitility.await()
              .pollDelay(CALL)
              .atMost(CALL.plusSeconds(10))
              .until(() -> thinking.calls().size() == PARTITIONS + 1);
          modelAnswers.countDown();
          for (int partition = 0; partition < PARTITIONS; partition++) {
            assertThat(world.awaitOutcomes("thinking-" + partition, 1)).hasSize(1);
          }
        }
      }
    }
    assertThat(thinking.calls())
        .containsExactlyInAnyOrder("thinking-0", "thinking-1", "thinking-2", "thinking-3", "quick");
    assertThat(idle.calls()).isEmpty();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
