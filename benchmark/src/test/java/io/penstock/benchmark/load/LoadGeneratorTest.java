package io.penstock.benchmark.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.benchmark.machine.MachineMeter;
import io.penstock.benchmark.world.LeadScore;
import io.penstock.benchmark.world.StubWorld;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a real stub world and a receiver that behaves as each test needs. */
class LoadGeneratorTest {
  private StubWorld world;
  private Connections toWorld;

  @BeforeEach
  void open() {
    world = StubWorld.start(0, Map.of());
    toWorld =
        new Connections(new InetSocketAddress(InetAddress.getLoopbackAddress(), world.port()), 8);
  }

  @AfterEach
  void close() throws Exception {
    toWorld.close();
    world.close();
  }

  @Test
  void every_execution_that_ends_once_is_completed() throws Exception {
    LoadResult result = load((id, isNew) -> notifyOf(id), openLoop(200), 0);

    assertThat(result.sent()).isEqualTo(100);
    assertThat(result.accepted()).isEqualTo(100);
    assertThat(result.completed()).isEqualTo(100);
    assertThat(result.isClean()).isTrue();
    assertThat(result.executions().count()).isEqualTo(100);
  }

  @Test
  void what_was_accepted_and_never_ends_is_lost() throws Exception {
    AtomicInteger seen = new AtomicInteger();
    LoadResult result =
        load((id, isNew) -> seen.getAndIncrement() < 3 ? 202 : notifyOf(id), openLoop(200), 0);

    assertThat(result.lost()).isEqualTo(3);
    assertThat(result.completed()).isEqualTo(97);
    assertThat(result.isClean()).isFalse();
  }

  @Test
  void what_ends_twice_is_duplicated() throws Exception {
    LoadResult result =
        load(
            (id, isNew) -> {
              notifyOf(id);
              return notifyOf(id);
            },
            openLoop(200),
            0);

    assertThat(result.duplicated()).isEqualTo(100);
    assertThat(result.extra().notifications()).isEqualTo(100);
    assertThat(result.lost()).isZero();
  }

  @Test
  void repeated_webhooks_are_sent_and_expected_to_start_nothing() throws Exception {
    LoadResult result = load((id, isNew) -> isNew ? notifyOf(id) : 202, openLoop(200), 0.3);

    assertThat(result.repeated()).isPositive();
    assertThat(result.accepted()).isEqualTo(100 - result.repeated());
    assertThat(result.completed()).isEqualTo(result.accepted());
    assertThat(result.duplicated()).isZero();
  }

  @Test
  void a_receiver_that_starts_repeated_webhooks_again_is_found_out() throws Exception {
    LoadResult result = load((id, isNew) -> notifyOf(id), openLoop(200), 0.3);

    assertThat(result.duplicated()).isPositive();
  }

  @Test
  void a_wrong_channel_is_misrouted() throws Exception {
    LoadResult result = load((id, isNew) -> notify(id, "nowhere"), openLoop(200), 0);

    assertThat(result.misrouted()).isEqualTo(100);
  }

  @Test
  void a_refusal_is_neither_accepted_nor_lost() throws Exception {
    LoadResult result = load((id, isNew) -> 503, openLoop(200), 0);

    assertThat(result.refused()).isEqualTo(100);
    assertThat(result.lost()).isZero();
    assertThat(result.statuses()).containsEntry("503", 100);
  }

  @Test
  void nobody_there_is_a_refusal() throws Exception {
    URI nobody;
    try (FakeReceiver gone = new FakeReceiver((id, isNew) -> 202)) {
      nobody = gone.url();
    }
    LoadResult result = generator(plan(nobody, openLoop(200), 0)).run();

    assertThat(result.refused()).isEqualTo(100);
    assertThat(result.statuses()).containsEntry("not-connected", 100);
  }

  /**
   * The receiver answers nothing for a while. Who waited for each answer before the next send would
   * record one slow webhook; here everything that was due meanwhile is slow.
   */
  @Test
  void a_stall_shows_in_all_that_was_due_meanwhile() throws Exception {
    AtomicBoolean stall = new AtomicBoolean(true);
    LoadResult result =
        load(
            (id, isNew) -> {
              if (stall.getAndSet(false)) {
                TimeUnit.MILLISECONDS.sleep(400);
              }
              return notifyOf(id);
            },
            1, // the one on which all others wait
            openLoop(200),
            0);

    assertThat(result.completed()).isEqualTo(100);
    // Due in the first quarter second, that is, half of all: at least 150 ms to the stall's end.
    assertThat(result.executions().percentileMs(50)).isGreaterThan(140);
    assertThat(result.executions().percentileMs(99)).isGreaterThan(390);
    assertThat(result.acknowledgements().percentileMs(50)).isGreaterThan(140);
  }

  @Test
  void the_closed_loop_never_has_more_under_way_than_its_window() throws Exception {
    AtomicInteger underWay = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    LoadResult result =
        load(
            (id, isNew) -> {
              most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
              Thread.ofVirtual().start(() -> endLater(id, underWay));
              return 202;
            },
            new LoadPlan.ClosedLoop(4),
            0);

    assertThat(most.get()).isBetween(1, 4);
    assertThat(result.completed()).isPositive();
    assertThat(result.isClean()).isTrue();
  }

  private void endLater(String id, AtomicInteger underWay) {
    try {
      underWay.decrementAndGet();
      notifyOf(id);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private LoadResult load(FakeReceiver.Way way, LoadPlan.Pace pace, double duplicates)
      throws Exception {
    return load(way, 32, pace, duplicates);
  }

  private LoadResult load(
      FakeReceiver.Way way, int connections, LoadPlan.Pace pace, double duplicates)
      throws Exception {
    try (FakeReceiver receiver = new FakeReceiver(way)) {
      return generator(plan(receiver.url(), connections, pace, duplicates)).run();
    }
  }

  private static LoadGenerator generator(LoadPlan plan) {
    return new LoadGenerator(plan, new MachineMeter(List.of()), line -> {});
  }

  private LoadPlan plan(URI webhook, LoadPlan.Pace pace, double duplicates) {
    return plan(webhook, 32, pace, duplicates);
  }

  /** Half a second long. */
  private LoadPlan plan(URI webhook, int connections, LoadPlan.Pace pace, double duplicates) {
    return new LoadPlan(
        webhook,
        URI.create(world.url()),
        pace,
        Duration.ZERO,
        Duration.ofMillis(500),
        connections,
        Optional.empty(),
        duplicates,
        LoadPlan.LEAD,
        CallsPerLead.ONE_OF_EACH,
        "t",
        Duration.ofSeconds(1),
        Duration.ZERO);
  }

  private static LoadPlan.Pace openLoop(double perSecond) {
    return new LoadPlan.OpenLoop(perSecond);
  }

  private int notifyOf(String id) throws Exception {
    return notify(id, LeadScore.channelOf(id));
  }

  private int notify(String id, String channel) throws Exception {
    String body = "{\"id\":\"%s\",\"channel\":\"%s\"}".formatted(id, channel);
    toWorld.exchange(
        "POST /notify HTTP/1.1\r\nHost: world\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(body.length(), body)
            .getBytes(UTF_8));
    return 202;
  }
}
