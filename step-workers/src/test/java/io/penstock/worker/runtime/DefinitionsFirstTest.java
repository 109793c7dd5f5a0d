package io.penstock.worker.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.schema.definition.Api;
import io.penstock.schema.definition.Definition;
import io.penstock.schema.json.Json;
import io.penstock.schema.message.ErrorType;
import io.penstock.schema.message.StepKind;
import io.penstock.schema.message.StepOutcome;
import io.penstock.schema.secret.EnvironmentAndFileSecrets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The workflow may stand in the definitions long before the Api that it names. */
class DefinitionsFirstTest {
  private static final String API =
      """
      kind: Api
      name: crm
      baseUrl: https://crm.example.com
      """;

  /** Opens when the workers have tried a few times to begin, or have begun. */
  private final CountDownLatch apiMayArrive = new CountDownLatch(3);

  @Test
  void commands_wait_until_all_definitions_are_read(@TempDir Path directory) throws Exception {
    try (WorkerWorld world = WorkerWorld.start(directory)) {
      world.define(WorkerWorld.WORKFLOW);
      world.define(API);
      world.send(WorkerWorld.command(StepKind.ENRICH, "pending"));
      try (Workers workers = Workers.start(setup(world))) {
        StepOutcome outcome = world.awaitOutcomes("pending", 1).getFirst();
        assertThat(outcome.result()).isInstanceOf(StepOutcome.Succeeded.class);
        assertThat(workers.isReady()).isTrue();
      }
    }
  }

  private Workers.Setup setup(WorkerWorld world) {
    return new Workers.Setup(
        world.bootstrapServers(),
        apiMayArrive::countDown,
        WorkerWorld.MOST_PARTITIONS,
        "early",
        List.of(new FakeHandler(StepKind.ENRICH, this::callsTheApi)),
        Map.of(StepKind.ENRICH, 4),
        json -> {
          Definition definition = WorkerWorld.parse(json);
          if (definition instanceof Api) {
            await(apiMayArrive);
          }
          return definition;
        },
        new WorkerSecrets(new EnvironmentAndFileSecrets(Map.of(), Optional.empty())),
        Duration.ofSeconds(10),
        Duration.ofSeconds(5),
        Clock.systemUTC(),
        AttemptObserver.BLIND);
  }

  private AttemptResult callsTheApi(Attempt attempt) {
    boolean found = attempt.definitions().find(Api.class, "crm").isPresent();
    while (apiMayArrive.getCount() > 0) {
      apiMayArrive.countDown();
    }
    return found
        ? AttemptResult.succeeded(Json.EMPTY_OBJECT)
        : AttemptResult.failed(ErrorType.CONFIGURATION, "there is no Api 'crm'");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
