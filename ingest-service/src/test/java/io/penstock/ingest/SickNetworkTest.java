package io.penstock.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.penstock.sicknetwork.Direction;
import io.penstock.sicknetwork.Toxics;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Between ingest and its broker bytes are late, cut or lost: each webhook is answered in bounded
 * time, what was accepted is stored, what was sent once is stored once, and it recovers alone.
 */
@QuarkusTest
@TestProfile(SickNetworkTest.BehindProxy.class)
class SickNetworkTest {
  private static final String DEFINITIONS =
      """
      kind: Source
      name: sick
      signature: {scheme: none}
      event: {id: '{{ body.id }}', type: created}
      """;

  private static final AtomicInteger IDS = new AtomicInteger();

  @TestHTTPResource("/")
  URI base;

  SickWayToBroker way;

  private Client client;

  public static final class BehindProxy implements QuarkusTestProfile {
    @Override
    public List<TestResourceEntry> testResources() {
      return List.of(new TestResourceEntry(SickWayToBroker.class));
    }

    @Override
    public boolean disableGlobalTestResources() {
      return true;
    }
  }

  @BeforeEach
  void ready() {
    client = new Client(base).awaitReady();
    client.applied(DEFINITIONS);
  }

  @AfterEach
  void heal() {
    way.proxy().heal();
  }

  @Test
  void a_broker_that_is_lost_without_a_word_is_answered_503_and_found_again() {
    String before = id();
    assertThat(send(before)).isEqualTo(202);
    way.proxy().loseAll();
    String during = id();
    // The client gives up after 30 s: an answer at all is an answer in bounded time.
    assertThat(send(during)).isEqualTo(503);
    assertThat(send(during)).isEqualTo(503);
    assertThat(client.get("/q/health/live").status()).isEqualTo(200);
    way.proxy().heal();
    await().atMost(Duration.ofSeconds(40)).until(() -> send(during) == 202);
    assertThat(stored()).containsEntry(before, 1L).containsKey(during);
  }

  @Test
  void an_acknowledgement_that_is_cut_off_is_asked_for_again_and_nothing_is_stored_twice()
      throws Exception {
    assertThat(send(id())).isEqualTo(202);
    String event = id();
    way.proxy().set(Direction.TO_CLIENT, Toxics.NONE.withAllHeldBack());
    try (ExecutorService sender = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Integer> answer = sender.submit(() -> send(event));
      await().until(() -> stored().containsKey(event));
      way.proxy().reset();
      way.proxy().heal();
      int status = answer.get();
      if (status == 503) { // the machine was slower than the delivery timeout
        assertThat(send(event)).isEqualTo(202);
      } else {
        assertThat(status).isEqualTo(202);
        assertThat(stored()).containsEntry(event, 1L);
      }
    }
  }

  @Test
  void under_resets_each_event_is_accepted_in_the_end_and_stored_once_if_sent_once()
      throws Exception {
    List<String> events = IntStream.range(0, 60).mapToObj(i -> id()).toList();
    try (ExecutorService senders = Executors.newFixedThreadPool(4)) {
      List<Future<Integer>> tries =
          events.stream().map(event -> senders.submit(() -> triesUntilAccepted(event))).toList();
      while (!tries.stream().allMatch(Future::isDone)) {
        long before = stored().keySet().stream().filter(events::contains).count();
        way.proxy().reset();
        await()
            .until(
                () ->
                    tries.stream().allMatch(Future::isDone)
                        || stored().keySet().stream().filter(events::contains).count() > before);
      }
      Map<String, Long> stored = stored();
      for (int i = 0; i < events.size(); i++) {
        assertThat(stored.getOrDefault(events.get(i), 0L))
            .as("sent %s times", tries.get(i).get())
            .isBetween(1L, (long) tries.get(i).get());
      }
    }
  }

  @Test
  void a_slow_way_only_makes_it_late() {
    way.proxy()
        .set(
            Toxics.NONE
                .withLatency(Duration.ofMillis(20), Duration.ofMillis(20))
                .withSlicesOf(50)
                .withBandwidth(100_000));
    String event = id();
    assertThat(send(event)).isEqualTo(202);
    assertThat(stored()).containsEntry(event, 1L);
  }

  private int triesUntilAccepted(String event) {
    int tries = 1;
    while (send(event) != 202) {
      tries++;
    }
    return tries;
  }

  private static String id() {
    return "sick-" + IDS.incrementAndGet();
  }

  private int send(String event) {
    return client.signed("sick", "{\"id\":\"" + event + "\"}").status();
  }

  /** How often each stands in the log. */
  private Map<String, Long> stored() {
    return new Inputs(way.straight())
        .of("sick").stream()
            .collect(
                Collectors.groupingBy(recorded -> recorded.event().id(), Collectors.counting()));
  }
}
