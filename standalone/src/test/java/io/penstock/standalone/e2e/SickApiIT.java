package io.penstock.standalone.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * An Api that is down under load, on the real parts; limits are counted in PostgreSQL. With {@code
 * -Dpenstock.long=true} it is down for two minutes, which is the whole story.
 */
class SickApiIT {
  private static final boolean WHOLE_STORY = Boolean.getBoolean("penstock.long");

  /** Twenty starts a second, all the time that it is down. */
  private static final Duration APART = Duration.ofMillis(50);

  private static final Duration OUTAGE = Duration.ofSeconds(WHOLE_STORY ? 120 : 10);
  private static final int EVENTS = Math.toIntExact(OUTAGE.dividedBy(APART));

  @TempDir Path directory;

  @Test
  @Timeout(300)
  void an_api_that_is_down_costs_no_attempt_and_is_probed_before_all_come() throws Exception {
    Map<String, String> environment = new HashMap<>(Installation.SECRETS);
    environment.put("PENSTOCK_WORKER_LIMITS_STORE", "postgresql");
    try (OutsideWorld world = new OutsideWorld();
        PenstockProcess penstock =
            PenstockProcess.start(
                directory.resolve("data"), Installation.write(directory, world), environment)) {
      world.sick(true);
      Sender sender = new Sender();
      sendAtPace(sender, penstock);
      int whileDown = world.enrichments().size();
      Instant back = Instant.now();
      world.sick(false);
      await()
          .atMost(Duration.ofMinutes(1))
          .pollInterval(Duration.ofMillis(500))
          .until(
              () -> sender.statuses(penstock).values(),
              statuses -> statuses.stream().filter("COMPLETED"::equals).count() == EVENTS);
      System.out.printf(
          "down for %s: %d calls of %d executions; all completed %s later%n",
          OUTAGE, whileDown, EVENTS, Duration.between(back, Instant.now()));

      // Those on their way when the circuit opened, and a probe every five seconds.
      assertThat(whileDown).isLessThan(EVENTS / 4);
      List<Instant> after =
          world.enrichments().stream().filter(call -> call.isAfter(back)).sorted().toList();
      assertThat(after.stream().filter(call -> call.isBefore(after.getFirst().plusSeconds(1))))
          .as("in the first second after it is back")
          .hasSizeLessThanOrEqualTo(5);
      String metrics = metrics(penstock);
      for (String nothing :
          List.of(
              "penstock_attempts_failed_total",
              "penstock_retries_total",
              "penstock_dead_letters_total",
              "penstock_executions_suspended_total")) {
        assertThat(sum(metrics, nothing)).as(nothing).isZero();
      }
      assertThat(sum(metrics, "penstock_calls_deferred_total")).isPositive();
    }
  }

  private static void sendAtPace(Sender sender, PenstockProcess penstock) {
    AtomicInteger next = new AtomicInteger();
    AtomicInteger accepted = new AtomicInteger();
    try (ScheduledExecutorService pace = Executors.newScheduledThreadPool(4)) {
      var ignored =
          pace.scheduleAtFixedRate(
              () -> {
                int event = next.getAndIncrement();
                if (event < EVENTS) {
                  var unused = pace.submit(() -> count(sender, penstock, event, accepted));
                }
              },
              0,
              APART.toMillis(),
              TimeUnit.MILLISECONDS);
      await().atMost(OUTAGE.plusMinutes(1)).until(() -> accepted.get() == EVENTS);
    }
  }

  private static Void count(
      Sender sender, PenstockProcess penstock, int event, AtomicInteger accepted)
      throws InterruptedException {
    if (sender.send(penstock, "e" + event).isPresent()) {
      accepted.incrementAndGet();
    }
    return null;
  }

  private static String metrics(PenstockProcess penstock) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(penstock.url("/q/metrics"))).build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private static double sum(String metrics, String name) {
    return metrics
        .lines()
        .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
