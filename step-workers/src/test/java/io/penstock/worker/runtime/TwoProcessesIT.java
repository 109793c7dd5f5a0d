package io.penstock.worker.runtime;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.embedded.EmbeddedDatabase;
import io.penstock.schema.message.StepKind;
import io.penstock.schema.message.StepOutcome;
import io.penstock.worker.runtime.RecordingApi.Call;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two processes of the packaged service at a real broker and a real PostgreSQL, under load, in true
 * time. One Api takes a call at a time and asks to wait in the middle of the work, the other has a
 * rate. The story happens once; the tests ask the Apis' own record of it.
 */
@Timeout(180)
class TwoProcessesIT {
  private static final String ASKING = "/asking";
  private static final String LIMITED = "/limited";
  private static final Duration WISH = Duration.ofSeconds(7);
  private static final int LIMIT = 20;
  private static final Duration PERIOD = Duration.ofSeconds(5);

  private static final int CROWD = 12;

  /** New attempts of both kinds come while one Api is left alone: both processes are tempted. */
  private static final int LATECOMERS = 14;

  private static final Duration APART = WISH.dividedBy(LATECOMERS);

  /** At most one call at a time: when the Api asks to wait, no other can be on its way. */
  private static final String DEFINITIONS =
      """
      kind: Api
      name: asking
      baseUrl: URL
      allowPrivateAddresses: true
      auth: {bearer: "secret://asking/token"}
      maxConcurrent: 1
      ---
      kind: Api
      name: limited
      baseUrl: URL
      allowPrivateAddresses: true
      auth: {bearer: "secret://limited/token"}
      rateLimit: LIMIT/5s
      ---
      kind: Workflow
      name: leads
      version: 1.0.0
      steps:
        - id: enrich
          enrich: {api: asking, request: {method: POST, path: /asking}}
        - id: notify
          notify: {api: limited, request: {method: POST, path: /limited}}
      """;

  @TempDir private static Path directory;
  private static RecordingApi api;
  private static HandingOut handingOut;

  @BeforeAll
  static void story() throws Exception {
    try (RecordingApi recording = new RecordingApi(ASKING, WISH);
        EmbeddedDatabase database = EmbeddedDatabase.start(directory.resolve("database"));
        WorkerWorld world = WorkerWorld.start(directory.resolve("kafka"));
        WorkerService one = worker("worker-one", world, database);
        WorkerService other = worker("worker-other", world, database)) {
      api = recording;
      handingOut = new HandingOut(world);
      world.define(DEFINITIONS.replace("URL", api.url()).replace("LIMIT", Integer.toString(LIMIT)));

      // Until both have called, and are warm.
      during(
          () -> {
            one.assertAlive();
            other.assertAlive();
            if (handingOut.underWay() < 4) {
              handingOut.some(2, StepKind.ENRICH);
            }
            return callers(api.calls(ASKING)) == 2;
          });
      handingOut.some(LIMIT, StepKind.NOTIFY);
      handingOut.some(CROWD, StepKind.ENRICH);
      api.askNext();
      during(() -> api.askedAt().isPresent());
      long begin = System.nanoTime();
      for (int next = 0; next < LATECOMERS; next++) {
        long at = begin + APART.multipliedBy(next).toNanos();
        during(() -> System.nanoTime() - at >= 0);
        handingOut.some(1, StepKind.ENRICH);
        handingOut.some(1, StepKind.NOTIFY);
      }
      during(() -> handingOut.underWay() == 0);
    }
  }

  private static WorkerService worker(String name, WorkerWorld world, EmbeddedDatabase database)
      throws Exception {
    return WorkerService.start(
        Map.ofEntries(
            entry("KAFKA_BOOTSTRAP_SERVERS", world.bootstrapServers()),
            entry("PENSTOCK_KAFKA_PARTITIONS", "1"),
            entry("PENSTOCK_WORKER_KINDS", "enrich,notify"),
            // So that neither takes all that is there.
            entry("PENSTOCK_WORKER_ENRICH_CONCURRENCY", "8"),
            entry("PENSTOCK_WORKER_LIMITS_STORE", "postgresql"),
            entry("QUARKUS_DATASOURCE_JDBC_URL", database.jdbcUrl()),
            entry("QUARKUS_DATASOURCE_USERNAME", database.username()),
            entry("QUARKUS_HTTP_PORT", "0"),
            // By its secret the Api tells one from the other.
            entry("PENSTOCK_SECRET_ASKING_TOKEN", name),
            entry("PENSTOCK_SECRET_LIMITED_TOKEN", name)),
        directory.resolve(name + ".log"));
  }

  private static void during(Callable<Boolean> until) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .until(
            () -> {
              handingOut.turn();
              return until.call();
            });
  }

  private static long callers(List<Call> calls) {
    return calls.stream().map(Call::who).distinct().count();
  }

  @Test
  void who_asks_to_wait_seven_seconds_is_called_by_neither_before() {
    long asked = api.askedAt().orElseThrow();
    assertThat(api.mostInside()).as("calls at a time, of both together").isOne();
    List<Call> after = api.calls(ASKING).stream().filter(call -> call.at() > asked).toList();
    assertThat(Duration.ofNanos(after.getFirst().at() - asked)).isGreaterThanOrEqualTo(WISH);
    assertThat(callers(after)).as("processes that call afterwards").isEqualTo(2);
  }

  @Test
  void a_rate_holds_for_both_together_in_every_stretch_of_time() {
    List<Call> calls = api.calls(LIMITED);
    assertThat(calls).hasSize(LIMIT + LATECOMERS);
    assertThat(callers(calls)).as("processes that called").isEqualTo(2);
    for (int first = 0; first + LIMIT < calls.size(); first++) {
      long apart = calls.get(first + LIMIT).at() - calls.get(first).at();
      assertThat(Duration.ofNanos(apart))
          .as("from call %d to the %d. behind it", first, LIMIT)
          .isGreaterThanOrEqualTo(PERIOD);
    }
  }

  @Test
  void every_first_attempt_succeeds_with_one_call_and_the_one_that_was_asked_to_wait_with_two() {
    assertThat(handingOut.ends())
        .hasSize(handingOut.handedOut())
        .allSatisfy(end -> assertThat(end.result()).isInstanceOf(StepOutcome.Succeeded.class));
    List<Call> calls = api.calls(ASKING);
    assertThat(calls).hasSize(handingOut.handedOut() - LIMIT - LATECOMERS + 1);
    assertThat(calls.stream().map(Call::key).distinct()).hasSize(calls.size() - 1);
  }
}
