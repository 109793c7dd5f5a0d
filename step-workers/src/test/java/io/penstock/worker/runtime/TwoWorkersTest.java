package io.penstock.worker.runtime;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.agroal.api.AgroalDataSource;
import io.penstock.embedded.EmbeddedDatabase;
import io.penstock.schema.definition.Action;
import io.penstock.schema.json.Json;
import io.penstock.schema.message.StepKind;
import io.penstock.schema.message.StepOutcome;
import io.penstock.worker.call.ApiCalls;
import io.penstock.worker.call.Handing;
import io.penstock.worker.call.WayOut;
import io.penstock.worker.limit.GuardObserver;
import io.penstock.worker.limit.SharedGuards;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two complete workers at a real broker, each with its own connections to a real PostgreSQL, before
 * a real HTTP server, in true time. One makes enrich steps, the other notify steps, of the same
 * Api. The test is the orchestrator: what is deferred is handed out again, and sooner than it was
 * asked for.
 */
class TwoWorkersTest {
  @RegisterExtension static final WayOut WAY_OUT = new WayOut();

  @RegisterExtension
  static final WireMockExtension API =
      WireMockExtension.newInstance()
          .options(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"))
          .build();

  private static final Duration WISH = Duration.ofSeconds(7);

  private static final String WORKFLOW =
      """
      kind: Workflow
      name: leads
      version: 1.0.0
      steps:
        - id: enrich
          enrich: {api: crm, request: {method: GET, path: /enrich}}
        - id: notify
          notify: {api: crm, request: {method: POST, path: /notify}}
      """;

  @TempDir static Path directory;
  private static WorkerWorld world;
  private static EmbeddedDatabase database;

  @BeforeAll
  static void start() {
    world = WorkerWorld.start(directory.resolve("kafka"));
    database = EmbeddedDatabase.start(directory.resolve("database"));
  }

  @AfterAll
  static void stop() {
    database.close();
    world.close();
  }

  /** One of several processes, but for the process. */
  private static final class Worker implements AutoCloseable {
    private final AgroalDataSource connections;
    private final SharedGuards guards;
    private final Workers workers;

    Worker(StepKind kind) throws Exception {
      connections =
          LimitsDatabase.connect(
              database.jdbcUrl(), Optional.of(database.username()), Optional.empty());
      guards = SharedGuards.on(connections, GuardObserver.BLIND);
      ApiCalls calls = new ApiCalls(WAY_OUT.http(), Handing.secrets(Map.of()), guards);
      workers =
          world.workers(kind.id(), 4, new FakeHandler(kind, attempt -> called(calls, attempt)));
    }

    private static AttemptResult called(ApiCalls calls, Attempt attempt) {
      return attempt.action() instanceof Action.Enrich enrich
          ? calls.call(attempt, enrich.api(), enrich.request())
          : notified(calls, attempt, (Action.NotifyApi) attempt.action());
    }

    private static AttemptResult notified(
        ApiCalls calls, Attempt attempt, Action.NotifyApi notify) {
      return calls.call(attempt, notify.api(), notify.request());
    }

    @Override
    public void close() {
      workers.close();
      guards.close();
      connections.close();
    }
  }

  @Test
  void who_asks_to_wait_seven_seconds_is_called_by_neither_before() throws Exception {
    API.stubFor(
        any(anyUrl()).willReturn(aResponse().withStatus(429).withHeader("Retry-After", "7")));
    world.define(
        "{kind: Api, name: crm, baseUrl: '%s', allowPrivateAddresses: true}\n---\n%s"
            .formatted(API.baseUrl(), WORKFLOW));
    try (Worker one = new Worker(StepKind.ENRICH);
        Worker other = new Worker(StepKind.NOTIFY)) {
      Awaitility.await().until(() -> one.workers.isReady() && other.workers.isReady());
      world.send(WorkerWorld.command(StepKind.ENRICH, "first"));
      assertThat(world.awaitOutcomes("first", 1).getFirst().result())
          .isInstanceOf(StepOutcome.Deferred.class);
      assertThat(API.getAllServeEvents()).hasSize(1);
      for (int delivery = 1; API.getAllServeEvents().size() == 1; delivery++) {
        for (StepKind kind : List.of(StepKind.ENRICH, StepKind.NOTIFY)) {
          world.send(WorkerWorld.command(kind, kind.id(), delivery, Json.EMPTY_OBJECT));
          assertThat(world.awaitOutcomes(kind.id(), delivery).getLast().result())
              .isInstanceOf(StepOutcome.Deferred.class);
        }
      }
    }
    List<Instant> calls =
        API.getAllServeEvents().stream()
            .map(call -> call.getRequest().getLoggedDate().toInstant())
            .sorted()
            .toList();
    assertThat(Duration.between(calls.get(0), calls.get(1))).isGreaterThanOrEqualTo(WISH);
  }
}
