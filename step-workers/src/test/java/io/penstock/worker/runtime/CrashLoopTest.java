package io.penstock.worker.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.schema.json.Json;
import io.penstock.schema.message.StepKind;
import io.penstock.schema.message.StepOutcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The broker drops a record after some deliveries; a command must outlive that. */
class CrashLoopTest {
  private static final int CRASHES = 6;

  @Test
  void a_command_on_which_workers_crash_six_times_in_a_row_is_not_lost(@TempDir Path directory)
      throws Exception {
    try (WorkerWorld world = WorkerWorld.start(directory)) {
      world.define(WorkerWorld.WORKFLOW);
      int delivery = 1;
      world.send(WorkerWorld.command(StepKind.ENRICH, "poison", delivery, Json.EMPTY_OBJECT));
      int crashes = 0;
      while (crashes < CRASHES) {
        try (WorkerProcess worker =
            WorkerProcess.start(world.bootstrapServers(), "crashing-" + crashes, "crash")) {
          int handed = delivery;
          Awaitility.await()
              .atMost(Duration.ofSeconds(60))
              .until(() -> !worker.isAlive() || answer(world, handed).isPresent());
          if (answer(world, handed).isPresent()) {
            // Instead of a call: a deferral. The orchestrator hands the attempt out afresh.
            delivery++;
            world.send(WorkerWorld.command(StepKind.ENRICH, "poison", delivery, Json.EMPTY_OBJECT));
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> !worker.isAlive());
          }
          crashes++;
        }
      }
      try (WorkerProcess healthy =
          WorkerProcess.start(world.bootstrapServers(), "healthy", "work")) {
        StepOutcome next = awaitAnswer(world, delivery);
        if (next.result() instanceof StepOutcome.Deferred) {
          world.send(WorkerWorld.command(StepKind.ENRICH, "poison", ++delivery, Json.EMPTY_OBJECT));
          next = awaitAnswer(world, delivery);
        }
        assertThat(next.result()).isInstanceOf(StepOutcome.Succeeded.class);
      }
      int last = delivery;
      assertThat(world.outcomesOf("poison"))
          .filteredOn(outcome -> outcome.command().delivery() < last)
          .isNotEmpty()
          .allSatisfy(
              outcome -> {
                assertThat(outcome.result()).isInstanceOf(StepOutcome.Deferred.class);
                // More than two when the next crash came before the deferral was acknowledged.
                assertThat(((StepOutcome.Deferred) outcome.result()).reason())
                    .matches("handed to a worker [2-9] times without an outcome");
              });
    }
  }

  private static Optional<StepOutcome> answer(WorkerWorld world, int delivery) {
    return world.outcomesOf("poison").stream()
        .filter(outcome -> outcome.command().delivery() == delivery)
        .findFirst();
  }

  private static StepOutcome awaitAnswer(WorkerWorld world, int delivery) {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> answer(world, delivery), Optional::isPresent)
        .orElseThrow();
  }
}
